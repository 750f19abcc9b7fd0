#!/usr/bin/env bash
# Three SDKs for Go: a response that is read and written with encoding/json again, as for a log,
# says what no provider said.
#   anthropic-sdk-go v1.84.0 writes constants of unions that were not there: each message has
#     stop_details of the type refusal, and what a search found turns into a
#     web_search_tool_result_error. Read back by the same package and sent on with ToParam, the
#     results are gone.
#   openai-go v3.99.0 writes the arguments of a call of the Responses API as an object of two
#     members with Go's names; read back by the same package, AsFunctionCall takes this object for
#     the arguments.
#   sashabaranov/go-openai v1.43.0 writes content_filter_results, Azure's, into every choice:
#     filters that never ran found nothing.
# RawJSON of the first two gives what was sent. Their READMEs do not say that json.Marshal of a
# response does not.
#
# Output seen on 29 November 2026:
#   anthropic-sdk-go: end_turn and refusal; sent on {"type":"web_search_tool_result_error"}
#   openai-go: {"port":"Hull"} becomes {"OfString":"{\"port\":\"Hull\"}","OfResponseToolSearchCallArguments":"{\"port\":\"Hull\"}"}
#   go-openai: {"filtered":false}
#
# What follows for errata: such logs are read as what was meant: arguments under OfString, thinking
# beside an empty data, the id beside an empty tool_use_id, and a filter without a severity makes no
# response Azure's.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24

require (
	github.com/anthropics/anthropic-sdk-go v1.84.0
	github.com/openai/openai-go/v3 v3.99.0
	github.com/sashabaranov/go-openai v1.43.0
)
MOD
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/openai/openai-go/v3/responses"
	goopenai "github.com/sashabaranov/go-openai"
)

func read[T any](text []byte) (v T) {
	if err := json.Unmarshal(text, &v); err != nil {
		panic(err)
	}
	return v
}

func write(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func main() {
	message := read[anthropic.Message]([]byte(`{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[
		{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"high tide Hull"}},
		{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[
			{"type":"web_search_result","url":"https://example.com/tides","title":"Tides","encrypted_content":"YWJj","page_age":null}]},
		{"type":"text","text":"At nine."}],
		"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":70,"output_tokens":40}}`))
	again := read[anthropic.Message](write(message))
	sent := write(again.Content[1].ToParam().OfWebSearchToolResult.Content)
	fmt.Printf("anthropic-sdk-go: %s and %s; sent on %s\n", again.StopReason, again.StopDetails.Type, sent)

	response := read[responses.Response]([]byte(`{"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"gpt-5",
		"output":[{"type":"function_call","id":"fc_1","call_id":"call_1","name":"tide","arguments":"{\"port\":\"Hull\"}","status":"completed"}],
		"usage":{"input_tokens":70,"output_tokens":40,"total_tokens":110}}`))
	before := response.Output[0].AsFunctionCall().Arguments
	after := read[responses.Response](write(response)).Output[0].AsFunctionCall().Arguments
	fmt.Printf("openai-go: %s becomes %s\n", before, after)

	chat := read[goopenai.ChatCompletionResponse]([]byte(`{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o",
		"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"At nine."}}]}`))
	filters := read[struct {
		Choices []struct {
			Filters map[string]json.RawMessage `json:"content_filter_results"`
		}
	}](write(chat)).Choices[0].Filters
	fmt.Printf("go-openai: %s\n", filters["hate"])
}
GO
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
want='anthropic-sdk-go: end_turn and refusal; sent on {"type":"web_search_tool_result_error"}
openai-go: {"port":"Hull"} becomes {"OfString":"{\"port\":\"Hull\"}","OfResponseToolSearchCallArguments":"{\"port\":\"Hull\"}"}
go-openai: {"filtered":false}'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
