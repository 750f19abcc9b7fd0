#!/usr/bin/env bash
# humanloop 0.8.20 for JavaScript, the newest of Humanloop's own packages for its v5 API (3.0.0,
# which the registry has as the latest, is an older one for v3): a log that was fetched is another.
#   The API's times have six digits and no zone. The package makes a Date of each, which takes them
#     for local ones: what a log's time is depends on the machine that asks, by the hours of its
#     zone. Where clocks are put forward an hour is left out, and two logs that are an hour apart
#     have one time. Three of the six digits are gone, by which logs of one moment are told apart.
#   What is null becomes undefined, and a log that is written as JSON has no such member: that there
#     was no output and that nothing was said of it are one. So it is of a content beside a call.
#   Ids above 2^53 in inputs are rounded, as JSON.parse does, and names are in camelCase, but for
#     members that the package does not know.
# Its README says nothing of the zone, and a search gives no issue of it.
#
# Output seen on 30 November 2026:
#   sent: 2025-03-09T02:30:00.123456, 2025-03-09T03:30:00.123789, four nulls, content null, note 1849023764517281793
#   UTC: 2025-03-09T02:30:00.123Z, 2025-03-09T03:30:00.123Z
#   America/New_York: 2025-03-09T07:30:00.123Z, 2025-03-09T07:30:00.123Z
#   written as JSON: output none, error none, metadata none, traceChildren none, content none, note 1849023764517281800
#
# What follows for errata: it takes a time without a zone for UTC, wherever it runs, and keeps its
# digits, null and numbers as they are. Times that errata serve makes itself end in Z, which this
# package reads right. A file of logs that it wrote is no export: its names are not those of the
# API, and its times may be hours away from the real ones. An import says so of such logs, and its
# help has a line of jq that renames them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts humanloop@0.8.20
cat > main.cjs <<'JS'
const http = require('node:http')
const { HumanloopClient } = require('humanloop')

const at = (time) => `2025-03-09T${time}`
const prompt = { id: 'pr_1', path: 'tides', name: 'tides', version_id: 'prv_1', type: 'prompt', model: 'gpt-4o', environments: [], inputs: [],
  created_at: at('00:00:00.000001'), updated_at: at('00:00:00.000001'), last_used_at: at('03:30:00'), version_logs_count: 2, total_logs_count: 2 }
const log = (id, time) => ({ id, prompt, created_at: at(time), start_time: at(time), end_time: at(time), output: null, error: null, finish_reason: 'tool_calls',
  output_message: { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'read', arguments: '{}' } }] },
  inputs: { note: 0 }, evaluator_logs: [], trace_children: null, metadata: null })
const records = JSON.stringify([log('data_1', '02:30:00.123456'), log('data_2', '03:30:00.123789')]).replaceAll('"note":0', '"note":1849023764517281793')
const server = http.createServer((request, answer) => {
  answer.setHeader('content-type', 'application/json')
  answer.end(`{"records":${new URL(request.url, 'http://localhost').searchParams.get('page') > 1 ? '[]' : records},"page":1,"size":10,"total":2}`)
})
server.listen(0, '127.0.0.1', async () => {
  const client = new HumanloopClient({ apiKey: 'none', environment: `http://127.0.0.1:${server.address().port}` })
  const logs = []
  for await (const each of await client.logs.list({ fileId: 'pr_1' })) logs.push(each)
  console.log(`${process.env.TZ}: ${logs.map((each) => each.createdAt.toISOString()).join(', ')}`)
  if (process.env.TZ !== 'UTC') {
    const [{ inputs, ...first }] = JSON.parse(JSON.stringify(logs))
    const members = ['output', 'error', 'metadata', 'traceChildren'].map((name) => `${name} ${name in first ? first[name] : 'none'}`)
    console.log(`written as JSON: ${members.join(', ')}, content ${'content' in first.outputMessage ? first.outputMessage.content : 'none'}, note ${inputs.note}`)
  }
  server.close()
  server.closeAllConnections()
})
JS
got="sent: 2025-03-09T02:30:00.123456, 2025-03-09T03:30:00.123789, four nulls, content null, note 1849023764517281793
$(TZ=UTC node main.cjs)
$(TZ=America/New_York node main.cjs)"
echo "$got"
want='sent: 2025-03-09T02:30:00.123456, 2025-03-09T03:30:00.123789, four nulls, content null, note 1849023764517281793
UTC: 2025-03-09T02:30:00.123Z, 2025-03-09T03:30:00.123Z
America/New_York: 2025-03-09T07:30:00.123Z, 2025-03-09T07:30:00.123Z
written as JSON: output none, error none, metadata none, traceChildren none, content none, note 1849023764517281800'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
