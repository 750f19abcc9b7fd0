package jq_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"errata/api/jq"
)

// What an expression makes of each element is what it makes of the array.
func TestEach(t *testing.T) {
	t.Parallel()
	docs := []string{`{"id":"a","n":1,"list":[1,2]}`, `{"id":"b","n":2.50,"list":[]}`, `{"id":"c","n":null,"list":[3]}`}
	array := "[" + docs[0] + "," + docs[1] + "," + docs[2] + "]"
	run := func(e *jq.Expr, doc string) (list []string) {
		for v, err := range e.Run(context.Background(), []byte(doc)) {
			if err != nil {
				return append(list, err.Error())
			}
			list = append(list, string(v))
		}
		return list
	}
	for text, want := range map[string]bool{
		".[]":                                  true,
		".[].id":                               true,
		".[]?":                                 true,
		".[]?.n":                               true,
		".[].list[]":                           true,
		".[] | .id":                            true,
		".[] | select(.n > 1) | .id, .n":       true,
		".[] | .list | length":                 true,
		"def f: .id + \"!\"; .[] | f":          true,
		".[] | . as $log | $log.list[], 7":     true,
		"length":                               false,
		"map(.id)":                             false,
		"[.[] | .n]":                           false,
		".[0].id":                              false,
		".[] as $x | $x.id, length":            false,
		".[], length":                          false,
		"(.[] | .id), 1":                       false,
		".[1:][]":                              false,
		".[].id?":                              false,
		".[] | .id, halt":                      false,
		"reduce .[] as $x (0; . + 1)":          false,
		"first(.[])":                           false,
		".[] + 1":                              false,
		".[] // 1":                             false,
		"del(.[].id) | .[] | length":           false,
		". as $all | .[] | .id, ($all|length)": false,
	} {
		e, err := jq.Compile(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		each, ok := e.Each()
		if ok != want {
			t.Errorf("%s: %t", text, ok)
		}
		if !ok {
			continue
		}
		var got []string
		for _, doc := range docs {
			got = append(got, run(each, doc)...)
		}
		if whole := run(e, array); !slices.Equal(got, whole) {
			t.Errorf("%s makes %s of each, and %s of all", text, fmt.Sprint(got), fmt.Sprint(whole))
		}
	}
}
