#!/usr/bin/env bash
# @pydantic/genai-prices 0.1.8, extractUsage: kinds of tokens that a provider counts beside OpenAI's
# two counts are overlooked, although the total of the same response tells of them. Mistral counts
# what it heard beside prompt_tokens; Gemini's OpenAI route counts reasoning in total_tokens alone.
# For xAI, which counts reasoning beside completion_tokens, it does add it.
#
# Output seen on 28 November 2026:
#   mistral: 9 + 248 = 257, the response says 632
#   google: 66 + 6 = 72, the response says 100
#   x-ai: 12 + 322 = 334, the response says 334
#
# What follows for errata: the parts come to the total, or nothing is offered. Costs of these two
# differ from those of this package: there the tokens that are overlooked cost nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @pydantic/genai-prices@0.1.8
cat > main.mjs <<'JS'
import { extractUsage, findProvider } from '@pydantic/genai-prices'

const responses = [
  ['mistral', 'default', 'voxtral-small-latest', { prompt_tokens: 9, completion_tokens: 248, total_tokens: 632,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 375 } }],
  ['google', 'chat', 'gemini-2.5-pro', { prompt_tokens: 66, completion_tokens: 6, total_tokens: 100 }],
  ['x-ai', 'chat', 'grok-3-mini', { prompt_tokens: 12, completion_tokens: 2, total_tokens: 334,
    completion_tokens_details: { reasoning_tokens: 320 } }],
]
for (const [providerId, flavour, model, usage] of responses) {
  const { usage: read } = extractUsage(findProvider({ providerId }), { model, choices: [], usage }, flavour)
  const sum = read.input_tokens + read.output_tokens
  console.log(`${providerId}: ${read.input_tokens} + ${read.output_tokens} = ${sum}, the response says ${usage.total_tokens}`)
}
JS
got=$(node main.mjs)
echo "$got"
want=$'mistral: 9 + 248 = 257, the response says 632\ngoogle: 66 + 6 = 72, the response says 100\nx-ai: 12 + 322 = 334, the response says 334'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
