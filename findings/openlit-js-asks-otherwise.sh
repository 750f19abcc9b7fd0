#!/usr/bin/env bash
# openlit 1.15.0 for JavaScript traces requests that nobody made.
#   Of temperature and top_p it writes 1 where none was asked for. Cohere's own package says that
#     0.3 and 0.75 hold there. A top_p of 0 is traced as 1 as well.
#   Of Mistral it looks for top_p and max_tokens; the package @mistralai/mistralai names them topP
#     and maxTokens. So 0.5 is traced as 1, and the limit is not traced.
#   Of Ollama repeat_penalty is traced as frequency_penalty, which Ollama has as well and which
#     means something else. The limit, num_predict, is not traced.
# OpenTelemetry's conventions have these attributes for the settings of a request.
# Of a stream of Anthropic it keeps the last call of a tool alone, and adds the output tokens of
# message_start to those of message_delta, which are all of them already. A search of its issues
# gives none of it.
#
# Output seen on 29 November 2026:
#   anthropic: asked max_tokens 2048; traced max_tokens 2048, temperature 1, top_p 1
#   openai: asked top_p 0; traced temperature 1, top_p 1
#   cohere: asked nothing; traced temperature 1, top_p 1
#   mistral: asked max_tokens 16, top_p 0.5; traced temperature 1, top_p 1
#   ollama: asked num_predict 16, repeat_penalty 1.1; traced frequency_penalty 1.1
#   anthropic, whole: tide {"port":"Hull"}, wind {"hour":9}; 40
#   anthropic, streamed: wind {"hour":9}; 44
#
# What follows for errata: settings that came by such a trace may be nobody's, and are shown as they
# were traced. Of the events of Anthropic themselves errata offers both calls and 40.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts openlit@1.15.0 @anthropic-ai/sdk@0.122.0 openai@6.49.0 \
  @mistralai/mistralai@1.10.0 cohere-ai@7.20.0 ollama@0.6.3
cat > main.mjs <<'JS'
import http from 'node:http'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const usage = { input_tokens: 70, output_tokens: 40 }
const calls = [['tide', { port: 'Hull' }], ['wind', { hour: 9 }]].map(([name, input], i) => ({ type: 'tool_use', id: `toolu_${i}`, name, input }))
const message = (content, stop_reason, counts) => ({ id: 'msg_1', type: 'message', role: 'assistant', model: 'm',
  content, stop_reason, stop_sequence: null, usage: counts })
const events = [
  { type: 'message_start', message: message([], null, { ...usage, output_tokens: 4 }) },
  ...calls.flatMap((call, index) => [
    { type: 'content_block_start', index, content_block: { ...call, input: {} } },
    { type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: JSON.stringify(call.input) } },
    { type: 'content_block_stop', index },
  ]),
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
]
const answers = {
  '/v1/messages': message(calls, 'tool_use', usage),
  '/v1/chat/completions': { id: 'c', object: 'chat.completion', created: 1, model: 'm', usage: { prompt_tokens: 70, completion_tokens: 3, total_tokens: 73 },
    choices: [{ index: 0, message: { role: 'assistant', content: 'At nine.' }, finish_reason: 'stop' }] },
  '/v1/chat': { response_id: 'r', generation_id: 'g', text: 'At nine.', finish_reason: 'COMPLETE', meta: { tokens: { input_tokens: 70, output_tokens: 3 } } },
  '/api/chat': { model: 'm', created_at: '2026-11-29T00:00:00Z', message: { role: 'assistant', content: 'At nine.' }, done: true, done_reason: 'stop',
    prompt_eval_count: 70, eval_count: 3 },
}

