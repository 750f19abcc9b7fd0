#!/usr/bin/env bash
# @mistralai/mistralai 2.7.0 for JavaScript: the object that chat.complete returns has the members
# that the SDK knows in camelCase, and beside them those that it does not know as they came over the
# wire. One usage holds promptTokens and prompt_tokens_details, which says how much audio was heard.
#
# Output seen on 28 November 2026:
#   usage: completionTokens, promptAudioSeconds, promptTokens, prompt_tokens_details, totalTokens
#
# What follows for errata: a response is not in one style or the other; each name is looked for in
# both. Without prompt_tokens_details the 375 tokens of audio would be missing from the prompt.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @mistralai/mistralai@2.7.0
cat > main.mjs <<'JS'
import http from 'node:http'
import { Mistral } from '@mistralai/mistralai'

const answer = {
  id: 'c', object: 'chat.completion', created: 1, model: 'voxtral-small-latest',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Nine.', tool_calls: null }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 248, total_tokens: 632, prompt_audio_seconds: 3,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 375 } },
}
const server = http.createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  })
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const client = new Mistral({ apiKey: 'none', serverURL: `http://127.0.0.1:${server.address().port}` })
const result = await client.chat.complete({ model: 'm', messages: [{ role: 'user', content: 'When is high tide?' }] })
console.log('usage: ' + Object.keys(JSON.parse(JSON.stringify(result.usage))).sort().join(', '))
server.close()
JS
got=$(node main.mjs)
echo "$got"
want='usage: completionTokens, promptAudioSeconds, promptTokens, prompt_tokens_details, totalTokens'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
