#!/usr/bin/env bash
# weave 0.11.1 for JavaScript, the SDK of Weights & Biases Weave, with openai 6.49.0 and
# @anthropic-ai/sdk 0.122.0: an answer that was streamed is another one in the trace.
#   OpenAI's chat: text and the function_call of old are put together, tool_calls are passed over.
#     The finish reason says that the model called tools, and no call is there. A refusal is passed
#     over as well. Two answers that were asked for by n are one, made of the pieces of both in the
#     order they came, with the finish reason that came last.
#   OpenAI's Responses API: an answer that was cut ends with response.incomplete. Only
#     response.completed is read, so that it is in_progress for ever and has no counts.
#   Anthropic: each piece becomes a block of the content, beside the block that it belongs to. So
#     the text is empty, and the call has no input. In the summary, by which Weave adds up what was
#     used, tokens that were read from caches or written to them are not there.
# The same answers in one piece are traced whole. The package for Python had the like of calls and
# mended it (wandb/weave 4460); of this one a search of the issues gives nothing.
#
# Output seen on 29 November 2026:
#   chat, sent: "I look." tide {"port":"Hull"} tool_calls; traced: "I look." tool_calls
#   chat, sent: a refusal; traced: "" stop
#   chat, sent: "At nine." stop, "Nobody knows for" length; traced: "At Nobody knows nine. for" length
#   responses, sent: "High tide comes" incomplete, 70 + 16; traced: "High tide comes" in_progress, none + none
#   anthropic, whole: "I look.", tide {"port":"Hull"}; 6 + 40, read 2000, written 100
#   anthropic, streamed: "", text_delta, tide {}, input_json_delta; 6 + 40, read none, written none
#
# What follows for errata: a log that says tool_calls and has none, or a call of {}, may have had
# some, and counts of such a summary leave out what was cached. The pieces that stand as blocks
# errata puts together again. From the events themselves it offers the call, that the provider
# refused, the answer with index 0, max_output_tokens with 70 and 16, and of Anthropic the text,
# the call and 2106 and 40.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts weave@0.11.1 openai@6.49.0 @anthropic-ai/sdk@0.122.0
cat > main.cjs <<'JS'
const http = require('node:http')

const reply = (choices, usage = null) => ({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices, usage })
const piece = (delta, finish_reason = null, index = 0) => reply([{ index, delta, logprobs: null, finish_reason }])
const content = (text, index) => piece({ content: text }, null, index)
const call = (more, name, args) => piece({ tool_calls: [{ index: 0, ...more, function: { ...name, arguments: args } }] })
const counts = reply([], { prompt_tokens: 70, completion_tokens: 40, total_tokens: 110 })
const start = piece({ role: 'assistant', content: '', refusal: null })
const calling = [start, content('I look.'), call({ id: 'call_1', type: 'function' }, { name: 'tide' }, ''), call({}, {}, '{"port":"Hull"}'),
  piece({}, 'tool_calls'), counts]
const refusing = [piece({ role: 'assistant', content: null, refusal: '' }), piece({ refusal: 'I cannot help.' }), piece({}, 'stop'), counts]
const twice = [start, content('At '), content('Nobody knows ', 1), content('nine.'), content(' for', 1), piece({}, 'stop'), piece({}, 'length', 1), counts]

const cut = 'High tide comes'
const item = (status, parts) => ({ id: 'msg_1', type: 'message', role: 'assistant', status, content: parts })
const text = (words) => ({ type: 'output_text', text: words, annotations: [] })
const at = { output_index: 0, item_id: 'msg_1', content_index: 0 }
const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'gpt-4o', status: 'in_progress', incomplete_details: null, output: [], usage: null }
const incomplete = [
  { type: 'response.created', response },
  { type: 'response.in_progress', response },
  { type: 'response.output_item.added', output_index: 0, item: item('in_progress', []) },
  { type: 'response.content_part.added', ...at, part: text('') },
  { type: 'response.output_text.delta', ...at, delta: cut },
  { type: 'response.output_text.done', ...at, text: cut },
  { type: 'response.content_part.done', ...at, part: text(cut) },
  { type: 'response.output_item.done', output_index: 0, item: item('incomplete', [text(cut)]) },
  { type: 'response.incomplete', response: { ...response, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' },
    output: [item('incomplete', [text(cut)])], usage: { input_tokens: 70, output_tokens: 16, total_tokens: 86 } } },
]

const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, stop_sequence: null,
  usage: { input_tokens: 6, cache_read_input_tokens: 2000, cache_creation_input_tokens: 100, output_tokens: 1 } }
