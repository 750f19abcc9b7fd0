#!/usr/bin/env bash
# Two tracers for JavaScript with openai 6.49.0: an answer of the Responses API that ended at
# max_output_tokens looks finished, or is not there. OpenAI's reference has the status incomplete
# and incomplete_details for it; a stream of it ends with response.incomplete, which brings the
# whole answer and its counts, as response.completed does for others.
#   @opentelemetry/instrumentation-openai 0.21.0 (0.22.0 has the same lines, and wants Node 22) goes
#     by the last thing said: what is no call of a tool is "stop". The package says that it follows
#     OpenTelemetry's conventions 1.38.0, which have "length" for this. Of a stream it takes the
#     counts from response.completed alone, so that an answer that was cut has none.
#   @arizeai/openinference-instrumentation-openai 4.2.7 names no reason, but has the answer that
#     tells of it. A stream that was cut leaves nothing, and its span is an error without a word.
# langsmith's wrapOpenAI takes both events. Koog has the like open for "stop" (JetBrains/koog,
# 2208); of these two a search of their issues gives nothing.
#
# Output seen on 29 November 2026:
#   opentelemetry, whole: status unset, finish stop, tokens 70 + 16
#   opentelemetry, streamed: status unset, finish stop, tokens none + none
#   openinference, whole: status ok, output "High tide comes", tokens 70 + 16
#   openinference, streamed: status error, output none, tokens none + none
#
# What follows for errata: a finish reason that came by such a trace is shown as it was traced, and
# may say stop of half a sentence. Where a log has the answer itself or its events, errata offers
# max_output_tokens and the counts.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts openai@6.49.0 @opentelemetry/instrumentation-openai@0.21.0 \
  @arizeai/openinference-instrumentation-openai@4.2.7 @opentelemetry/instrumentation@0.223.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.1
cat > main.mjs <<'JS'
import http from 'node:http'
import { createRequire } from 'node:module'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

const require = createRequire(import.meta.url)
const { registerInstrumentations } = require('@opentelemetry/instrumentation')
const [name, from] = process.argv.slice(2)
let ended
const exporter = {
  export(spans, done) {
    done({ code: 0 })
    ended(spans[0])
  },
  shutdown: async () => {},
}
registerInstrumentations({
  instrumentations: [new (require(from).OpenAIInstrumentation)()],
  tracerProvider: new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
})
const OpenAI = require('openai')

const text = 'High tide comes'
const part = { type: 'output_text', text, annotations: [], logprobs: [] }
const item = { type: 'message', id: 'msg_1', role: 'assistant', status: 'incomplete', content: [part] }
const response = (status, output, more) => ({ id: 'resp_1', object: 'response', created_at: 1, model: 'gpt-5', status, output,
  error: null, incomplete_details: null, usage: null, ...more })
const whole = response('incomplete', [item], { incomplete_details: { reason: 'max_output_tokens' },
  usage: { input_tokens: 70, input_tokens_details: { cached_tokens: 0 }, output_tokens: 16, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 86 } })
const at = { item_id: item.id, output_index: 0, content_index: 0 }
const events = [
  { type: 'response.created', response: response('in_progress', []) },
  { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } },
  { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
  { type: 'response.output_text.delta', ...at, delta: text, logprobs: [] },
  { type: 'response.output_text.done', ...at, text, logprobs: [] },
  { type: 'response.content_part.done', ...at, part },
  { type: 'response.output_item.done', output_index: 0, item },
  { type: 'response.incomplete', response: whole },
].map((event, sequence_number) => ({ ...event, sequence_number }))
const server = http.createServer(async (request, answer) => {
  const { stream } = JSON.parse((await request.toArray()).join(''))
  answer.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
  answer.end(stream ? events.map((e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`).join('') : JSON.stringify(whole))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const client = new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${server.address().port}` })

const told = {
  opentelemetry: (at) => [`finish ${at['gen_ai.response.finish_reasons']?.join(', ') ?? 'none'}`,
    at['gen_ai.usage.input_tokens'], at['gen_ai.usage.output_tokens']],
  openinference: (at) => {
    const output = at['llm.output_messages.0.message.contents.0.message_content.text']
    return [`output ${output ? `"${output}"` : 'none'}`, at['llm.token_count.prompt'], at['llm.token_count.completion']]
  },
}
for (const stream of [false, true]) {
  const span = new Promise((done) => { ended = done })
  const answer = await client.responses.create({ model: 'gpt-5', input: 'When is high tide?', max_output_tokens: 16, stream })
  if (stream) for await (const event of answer) void event
  const { attributes, status } = await span
  const [what, prompt = 'none', output = 'none'] = told[name](attributes)
  console.log(`${name}, ${stream ? 'streamed' : 'whole'}: status ${['unset', 'ok', 'error'][status.code]}, ${what}, tokens ${prompt} + ${output}`)
}
server.close()
server.closeAllConnections()
JS
got=$(
  node main.mjs opentelemetry @opentelemetry/instrumentation-openai
  node main.mjs openinference @arizeai/openinference-instrumentation-openai
)
echo "$got"
want='opentelemetry, whole: status unset, finish stop, tokens 70 + 16
opentelemetry, streamed: status unset, finish stop, tokens none + none
openinference, whole: status ok, output "High tide comes", tokens 70 + 16
openinference, streamed: status error, output none, tokens none + none'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
