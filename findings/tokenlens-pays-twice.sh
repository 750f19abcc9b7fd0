#!/usr/bin/env bash
# tokenlens 1.3.1 for JavaScript reads the usage of each provider as if cached tokens were meant
# alike by all. Its README says that it works with the usage of providers and that of the AI SDK.
#   OpenAI's cached tokens are part of the prompt. getTokenCosts pays for the whole prompt, and then
#     for what was cached once more. Of the Responses API, which tells of them in
#     input_tokens_details, it sees none and pays full for all. So one answer has two costs, neither
#     of which is the price of the catalog that it brings with it.
#   Anthropic's cached tokens stand beside input_tokens. The cost is right, but what fills the
#     context is the rest alone: a conversation at nine tenths of its window has all of it left, and
#     shouldCompact says no.
# Others had the first of these and mended it (blueberrycongee/termcanvas 60). A search gives no
# issue of tokenlens about either.
#
# Output seen on 29 November 2026:
#   gpt-4.1: 100000 prompt, of it 90000 cached, 1000 output: $0.073 by the catalog
#   chat: $0.253, Responses: $0.208, AI SDK: $0.253
#   anthropic: 180006 prompt, of it 180000 cached, 400 output: 90.2% of 200000 by the catalog
#   messages: 0.2% used, 199594 left, compact false
#
# What follows for errata: a cost that came by this package may be several times what was paid. From
# OpenAI's answers of both kinds errata offers 100000 and 1000 with 90000 cached, and from that of
# Anthropic 180006 and 400 with 180000 cached.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts tokenlens@1.3.1
cat > main.mjs <<'JS'
import { getTokenCosts, listModels, remainingContext, resolveModel, shouldCompact } from 'tokenlens'

const dollars = (cost) => `$${cost.toFixed(3)}`
const modelId = 'openai:gpt-4.1'
const { pricing } = resolveModel(modelId)
const [prompt, cached, output] = [100000, 90000, 1000]
const right = ((prompt - cached) * pricing.inputPerMTokens + cached * pricing.cacheReadPerMTokens + output * pricing.outputPerMTokens) / 1e6
console.log(`gpt-4.1: ${prompt} prompt, of it ${cached} cached, ${output} output: ${dollars(right)} by the catalog`)
const usages = {
  chat: { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output, prompt_tokens_details: { cached_tokens: cached } },
  Responses: { input_tokens: prompt, output_tokens: output, total_tokens: prompt + output, input_tokens_details: { cached_tokens: cached } },
  'AI SDK': { inputTokens: prompt, outputTokens: output, totalTokens: prompt + output, cachedInputTokens: cached },
}
console.log(Object.entries(usages).map(([name, usage]) => `${name}: ${dollars(getTokenCosts({ modelId, usage }).totalUSD)}`).join(', '))

const { id } = listModels({ provider: 'anthropic' }).find((model) => model.context?.combinedMax === 200000)
const usage = { input_tokens: 6, cache_read_input_tokens: 180000, cache_creation_input_tokens: 0, output_tokens: 400 }
const whole = usage.input_tokens + usage.cache_read_input_tokens
const window = resolveModel(id).context.combinedMax
const percent = (share) => `${Number((100 * share).toFixed(1))}%`
console.log(`anthropic: ${whole} prompt, of it ${usage.cache_read_input_tokens} cached, ${usage.output_tokens} output: ` +
  `${percent((whole + usage.output_tokens) / window)} of ${window} by the catalog`)
const { percentUsed, remainingCombined } = remainingContext({ modelId: id, usage })
console.log(`messages: ${percent(percentUsed)} used, ${remainingCombined} left, compact ${shouldCompact({ modelId: id, usage })}`)
JS
got=$(node main.mjs)
echo "$got"
want='gpt-4.1: 100000 prompt, of it 90000 cached, 1000 output: $0.073 by the catalog
chat: $0.253, Responses: $0.208, AI SDK: $0.253
anthropic: 180006 prompt, of it 180000 cached, 400 output: 90.2% of 200000 by the catalog
messages: 0.2% used, 199594 left, compact false'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
