#!/usr/bin/env bash
# Five tracers for JavaScript with openai 6.49.0: a refusal is traced as an empty answer. OpenAI's
# reference has it beside the content, as message.refusal and piece by piece as delta.refusal; the
# finish reason is stop, as of an answer.
#   @opentelemetry/instrumentation-openai 0.21.0 (0.22.0 has the same lines, and wants Node 22) and
#     @posthog/ai 8.13.1 take text and calls alone, streamed or not.
#   @arizeai/openinference-instrumentation-openai 4.2.7, @langfuse/openai 5.11.1 and langsmith
#     0.12.0 copy an answer that comes in one piece, and lose the refusal when they put a stream
#     together.
# The conventions of OpenTelemetry leave room for it as a part of any type. Braintrust had the like
# and mended it (braintrustdata/braintrust-sdk-javascript 1774); of these five a search of their
# issues gives nothing.
#
# Output seen on 29 November 2026:
#   opentelemetry: whole {}; streamed {}
#   posthog: whole []; streamed [{"role":"assistant","content":[{"type":"text","text":""}]}]
#   openinference: whole, it is kept; streamed ""
#   langfuse: whole, it is kept; streamed ""
#   langsmith: whole, it is kept; streamed {"role":"assistant","content":""}
#
# What follows for errata: an empty output that ended with stop and was paid for may have been a
# refusal. Where a log has the answer itself or its events, errata says that the provider refused,
# and with which words, and offers no output.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts openai@6.49.0 @opentelemetry/instrumentation-openai@0.21.0 \
  @posthog/ai@8.13.1 posthog-node@5.70.0 @arizeai/openinference-instrumentation-openai@4.2.7 @langfuse/openai@5.11.1 \
  @langfuse/tracing@5.11.1 langsmith@0.12.0 @opentelemetry/instrumentation@0.223.0 @opentelemetry/api@1.9.1 \
  @opentelemetry/sdk-trace-base@2.12.1
cat > main.mjs <<'JS'
import http from 'node:http'
import { createRequire } from 'node:module'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

const refusal = 'I cannot help with that.'
const reply = (object, choices, usage) => ({ id: 'c', object, created: 1, model: 'gpt-4o', choices, usage })
const usage = { prompt_tokens: 70, completion_tokens: 12, total_tokens: 82 }
const whole = reply('chat.completion', [{ index: 0, message: { role: 'assistant', content: null, refusal }, logprobs: null, finish_reason: 'stop' }], usage)
const piece = (delta, finish_reason = null) => reply('chat.completion.chunk', [{ index: 0, delta, logprobs: null, finish_reason }], null)
const events = [
  piece({ role: 'assistant', content: null, refusal: '' }),
  ...refusal.split(/(?= )/).map((text) => piece({ refusal: text })),
  piece({}, 'stop'),
  reply('chat.completion.chunk', [], usage),
]
const server = http.createServer(async (request, answer) => {
  const { stream } = JSON.parse((await request.toArray()).join(''))
  answer.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
  answer.end(stream ? [...events.map((e) => JSON.stringify(e)), '[DONE]'].map((e) => `data: ${e}\n\n`).join('') : JSON.stringify(whole))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))

const require = createRequire(import.meta.url)
const options = { apiKey: 'none', baseURL: `http://127.0.0.1:${server.address().port}` }
const fresh = () => new (require('openai'))(options)
const records = []
let ended
const exporter = {
  export(spans, done) {
    done({ code: 0 })
    ended(spans[0].attributes)
  },
  shutdown: async () => {},
}
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const instrumented = (instrumentation) => {
  const loggerProvider = { getLogger: () => ({ emit: (record) => records.push(record), enabled: () => true }) }
  require('@opentelemetry/instrumentation').registerInstrumentations({ instrumentations: [instrumentation], tracerProvider, loggerProvider })
  return fresh()
}

// Each tracer has a client that it watches, and the output in what it traced.
const tracers = {
  opentelemetry: {
    client: () => instrumented(new (require('@opentelemetry/instrumentation-openai').OpenAIInstrumentation)({ captureMessageContent: true })),
    output: () => records.at(-1).body.message,
  },
  posthog: {
    client: async () => {
      const { OpenAI } = await import('@posthog/ai/openai')
      return new OpenAI({ ...options, posthog: { capture: (event) => ended(event.properties), options: {} } })
    },
    output: (traced) => traced.$ai_output_choices,
  },
  openinference: {
    client: () => instrumented(new (require('@arizeai/openinference-instrumentation-openai').OpenAIInstrumentation)()),
    output: (traced) => traced['output.value'],
  },
  langfuse: {
    client: async () => {
      const { setLangfuseTracerProvider } = await import('@langfuse/tracing')
      setLangfuseTracerProvider(tracerProvider)
      const { observeOpenAI } = await import('@langfuse/openai')
      return observeOpenAI(fresh())
    },
    output: (traced) => traced['langfuse.observation.output'],
  },
  langsmith: {
    client: async () => {
      const { wrapOpenAI } = await import('langsmith/wrappers/openai')
      return wrapOpenAI(fresh(), { client: { createRun: async () => {}, updateRun: async () => {} }, tracingEnabled: true,
        on_end: (run) => ended(run.outputs) })
    },
    output: (traced) => traced.choices[0].message,
  },
}
const name = process.argv[2]
const client = await tracers[name].client()
const seen = []
for (const stream of [false, true]) {
  const span = new Promise((done) => { ended = done })
  const messages = [{ role: 'user', content: 'May I sail at nine?' }]
  const answer = await client.chat.completions.create({ model: 'gpt-4o', messages, stream, ...(stream && { stream_options: { include_usage: true } }) })
  if (stream) for await (const event of answer) void event
  const output = JSON.stringify(tracers[name].output(await span))
  seen.push((stream ? 'streamed' : 'whole') + (output.includes(refusal) ? ', it is kept' : ` ${output}`))
}
console.log(`${name}: ${seen.join('; ')}`)
server.close()
server.closeAllConnections()
JS
got=$(for name in opentelemetry posthog openinference langfuse langsmith; do node main.mjs "$name"; done)
echo "$got"
want='opentelemetry: whole {}; streamed {}
posthog: whole []; streamed [{"role":"assistant","content":[{"type":"text","text":""}]}]
openinference: whole, it is kept; streamed ""
langfuse: whole, it is kept; streamed ""
langsmith: whole, it is kept; streamed {"role":"assistant","content":""}'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
