package model

import "testing"

const rebaseDoc = `{"output":"a\nb\n","metadata":{"k":0.10},"error":null,"prompt_tokens":1,"source":"x"}`

func TestRebaseMerges(t *testing.T) {
	tests := []struct {
		name                     string
		edits                    []string
		newer                    string
		moved, merged, conflicts string
		patch                    string
	}{
		{"a key each", []string{`metadata:={"k":0.10,"mine":1}`}, `{"output":"a\nb\n","metadata":{"k":0.10,"theirs":2},"error":null,"prompt_tokens":1,"source":"x"}`,
			"metadata", "metadata", "", `{"metadata":{"k":0.10,"theirs":2,"mine":1}}`},
		{"a line each", []string{`output:="A\nb\n"`, `source:="y"`}, `{"output":"a\nB\n","metadata":{"k":0.1},"error":null,"prompt_tokens":1,"source":"x"}`,
			"output", "output", "", `{"output":"A\nB\n","source":"y"}`},
		{"they have mine already", []string{`metadata:={"k":0.20}`}, `{"output":"a\nb\n","metadata":{"k":0.2,"theirs":2},"error":null,"prompt_tokens":1,"source":"x"}`,
			"metadata", "metadata", "", `{}`},
		{"the same", []string{`metadata:={"k":0.20}`}, `{"output":"a\nb\n","metadata":{"k":0.2},"error":null,"prompt_tokens":1,"source":"x"}`,
			"metadata", "", "", `{}`},
		{"a conflict beside a merge changes nothing", []string{`metadata:={"k":0.10,"mine":1}`, `source:="y"`}, `{"output":"a\nb\n","metadata":{"k":0.10,"theirs":2},"error":null,"prompt_tokens":1,"source":"z"}`,
			"metadata source", "metadata", "source", `{"source":"y","metadata":{"k":0.10,"mine":1}}`},
	}
	for _, test := range tests {
		c := edited(t, rebaseDoc, test.edits...)
		newer := parseLog(t, test.newer)
		met := c.Rebase(newer)
		if names(met.Moved) != test.moved || names(met.Merged) != test.merged || names(met.Conflicts) != test.conflicts {
			t.Errorf("%s: moved %q, merged %q, conflicts %q", test.name, names(met.Moved), names(met.Merged), names(met.Conflicts))
		}
		if string(c.Patch()) != test.patch || (c.Base() == newer) != (test.conflicts == "") {
			t.Errorf("%s: patch %s", test.name, c.Patch())
		}
	}
}

func TestResolve(t *testing.T) {
	const newer = `{"output":"t\nb\n","metadata":{"k":0.10,"theirs":2},"error":"e","prompt_tokens":2,"source":"x"}`
	tokens := field(t, "prompt_tokens")
	tests := []struct {
		name    string
		choose  map[*Field]Choice
		patch   string
		invalid string
	}{
		{"all mine", map[*Field]Choice{output: Mine, metadata: Mine, tokens: Mine, source: Mine}, `{"output":"m\nb\n","source":"y","metadata":{"k":0.10,"mine":1}}`, "prompt_tokens"},
		{"all theirs", map[*Field]Choice{output: Theirs, metadata: Theirs, tokens: Theirs, source: Theirs}, `{}`, ""},
		{"the conflicts mine, the rest merged", map[*Field]Choice{output: Mine, tokens: Mine}, `{"output":"m\nb\n","source":"y","metadata":{"k":0.10,"theirs":2,"mine":1}}`, "prompt_tokens"},
		{"the conflicts theirs", map[*Field]Choice{output: Theirs, tokens: Theirs}, `{"source":"y","metadata":{"k":0.10,"theirs":2,"mine":1}}`, ""},
		{"no choice keeps the words", nil, `{"output":"m\nb\n","source":"y","metadata":{"k":0.10,"theirs":2,"mine":1}}`, "prompt_tokens"},
		{"what is not edited is not chosen", map[*Field]Choice{errorText: Mine, output: Theirs, tokens: Theirs}, `{"source":"y","metadata":{"k":0.10,"theirs":2,"mine":1}}`, ""},
	}
	for _, test := range tests {
		c := edited(t, rebaseDoc, `output:="m\nb\n"`, `metadata:={"k":0.10,"mine":1}`, `source:="y"`)
		if c.SetText(tokens, "x") == nil {
			t.Fatal("x is a number")
		}
		before := string(c.Patch())
		log := parseLog(t, newer)
		got := c.Resolve(log, test.choose)
		if got.Base() != log || string(got.Patch()) != test.patch || names(got.Invalid()) != test.invalid {
			t.Errorf("%s: patch %s, invalid %q", test.name, got.Patch(), names(got.Invalid()))
		}
		if string(c.Patch()) != before || c.Base() == log {
			t.Errorf("%s: the change set itself was changed", test.name)
		}
		if e, ok := got.Edit(tokens); ok && e.Text != "x" {
			t.Errorf("%s: the text that is not a value yet became %q", test.name, e.Text)
		}
	}
}

// What was resolved meets no conflict with the reading it was resolved against.
func TestResolvedIsSettled(t *testing.T) {
	newer := parseLog(t, `{"output":"t","metadata":{},"error":"e","prompt_tokens":2,"source":"z"}`)
	c := edited(t, rebaseDoc, `output:="m"`, `source:="y"`, `metadata:={"k":1}`)
	met := c.Rebase(newer)
	if names(met.Conflicts) != "output metadata source" {
		t.Fatalf("conflicts %q", names(met.Conflicts))
	}
	next := c.Resolve(newer, map[*Field]Choice{output: Mine, metadata: Theirs, source: Mine})
	if again := next.Rebase(newer); len(again.Moved)+len(again.Merged)+len(again.Conflicts) > 0 || string(next.Patch()) != `{"output":"m","source":"y"}` {
		t.Errorf("%+v, patch %s", again, next.Patch())
	}
}
