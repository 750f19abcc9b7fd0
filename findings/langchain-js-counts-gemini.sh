#!/usr/bin/env bash
# Three packages of LangChain for JavaScript count one answer of Gemini in three ways. Gemini's
# total is the sum of prompt, thoughts and candidates, the cached tokens are part of the prompt, and
# each event of a stream has all counts up to there. LangChain's UsageMetadata says that
# output_tokens is the sum of all output types.
#   @langchain/google-genai 2.3.2 leaves the thoughts out of output_tokens and has no other place
#     for them (langchain-ai/langchainjs 8127, closed). Of a stream it adds up what was cached once
#     per event: more than the prompt had (9731, closed without a change).
#   The same package, for gemini-3-pro-preview: over_200k, which is there for the price of long
#     prompts, is the whole of a short one, and cache_read_over_200k is all that was cached; the
#     200,000 are never taken off. A search of the issues gives nothing.
#   langsmith 0.12.0, wrapGemini, names the thoughts as reasoning, and leaves them out of
#     output_tokens as well.
#   @langchain/google 0.2.6 has it right.
#
# Output seen on 29 November 2026:
#   Gemini: 7000 prompt, of it 6000 cached; 320 thoughts, 3 candidates; 7323 in all
#   google-genai: 7000 + 3 of 7323, cached 6000
#   google-genai, streamed: 7000 + 3 of 7323, cached 18000
#   google-genai, gemini-3-pro-preview: 7000 + 3 of 7323, cached 6000, over 200k 7000 and 6000
#   langsmith: 7000 + 3 of 7323, cached 6000, reasoning 320
#   google: 7000 + 323 of 7323, cached 6000, reasoning 320
#   google, streamed: 7000 + 323 of 7323, cached 6000, reasoning 320
#
# What follows for errata: of a usage_metadata with input_tokens nothing is offered. From the answer
# of Gemini itself, or its events, errata offers 7000 and 323, and 320 for the reasoning.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @langchain/google-genai@2.3.2 @langchain/google@0.2.6 \
  @langchain/core@1.4.0 langsmith@0.12.0 @google/genai@2.32.0
cat > main.mjs <<'JS'
import { ChatGoogleGenerativeAI } from '@langchain/google-genai'
import { ChatGoogle } from '@langchain/google'
import { GoogleGenAI } from '@google/genai'
import { wrapGemini } from 'langsmith/wrappers/gemini'

const counts = (candidatesTokenCount) => ({ promptTokenCount: 7000, cachedContentTokenCount: 6000, thoughtsTokenCount: 320,
  candidatesTokenCount, totalTokenCount: 7320 + candidatesTokenCount })
const event = (text, candidates, more) => ({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...more }],
  usageMetadata: counts(candidates), modelVersion: 'gemini', responseId: 'r' })
const stop = { finishReason: 'STOP' }
const events = [event('At ', 1), event('nine', 2), event('.', 3, stop)]
globalThis.fetch = async (request) => {
  const stream = new URL(request.url ?? request).pathname.endsWith(':streamGenerateContent')
  const body = stream ? events.map((e) => `data: ${JSON.stringify(e)}\r\n\r\n`).join('') : JSON.stringify(event('At nine.', 3, stop))
  return new Response(body, { headers: { 'content-type': stream ? 'text/event-stream' : 'application/json' } })
}

const all = counts(3)
console.log(`Gemini: ${all.promptTokenCount} prompt, of it ${all.cachedContentTokenCount} cached; ${all.thoughtsTokenCount} thoughts, ` +
  `${all.candidatesTokenCount} candidates; ${all.totalTokenCount} in all`)
const print = (name, { input_tokens, output_tokens, total_tokens, input_token_details: input, output_token_details: output }) => {
  const reasoning = output?.reasoning ? `, reasoning ${output.reasoning}` : ''
  const long = input.over_200k ? `, over 200k ${input.over_200k} and ${input.cache_read_over_200k}` : ''
  console.log(`${name}: ${input_tokens} + ${output_tokens} of ${total_tokens}, cached ${input.cache_read}${reasoning}${long}`)
}
const question = 'When is high tide?'
async function streamed(model) {
  let message
  for await (const chunk of await model.stream(question)) message = message ? message.concat(chunk) : chunk
  return message.usage_metadata
}
const genai = (model) => new ChatGoogleGenerativeAI({ model, apiKey: 'none' })
print('google-genai', (await genai('gemini-2.5-pro').invoke(question)).usage_metadata)
print('google-genai, streamed', await streamed(genai('gemini-2.5-pro')))
print('google-genai, gemini-3-pro-preview', (await genai('gemini-3-pro-preview').invoke(question)).usage_metadata)

let ended
const run = new Promise((done) => { ended = done })
const wrapped = wrapGemini(new GoogleGenAI({ apiKey: 'none' }), {
  client: { createRun: async () => {}, updateRun: async () => {} }, tracingEnabled: true, on_end: (tree) => ended(tree.outputs),
})
await wrapped.models.generateContent({ model: 'gemini-2.5-pro', contents: question })
print('langsmith', (await run).usage_metadata)

const google = new ChatGoogle({ model: 'gemini-2.5-pro', apiKey: 'none' })
print('google', (await google.invoke(question)).usage_metadata)
print('google, streamed', await streamed(google))
JS
got=$(node main.mjs)
echo "$got"
want='Gemini: 7000 prompt, of it 6000 cached; 320 thoughts, 3 candidates; 7323 in all
google-genai: 7000 + 3 of 7323, cached 6000
google-genai, streamed: 7000 + 3 of 7323, cached 18000
google-genai, gemini-3-pro-preview: 7000 + 3 of 7323, cached 6000, over 200k 7000 and 6000
langsmith: 7000 + 3 of 7323, cached 6000, reasoning 320
google: 7000 + 323 of 7323, cached 6000, reasoning 320
google, streamed: 7000 + 323 of 7323, cached 6000, reasoning 320'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
