#!/usr/bin/env bash
# @portkey-ai/gateway 1.15.2 answers as OpenAI would, whoever was asked. Gemini sends calls of tools
# that it makes at once in an event each, and the gateway gives each of them the index 0: in the
# stream of OpenAI that is one call that comes in pieces. openai 6.49.0 puts them together as such,
# as any client does that goes by the index: one call is left, with the name of the last and the
# arguments of both. The same answer in one piece has both calls. The like was mended elsewhere
# (NousResearch/hermes-agent 12930); of the gateway a search of the issues does not tell of it.
# Its usage is not OpenAI's either, where the details are parts of the counts. Of Gemini, reasoning
# tokens stand beside completion_tokens and not within; of Claude, prompt_tokens leaves out what was
# cached, and cached_tokens is more than it. The total has them all.
#
# Output seen on 29 November 2026:
#   sent: tide {"port":"Hull"}, wind {"hour":9}
#   google, whole: tide {"port":"Hull"}, wind {"hour":9}; 70 + 20, reasoning 320, total 410
#   google, streamed: wind {"port":"Hull"}{"hour":9}; 70 + 20, reasoning 320, total 410
#   anthropic, whole: tide {"port":"Hull"}, wind {"hour":9}; 6 + 40, cached 2000, total 2146
#
# What follows for errata: where a log has the events, a piece that brings another id begins another
# call, and errata offers both. Of the usage it offers 70 and 340, and 2106 and 40.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @portkey-ai/gateway@1.15.2 openai@6.49.0
cat > main.mjs <<'JS'
import http from 'node:http'
import { spawn } from 'node:child_process'
import OpenAI from 'openai'

const calls = [['tide', { port: 'Hull' }], ['wind', { hour: 9 }]]
const stop = { finishReason: 'STOP' }
const counts = { promptTokenCount: 70, thoughtsTokenCount: 320, candidatesTokenCount: 20, totalTokenCount: 410 }
const gemini = (list, more) => ({ candidates: [{ index: 0, ...more,
  content: { role: 'model', parts: list.map(([name, args]) => ({ functionCall: { name, args } })) } }],
  usageMetadata: counts, modelVersion: 'gemini-2.5-pro', responseId: 'r' })
const claude = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: 'tool_use', stop_sequence: null,
  content: calls.map(([name, input], i) => ({ type: 'tool_use', id: `toolu_${i}`, name, input })),
  usage: { input_tokens: 6, cache_read_input_tokens: 2000, cache_creation_input_tokens: 100, output_tokens: 40 } }
const provider = http.createServer((request, response) => request.resume().on('end', () => {
  if (request.url.includes(':streamGenerateContent')) {
    response.setHeader('content-type', 'text/event-stream')
    const events = [gemini(calls.slice(0, 1)), gemini(calls.slice(1), stop)]
    response.end(events.map((e) => `data: ${JSON.stringify(e)}\r\n\r\n`).join(''))
    return
  }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(request.url.includes(':generateContent') ? gemini(calls, stop) : claude))
}))
const listen = async (server) => {
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return server.address().port
}
const host = `http://127.0.0.1:${await listen(provider)}`

// The gateway wants to be told its port: one that was free a moment ago.
const other = http.createServer()
const port = await listen(other)
await new Promise((done) => other.close(done))
const gateway = spawn(process.execPath, ['node_modules/@portkey-ai/gateway/build/start-server.js', '--headless', `--port=${port}`], { stdio: 'ignore' })
const base = `http://127.0.0.1:${port}`
for (let n = 0; n < 100 && !(await fetch(base).catch(() => null)); n++) await new Promise((done) => setTimeout(done, 100))

const told = (list) => list.map(([name, args]) => `${name} ${args}`).join(', ')
console.log('sent: ' + told(calls.map(([name, args]) => [name, JSON.stringify(args)])))
try {
  for (const [name, way] of [['google', 'whole'], ['google', 'streamed'], ['anthropic', 'whole']]) {
    const client = new OpenAI({ apiKey: 'none', baseURL: `${base}/v1`, defaultHeaders: { 'x-portkey-provider': name, 'x-portkey-custom-host': host } })
    const asked = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'May I sail at nine?' }] }
    const { choices, usage } = way === 'whole' ? await client.chat.completions.create(asked)
      : await client.chat.completions.stream(asked).finalChatCompletion()
    const parts = [['reasoning', usage.completion_tokens_details?.reasoning_tokens], ['cached', usage.prompt_tokens_details?.cached_tokens]]
    console.log(`${name}, ${way}: ${told(choices[0].message.tool_calls.map((call) => [call.function.name, call.function.arguments]))}; ` +
      `${usage.prompt_tokens} + ${usage.completion_tokens}, ${parts.filter(([, n]) => n).map((part) => part.join(' ') + ', ').join('')}total ${usage.total_tokens}`)
  }
} finally {
  gateway.kill()
  provider.close()
  provider.closeAllConnections()
}
JS
got=$(node main.mjs)
echo "$got"
want='sent: tide {"port":"Hull"}, wind {"hour":9}
google, whole: tide {"port":"Hull"}, wind {"hour":9}; 70 + 20, reasoning 320, total 410
google, streamed: wind {"port":"Hull"}{"hour":9}; 70 + 20, reasoning 320, total 410
anthropic, whole: tide {"port":"Hull"}, wind {"hour":9}; 6 + 40, cached 2000, total 2146'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