// One server stands for all providers, and for the one that gets the traces.
let ended
const server = http.createServer(async (request, response) => {
  const body = JSON.parse((await request.toArray()).join(''))
  if (request.url === '/v1/traces') {
    response.end('{}')
    ended(Object.fromEntries(body.resourceSpans[0].scopeSpans[0].spans[0].attributes.map(({ key, value }) => [key, Object.values(value)[0]])))
    return
  }
  response.setHeader('content-type', body.stream ? 'text/event-stream' : 'application/json')
  response.end(body.stream ? events.map((e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`).join('') : JSON.stringify(answers[request.url]))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const host = `http://127.0.0.1:${server.address().port}`
const sdks = Object.fromEntries(Object.entries({ anthropic: '@anthropic-ai/sdk', openai: 'openai', mistral: '@mistralai/mistralai', cohere: 'cohere-ai', ollama: 'ollama' })
  .map(([name, from]) => [name, require(from)]))
require('openlit').default.init({ otlpEndpoint: host, disableBatch: true, disableMetrics: true, disableEvents: true, pricingJson: '{"chat":{}}', instrumentations: sdks })
async function traced(ask) {
  const span = new Promise((done) => { ended = done })
  const answer = await ask()
  if (answer[Symbol.asyncIterator]) for await (const event of answer) void event
  return span
}

const anthropic = new sdks.anthropic.Anthropic({ apiKey: 'none', baseURL: host })
const gpt = new sdks.openai.OpenAI({ apiKey: 'none', baseURL: `${host}/v1` })
const mistral = new sdks.mistral.Mistral({ apiKey: 'none', serverURL: host })
const cohere = new sdks.cohere.CohereClient({ token: 'none', environment: host })
const ollama = new sdks.ollama.Ollama({ host })
const content = 'May I sail at nine?'
const messages = [{ role: 'user', content }]
const requests = [
  ['anthropic', 'max_tokens 2048', () => anthropic.messages.create({ model: 'm', max_tokens: 2048, messages })],
  ['openai', 'top_p 0', () => gpt.chat.completions.create({ model: 'gpt-4o', messages, top_p: 0 })],
  ['cohere', 'nothing', () => cohere.chat({ model: 'command-r', message: content })],
  ['mistral', 'max_tokens 16, top_p 0.5', () => mistral.chat.complete({ model: 'mistral-large-latest', messages, maxTokens: 16, topP: 0.5 })],
  ['ollama', 'num_predict 16, repeat_penalty 1.1', () => ollama.chat({ model: 'm', messages, options: { num_predict: 16, repeat_penalty: 1.1 } })],
]
for (const [name, asked, ask] of requests) {
  const at = await traced(ask)
  const told = ['max_tokens', 'temperature', 'top_p', 'frequency_penalty'].map((key) => [key, at[`gen_ai.request.${key}`]])
    .filter(([, value]) => value !== undefined).map((pair) => pair.join(' '))
  console.log(`${name}: asked ${asked}; traced ${told.join(', ')}`)
}
for (const stream of [false, true]) {
  const at = await traced(() => anthropic.messages.create({ model: 'm', max_tokens: 2048, messages, stream }))
  const parts = JSON.parse(at['gen_ai.output.messages'])[0].parts.map((part) => `${part.name} ${JSON.stringify(part.arguments)}`)
  console.log(`anthropic, ${stream ? 'streamed' : 'whole'}: ${parts.join(', ')}; ${at['gen_ai.usage.output_tokens']}`)
}
server.close()
server.closeAllConnections()
JS
got=$(node main.mjs)
echo "$got"
want='anthropic: asked max_tokens 2048; traced max_tokens 2048, temperature 1, top_p 1
openai: asked top_p 0; traced temperature 1, top_p 1
cohere: asked nothing; traced temperature 1, top_p 1
mistral: asked max_tokens 16, top_p 0.5; traced temperature 1, top_p 1
ollama: asked num_predict 16, repeat_penalty 1.1; traced frequency_penalty 1.1
anthropic, whole: tide {"port":"Hull"}, wind {"hour":9}; 40
anthropic, streamed: wind {"hour":9}; 44'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
