#!/usr/bin/env bash
# github.com/ollama/ollama v0.17.4, the newest that there is as a module (the source of v0.33.0-rc2
# has the same lines): its server answers as OpenAI and Anthropic do as well, and makes requests of
# its own of theirs, by functions of two of its packages. A conversation is another one then.
#   A content of OpenAI that is a list becomes a message for each of its parts. The result of a tool
#     may be such a list, as OpenAI's reference says: it is several results, and of no call, as the
#     id and the name of the tool are dropped.
#   Whole numbers in the arguments of a call are rounded above 2^53, by both routes. The model reads
#     that it asked for a note that it did not ask for, and may go on with that id.
#   Of several thoughts in one message of Anthropic the last is left, and that a result is an error
#     is not told: the model takes it for what the tool found.
#   max_completion_tokens, which OpenAI has instead of max_tokens, is no limit. This one is known
#     (nextcloud/integration_openai 426); of the rest a search of the issues gives nothing.
#
# Output seen on 30 November 2026:
#   openai: user "Read the note."
#   openai: user "And tell the tide."
#   openai: assistant "", calls read {"note":1849023764517281800}, calls tide {"port":"Hull"}
#   openai: tool "Sail at", of ""
#   openai: tool "high tide.", of ""
#   openai: tool "at nine", of "call_2"
#   openai: max_completion_tokens 100, num_predict <nil>
#   anthropic: user "Read the note."
#   anthropic: assistant "I look.", thought "By its id.", calls read {"note":1849023764517281800}
#   anthropic: tool "It is late.", of "toolu_1"
#
# What follows for errata: a log of what was asked of such a server is not what its model read. In
# errata a content that is a list is one message, a number in a call stands as it was written, and
# that a result is an error is shown.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24.1

require github.com/ollama/ollama v0.17.4
MOD
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	"github.com/ollama/ollama/anthropic"
	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/openai"
)

const chat = `{"model": "m", "max_completion_tokens": 100, "messages": [
	{"role": "user", "content": [{"type": "text", "text": "Read the note."}, {"type": "text", "text": "And tell the tide."}]},
	{"role": "assistant", "content": null, "tool_calls": [
		{"id": "call_1", "type": "function", "function": {"name": "read", "arguments": "{\"note\":1849023764517281793}"}},
		{"id": "call_2", "type": "function", "function": {"name": "tide", "arguments": "{\"port\":\"Hull\"}"}}]},
	{"role": "tool", "tool_call_id": "call_1", "content": [{"type": "text", "text": "Sail at"}, {"type": "text", "text": "high tide."}]},
	{"role": "tool", "tool_call_id": "call_2", "content": "at nine"}]}`

const message = `{"model": "m", "max_tokens": 100, "messages": [
	{"role": "user", "content": "Read the note."},
	{"role": "assistant", "content": [
		{"type": "thinking", "thinking": "The note first.", "signature": "c2ln"},
		{"type": "text", "text": "I look."},
		{"type": "thinking", "thinking": "By its id.", "signature": "c2ln"},
		{"type": "tool_use", "id": "toolu_1", "name": "read", "input": {"note": 1849023764517281793}}]},
	{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true, "content": "It is late."}]}]}`

// request is a body of an endpoint of Ollama's server, made into a request of its own by its server's function.
func request[T any](body string, convert func(T) (*api.ChatRequest, error)) *api.ChatRequest {
	var r T
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		panic(err)
	}
	made, err := convert(r)
	if err != nil {
		panic(err)
	}
	return made
}

func show(route string, r *api.ChatRequest) {
	for _, m := range r.Messages {
		fmt.Printf("%s: %s %q", route, m.Role, m.Content)
		if m.Thinking != "" {
			fmt.Printf(", thought %q", m.Thinking)
		}
		for _, c := range m.ToolCalls {
			fmt.Printf(", calls %s %s", c.Function.Name, c.Function.Arguments.String())
		}
		if m.Role == "tool" {
			fmt.Printf(", of %q", m.ToolCallID)
		}
		fmt.Println()
	}
}

func main() {
	r := request(chat, openai.FromChatRequest)
	show("openai", r)
	fmt.Printf("openai: max_completion_tokens 100, num_predict %v\n", r.Options["num_predict"])
	show("anthropic", request(message, func(r anthropic.MessagesRequest) (*api.ChatRequest, error) { return anthropic.FromMessagesRequest(r) }))
}
GO
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
want=$(cat <<'TXT'
openai: user "Read the note."
openai: user "And tell the tide."
openai: assistant "", calls read {"note":1849023764517281800}, calls tide {"port":"Hull"}
openai: tool "Sail at", of ""
openai: tool "high tide.", of ""
openai: tool "at nine", of "call_2"
openai: max_completion_tokens 100, num_predict <nil>
anthropic: user "Read the note."
anthropic: assistant "I look.", thought "By its id.", calls read {"note":1849023764517281800}
anthropic: tool "It is late.", of "toolu_1"
TXT
)
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
