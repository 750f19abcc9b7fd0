#!/usr/bin/env bash
# @google/genai 2.32.0 for JavaScript (3.3.0 has the same lines, and wants Node 22): a chat forgets
# a turn that was streamed when one event of the stream has no parts. Gemini ends some streams so
# (pydantic/pydantic-ai, 2631, shows one): the last event has the finish reason, and a content that
# is a role alone. sendMessageStream hands all text over, then puts {"parts": []} in the history for
# the whole answer, although getHistory promises a complete record of what was said; and of the
# curated history, which is what the next request sends, it takes the question away as well. The
# model meets the second question as if it were the first. Where the last text comes together with
# the finish reason, and with sendMessage, nothing is lost. The issues of the Go package tell of the
# like (googleapis/go-genai, 795), those of this package do not.
#
# Output seen on 29 November 2026:
#   text and reason together: told "At nine." and then sent 4 contents: When is high tide? | At | nine. | And low tide?
#   reason alone: told "At nine." and then sent 1 contents: And low tide?
#   its history: When is high tide? |  | And low tide? |
#
# What follows for errata: a prompt of such a log is what was sent, with turns missing that a person
# at the chat has seen. It is shown as it is; that the answer does not know of them is no fault of
# the model.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @google/genai@2.32.0
cat > main.mjs <<'JS'
import http from 'node:http'
import { GoogleGenAI } from '@google/genai'

const event = (content, more) => ({ candidates: [{ index: 0, content: { role: 'model', ...content }, ...more }], modelVersion: 'gemini-2.5-flash' })
const text = (text) => ({ parts: [{ text }] })
const stop = { finishReason: 'STOP' }
const streams = [
  ['text and reason together', [event(text('At ')), event(text('nine.'), stop)]],
  ['reason alone', [event(text('At ')), event(text('nine.')), event({}, stop)]],
]
const read = (contents) => contents.map(({ parts }) => parts.map((part) => part.text.trim()).join('')).join(' | ').trim()
for (const [name, events] of streams) {
  let sent
  const server = http.createServer(async (request, response) => {
    sent = JSON.parse((await request.toArray()).join('')).contents
    response.setHeader('content-type', 'text/event-stream')
    response.end(events.map((e) => `data: ${JSON.stringify(e)}\r\n\r\n`).join(''))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: `http://127.0.0.1:${server.address().port}` } })
  const chat = client.chats.create({ model: 'gemini-2.5-flash' })
  let told
  for (const message of ['When is high tide?', 'And low tide?']) {
    told = ''
    for await (const chunk of await chat.sendMessageStream({ message })) told += chunk.text ?? ''
  }
  console.log(`${name}: told "${told}" and then sent ${sent.length} contents: ${read(sent)}`)
  if (name === 'reason alone') console.log(`its history: ${read(chat.getHistory())}`)
  server.close()
  server.closeAllConnections()
}
JS
got=$(node main.mjs)
echo "$got"
want='text and reason together: told "At nine." and then sent 4 contents: When is high tide? | At | nine. | And low tide?
reason alone: told "At nine." and then sent 1 contents: And low tide?
its history: When is high tide? |  | And low tide? |'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
