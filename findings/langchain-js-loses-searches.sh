#!/usr/bin/env bash
# @langchain/anthropic 1.5.11 with @langchain/core 1.4.0 for JavaScript: an answer for which
# Anthropic searched the web is another message when it was streamed. (1) The search, which is no
# call of the caller's, is listed among invalid_tool_calls, with the name "". (2) What was searched
# for lands in a block of its own behind the search, and when the message is sent back with the next
# question, that block is left out: the model is told that it searched for {}. (3) The input counts
# are those of message_start, before the search's results were read, and the output is that of
# message_start and message_delta in one sum, though Anthropic's counts are of the whole up to
# there. invoke does all of this right. Known, and open in langchain-ai/langchainjs: the invalid
# call (9911), some of the counts (10249 caches, 11195 gateways). That the next request has lost
# what was searched for is not among them.
#
# Output seen on 29 November 2026:
#   invoke: 10682 + 510 tokens, invalid calls 0, sent back {"query":"high tide Hull"}
#   stream: 2679 + 513 tokens, invalid calls 1, sent back {}
#
# What follows for errata: a prompt in which a search looked for nothing, and tokens that do not
# come to what was paid, can be this package's doing. Where a log has the events themselves, errata
# takes the later counts and the whole input.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @langchain/anthropic@1.5.11 @langchain/core@1.4.0
cat > main.mjs <<'JS'
import http from 'node:http'
import { ChatAnthropic } from '@langchain/anthropic'

const search = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'high tide Hull' } }
const found = { type: 'web_search_tool_result', tool_use_id: search.id, content: [
  { type: 'web_search_result', url: 'https://example.com/tides', title: 'Tides', encrypted_content: 'YWJj', page_age: null }] }
const cache = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }
const usage = { input_tokens: 10682, output_tokens: 510, ...cache, server_tool_use: { web_search_requests: 1 } }
const message = (content, stop_reason, counts) => ({ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5',
  content, stop_reason, stop_sequence: null, usage: counts })
const whole = message([search, found, { type: 'text', text: 'At nine.' }], 'end_turn', usage)
const block = (index, content_block, ...deltas) => [{ type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })), { type: 'content_block_stop', index }]
const events = [
  { type: 'message_start', message: message([], null, { input_tokens: 2679, output_tokens: 3, ...cache }) },
  ...block(0, { ...search, input: {} }, { type: 'input_json_delta', partial_json: '' },
    { type: 'input_json_delta', partial_json: '{"query":"high' }, { type: 'input_json_delta', partial_json: ' tide Hull"}' }),
  ...block(1, found),
  ...block(2, { type: 'text', text: '' }, { type: 'text_delta', text: 'At ' }, { type: 'text_delta', text: 'nine.' }),
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
  { type: 'message_stop' },
]
let asked
const server = http.createServer(async (request, response) => {
  asked = JSON.parse((await request.toArray()).join(''))
  response.setHeader('content-type', asked.stream ? 'text/event-stream' : 'application/json')
  response.end(asked.stream ? events.map((e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`).join('') : JSON.stringify(whole))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))

const model = new ChatAnthropic({ model: 'claude-sonnet-4-5', apiKey: 'none', anthropicApiUrl: `http://127.0.0.1:${server.address().port}` })
  .bindTools([{ type: 'web_search_20250305', name: 'web_search' }])
const question = 'When is high tide?'
let streamed
for await (const chunk of await model.stream(question)) streamed = streamed ? streamed.concat(chunk) : chunk
for (const [name, answer] of [['invoke', await model.invoke(question)], ['stream', streamed]]) {
  await model.invoke([question, answer, 'And low tide?'])
  const back = asked.messages[1].content.find((part) => part.type === 'server_tool_use')
  console.log(`${name}: ${answer.usage_metadata.input_tokens} + ${answer.usage_metadata.output_tokens} tokens, ` +
    `invalid calls ${answer.invalid_tool_calls.length}, sent back ${JSON.stringify(back.input)}`)
}
server.close()
server.closeAllConnections()
JS
got=$(node main.mjs)
echo "$got"
want='invoke: 10682 + 510 tokens, invalid calls 0, sent back {"query":"high tide Hull"}
stream: 2679 + 513 tokens, invalid calls 1, sent back {}'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
