#!/usr/bin/env bash
# openai-go v3.99.0, ChatCompletionAccumulator: a stream whose chunks each tell the counts up to
# there (as Perplexity does, and vLLM with continuous_usage_stats) is accumulated by adding the
# counts of all chunks. Three chunks that say 8 prompt tokens each become 24.
#
# Output seen on 28 November 2026:
#   told by the last chunk: 8 3 11
#   accumulated: 24 6 30
#
# What follows for errata: counts in events replace each other when a recorded stream is put
# together, and a total that was accumulated so is not a count of the provider.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24

require github.com/openai/openai-go/v3 v3.99.0
MOD
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	"github.com/openai/openai-go/v3"
)

func main() {
	var all openai.ChatCompletionAccumulator
	var last openai.ChatCompletionChunk
	for i, text := range []string{"a", "b", "c"} {
		chunk := fmt.Sprintf(`{"id":"c","object":"chat.completion.chunk","model":"m",
			"choices":[{"index":0,"delta":{"role":"assistant","content":%q},"finish_reason":null}],
			"usage":{"prompt_tokens":8,"completion_tokens":%d,"total_tokens":%d}}`, text, i+1, i+9)
		if err := json.Unmarshal([]byte(chunk), &last); err != nil {
			panic(err)
		}
		all.AddChunk(last)
	}
	fmt.Println("told by the last chunk:", last.Usage.PromptTokens, last.Usage.CompletionTokens, last.Usage.TotalTokens)
	fmt.Println("accumulated:", all.Usage.PromptTokens, all.Usage.CompletionTokens, all.Usage.TotalTokens)
}
GO
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
want=$'told by the last chunk: 8 3 11\naccumulated: 24 6 30'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
