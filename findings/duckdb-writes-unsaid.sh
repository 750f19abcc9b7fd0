#!/usr/bin/env bash
# DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1): a file of logs, one JSON object a line, that is read
# and written again by COPY (FROM 'logs.jsonl') TO 'out.jsonl' says other things than before, even
# where no column is named.
#   What has the same place in several records gets one type, which has all members that any of
#     them has; the rest are filled with null. So the arguments of each call of a tool have those of
#     the others, and each block of Claude's content the members of every other kind of block.
#   Where all the texts of one place look like times of the day or dates, they are read as such: an
#     answer of 9:30 has seconds afterwards. One answer that looks otherwise keeps all as texts, so
#     that the same answer comes out in two ways, by what else is in that file.
# OpenAI's arguments, a text with JSON in it, and a content that is a text here and a list there
# stay as they were. The documentation tells that types are found by themselves. A way to turn off
# the times and dates was offered and waits (duckdb/duckdb 24263); of members that no record had, a
# search of the issues gives nothing that is about what is written.
#
# Output seen on 29 November 2026:
#   {"type":"text","text":"I look.","id":null,"name":null,"input":null}
#   {"type":"tool_use","text":null,"id":"toolu_1","name":"tide","input":{"port":"Hull","hour":null}}
#   {"type":"tool_use","text":null,"id":"toolu_2","name":"wind","input":{"port":null,"hour":9}}
#   "9:30" becomes "09:30:00", "2024-5-1" becomes "2024-05-01"
#   with another answer beside it "9:30" becomes "9:30"
#
# What follows for errata: a null in the arguments of a call may be nobody's. It is shown, since
# null can be meant; blocks are read as what they were, with null members beside.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1
cat > main.mjs <<'JS'
import fs from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const db = await (await DuckDBInstance.create(':memory:')).connect()
async function again(records) {
  fs.writeFileSync('logs.jsonl', records.map((record) => JSON.stringify(record) + '\n').join(''))
  await db.run("COPY (FROM 'logs.jsonl') TO 'out.jsonl'")
  return fs.readFileSync('out.jsonl', 'utf8').trim().split('\n').map((line) => JSON.parse(line))
}

const [answer] = await again([{ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', content: [
  { type: 'text', text: 'I look.' },
  { type: 'tool_use', id: 'toolu_1', name: 'tide', input: { port: 'Hull' } },
  { type: 'tool_use', id: 'toolu_2', name: 'wind', input: { hour: 9 } },
], stop_reason: 'tool_use', stop_sequence: null, usage: { input_tokens: 70, output_tokens: 40 } }])
for (const block of answer.content) console.log(JSON.stringify(block))

const outputs = async (...texts) => (await again(texts.map((output) => ({ output })))).map(({ output }) => output)
const told = (text, after) => `${JSON.stringify(text)} becomes ${JSON.stringify(after)}`
const [time] = await outputs('9:30', '10:05')
const [day] = await outputs('2024-5-1', '2024-12-24')
const [kept] = await outputs('9:30', 'at five past ten')
console.log(`${told('9:30', time)}, ${told('2024-5-1', day)}`)
console.log(`with another answer beside it ${told('9:30', kept)}`)
JS
got=$(node main.mjs)
echo "$got"
want='{"type":"text","text":"I look.","id":null,"name":null,"input":null}
{"type":"tool_use","text":null,"id":"toolu_1","name":"tide","input":{"port":"Hull","hour":null}}
{"type":"tool_use","text":null,"id":"toolu_2","name":"wind","input":{"port":null,"hour":9}}
"9:30" becomes "09:30:00", "2024-5-1" becomes "2024-05-01"
with another answer beside it "9:30" becomes "9:30"'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
