#!/usr/bin/env bash
# Two packages for Go that compare JSON and write patches take each number for a float64. Above
# 2^53 two numbers that differ are one to them, as are ids of Discord or X, a seed, or a time in
# nanoseconds, all of which stand as numbers in the arguments of tools and in traces.
#   github.com/josephburnett/jd/v2 v2.5.0 finds no difference between two calls for two messages,
#     and a patch of one word, applied by it, changes the id in a call that the patch does not name.
#     How far apart equal numbers may be is an option, precision, and 0 where it is not given.
#   github.com/wI2L/jsondiff v0.7.1 finds no difference either, and a patch that adds a call adds it
#     with another id. Its README shows how numbers are kept, as an example of another decoder.
# Others of their kind had it and mended it (evanphx/json-patch 189, gomodules/jsonpatch 39) or have
# it open (yudai/gojsondiff 48, mikefarah/yq 2122). A search gives no issue of these two.
#
# Output seen on 29 November 2026:
#   sent: {"message_id":1849023764517281793}
#   jd, another id: no difference
#   jd, another word: {"input":{"message_id":1849023764517281800},"text":"At nine."}
#   jsondiff, another id: no difference
#   jsondiff, a call more: {"message_id":1849023764517281800}
#
# What follows for errata: a tool that was called for 1849023764517281800 may have been called for
# another number. errata compares and keeps numbers as they are written: it shows the two as
# different, and a change of the text leaves the call as it stood.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24

require (
	github.com/josephburnett/jd/v2 v2.5.0
	github.com/wI2L/jsondiff v0.7.1
)
MOD
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	"github.com/josephburnett/jd/v2"
	"github.com/wI2L/jsondiff"
)

const (
	call    = `{"message_id":1849023764517281793}`
	another = `{"message_id":1849023764517281794}`
	before  = `{"text":"At nine","input":` + call + `}`
	after   = `{"text":"At nine.","input":` + call + `}`
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func none(text string) string {
	if text == "" {
		return "no difference"
	}
	return text
}

func main() {
	fmt.Println("sent:", call)

	node := func(text string) jd.JsonNode { return must(jd.ReadJsonString(text)) }
	fmt.Println("jd, another id:", none(node(call).Diff(node(another)).Render()))
	// The patch goes by its text, as from one who wrote it to one who applies it.
	word := must(jd.ReadDiffString(node(before).Diff(node(after)).Render()))
	fmt.Println("jd, another word:", must(node(before).Patch(word)).Json())

	compare := func(a, b string) jsondiff.Patch { return must(jsondiff.CompareJSON([]byte(a), []byte(b))) }
	same := compare(call, another)
	fmt.Println("jsondiff, another id:", none(same.String()))
	more := compare(`{"text":"At nine"}`, before)
	fmt.Println("jsondiff, a call more:", string(must(json.Marshal(more[0].Value))))
}
GO
go mod tidy >/dev/null 2>&1
got=$(go run .)
echo "$got"
want='sent: {"message_id":1849023764517281793}
jd, another id: no difference
jd, another word: {"input":{"message_id":1849023764517281800},"text":"At nine."}
jsondiff, another id: no difference
jsondiff, a call more: {"message_id":1849023764517281800}'
[ "$got" = "$want" ] || { echo "this has changed: the finding holds no more"; exit 1; }
