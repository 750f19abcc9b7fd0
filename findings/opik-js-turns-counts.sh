#!/usr/bin/env bash
# Two tracers of Opik for JavaScript tell of answers what the provider did not.
#   opik-openai 1.11.14 with openai 6.49.0: of the Responses API it writes input_tokens as
#     completion_tokens and output_tokens as prompt_tokens, streamed or not; the total is right. An
#     answer that says something and calls tools is its text alone. Of a chat that was streamed it
#     is the other way: the text is dropped, and calls that were made at once become one, without
#     an id, with the last name and the arguments of all.
#   opik-gemini 1.10.8 with @google/genai 2.32.0: a stream is its last event, with the texts of all
#     events put into the first part of it. Thoughts stand there as if they were said, a call of the
#     event before is gone, and so is all that was said where the last event has no parts, as Gemini
#     ends some streams. The completion_tokens leave the thoughts out, which the total has.
# The chat API's counts are right, and Opik's package for Python has those of all three as they
# should be. A search of Opik's issues gives none of it.
#
# Output seen on 29 November 2026:
#   responses, sent: "I look.", tide {"port":"Hull"}, wind {"hour":9}; 7000 + 40 of 7040
#   responses, whole: "I look."; 40 + 7000 of 7040
#   responses, streamed: "I look.", tide {"port":"Hull"}, wind {"hour":9}; 40 + 7000 of 7040
#   chat, streamed: wind {"port":"Hull"}{"hour":9}; 7000 + 40 of 7040
#   gemini, sent: (Tides first.) "I look.", tide {"port":"Hull"}, wind {"hour":9}; 70 + 340 of 410
#   gemini, streamed: "Tides first.I look.", wind {"hour":9}; 70 + 20 of 410
#   gemini, streamed, the last event without parts: nothing; 70 + 20 of 410
#
# What follows for errata: counts of such a trace may have changed places, and an answer that is a
# text alone may have called tools. From the answer itself, or its events, errata offers 7000 and
# 40, 70 and 340, what was said, and both calls.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts opik@1.11.14 opik-openai@1.11.14 opik-gemini@1.10.8 openai@6.49.0 \
  @google/genai@2.32.0 zod@4.6.7
cat > main.mjs <<'JS'
import http from 'node:http'
import OpenAI from 'openai'
import { GoogleGenAI } from '@google/genai'
import { trackOpenAI } from 'opik-openai'
import { trackGemini } from 'opik-gemini'

const text = 'I look.'
const calls = [['tide', { port: 'Hull' }], ['wind', { hour: 9 }]]
const told = (said, list, prompt, output, total) => [...said, ...list.map((call) => call.join(' '))].join(', ') + `; ${prompt} + ${output} of ${total}`
const sent = calls.map(([name, args]) => [name, JSON.stringify(args)])

const usage = { input_tokens: 7000, input_tokens_details: { cached_tokens: 0 }, output_tokens: 40, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 7040 }
const whole = { id: 'resp_1', object: 'response', created_at: 1, model: 'gpt-5', status: 'completed', error: null, incomplete_details: null, usage,
  output: [{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] },
    ...sent.map(([name, args], i) => ({ type: 'function_call', id: `fc_${i}`, call_id: `call_${i}`, name, arguments: args, status: 'completed' }))] }
const chunk = (choices, counts = null) => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices, usage: counts })
const piece = (delta, finish_reason = null) => chunk([{ index: 0, delta, finish_reason }])
const streams = {
  '/responses': [{ type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
    ...whole.output.map((item, output_index) => ({ type: 'response.output_item.done', output_index, item })), { type: 'response.completed', response: whole }],
  '/chat/completions': [piece({ role: 'assistant', content: text }),
    ...sent.flatMap(([name, args], index) => [
      piece({ tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }] }),
      piece({ tool_calls: [{ index, function: { arguments: args } }] })]),
    piece({}, 'tool_calls'), chunk([], { prompt_tokens: 7000, completion_tokens: 40, total_tokens: 7040 })],
}
const server = http.createServer(async (request, answer) => {
  const { stream } = JSON.parse((await request.toArray()).join(''))
  answer.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
  answer.end(stream ? streams[request.url].map((e) => `data: ${JSON.stringify(e)}\n\n`).join('') : JSON.stringify(whole))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))

