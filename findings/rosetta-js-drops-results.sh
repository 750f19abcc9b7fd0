#!/usr/bin/env bash
# rosetta-ai 1.6.1 for JavaScript, the translation layer of Latitude's traces, makes messages of
# OpenTelemetry's GenAI and of the AI SDK out of those of providers, and speaks of round trips
# without loss.
#   Anthropic and Google have the results of tools in a message of the user. On the way to the AI
#     SDK they are dropped, each of them, and an empty message of the user is left. The model called
#     tools, and what it says next comes from nowhere. OpenAI's results have a role of their own,
#     and arrive, as do all of them in GenAI.
#   redacted_thinking has bytes that Anthropic encrypted: they become what was thought, as a text.
#   reasoning_content, DeepSeek's and vLLM's, becomes no reasoning but a remark at the message.
#   A refusal of OpenAI becomes a text of the assistant like any other, with a remark at it.
# Its README has the AI SDK among the formats that it translates to, without a word of this. A
# search of the issues gives nothing.
#
# Output seen on 29 November 2026:
#   anthropic, to genai: tide, result "at nine", reasoning "YWJj"
#   anthropic, to vercel_ai: tide, no result, a user with nothing, reasoning "YWJj"
#   google, to genai: tide, result {"at":"nine"}, reasoning "Tides first."
#   google, to vercel_ai: tide, no result, a user with nothing, reasoning "Tides first."
#   openai, to genai: tide, result "at nine", no reasoning
#   openai, to vercel_ai: tide, result "at nine", no reasoning
#   openai, refusal, to genai: text "I cannot help with that."
#
# What follows for errata: a prompt in which a tool was called and nothing came back may have lost
# it on the way. It is shown as it is. Of an answer errata keeps redacted_thinking as what it is,
# takes reasoning_content for the thinking, and says that the provider refused.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rosetta-ai@1.6.1
cat > main.mjs <<'JS'
import { translate, Provider } from 'rosetta-ai'

const question = 'May I sail?'
const prompts = {
  anthropic: [
    { role: 'user', content: question },
    { role: 'assistant', content: [{ type: 'redacted_thinking', data: 'YWJj' }, { type: 'tool_use', id: 'toolu_1', name: 'tide', input: { port: 'Hull' } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'at nine' }] },
    { role: 'assistant', content: 'Yes.' }],
  google: [
    { role: 'user', parts: [{ text: question }] },
    { role: 'model', parts: [{ text: 'Tides first.', thought: true }, { functionCall: { name: 'tide', args: { port: 'Hull' } } }] },
    { role: 'user', parts: [{ functionResponse: { name: 'tide', response: { at: 'nine' } } }] },
    { role: 'model', parts: [{ text: 'Yes.' }] }],
  openai: [
    { role: 'user', content: question },
    { role: 'assistant', content: null, reasoning_content: 'Tides first.', tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'tide', arguments: '{"port":"Hull"}' } }] },
    { role: 'tool', tool_call_id: 'call_1', content: 'at nine' },
    { role: 'assistant', content: 'Yes.' }],
}
const providers = { anthropic: Provider.Anthropic, google: Provider.Google, openai: Provider.OpenAICompletions }

// parts lists those of all messages; a text alone stands for itself in the messages of the AI SDK.
const parts = ({ parts, content }) => parts ?? (typeof content === 'string' ? [{ type: 'text', text: content }] : content)
for (const [name, messages] of Object.entries(prompts)) {
  for (const to of [Provider.GenAI, Provider.VercelAI]) {
    const translated = translate(messages, { from: providers[name], to }).messages
    const all = translated.flatMap(parts)
    const call = all.find(({ type }) => type === 'tool_call' || type === 'tool-call')
    const result = all.find(({ type }) => type === 'tool_call_response' || type === 'tool-result')
    const reasoning = all.find(({ type }) => type === 'reasoning')
    console.log([`${name}, to ${to}: ${call.name ?? call.toolName}`,
      result ? `result ${JSON.stringify(result.response ?? result.output.value)}` : 'no result',
      ...translated.filter((message) => parts(message).length === 0).map(({ role }) => `a ${role} with nothing`),
      reasoning ? `reasoning ${JSON.stringify(reasoning.content ?? reasoning.text)}` : 'no reasoning'].join(', '))
  }
}
const refused = [{ role: 'user', content: question }, { role: 'assistant', content: null, refusal: 'I cannot help with that.' }]
const { type, content } = translate(refused, { from: providers.openai }).messages[1].parts[0]
console.log(`openai, refusal, to genai: ${type} ${JSON.stringify(content)}`)
JS
got=$(node main.mjs)
echo "$got"
want='anthropic, to genai: tide, result "at nine", reasoning "YWJj"
anthropic, to vercel_ai: tide, no result, a user with nothing, reasoning "YWJj"
google, to genai: tide, result {"at":"nine"}, reasoning "Tides first."
google, to vercel_ai: tide, no result, a user with nothing, reasoning "Tides first."
openai, to genai: tide, result "at nine", no reasoning
openai, to vercel_ai: tide, result "at nine", no reasoning
openai, refusal, to genai: text "I cannot help with that."'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
