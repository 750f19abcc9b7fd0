#!/usr/bin/env bash
# Two packages for JavaScript that ask any provider as one asks OpenAI, and answer as OpenAI would,
# ask other things than they were told.
#   token.js 0.7.1 sends half of the temperature to Anthropic. Where the assistant speaks first it
#     puts a message of the user before, "Empty", and a system message that comes later is said by
#     the user. To Gemini it sends the result of a tool under the id of the call, where Gemini's
#     reference has the name of the tool. Of a stream of Gemini each event has the finish reason
#     stop, until the last one has the real one.
#   llm-polyglot 3.0.0 takes n, the number of answers, for top_k: who asks for one answer, which is
#     OpenAI's default, has the model choose among one token. To Gemini it sends the last message
#     twice, in the history and after it. Of Anthropic the finish reason is stop, whatever it was,
#     also of an answer that was cut, and in a stream the arguments of a call are a part of the
#     text, without the call.
# Their READMEs say nothing of it, and a search of the issues gives none of it.
#
# Output seen on 29 November 2026:
#   asked: temperature 0.7, n 1; system "Be brief.", assistant "Ahoy.", user "When is high tide?", system "The port is Hull."
#   token.js, anthropic got: temperature 0.35, top_k none; system "Be brief.", user "Empty", assistant "Ahoy.", user "When is high tide? System: The port is Hull."
#   token.js, anthropic said max_tokens: length; said "I look." and tide {"port":"Hull"}, tool_use: I look. and tide {"port":"Hull"}, tool_calls
#   llm-polyglot, anthropic got: temperature 0.7, top_k 1; system "Be brief.\nThe port is Hull.", assistant "Ahoy.", user "When is high tide?"
#   llm-polyglot, anthropic said max_tokens: stop; said "I look." and tide {"port":"Hull"}, tool_use: I look.{"port":"Hull"} and nothing, stop
#   asked: user "When is high tide?", a call of tide, call_1, and its result
#   token.js, gemini got: of call_1 {"at":"nine"}
#   llm-polyglot, gemini got of the first: topK 1; user "When is high tide?", user "When is high tide?"
#   token.js, gemini said High tide comes, MAX_TOKENS: High (stop) tide (stop) comes(length)
#
# What follows for errata: a log of the request that was made by such a package is not the request
# that a model got, and the two can stand in two logs of one call. Each is shown as it was logged.
# Of Anthropic's answers themselves errata offers max_tokens, and the call beside its text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts token.js@0.7.1 llm-polyglot@3.0.0
cat > main.cjs <<'JS'
// Whatever is asked for over the network ends here, and gets the answer that is set.
let got, answer
globalThis.fetch = async (url, { body }) => {
  got = JSON.parse(body)
  const stream = Array.isArray(answer)
  const text = stream ? answer.map((e) => (e.type ? `event: ${e.type}\n` : '') + `data: ${JSON.stringify(e)}\r\n\r\n`).join('') : JSON.stringify(answer)
  return new Response(text, { headers: { 'content-type': stream ? 'text/event-stream' : 'application/json' } })
}
const server = require('node:http').createServer(async (request, response) => {
  const told = await fetch('', { body: (await request.toArray()).join('') })
  response.setHeader('content-type', told.headers.get('content-type'))
  response.end(await told.text())
})

const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, stop_sequence: null,
  usage: { input_tokens: 70, output_tokens: 1 } }
const cut = { ...message, content: [{ type: 'text', text: 'High tide comes' }], stop_reason: 'max_tokens', usage: { input_tokens: 70, output_tokens: 16 } }
const calling = [
  { type: 'message_start', message },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'I look.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'toolu_1', name: 'tide', input: {} } },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"port":"Hull"}' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
]
const gemini = (text, finishReason) => ({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, finishReason }] })

// The packages write remarks to the console.
for (const way of ['log', 'info', 'warn', 'error']) console[way] = () => {}
const print = (line) => process.stdout.write(line + '\n')

