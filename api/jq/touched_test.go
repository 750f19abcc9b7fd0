package jq

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// An expression gives the same of the members that it looks at as of the whole document.
func TestTouchedMembersAreEnough(t *testing.T) {
	t.Parallel()
	docs := []string{
		`{"a":1,"b":{"c":[1,2,{"d":"x"}]},"e":"ovens","n":9007199254740993,"metadata":{"set":"ovens","k":null},"list":[{"role":"user"},{"role":"tool"}]}`,
		` { "a" : 0.10 , "a" : 2, "e":null, "list":"text", "b":[], "metadata": "none" } `,
		`{"\u0061":5,"b":{"c":1}}`,
		`{}`, `[]`, `7`, `null`, `[{"a":1}]`,
	}
	for text, members := range map[string]string{ // "?" where all are read
		`.a`:                                    "a",
		`.a == 1 and .e == "ovens"`:             "a e",
		`.metadata.set == "ovens" and .n > 500`: "metadata n",
		`.["a"] > 1`:                            "a",
		`.b.c[0]`:                               "b",
		`.b["c"][-1].d?`:                        "b",
		`any(.list[]; .role == "tool")`:         "list",
		`[.list[]?.role] | index("tool")`:       "list",
		`.list | length > 1`:                    "list",
		`(.a // 7) as $x | .n > $x`:             "a n",
		`select(.a == 1) | .e`:                  "a e",
		`select(.a)`:                            "a",
		`.a, .e`:                                "a e",
		`-(.a)`:                                 "a",
		`.e | test("^ov")`:                      "e",
		`try (.b | keys) catch "none"`:          "b",
		`.metadata | has("k")`:                  "metadata",
		`[.a, .n]`:                              "a n",
		`.b.c[.a]`:                              "b a",
		`isempty(.list[]?)`:                     "list",
		`1`:                                     "",
		`empty`:                                 "",
		`$ENV.HOME`:                             "",
		`.`:                                     "",
		`length`:                                "?",
		`keys`:                                  "?",
		`.[]`:                                   "?",
		`..`:                                    "?",
		`has("a")`:                              "?",
		`tostring | contains("ovens")`:          "?",
		`. as $d | .a | $d.e`:                   "?",
		`. as {a: $x} | $x`:                     "?",
		`{a} | .a`:                              "?",
		`def f: .a; f`:                          "?",
		`select(.a) | keys`:                     "?",
		`select(.a) == {}`:                      "?",
		`reduce .list[]? as $x (0; . + 1)`:      "?",
		`to_entries[] | .key`:                   "?",
		`del(.a)`:                               "?",
		`.a = 1`:                                "?",
		`.a |= 3 | .a`:                          "?",
		`any(.[]; . == 1)`:                      "?",
		`"\(.)" | length`:                       "?",
		`if .a then . else .e end`:              "?",
		`[limit(1; .[])]`:                       "?",
		`path(.a)`:                              "?",
		`getpath(["a"])`:                        "?",
	} {
		e, err := Compile(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		got := strings.Join(e.of.names, " ")
		if e.gives == unclear {
			got = "?"
		}
		if got != members {
			t.Errorf("%s looks at %q, want %q", text, got, members)
		}
		all := *e
		all.gives = unclear
		for _, doc := range docs {
			if got, want := made(e, doc), made(&all, doc); got != want {
				t.Errorf("%s of %s: %s, of the whole %s", text, doc, got, want)
			}
		}
	}
}

// made is what an expression makes of a document, and whether it selects it.
func made(e *Expr, doc string) string {
	var list []string
	for v, err := range e.Run(context.Background(), []byte(doc)) {
		list = append(list, fmt.Sprint(string(v), err))
	}
	ok, err := e.Selects(context.Background(), []byte(doc))
	return fmt.Sprint(list, ok, err)
}
