#!/usr/bin/env bash
# @musistudio/llms 1.0.53, a server that answers as Anthropic would and asks others, tells of an
# answer of OpenAI what did not happen.
#   OpenAI's message has annotations, which is an empty list where nothing was searched. Each such
#     answer that comes in one piece has a search of the web before it, for nothing, which found
#     nothing. Sent back with the next question, it is a search that the model believes it made.
#   content_filter becomes stop_sequence, without a sequence: what a filter broke off looks as if it
#     had ended where it was to end. A refusal becomes an answer without any text.
#   Of a stream, what arrives in one packet with the finish reason is passed over. OpenAI sends the
#     counts right behind it, so that an answer has its tokens or none, by how the packets fell. The
#     transformer streamoptions is on here, which has OpenAI send them.
#   Of the settings, top_p and stop_sequences, which OpenAI has as top_p and stop, are not passed on.
# Its README says nothing of it, and a search of the issues gives none of it.
#
# Output seen on 29 November 2026:
#   sent "At nine.": server_tool_use {"query":""}, web_search_tool_result [], "At nine."; end_turn null
#   sent "High tide", content_filter: server_tool_use {"query":""}, web_search_tool_result [], "High tide"; stop_sequence null
#   sent a refusal: server_tool_use {"query":""}, web_search_tool_result []; end_turn null
#   streamed, 70 + 40 in a packet of their own: 6 + 40, read 64
#   streamed, 70 + 40 in the packet of the finish reason: 0 + 0, read 0
#   asked: temperature 0, top_p 0.5, stop_sequences ["Hull"]; passed on: temperature 0, top_p none, stop none
#
# What follows for errata: a search for nothing in a log that came by it took place nowhere, and a
# log without tokens may have had some; both are shown as they were logged. From the answer of
# OpenAI itself, or its events, errata offers content_filter and 70 and 40, and says that the
# provider refused.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @musistudio/llms@1.0.53
cat > main.cjs <<'JS'
const http = require('node:http')
const { default: Server } = require('@musistudio/llms')

const usage = { prompt_tokens: 70, completion_tokens: 40, total_tokens: 110, prompt_tokens_details: { cached_tokens: 64 } }
const whole = (message, finish_reason) => ({ id: 'c', object: 'chat.completion', created: 1, model: 'gpt-4o', usage,
  choices: [{ index: 0, message: { role: 'assistant', content: null, refusal: null, annotations: [], ...message }, logprobs: null, finish_reason }] })
const chunk = (choices, usage = null) => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices, usage })
const piece = (delta, finish_reason = null) => chunk([{ index: 0, delta, logprobs: null, finish_reason }])
const event = (chunk) => `data: ${JSON.stringify(chunk)}\n\n`
const start = [piece({ role: 'assistant', content: '', refusal: null }), piece({ content: 'At nine.' })].map(event).join('')
const [stop, counts, done] = [event(piece({}, 'stop')), event(chunk([], usage)), 'data: [DONE]\n\n']

// What a provider sends, in the packets in which it arrives.
let got, sent
const provider = http.createServer(async (request, answer) => {
  got = JSON.parse((await request.toArray()).join(''))
  answer.setHeader('content-type', got.stream ? 'text/event-stream' : 'application/json')
  for (const packet of sent) {
    answer.write(packet)
    await new Promise((done) => setTimeout(done, 100))
  }
  answer.end()
})
provider.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${provider.address().port}/v1/chat/completions`
  const providers = [{ name: 'openai', api_base_url: url, api_key: 'none', models: ['gpt-4o'], transformer: { use: ['streamoptions'] } }]
  const server = new Server({ logger: false, initialConfig: { HOST: '127.0.0.1', PORT: '0', providers } })
  while (!server.llmService) await new Promise((done) => setTimeout(done, 10))
  await server.start()
  const messages = [{ role: 'user', content: 'When is high tide?' }]
  const ask = async (packets, more) => {
    sent = packets
    return (await server.app.inject({ method: 'POST', url: '/v1/messages', payload: { model: 'openai,gpt-4o', max_tokens: 100, messages, ...more } })).body
  }

  for (const [name, message, reason] of [['"At nine."', { content: 'At nine.' }, 'stop'], ['"High tide", content_filter', { content: 'High tide' }, 'content_filter'],
    ['a refusal', { refusal: 'I cannot help.' }, 'stop']]) {
    const { content, stop_reason, stop_sequence } = JSON.parse(await ask([JSON.stringify(whole(message, reason))]))
    const blocks = content.map(({ type, text, name, input, content }) => text ? JSON.stringify(text) : `${type} ${JSON.stringify(input ?? content)}`)
    console.log(`sent ${name}: ${blocks.join(', ')}; ${stop_reason} ${stop_sequence}`)
  }
  for (const [name, packets] of [['a packet of their own', [start + stop, counts + done]], ['the packet of the finish reason', [start, stop + counts + done]]]) {
    const told = (await ask(packets, { stream: true })).split('\n').find((line) => line.startsWith('data: {"type":"message_delta"'))
    const { input_tokens, output_tokens, cache_read_input_tokens } = JSON.parse(told.slice('data: '.length)).usage
    console.log(`streamed, 70 + 40 in ${name}: ${input_tokens} + ${output_tokens}, read ${cache_read_input_tokens}`)
  }
  const settings = { temperature: 0, top_p: 0.5, stop_sequences: ['Hull'] }
  await ask([JSON.stringify(whole({ content: 'At nine.' }, 'stop'))], settings)
  const shown = (key) => `${key} ${JSON.stringify(got[key]) ?? 'none'}`
  console.log(`asked: temperature 0, top_p 0.5, stop_sequences ["Hull"]; passed on: ${['temperature', 'top_p', 'stop'].map(shown).join(', ')}`)
  await server.app.close()
  provider.close()
  provider.closeAllConnections()
})
JS
got=$(node main.cjs)
echo "$got"
want='sent "At nine.": server_tool_use {"query":""}, web_search_tool_result [], "At nine."; end_turn null
sent "High tide", content_filter: server_tool_use {"query":""}, web_search_tool_result [], "High tide"; stop_sequence null
sent a refusal: server_tool_use {"query":""}, web_search_tool_result []; end_turn null
streamed, 70 + 40 in a packet of their own: 6 + 40, read 64
streamed, 70 + 40 in the packet of the finish reason: 0 + 0, read 0
asked: temperature 0, top_p 0.5, stop_sequences ["Hull"]; passed on: temperature 0, top_p none, stop none'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
