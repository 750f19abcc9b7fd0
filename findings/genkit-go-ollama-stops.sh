#!/usr/bin/env bash
# github.com/firebase/genkit/go v1.4.0, plugins/ollama: what Ollama tells of an answer beside its
# text does not arrive. An answer that was cut (done_reason is length) has the finish reason stop,
# although Genkit has length for this, and an answer is never taken for cut. Its counts
# (prompt_eval_count, eval_count, which Ollama's API documents for the last object) are not read,
# and Genkit fills in characters of its own. Where a model says something and calls a tool in one
# message, what it said is dropped, unless that came as an event of its own. Genkit's plugin for
# OpenAI passes all of this on. A search of Genkit's issues gives none of it.
#
# Output seen on 29 November 2026:
#   sent: "High tide comes", done_reason length, 70 + 16 tokens
#   whole: "High tide comes", finish stop, 0 + 0 tokens, 15 characters
#   streamed: "High tide comes", finish stop, 0 + 0 tokens, 15 characters
#   sent: "I look." and tide {"port":"Hull"}
#   whole: "" and tide {"port":"Hull"}
#
# What follows for errata: a log that came by it says stop of half a sentence and has no tokens.
# From the answer of Ollama itself errata offers length, 70 and 16, and what was said beside a call.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24

require github.com/firebase/genkit/go v1.4.0
MOD
cat > main.go <<'GO'
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/firebase/genkit/go/ai"
	"github.com/firebase/genkit/go/genkit"
	"github.com/firebase/genkit/go/plugins/ollama"
)

const (
	start = `{"model":"m","created_at":"2026-11-29T00:00:00Z","message":{"role":"assistant",`
	end   = `"total_duration":1,"load_duration":1,"prompt_eval_count":70,"prompt_eval_duration":1,"eval_count":16,"eval_duration":1}`
	cut   = `"done":true,"done_reason":"length",` + end
)

// answer is what Ollama sends of a question, of a stream, and of a question with tools.
func answer(stream, tools bool) []string {
	switch {
	case tools:
		return []string{start + `"content":"I look.","tool_calls":[{"function":{"name":"tide","arguments":{"port":"Hull"}}}]},"done":true,"done_reason":"stop",` + end}
	case stream:
		return []string{start + `"content":"High tide"},"done":false}`, start + `"content":" comes"},"done":false}`, start + `"content":""},` + cut}
	}
	return []string{start + `"content":"High tide comes"},` + cut}
}

func main() {
	ctx := context.Background()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Stream bool
			Tools  []json.RawMessage
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			panic(err)
		}
		for _, line := range answer(asked.Stream, len(asked.Tools) > 0) {
			fmt.Fprintln(w, line)
		}
	}))
	defer server.Close()
	plugin := &ollama.Ollama{ServerAddress: server.URL, Timeout: 60}
	g := genkit.Init(ctx, genkit.WithPlugins(plugin))
	model := plugin.DefineModel(g, ollama.ModelDefinition{Name: "m", Type: "chat"},
		&ai.ModelOptions{Supports: &ai.ModelSupports{Multiturn: true, SystemRole: true, Tools: true}})
	ask := func(more ...ai.GenerateOption) *ai.ModelResponse {
		response, err := genkit.Generate(ctx, g, append(more, ai.WithModel(model), ai.WithPrompt("When is high tide?"))...)
		if err != nil {
			panic(err)
		}
		return response
	}

	fmt.Println(`sent: "High tide comes", done_reason length, 70 + 16 tokens`)
	tell := func(name string, r *ai.ModelResponse) {
		fmt.Printf("%s: %q, finish %s, %d + %d tokens, %d characters\n", name, r.Text(), r.FinishReason,
			r.Usage.InputTokens, r.Usage.OutputTokens, r.Usage.OutputCharacters)
	}
	tell("whole", ask())
	tell("streamed", ask(ai.WithStreaming(func(context.Context, *ai.ModelResponseChunk) error { return nil })))

	tide := genkit.DefineTool(g, "tide", "when high tide is", func(*ai.ToolContext, struct {
		Port string `json:"port"`
	}) (string, error) {
		return "nine", nil
	})
	fmt.Println(`sent: "I look." and tide {"port":"Hull"}`)
	r := ask(ai.WithTools(tide), ai.WithReturnToolRequests(true))
	call := r.ToolRequests()[0]
	input, err := json.Marshal(call.Input)
	if err != nil {
		panic(err)
	}
	fmt.Printf("whole: %q and %s %s\n", r.Text(), call.Name, input)
}
GO
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
want='sent: "High tide comes", done_reason length, 70 + 16 tokens
whole: "High tide comes", finish stop, 0 + 0 tokens, 15 characters
streamed: "High tide comes", finish stop, 0 + 0 tokens, 15 characters
sent: "I look." and tide {"port":"Hull"}
whole: "" and tide {"port":"Hull"}'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
