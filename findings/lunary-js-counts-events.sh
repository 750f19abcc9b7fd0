#!/usr/bin/env bash
# lunary 1.0.18 for JavaScript with openai 4.104.0, the newest that it allows: what is logged of a
# chat that is streamed.
#   The completion tokens are the number of events, the first with a role and the last with a reason
#     among them. OpenAI tells the counts of a stream where include_usage is asked for, in an event
#     that has no choices: at that event the log breaks off, and of the whole answer there is
#     nothing, neither its end nor an error.
#   A content that begins as null, as DeepSeek sends while a model thinks, is a text from then on:
#     what was said stands behind the word null. What was thought is not logged, nor is a refusal.
#   A setting that is 0 or false is not logged, streamed or not. A temperature of 0 and a seed of 0
#     are what makes an answer come again, and without them the log looks as if nobody had asked.
# A search of the issues gives none of it.
#
# Output seen on 29 November 2026:
#   asked: temperature 0, seed 0, top_p 0.5, parallel_tool_calls false; logged: top_p 0.5
#   sent: "At nine, and again at ten." 70 + 40
#   whole: "At nine, and again at ten." 70 + 40
#   streamed: "At nine, and again at ten." none + 4
#   streamed, include_usage: nothing
#   streamed, content null at first: "nullAt nine, and again at ten." none + 5
#   streamed, a refusal: "" none + 3
#
# What follows for errata: a count of a few tokens beside a long answer may be one of events, and a
# null at the beginning of a text may be no word of the model. Both are shown as they were logged.
# From the events themselves errata offers the text, the thought, that the provider refused, and,
# where they tell them, 70 and 40; of a stream without counts it makes none up.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts lunary@1.0.18 openai@4.104.0
cat > main.mjs <<'JS'
import http from 'node:http'
import OpenAI from 'openai'
import lunary from 'lunary'
import { monitorOpenAI } from 'lunary/openai'

const text = 'At nine, and again at ten.'
const reply = (object, choices, usage = null) => ({ id: 'c', object, created: 1, model: 'gpt-4o', choices, usage })
const usage = { prompt_tokens: 70, completion_tokens: 40, total_tokens: 110 }
const piece = (delta, finish_reason = null) => reply('chat.completion.chunk', [{ index: 0, delta, logprobs: null, finish_reason }])
const said = [piece({ content: 'At nine, ' }), piece({ content: 'and again at ten.' }), piece({}, 'stop')]
const plain = [piece({ role: 'assistant', content: '' }), ...said]
const streams = {
  streamed: plain,
  'streamed, include_usage': [...plain, reply('chat.completion.chunk', [], usage)],
  'streamed, content null at first': [piece({ role: 'assistant', content: null, reasoning_content: '' }),
    piece({ content: null, reasoning_content: 'Tides first.' }), ...said],
  'streamed, a refusal': [piece({ role: 'assistant', content: null, refusal: '' }), piece({ refusal: 'I cannot help.' }), piece({}, 'stop')],
}

let sent
const logged = []
const server = http.createServer(async (request, answer) => {
  const { stream, events } = JSON.parse((await request.toArray()).join(''))
  if (events) {
    logged.push(...events)
    answer.end('{"results":[]}')
    return
  }
  answer.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
  const whole = reply('chat.completion', [{ index: 0, message: { role: 'assistant', content: text, refusal: null }, logprobs: null, finish_reason: 'stop' }], usage)
  answer.end(stream ? [...sent.map((e) => JSON.stringify(e)), '[DONE]'].map((e) => `data: ${e}\n\n`).join('') : JSON.stringify(whole))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}`
lunary.init({ publicKey: 'none', apiUrl: url })
const client = monitorOpenAI(new OpenAI({ apiKey: 'none', baseURL: url }))

const settings = { temperature: 0, seed: 0, top_p: 0.5, parallel_tool_calls: false }
const told = (set) => Object.entries(set).map((pair) => pair.join(' ')).join(', ')
const ask = async (name, more) => {
  logged.length = 0
  const answer = await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'When is high tide?' }], ...settings, ...more })
  if (more) for await (const event of answer) void event
  // What is logged of a stream is logged by a copy of it, which ends a moment later.
  for (let n = 0; n < 10 && !logged.some(({ event }) => event === 'end'); n++) {
    await new Promise((done) => setTimeout(done, 100))
    await lunary.flush()
  }
  const { params } = logged.find(({ event }) => event === 'start')
  if (!more) console.log(`asked: ${told(settings)}; logged: ${told(params)}\nsent: "${text}" 70 + 40`)
  const end = logged.find(({ event }) => event === 'end')
  const { prompt, completion } = end?.tokensUsage ?? {}
  console.log(`${name}: ` + (end ? `${JSON.stringify(end.output.content ?? '')} ${prompt ?? 'none'} + ${completion}` : 'nothing'))
}
await ask('whole')
for (const [name, events] of Object.entries(streams)) {
  sent = events
  await ask(name, { stream: true, ...(name.endsWith('usage') && { stream_options: { include_usage: true } }) })
}
server.close()
server.closeAllConnections()
JS
got=$(node main.mjs 2>/dev/null)
echo "$got"
want='asked: temperature 0, seed 0, top_p 0.5, parallel_tool_calls false; logged: top_p 0.5
sent: "At nine, and again at ten." 70 + 40
whole: "At nine, and again at ten." 70 + 40
streamed: "At nine, and again at ten." none + 4
streamed, include_usage: nothing
streamed, content null at first: "nullAt nine, and again at ten." none + 5
streamed, a refusal: "" none + 3'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
