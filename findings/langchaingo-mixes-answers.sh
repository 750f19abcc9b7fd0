#!/usr/bin/env bash
# github.com/tmc/langchaingo v0.1.14: what is one answer and what are two.
#   llms/openai, WithN(2) and WithStreamingFunc: OpenAI's chunks bring a piece of one choice each
#     and say by index of which. The index is not looked at, so that one answer comes back, made of
#     the pieces of both in the order they came, with the finish reason that came last. Without
#     streaming there are two.
#   llms/anthropic: each block of one message becomes a choice of its own, with the counts of the
#     whole message each: who adds up what the choices tell pays as often as there are blocks. A
#     model that thinks says nothing, where Call or GenerateFromSinglePrompt gives the answer back,
#     as of several choices they take the first. Of a stream the thinking has no signature, and
#     without it the thought cannot be sent back.
# That later parts of a message are not sent to Anthropic is known (tmc/langchaingo 1468); of this a
# search of the issues gives nothing.
#
# Output seen on 29 November 2026:
#   openai, sent: "At nine." stop, "Nobody knows for" length; 70 + 40
#   openai, whole: "At nine." stop, "Nobody knows for" length
#   openai, streamed: "At Nobody knows nine. for" length
#   claude, sent: thinking "Tides first." c2ln, text "At nine."; 70 + 40
#   claude, whole: 2 choices, 140 + 80, signature c2ln
#   claude, streamed: 2 choices, 140 + 80, signature none
#   claude, by Call: ""
#
# What follows for errata: an output that is empty, or two texts through each other, may be this
# package's doing. Of the events of two answers errata takes the one with index 0, whole, and of a
# message of Claude the text, the thinking with its signature, and its counts once.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24

require github.com/tmc/langchaingo v0.1.14
MOD
cat > main.go <<'GO'
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/anthropic"
	"github.com/tmc/langchaingo/llms/openai"
)

const (
	chat     = `{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o",`
	counts   = `"usage":{"prompt_tokens":70,"completion_tokens":40,"total_tokens":110}}`
	message  = `{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","stop_sequence":null,`
	thinking = `{"type":"thinking","thinking":"Tides first.","signature":"c2ln"}`
)

func chunk(index int, text, reason string) string {
	return fmt.Sprintf(`{"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":%d,"delta":{"content":%q},"finish_reason":%s}],"usage":null}`,
		index, text, reason)
}

// answer is what OpenAI sends of two choices and Anthropic of one message.
func answer(claude, stream bool) []string {
	switch {
	case claude && stream:
		return []string{
			`{"type":"message_start","message":` + message + `"content":[],"stop_reason":null,"usage":{"input_tokens":70,"output_tokens":1}}}`,
			`{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}`,
			`{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Tides first."}}`,
			`{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}`,
			`{"type":"content_block_stop","index":0}`,
			`{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}`,
			`{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"At nine."}}`,
			`{"type":"content_block_stop","index":1}`,
			`{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":40}}`,
			`{"type":"message_stop"}`,
		}
	case claude:
		return []string{message + `"content":[` + thinking + `,{"type":"text","text":"At nine."}],"stop_reason":"end_turn","usage":{"input_tokens":70,"output_tokens":40}}`}
	case stream:
		return []string{
			chunk(0, "At ", "null"), chunk(1, "Nobody knows ", "null"), chunk(0, "nine.", "null"), chunk(1, " for", "null"),
			chunk(0, "", `"stop"`), chunk(1, "", `"length"`),
			`{"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[],` + counts, "[DONE]",
		}
	}
	return []string{chat + `"choices":[{"index":0,"message":{"role":"assistant","content":"At nine."},"finish_reason":"stop"},
		{"index":1,"message":{"role":"assistant","content":"Nobody knows for"},"finish_reason":"length"}],` + counts}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	ctx := context.Background()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Stream bool }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			panic(err)
		}
		for _, text := range answer(strings.HasSuffix(r.URL.Path, "/messages"), asked.Stream) {
			if asked.Stream {
				text = "data: " + text + "\n\n"
			}
			fmt.Fprint(w, text)
		}
	}))
	defer server.Close()
	gpt := must(openai.New(openai.WithToken("none"), openai.WithBaseURL(server.URL), openai.WithModel("gpt-4o")))
	claude := must(anthropic.New(anthropic.WithToken("none"), anthropic.WithBaseURL(server.URL), anthropic.WithModel("claude-sonnet-4-5")))
	thinks := llms.WithThinkingMode(llms.ThinkingModeMedium)
	question := []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, "When is high tide?")}
	ways := []struct {
		name string
		more []llms.CallOption
	}{
		{"whole", nil},
		{"streamed", []llms.CallOption{llms.WithStreamingFunc(func(context.Context, []byte) error { return nil })}},
	}

	fmt.Println(`openai, sent: "At nine." stop, "Nobody knows for" length; 70 + 40`)
	for _, way := range ways {
		var told []string
		for _, c := range must(gpt.GenerateContent(ctx, question, append(way.more, llms.WithN(2))...)).Choices {
			told = append(told, fmt.Sprintf("%q %s", c.Content, c.StopReason))
		}
		fmt.Printf("openai, %s: %s\n", way.name, strings.Join(told, ", "))
	}
	fmt.Println(`claude, sent: thinking "Tides first." c2ln, text "At nine."; 70 + 40`)
	for _, way := range ways {
		choices := must(claude.GenerateContent(ctx, question, append(way.more, thinks)...)).Choices
		in, out := 0, 0
		for _, c := range choices {
			in += c.GenerationInfo["InputTokens"].(int)
			out += c.GenerationInfo["OutputTokens"].(int)
		}
		signature := choices[0].GenerationInfo["ThinkingSignature"]
		if signature == "" {
			signature = "none"
		}
		fmt.Printf("claude, %s: %d choices, %d + %d, signature %s\n", way.name, len(choices), in, out, signature)
	}
	fmt.Printf("claude, by Call: %q\n", must(claude.Call(ctx, "When is high tide?", thinks)))
}
GO
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
want='openai, sent: "At nine." stop, "Nobody knows for" length; 70 + 40
openai, whole: "At nine." stop, "Nobody knows for" length
openai, streamed: "At Nobody knows nine. for" length
claude, sent: thinking "Tides first." c2ln, text "At nine."; 70 + 40
claude, whole: 2 choices, 140 + 80, signature c2ln
claude, streamed: 2 choices, 140 + 80, signature none
claude, by Call: ""'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