// Opik's client is one that keeps what it is given to send.
const spans = []
const span = (data) => {
  spans.push(data)
  return { span, update() {}, end() {} }
}
const client = { trace: () => ({ span, update() {}, end() {} }) }
async function traced(answer) {
  if (answer[Symbol.asyncIterator]) for await (const event of answer) void event
  return spans.splice(0)[0]
}
const read = (said, list, { prompt_tokens, completion_tokens, total_tokens }) => told(said, list, prompt_tokens, completion_tokens, total_tokens)
const quoted = (said) => said ? [JSON.stringify(said)] : []

const openai = trackOpenAI(new OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${server.address().port}` }), { client })
const question = 'May I sail at nine?'
console.log('responses, sent: ' + told(quoted(text), sent, 7000, 40, 7040))
for (const stream of [false, true]) {
  const { output, usage } = await traced(await openai.responses.create({ model: 'gpt-5', input: question, stream }))
  const items = output.outputs ?? []
  const list = items.filter((item) => item.type === 'function_call').map((item) => [item.name, item.arguments])
  console.log(`responses, ${stream ? 'streamed' : 'whole'}: ${read(quoted(output.content ?? items[0].content[0].text), list, usage)}`)
}
const chat = await traced(await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: question }], stream: true, stream_options: { include_usage: true } }))
console.log('chat, streamed: ' + read(quoted(chat.output.message ?? chat.output.content), chat.output.tool_calls.map((call) => [call.function.name, call.function.arguments]), chat.usage))
server.close()
server.closeAllConnections()

const counts = { promptTokenCount: 70, thoughtsTokenCount: 320, candidatesTokenCount: 20, totalTokenCount: 410 }
const event = (parts, more) => ({ candidates: [{ index: 0, content: { role: 'model', ...(parts.length && { parts }) }, ...more }],
  usageMetadata: counts, modelVersion: 'gemini-2.5-pro', responseId: 'r' })
const stop = { finishReason: 'STOP' }
const [tide, wind] = calls.map(([name, args]) => ({ functionCall: { name, args } }))
const start = [event([{ text: 'Tides first.', thought: true }]), event([{ text }])]
console.log(`gemini, sent: (Tides first.) ${told(quoted(text), sent, 70, 340, 410)}`)
for (const [name, events] of [['streamed', [...start, event([tide]), event([wind], stop)]], ['streamed, the last event without parts', [...start, event([], stop)]]]) {
  globalThis.fetch = async () => new Response(events.map((e) => `data: ${JSON.stringify(e)}\r\n\r\n`).join(''), { headers: { 'content-type': 'text/event-stream' } })
  const gemini = trackGemini(new GoogleGenAI({ apiKey: 'none' }), { client })
  const { output, usage } = await traced(await gemini.models.generateContentStream({ model: 'gemini-2.5-pro', contents: question }))
  const parts = output.candidates[0].content.parts ?? []
  const list = parts.filter((part) => part.functionCall).map(({ functionCall: { name, args } }) => [name, JSON.stringify(args)])
  const said = quoted(parts.map((part) => part.text ?? '').join(''))
  console.log(`gemini, ${name}: ${read(said.length + list.length ? said : ['nothing'], list, usage)}`)
}
JS
got=$(node main.mjs)
echo "$got"
want='responses, sent: "I look.", tide {"port":"Hull"}, wind {"hour":9}; 7000 + 40 of 7040
responses, whole: "I look."; 40 + 7000 of 7040
responses, streamed: "I look.", tide {"port":"Hull"}, wind {"hour":9}; 40 + 7000 of 7040
chat, streamed: wind {"port":"Hull"}{"hour":9}; 7000 + 40 of 7040
gemini, sent: (Tides first.) "I look.", tide {"port":"Hull"}, wind {"hour":9}; 70 + 340 of 410
gemini, streamed: "Tides first.I look.", wind {"hour":9}; 70 + 20 of 410
gemini, streamed, the last event without parts: nothing; 70 + 20 of 410'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
