#!/usr/bin/env bash
# autoevals 0.3.0 for JavaScript: what a model that judges is asked about is not what was said.
#   The scorers of RAGAS put question, context and answer into their prompts as into a page of HTML.
#     Where these hold code, quotation marks or an apostrophe the judge reads entities instead.
#     ContextRelevancy asks for sentences exactly as they stand and divides their length by that of
#     the context as it was: half of a context is more than half of it. That the templates which
#     come with the package escape nothing was mended (braintrustdata/autoevals 26), not these.
#   human_ai_pairs is to be the turns of a conversation. The first message of a user is paired with
#     the first of the assistant, the second with the second, and so on. An assistant that calls a
#     tool has more messages than the user: the answers stand beside other questions, and the last
#     ones beside none. As a section of Mustache, with nothing else about the thread in the
#     template, it is empty, and the judge is asked all the same.
#   thread is to be the whole conversation. The result of a tool is told as an error where it has a
#     member error, also if that is null, and of a result with a member text only that is told.
# A search of its issues gives none of it but the mend.
#
# Output seen on 29 November 2026:
#   ContextRelevancy, the context: if (ebb && depth < 3) say("can't sail")
#   ContextRelevancy, the judge read: if (ebb &amp;&amp; depth &lt; 3) say(&quot;can&#39;t sail&quot;)
#   ContextRelevancy, that line is 0.50 of the context; score 0.82
#   human_ai_pairs, alone: ""
#   human_ai_pairs, beside thread_count: When is high tide? - a tool_call
#   human_ai_pairs, beside thread_count: And may I swim? - At nine.
#   result: {"error":null,"at":"nine"}
#   result: {"text":"calm","jellyfish":true}
#   thread: Error: {"error":null,"at":"nine"}
#   thread: Result: calm
#
# What follows for errata: a score that came by it may be about another text, and a reason that a
# judge gives may quote entities. In a log of the judge's call errata shows the prompt as it was
# sent, with its entities, and a score as it was given.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts autoevals@0.3.0 openai@6.49.0
cat > main.mjs <<'JS'
import { ContextRelevancy, LLMClassifierFromTemplate } from 'autoevals'

// The judge is a function here: it gets the prompt, and answers with the arguments of the call that it was asked for.
let prompt
const judge = (answer) => ({ chat: { completions: { create: async ({ messages, tool_choice: { function: { name } } }) => {
  prompt = messages[0].content
  const call = { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(answer(prompt)) } }
  return { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: null, tool_calls: [call] } }] }
} } } })

// Of two lines it finds the first one relevant, and repeats it as it reads it.
const line = 'if (ebb && depth < 3) say("can\'t sail")'
const context = `${line}\nElse the harbour is open at all hours.`
const first = (text) => text.match(/\ncontext: (.*)\n/)[1]
const client = judge((text) => ({ sentences: [{ sentence: first(text), reasons: ['It tells when.'] }] }))
const { score } = await ContextRelevancy({ input: 'When may I sail?', output: 'At high tide.', context, client })
console.log(`ContextRelevancy, the context: ${line}\nContextRelevancy, the judge read: ${first(prompt)}`)
console.log(`ContextRelevancy, that line is ${(line.length / context.length).toFixed(2)} of the context; score ${score.toFixed(2)}`)

const call = (id, name, value) => ({ role: 'assistant', content: [{ type: 'tool_call', tool_call_id: id, tool_name: name, arguments: { type: 'valid', value } }] })
const result = (id, name, output) => ({ role: 'tool', content: [{ type: 'tool_result', tool_call_id: id, tool_name: name, output }] })
const thread = [
  { role: 'user', content: 'When is high tide?' },
  call('call_1', 'tide', { port: 'Hull' }),
  result('call_1', 'tide', '{"error":null,"at":"nine"}'),
  { role: 'assistant', content: 'At nine.' },
  { role: 'user', content: 'And may I swim?' },
  call('call_2', 'water', { port: 'Hull' }),
  result('call_2', 'water', '{"text":"calm","jellyfish":true}'),
  { role: 'assistant', content: 'No, there are jellyfish.' },
]
const read = async (promptTemplate) => {
  const score = LLMClassifierFromTemplate({ name: 'Helpful', model: 'gpt-4o', promptTemplate, choiceScores: { yes: 1, no: 0 } })
  await score({ output: 'At nine.', client: judge(() => ({ reasons: 'It helps.', choice: 'yes' })), trace: { getThread: async () => thread } })
  return prompt.slice(0, prompt.indexOf('\nAnswer the question by calling'))
}
const pairs = '{{#human_ai_pairs}}{{human.content}} - {{assistant.content}}|{{/human_ai_pairs}}'
console.log(`human_ai_pairs, alone: ${JSON.stringify(await read(pairs))}`)
for (const pair of (await read(`{{thread_count}}|${pairs}`)).split('|').slice(1, -1)) console.log(`human_ai_pairs, beside thread_count: ${pair.replace(/\[{"type":"(\w+)".*/, 'a $1')}`)
for (const { content: [{ output }] } of thread.filter(({ role }) => role === 'tool')) console.log(`result: ${output}`)
for (const [, told] of (await read('{{thread}}')).matchAll(/((?:Result|Error):\n.*)/g)) console.log(`thread: ${told.replace(/\s+/g, ' ')}`)
JS
got=$(node main.mjs)
echo "$got"
want=$(cat <<'TXT'
ContextRelevancy, the context: if (ebb && depth < 3) say("can't sail")
ContextRelevancy, the judge read: if (ebb &amp;&amp; depth &lt; 3) say(&quot;can&#39;t sail&quot;)
ContextRelevancy, that line is 0.50 of the context; score 0.82
human_ai_pairs, alone: ""
human_ai_pairs, beside thread_count: When is high tide? - a tool_call
human_ai_pairs, beside thread_count: And may I swim? - At nine.
result: {"error":null,"at":"nine"}
result: {"text":"calm","jellyfish":true}
thread: Error: {"error":null,"at":"nine"}
thread: Result: calm
TXT
)
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