const tool = { type: 'tool_use', id: 'toolu_1', name: 'tide' }
const blocks = [
  { type: 'message_start', message },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'I look.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { ...tool, input: {} } },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"port":"Hull"}' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
]
const whole = { ...message, content: [{ type: 'text', text: 'I look.' }, { ...tool, input: { port: 'Hull' } }], stop_reason: 'tool_use',
  usage: { ...message.usage, output_tokens: 40 } }

// One server is OpenAI, Anthropic and Weave.
let sent, traced
const server = http.createServer(async (request, answer) => {
  const body = (await request.toArray()).join('')
  if (/\/(completions|responses|messages)$/.test(request.url)) {
    answer.setHeader('content-type', Array.isArray(sent) ? 'text/event-stream' : 'application/json')
    answer.end(Array.isArray(sent) ? sent.map((e) => `event: ${e.type ?? 'message'}\ndata: ${JSON.stringify(e)}\n\n`).join('') : JSON.stringify(sent))
    return
  }
  answer.setHeader('content-type', 'application/json')
  answer.end('{"digest":"d","res":[]}')
  if (request.url.endsWith('/upsert_batch')) JSON.parse(body).batch.filter(({ mode }) => mode === 'end').forEach(({ req }) => traced(req.end))
})
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`
  Object.assign(process.env, { WF_TRACE_SERVER_URL: url, WANDB_BASE_URL: url, WANDB_API_KEY: 'none', WEAVE_PRINT_CALL_LINK: 'false' })
  const weave = require('weave')
  const OpenAI = require('openai')
  const Anthropic = require('@anthropic-ai/sdk')
  console.log = () => {}
  await weave.init('harbour/tides')
  const print = (line) => process.stdout.write(line + '\n')
  const openai = weave.wrapOpenAI(new OpenAI({ apiKey: 'none', baseURL: url }))
  const anthropic = new Anthropic({ apiKey: 'none', baseURL: url })
  const trace = async (events, ask) => {
    sent = events
    const call = new Promise((done) => { traced = done })
    const answer = await ask({ stream: Array.isArray(events) })
    if (Array.isArray(events)) for await (const event of answer) void event
    return call
  }
  const messages = [{ role: 'user', content: 'When is high tide?' }]
  const chat = async (events, more) => {
    const { output } = await trace(events, (way) => openai.chat.completions.create({ model: 'gpt-4o', messages, ...more, ...way }))
    return output.choices.map(({ finish_reason, message: { content, refusal, tool_calls } }) => [JSON.stringify(content ?? refusal ?? ''),
      ...(tool_calls ?? []).map(({ function: { name, arguments: args } }) => `${name} ${args}`), finish_reason].join(' ')).join(', ')
  }
  print(`chat, sent: "I look." tide {"port":"Hull"} tool_calls; traced: ${await chat(calling)}`)
  print(`chat, sent: a refusal; traced: ${await chat(refusing)}`)
  print(`chat, sent: "At nine." stop, "Nobody knows for" length; traced: ${await chat(twice, { n: 2 })}`)
  const { responses: [told] } = (await trace(incomplete, (way) => openai.responses.create({ model: 'gpt-4o', input: messages, ...way }))).output
  print(`responses, sent: "${cut}" incomplete, 70 + 16; traced: ${JSON.stringify(told.output[0].content[0].text)} ${told.status}, ` +
    `${told.usage?.input_tokens ?? 'none'} + ${told.usage?.output_tokens ?? 'none'}`)
  for (const [name, events] of [['whole', whole], ['streamed', blocks]]) {
    const { output, summary } = await trace(events, (way) => anthropic.messages.create({ model: 'm', max_tokens: 100, messages, ...way }))
    const { content } = output.messages?.[0] ?? output
    const { input_tokens, output_tokens, ...cached } = summary.usage.m
    print(`anthropic, ${name}: ${content.map(({ type, name, input, text }) => name ? `${name} ${JSON.stringify(input)}` : type === 'text' ? JSON.stringify(text) : type).join(', ')}; ` +
      `${input_tokens} + ${output_tokens}, read ${cached.cache_read_input_tokens ?? 'none'}, written ${cached.cache_creation_input_tokens ?? 'none'}`)
  }
  server.close()
  server.closeAllConnections()
})
JS
got=$(node main.cjs)
echo "$got"
want='chat, sent: "I look." tide {"port":"Hull"} tool_calls; traced: "I look." tool_calls
chat, sent: a refusal; traced: "" stop
chat, sent: "At nine." stop, "Nobody knows for" length; traced: "At Nobody knows nine. for" length
responses, sent: "High tide comes" incomplete, 70 + 16; traced: "High tide comes" in_progress, none + none
anthropic, whole: "I look.", tide {"port":"Hull"}; 6 + 40, read 2000, written 100
anthropic, streamed: "", text_delta, tide {}, input_json_delta; 6 + 40, read none, written none'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
