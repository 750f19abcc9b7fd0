#!/usr/bin/env bash
# @arizeai/openinference-instrumentation-bedrock 0.5.1 for JavaScript with
# @aws-sdk/client-bedrock-runtime 3.1164.0: what is traced of one answer of a model of Anthropic
# depends on the command of Bedrock by which it was asked for.
#   Converse and ConverseStream tell of no caches, and trace inputTokens as the whole prompt. AWS
#     documents it as what was neither read from a cache nor written to one, so that prompt and
#     completion do not come to the total beside them.
#   InvokeModel and InvokeModelWithResponseStream trace the caches, but not as a part of the prompt.
#     OpenInference's conventions take prompt_details for parts of it, and the package for
#     Anthropic was mended to add them (Arize-ai/openinference 3734).
#   InvokeModelWithResponseStream passes over the pieces of a tool's input and keeps the {} that its
#     first event has, as if the model had asked for nothing.
# Of this package a search of their issues gives none of it.
#
# Output seen on 29 November 2026:
#   sent: tide {"port":"Hull"}; prompt 2106, of it 2000 read and 100 written; 2106 + 40 = 2146
#   Converse: tide {"port":"Hull"}; prompt 6, read none, written none; 6 + 40 of 2146
#   ConverseStream: tide {"port":"Hull"}; prompt 6, read none, written none; 6 + 40 of 2146
#   InvokeModel: tide {"port":"Hull"}; prompt 6, read 2000, written 100; 6 + 40 of none
#   InvokeModelWithResponseStream: tide {}; prompt 6, read 2000, written 100; 6 + 40 of none
#
# What follows for errata: a prompt of a few tokens that came by such a trace may have been long and
# cached, and a call without arguments may have had some. From the answer itself, or its events,
# errata offers 2106 and 40.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @arizeai/openinference-instrumentation-bedrock@0.5.1 \
  @aws-sdk/client-bedrock-runtime@3.1164.0 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.1
cat > main.mjs <<'JS'
import { createRequire } from 'node:module'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

const require = createRequire(import.meta.url)
const sdk = require('@aws-sdk/client-bedrock-runtime')
const { BedrockInstrumentation } = require('@arizeai/openinference-instrumentation-bedrock')

let ended
const exporter = {
  export(spans, done) {
    done({ code: 0 })
    ended(spans[0].attributes)
  },
  shutdown: async () => {},
}
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
new BedrockInstrumentation({ tracerProvider }).manuallyInstrument(sdk)

const call = ['tooluse_1', 'tide', { port: 'Hull' }]
const [id, name, input] = call
const pieces = ['{"port":', '"Hull"}']
const [plain, read, written, output] = [6, 2000, 100, 40]
const prompt = plain + read + written
const converse = { inputTokens: plain, outputTokens: output, totalTokens: prompt + output, cacheReadInputTokens: read, cacheWriteInputTokens: written }
const messages = { input_tokens: plain, cache_read_input_tokens: read, cache_creation_input_tokens: written, output_tokens: output }
const message = (content, stop_reason, usage) => ({ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content, stop_reason, stop_sequence: null, usage })
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value))
async function* each(events) {
  yield* events
}
const answers = {
  Converse: () => ({ output: { message: { role: 'assistant', content: [{ toolUse: { toolUseId: id, name, input } }] } },
    stopReason: 'tool_use', usage: converse, metrics: { latencyMs: 1 } }),
  ConverseStream: () => ({ stream: each([
    { messageStart: { role: 'assistant' } },
    { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: id, name } } } },
    ...pieces.map((piece) => ({ contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: piece } } } })),
    { contentBlockStop: { contentBlockIndex: 0 } },
    { messageStop: { stopReason: 'tool_use' } },
    { metadata: { usage: converse, metrics: { latencyMs: 1 } } },
  ]) }),
  InvokeModel: () => ({ contentType: 'application/json', body: bytes(message([{ type: 'tool_use', id, name, input }], 'tool_use', messages)) }),
  InvokeModelWithResponseStream: () => ({ contentType: 'application/json', body: each([
    { type: 'message_start', message: message([], null, { ...messages, output_tokens: 1 }) },
    { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id, name, input: {} } },
    ...pieces.map((piece) => ({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: piece } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: output } },
    { type: 'message_stop' },
  ].map((event) => ({ chunk: { bytes: bytes(event) } }))) }),
}

// The client answers by itself what Bedrock would, before anything is sent.
const client = new sdk.BedrockRuntimeClient({ region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } })
let answer
client.middlewareStack.add(() => async () => ({ response: {}, output: { $metadata: {}, ...answer() } }), { step: 'initialize', name: 'answer' })

console.log(`sent: ${name} ${JSON.stringify(input)}; prompt ${prompt}, of it ${read} read and ${written} written; ${prompt} + ${output} = ${prompt + output}`)
const modelId = 'anthropic.m-v1:0' // the tracer looks for anthropic in it
const question = 'When is high tide?'
for (const command of Object.keys(answers)) {
  answer = answers[command]
  const span = new Promise((done) => { ended = done })
  const asked = command.startsWith('Converse')
    ? { modelId, messages: [{ role: 'user', content: [{ text: question }] }] }
    : { modelId, body: JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages: [{ role: 'user', content: question }] }) }
  const got = await client.send(new sdk[`${command}Command`](asked))
  if (command.endsWith('Stream')) for await (const event of got.stream ?? got.body) void event
  const at = await span
  const tool = 'llm.output_messages.0.message.tool_calls.0.tool_call.function.'
  const count = (key) => at[`llm.token_count.${key}`] ?? 'none'
  console.log(`${command}: ${at[tool + 'name']} ${at[tool + 'arguments']}; prompt ${count('prompt')}, ` +
    `read ${count('prompt_details.cache_read')}, written ${count('prompt_details.cache_write')}; ` +
    `${count('prompt')} + ${count('completion')} of ${count('total')}`)
}
JS
got=$(node main.mjs)
echo "$got"
want='sent: tide {"port":"Hull"}; prompt 2106, of it 2000 read and 100 written; 2106 + 40 = 2146
Converse: tide {"port":"Hull"}; prompt 6, read none, written none; 6 + 40 of 2146
ConverseStream: tide {"port":"Hull"}; prompt 6, read none, written none; 6 + 40 of 2146
InvokeModel: tide {"port":"Hull"}; prompt 6, read 2000, written 100; 6 + 40 of none
InvokeModelWithResponseStream: tide {}; prompt 6, read 2000, written 100; 6 + 40 of none'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
