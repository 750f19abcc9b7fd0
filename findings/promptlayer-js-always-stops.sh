#!/usr/bin/env bash
# promptlayer 1.3.6 for JavaScript with openai 6.49.0 and @anthropic-ai/sdk 0.122.0: what its log
# tells of answers that were streamed.
#   Of a chat of OpenAI the finish reason is that of the first event, which has none, and then stop
#     is filled in: an answer that was cut, one that a filter ended and one that calls a tool all
#     say stop. The refusal is that of the first event as well, which is empty. Two answers that
#     were asked for by n are one, made of the pieces of both in the order they came.
#   Of the Responses API only response.completed is read at the end. An answer that was cut ends
#     with response.incomplete: in the log it is in_progress for ever, and has no counts.
#   Of Anthropic the input tokens are those of message_start. Where the model searched the web, it
#     reads the results after that, and message_delta tells all that was read and paid.
# The same answers in one piece are logged as they came. A search of the issues gives none of it.
#
# Output seen on 29 November 2026:
#   chat, length: "High tide comes" stop
#   chat, content_filter: "High tide comes" stop
#   chat, tool_calls: "" tide stop
#   chat, a refusal: "" stop
#   chat, n 2: "At Nobody nine.knows." stop
#   responses, completed: "High tide comes" completed, 70 + 16
#   responses, incomplete: "High tide comes" in_progress, none + none
#   anthropic, sent 10682 + 510: 2679 + 510
#
# What follows for errata: stop of a log that came by it may be anything, and is shown as it was
# logged. From the events themselves errata offers length, content_filter and tool_calls, says that
# the provider refused, takes the answer with index 0, and offers 10682 and 510.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts promptlayer@1.3.6 openai@6.49.0 @anthropic-ai/sdk@0.122.0
cat > main.cjs <<'JS'
const http = require('node:http')
const { PromptLayer } = require('promptlayer')

const reply = (choices, usage = null) => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices, usage })
const piece = (delta, finish_reason = null, index = 0) => reply([{ index, delta, logprobs: null, finish_reason }])
const call = (more, name, args) => piece({ tool_calls: [{ index: 0, ...more, function: { ...name, arguments: args } }] })
const start = piece({ role: 'assistant', content: '', refusal: null })
const cut = 'High tide comes'
const pieces = (text, as) => text.split(/(?= )/).map(as)
const content = (text) => piece({ content: text })
const chats = {
  length: [start, ...pieces(cut, content), piece({}, 'length')],
  content_filter: [start, ...pieces(cut, content), piece({}, 'content_filter')],
  tool_calls: [start, call({ id: 'call_1', type: 'function' }, { name: 'tide' }, ''), call({}, {}, '{"port":"Hull"}'), piece({}, 'tool_calls')],
  'a refusal': [piece({ role: 'assistant', content: null, refusal: '' }), ...pieces('I cannot help.', (refusal) => piece({ refusal })), piece({}, 'stop')],
  'n 2': [start, content('At '), piece({ content: 'Nobody ' }, null, 1), content('nine.'), piece({ content: 'knows.' }, null, 1),
    piece({}, 'stop'), piece({}, 'stop', 1)],
}

const item = (status, content) => ({ id: 'msg_1', type: 'message', role: 'assistant', status, content })
const text = (words) => ({ type: 'output_text', text: words, annotations: [] })
const at = { output_index: 0, item_id: 'msg_1', content_index: 0 }
const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'gpt-4o', status: 'in_progress', incomplete_details: null, output: [], usage: null }
const responses = (status) => [
  { type: 'response.created', response },
  { type: 'response.in_progress', response },
  { type: 'response.output_item.added', output_index: 0, item: item('in_progress', []) },
  { type: 'response.content_part.added', ...at, part: text('') },
  ...pieces(cut, (delta) => ({ type: 'response.output_text.delta', ...at, delta })),
  { type: 'response.output_text.done', ...at, text: cut },
  { type: 'response.content_part.done', ...at, part: text(cut) },
  { type: 'response.output_item.done', output_index: 0, item: item(status, [text(cut)]) },
  { type: `response.${status}`, response: { ...response, status, output: [item(status, [text(cut)])],
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    usage: { input_tokens: 70, output_tokens: 16, total_tokens: 86 } } },
]

const searched = [
  { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [],
    stop_reason: null, stop_sequence: null, usage: { input_tokens: 2679, output_tokens: 3 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} } },
  { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"query":"high tide Hull"}' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] } },
  { type: 'content_block_stop', index: 1 },
  { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: 'At nine.' } },
  { type: 'content_block_stop', index: 2 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { input_tokens: 10682, output_tokens: 510, server_tool_use: { web_search_requests: 1 } } },
  { type: 'message_stop' },
]

let events, tracked
const server = http.createServer(async (request, answer) => {
  const body = JSON.parse((await request.toArray()).join(''))
  if (request.url === '/track-request') {
    answer.end('{"success":true,"request_id":1}')
    tracked(body.request_response)
    return
  }
  answer.setHeader('content-type', 'text/event-stream')
  answer.end(events.map((e) => `event: ${e.type ?? 'message'}\ndata: ${JSON.stringify(e)}\n\n`).join(''))
})
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`
  const layer = new PromptLayer({ apiKey: 'none', baseURL: url })
  const openai = new layer.OpenAI({ apiKey: 'none', baseURL: url })
  const anthropic = new layer.Anthropic({ apiKey: 'none', baseURL: url })
  const trace = async (sent, ask) => {
    events = sent
    const log = new Promise((done) => { tracked = done })
    for await (const event of await ask()) void event
    return log
  }
  const messages = [{ role: 'user', content: 'When is high tide?' }]
  const usage = reply([], { prompt_tokens: 70, completion_tokens: 16, total_tokens: 86 })
  for (const [name, sent] of Object.entries(chats)) {
    const { choices } = await trace([...sent, usage], () =>
      openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true, stream_options: { include_usage: true } }))
    const told = choices.map(({ finish_reason, message: { content, refusal, tool_calls } }) =>
      [JSON.stringify(content ?? refusal ?? ''), ...(tool_calls ?? []).map((call) => call.function.name), finish_reason].join(' '))
    console.log(`chat, ${name}: ${told.join(', ')}`)
  }
  for (const status of ['completed', 'incomplete']) {
    const told = await trace(responses(status), () => openai.responses.create({ model: 'gpt-4o', input: messages, stream: true }))
    console.log(`responses, ${status}: ${JSON.stringify(told.output[0].content[0].text)} ${told.status}, ` +
      `${told.usage?.input_tokens ?? 'none'} + ${told.usage?.output_tokens ?? 'none'}`)
  }
  const { usage: told } = await trace(searched, () => anthropic.messages.create({ model: 'm', max_tokens: 1024, messages, stream: true }))
  console.log(`anthropic, sent 10682 + 510: ${told.input_tokens} + ${told.output_tokens}`)
  server.close()
  server.closeAllConnections()
})
JS
got=$(node main.cjs)
echo "$got"
want='chat, length: "High tide comes" stop
chat, content_filter: "High tide comes" stop
chat, tool_calls: "" tide stop
chat, a refusal: "" stop
chat, n 2: "At Nobody nine.knows." stop
responses, completed: "High tide comes" completed, 70 + 16
responses, incomplete: "High tide comes" in_progress, none + none
anthropic, sent 10682 + 510: 2679 + 510'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
