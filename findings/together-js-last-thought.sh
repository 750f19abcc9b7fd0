#!/usr/bin/env bash
# together-ai 0.52.0 for JavaScript, chat.completions.stream: of the reasoning that a stream brings
# piece by piece, the answer that finalChatCompletion returns has the last piece. The package's own
# types name reasoning in a delta and in a message, and content and arguments are strung together as
# they should be. Log probabilities come with one token each; a token whose log probability is 0, so
# one that was certain, is left out, and what is left looks like the whole. The helper is of
# openai's making: openai 6.49.0 has the same of reasoning and reasoning_content, which OpenAI does
# not send, but many do who are reached by that package (DeepSeek, vLLM, OpenRouter). Neither
# project has an issue that tells of it.
#
# Output seen on 29 November 2026:
#   sent: reasoning "High tide comes twice a day.", content "At nine.", tokens "At| nine|." -0.4, 0, -0.1
#   together-ai: reasoning " a day.", content "At nine.", tokens "At|." -0.4, -0.1
#   openai: reasoning " a day.", content "At nine."
#
# What follows for errata: a reasoning of a few letters beside hundreds of tokens is a rest of one.
# Where a log has the events themselves, errata strings them together; the text that stands beside
# each delta, and in the answer, is no answer.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts together-ai@0.52.0 openai@6.49.0
cat > main.mjs <<'JS'
import http from 'node:http'
import Together from 'together-ai'
import OpenAI from 'openai'

const thoughts = ['High tide', ' comes twice', ' a day.']
const tokens = [['At', -0.4], [' nine', 0], ['.', -0.1]]
const event = (delta, logprobs = null, finish_reason = null) => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm',
  choices: [{ index: 0, text: delta.content, logprobs, finish_reason, delta: { role: 'assistant', ...delta } }], usage: null })
const send = (events) => (request, response) => request.resume().on('end', () => {
  response.setHeader('content-type', 'text/event-stream')
  response.end([...events.map((e) => JSON.stringify(e)), '[DONE]'].map((e) => `data: ${e}\n\n`).join(''))
})
const thinking = thoughts.map((reasoning) => event({ content: '', reasoning }))
const finish = event({ content: '' }, null, 'stop')
const answers = [
  ['together-ai', Together, [...thinking, ...tokens.map(([content, logprob], token_id) => event({ content, token_id }, logprob)), finish]],
  ['openai', OpenAI, [...thinking, ...tokens.map(([content]) => event({ content })), finish]],
]
const told = (message) => `reasoning "${message.reasoning}", content "${message.content}"`
const listed = (texts, numbers) => `, tokens "${texts.join('|')}" ${numbers.join(', ')}`
console.log('sent: ' + told({ reasoning: thoughts.join(''), content: tokens.map(([text]) => text).join('') }) +
  listed(tokens.map(([text]) => text), tokens.map(([, number]) => number)))
for (const [name, Client, events] of answers) {
  const server = http.createServer(send(events))
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const client = new Client({ apiKey: 'none', baseURL: `http://127.0.0.1:${server.address().port}` })
  const stream = client.chat.completions.stream({ model: 'm', messages: [{ role: 'user', content: 'When is high tide?' }], stream: true })
  const { message, logprobs } = (await stream.finalChatCompletion()).choices[0]
  console.log(`${name}: ${told(message)}${logprobs ? listed(logprobs.tokens, logprobs.token_logprobs) : ''}`)
  server.close()
  server.closeAllConnections()
}
JS
got=$(node main.mjs)
echo "$got"
want='sent: reasoning "High tide comes twice a day.", content "At nine.", tokens "At| nine|." -0.4, 0, -0.1
together-ai: reasoning " a day.", content "At nine.", tokens "At|." -0.4, -0.1
openai: reasoning " a day.", content "At nine."'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