server.listen(0, '127.0.0.1', async () => {
  process.env.ANTHROPIC_BASE_URL = `http://127.0.0.1:${server.address().port}`
  const { TokenJS } = require('token.js')
  const { createLLMClient } = require('llm-polyglot')
  const tokenjs = new TokenJS({ apiKey: 'none' })
  const features = { streaming: true, json: true, toolCalls: true, images: false }
  const clients = {
    'token.js': (provider) => (request) => tokenjs.extendModelList(provider, 'm', features).chat.completions.create({ provider, ...request }),
    'llm-polyglot': (provider) => {
      const { chat } = createLLMClient({ provider: provider.replace('gemini', 'google'), apiKey: 'none' })
      return (request) => chat.completions.create(request)
    },
  }
  const words = (content) => JSON.stringify(typeof content === 'string' ? content : content.map(({ text }) => text).join(' '))
  const user = { role: 'user', content: 'When is high tide?' }
  const asked = { model: 'm', max_tokens: 16, temperature: 0.7, n: 1 }
  const greeting = [{ role: 'system', content: 'Be brief.' }, { role: 'assistant', content: 'Ahoy.' }, user, { role: 'system', content: 'The port is Hull.' }]
  const called = [user, { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'tide', arguments: '{"port":"Hull"}' } }] },
    { role: 'tool', tool_call_id: 'call_1', content: '{"at":"nine"}' }]

  print(`asked: temperature 0.7, n 1; ${greeting.map(({ role, content }) => `${role} ${words(content)}`).join(', ')}`)
  for (const name of Object.keys(clients)) {
    answer = cut
    const { choices: [{ finish_reason }] } = await clients[name]('anthropic')({ ...asked, messages: greeting })
    print(`${name}, anthropic got: temperature ${got.temperature}, top_k ${got.top_k ?? 'none'}; system ${words(got.system)}, ` +
      got.messages.map(({ role, content }) => `${role} ${words(content)}`).join(', '))
    answer = calling
    const deltas = []
    for await (const { choices } of await clients[name]('anthropic')({ ...asked, messages: [user], stream: true })) deltas.push({ ...choices[0] })
    const text = deltas.map(({ delta }) => delta.content ?? '').join('')
    const calls = deltas.flatMap(({ delta }) => delta.tool_calls ?? []).map(({ function: { name, arguments: args } }) => (name ? name + ' ' : '') + args).join('')
    print(`${name}, anthropic said max_tokens: ${finish_reason}; said "I look." and tide {"port":"Hull"}, tool_use: ${text} and ${calls || 'nothing'}, ${deltas.at(-1).finish_reason}`)
  }
  print('asked: user "When is high tide?", a call of tide, call_1, and its result')
  answer = gemini('At nine.', 'STOP')
  await clients['token.js']('gemini')({ ...asked, messages: called })
  print(`token.js, gemini got: ${got.contents.at(-1).parts.map(({ functionResponse: { name, response } }) => `of ${name} ${JSON.stringify(response)}`)}`)
  await clients['llm-polyglot']('gemini')({ ...asked, messages: [user] })
  print(`llm-polyglot, gemini got of the first: topK ${got.generationConfig.topK}; ${got.contents.map(({ role, parts }) => `${role} ${words(parts)}`).join(', ')}`)
  answer = [gemini('High '), gemini('tide '), gemini('comes', 'MAX_TOKENS')]
  const reasons = []
  for await (const { choices } of await clients['token.js']('gemini')({ ...asked, messages: [user], stream: true })) reasons.push(`${choices[0].delta.content}(${choices[0].finish_reason})`)
  print(`token.js, gemini said High tide comes, MAX_TOKENS: ${reasons.join(' ')}`)
  server.close()
  server.closeAllConnections()
})
JS
got=$(node main.cjs)
echo "$got"
want=$(cat <<'TXT'
asked: temperature 0.7, n 1; system "Be brief.", assistant "Ahoy.", user "When is high tide?", system "The port is Hull."
token.js, anthropic got: temperature 0.35, top_k none; system "Be brief.", user "Empty", assistant "Ahoy.", user "When is high tide? System: The port is Hull."
token.js, anthropic said max_tokens: length; said "I look." and tide {"port":"Hull"}, tool_use: I look. and tide {"port":"Hull"}, tool_calls
llm-polyglot, anthropic got: temperature 0.7, top_k 1; system "Be brief.\nThe port is Hull.", assistant "Ahoy.", user "When is high tide?"
llm-polyglot, anthropic said max_tokens: stop; said "I look." and tide {"port":"Hull"}, tool_use: I look.{"port":"Hull"} and nothing, stop
asked: user "When is high tide?", a call of tide, call_1, and its result
token.js, gemini got: of call_1 {"at":"nine"}
llm-polyglot, gemini got of the first: topK 1; user "When is high tide?", user "When is high tide?"
token.js, gemini said High tide comes, MAX_TOKENS: High (stop) tide (stop) comes(length)
TXT
)
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
