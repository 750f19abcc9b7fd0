package jq_test

import (
	"fmt"
	"strings"
	"testing"

	"errata/api/jq"
)

// A member that no document has is told where its name is near that of one which is there, wherever
// the expression names it; one that any document has, or that is near nothing, never is.
func TestMisses(t *testing.T) {
	t.Parallel()
	names := []string{"output", "error", "prompt", "metadata", "messages"}
	docs := []string{
		`{"output":"a","prompt":{"path":"x/y","id":"pr_1"},"metadata":{"dataset":"ovens"},"messages":[{"role":"user","content":"b"}]}`,
		`{"output":null,"prompt":{"path":"x/y"},"metadata":{"datset":"kilns","tag.b":1},"messages":[],"custom_tag":"c","outputs":2}`,
	}
	for text, want := range map[string]string{
		// what is there, and what people may well look for
		`.output == "a"`:                           "",
		`.error`:                                   "",
		`.custom_tag == "c"`:                       "",
		`.["custom_tag"] == "c"`:                   "",
		`.outputs == 2`:                            "",
		`.zebra`:                                   "",
		`.metadata.zebra`:                          "",
		`.metadata.datset`:                         "",
		`.output.outpt`:                            "",
		`fromjson | .outpt`:                        "",
		`{outpt: 1} | .outpt`:                      "",
		`.metadata | to_entries[] | .kye`:          "",
		`with_entries(.vlaue)`:                     "",
		`[.messages[] | {role}][0].rol`:            "",
		`"outpt"`:                                  "",
		`.messages | map(.role) | index("rol")`:    "",
		`def outpt: .output; outpt`:                "",
		`.output as $outpt | $outpt`:               "",
		`reduce .messages[] as $m (0; . + .outpt)`: "",

		// what the expression says may be missing
		`.outpt?`:                  "",
		`.outpt // .output`:        "",
		`try .outpt catch 1`:       "",
		`.prompt.pth?`:             "",
		`(.outpt? // 1) == .promt`: "column 20: .promt > .prompt",
		`.prompt?.pth`:             "column 10: .prompt.pth > .prompt.path",

		`.outpt == "x"`:               "column 2: no log that was read has .outpt; did you mean .output",
		`.["outpt"] == "x"`:           "column 4: no log that was read has .outpt; did you mean .output",
		`."outpt"`:                    "column 3: .outpt > .output",
		`.output // .outpt`:           "column 13: .outpt > .output",
		`if .outpt then 1 else 2 end`: "column 5: .outpt > .output",
		`if .error then .outpt else .promt.path end`: "column 17: .outpt > .output, column 29: .promt > .prompt",
		`if .a then 1 elif .outpt then 2 else 3 end`: "column 20: .outpt > .output",
		`.prompt.pth`:                                  "column 9: .prompt.pth > .prompt.path",
		`.prompt | .pth`:                               "column 12: .prompt.pth > .prompt.path",
		`.metadata["tag-b"]`:                           `column 12: .metadata["tag-b"] > .metadata["tag.b"]`,
		`.messages[].rol == "user"`:                    "column 13: .messages[].rol > .messages[].role",
		`.messages[0].rol`:                             "column 14: .messages[].rol > .messages[].role",
		`.messages[-1:][].rol`:                         "column 18: .messages[].rol > .messages[].role",
		`any(.messages[]; .rol == "user")`:             "column 19: .messages[].rol > .messages[].role",
		`.messages | any(.rol == "user")`:              "column 18: .messages[].rol > .messages[].role",
		`[.messages[] | select(.rol == "tool")] != []`: "column 24: .messages[].rol > .messages[].role",
		`.messages | map(.rol)`:                        "column 18: .messages[].rol > .messages[].role",
		`. as {outpt: $o} | $o`:                        "column 7: .outpt > .output",
		`. as {$outpt} | $outpt`:                       "column 8: .outpt > .output",
		`. as {prompt: {pth: $p}} | $p`:                "column 16: .prompt.pth > .prompt.path",
		`. as $log | $log.outpt`:                       "column 18: .outpt > .output",
		`.messages as [$m] | $m.rol`:                   "column 24: .messages[].rol > .messages[].role",
		`.output as $o | .outpt == $o`:                 "column 18: .outpt > .output",
		`{outpt} | length`:                             "column 2: .outpt > .output",
		`{a: .outpt}`:                                  "column 6: .outpt > .output",
		`[.outpt, 1]`:                                  "column 3: .outpt > .output",
		`-(.outpt)`:                                    "column 4: .outpt > .output",
		`"\(.outpt)"`:                                  "column 5: .outpt > .output",
		`has("outpt")`:                                 "column 6: .outpt > .output",
		`.prompt | has("pth")`:                         "column 16: .prompt.pth > .prompt.path",
		`select(.outpt) | .error`:                      "column 9: .outpt > .output",
		`first(.outpt)`:                                "column 8: .outpt > .output",
		`def f: .outpt; f`:                             "column 9: .outpt > .output",
		`reduce .messages[].rol as $m (0; . + 1)`:      "column 20: .messages[].rol > .messages[].role",
		`.error | test("x") and .outpt`:                "",
		`(.error | tostring | test("x")) and .outpt`:   "column 38: .outpt > .output",
		`.metadata.dataset == .outpt`:                  "column 23: .outpt > .output",
		`.Output`:                                      "column 2: .Output > .output",
		`del(.outpt) | .promt`:                         "column 6: .outpt > .output, column 16: .promt > .prompt",
		`getpath(["a"]) or .outpt`:                     "column 20: .outpt > .output",
	} {
		e, err := jq.Compile(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		e.Watch(names)
		if list := e.Misses(); len(list) > 0 {
			t.Errorf("%s: %v before anything was read", text, list)
		}
		for _, doc := range docs {
			if _, err := e.Selects(t.Context(), []byte(doc)); err != nil {
				t.Fatal(err)
			}
		}
		var told []string
		for _, m := range e.Misses() {
			short := fmt.Sprintf("column %d: %s > %s", m.Col, m.Path, m.Meant)
			if strings.Contains(want, "no log that was read") {
				short = m.String()
			}
			told = append(told, short)
		}
		if got := strings.Join(told, ", "); got != want {
			t.Errorf("%s:\n got %q\nwant %q", text, got, want)
		}
	}
}

// A member that the last of many documents has is no mistyped one.
func TestMissesAreOfAllDocuments(t *testing.T) {
	t.Parallel()
	e, err := jq.Compile(`.outpt`)
	if err != nil {
		t.Fatal(err)
	}
	e.Watch([]string{"output"})
	for n := range 1000 {
		doc := `{"output":"a"}`
		if n == 999 {
			if len(e.Misses()) != 1 {
				t.Errorf("%v, while no document has it", e.Misses())
			}
			doc = `{"outpt":"a"}`
		}
		if _, err := e.Selects(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
	}
	if list := e.Misses(); len(list) > 0 {
		t.Errorf("%v, and one document has it", list)
	}
}
