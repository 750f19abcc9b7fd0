package index

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
)

const conversation = `[{"role":"user","content":"Is the ferry \"late\"?"},
	{"role":"assistant","content":[{"type":"text","text":"One moment."}],
	 "tool_calls":[{"id":"call_7","type":"function","function":{"name":"get_ferries","arguments":"{\"harbour\": \"Old Quay\", \"name\": \"north\"}"}}]}]`

// TestShown looks for words in a conversation: what its cards show is found, and nothing else.
func TestShown(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		`ferry "LATE"`: true, "one moment": true, "get_ferries": true, "call_7": true, "old quay": true, `harbour": "old`: true,
		"assistant": false, "content": false, "function": false, "user": false, "late?one": false,
	} {
		if got := holds([]byte(conversation), Shown, Fold(word)); got != want {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
	for word, want := range map[string]bool{"ferries": true, "GET_": true, "north": false, "call_7": false, "late": false} {
		if got := holds([]byte(conversation), Tools, Fold(word)); got != want {
			t.Errorf("called function %q: %v, want %v", word, got, want)
		}
	}
}

// TestEncoded passes over files in base64, and over nothing that somebody wrote.
func TestEncoded(t *testing.T) {
	t.Parallel()
	file := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("some bytes of a picture, ", 80)))
	for _, c := range []struct {
		text string
		want bool
	}{
		{file, true}, {"data:image/png;base64," + file, true}, {strings.ReplaceAll(file, "/", `\/`), true},
		{file[:800], false}, {strings.Repeat("a sentence of words, ", 100), false}, {strings.Repeat("海", 2000), false},
	} {
		if got := encoded([]byte(c.text)); got != c.want {
			t.Errorf("%.40q: %v, want %v", c.text, got, c.want)
		}
		value := fmt.Appendf(nil, `{"url":"%s"}`, c.text)
		if n := len(slices.Collect(shownStrings(value))); (n == 0) != c.want {
			t.Errorf("%.40q: %d strings are shown", c.text, n)
		}
	}
}

// FuzzShown wants whatever is in a value to be passed over without a fault, and what a search finds
// to be among the letters that the signature is made of.
func FuzzShown(f *testing.F) {
	f.Add([]byte(conversation), "late")
	f.Add([]byte(`{"a":{"function":{"name":`), "x")
	f.Add([]byte(`"\ud83d`), "\ud7ff")
	f.Fuzz(func(t *testing.T, value []byte, word string) {
		if word == "" {
			return
		}
		for _, as := range []Reading{Shown, Tools} {
			if holds(value, as, Fold(word)) && !Sign(Document{Searched: []Text{{value, as}}}).covers(Word(Searched, Fold(word))) {
				t.Fatalf("%q is found in %q and missed by its signature", word, value)
			}
		}
	})
}

func (s Signature) covers(bits []Bit) bool { return s.Has(bits) }

func TestExpr(t *testing.T) {
	t.Parallel()
	doc := []byte(`{"output":"gas mark four","error":"no answer"}`)
	word := func(text, member string) Clause { return Clause{Term: NewTerm(text, Searched, Place{Member: member})} }
	not := func(c Clause) Clause { c.Not = true; return c }
	for i, c := range []struct {
		expr Expr
		want bool
	}{
		{nil, true},
		{Expr{{word("gas", "output"), word("four", "output")}}, true},
		{Expr{{word("gas", "output"), word("five", "output")}}, false},
		{Expr{{word("five", "output")}, {word("answer", "error")}}, true},
		{Expr{{word("gas", "output"), not(word("answer", "error"))}}, false},
		{Expr{{word("gas", "output"), not(word("answer", "output"))}}, true},
	} {
		if got := c.expr.In(doc); got != c.want {
			t.Errorf("%d: %v, want %v", i, got, c.want)
		}
	}
}
