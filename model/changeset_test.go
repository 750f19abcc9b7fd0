package model

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// sampleDoc holds every field once, with literals that a careless writer would alter.
const sampleDoc = `{"id":"log_1","prompt":{"id":"pr_1","model":"m"},
 "output_message": {"role":"assistant","content":"h\u00e9","extra":1.0},
 "prompt_tokens":9007199254740993, "reasoning_tokens":7.0,"output_tokens":1E+2,"prompt_cost":0.10,"output_cost":1e-07,
 "finish_reason":"st\u006fp","messages":[{"role":"user","content":"a\/b"},{"role":"system","content":null}],
 "tool_choice":"auto","output":"\ud800 \u0000\t","created_at":"2024-07-19T00:29:35.178992","error":null,
 "provider_latency":1.50,"stdout":"","provider_request":{"b":1,"a":{"z":0.10}},"provider_response":{},
 "inputs":{"x":"\u00e9"},"source":"sdk","metadata":{"k":[1.0,2.0]},"start_time":null,"end_time":"2024-07-19T00:29:36Z",
 "unknown":[1.0,"\u0041"]}
`

// names lists the names of fields.
func names(fields []*Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name)
	}
	return strings.Join(list, " ")
}

// edited starts a change set on doc with FIELD:=JSON assignments.
func edited(t testing.TB, doc string, assignments ...string) *ChangeSet {
	t.Helper()
	c := NewChangeSet(parseLog(t, doc))
	for _, arg := range assignments {
		name, literal, ok := strings.Cut(arg, ":=")
		if !ok {
			t.Fatalf("%s is not an assignment", arg)
		}
		c.Set(field(t, name), raw(literal))
	}
	return c
}

func TestNothingChanged(t *testing.T) {
	c := NewChangeSet(parseLog(t, sampleDoc))
	for _, f := range Fields() {
		text, err := f.Format(c.Value(f))
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if err := c.SetText(f, text); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		c.Set(f, c.Base().Value(f))
	}
	if got := names(c.Changed()); got != "" || string(c.Patch()) != "{}" {
		t.Errorf("changed: %s, patch %s", got, c.Patch())
	}
	if l, err := c.Apply(); err != nil || string(l.Bytes()) != sampleDoc {
		t.Errorf("applied to nothing: %v", err)
	}
}

// Each field edited alone makes a patch of one key and leaves every other byte alone.
func TestOneFieldAlone(t *testing.T) {
	values := map[Kind]string{
		Line: `"new"`, Text: `"new"`, Integer: `42`, Decimal: `0.20`, Datetime: `"2025-01-01T00:00:00Z"`, Map: `{"new":1.0}`,
		Message: `{"role":"user"}`, Messages: `[{"role":"user"}]`, ToolChoice: `"none"`,
	}
	base := parseLog(t, sampleDoc)
	for _, f := range Fields() {
		c := NewChangeSet(base)
		literal := values[f.Kind]
		c.Set(f, raw(literal))
		if want := `{"` + f.Name + `":` + literal + `}`; string(c.Patch()) != want {
			t.Errorf("the patch is %s, want %s", c.Patch(), want)
		}
		if names(c.Changed()) != f.Name {
			t.Errorf("%s: changed is %s", f.Name, names(c.Changed()))
		}
		l, err := c.Apply()
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range base.members {
			want := m.Val.Of(base.raw)
			if m.Name == f.Name {
				want = []byte(literal)
			}
			if got := l.members[i].Val.Of(l.raw); !bytes.Equal(got, want) {
				t.Errorf("%s edited: %s became %s", f.Name, m.Name, got)
			}
		}
		c.Revert(f)
		if len(c.Changed()) != 0 {
			t.Errorf("%s is changed after it was reverted", f.Name)
		}
	}
}

func TestChangeSetValues(t *testing.T) {
	c := NewChangeSet(parseLog(t, `{"output":"a","error":null,"prompt_cost":0.10}`))
	output, failure, cost, stdout := field(t, "output"), field(t, "error"), field(t, "prompt_cost"), field(t, "stdout")

	c.Set(output, Null)
	c.Set(failure, raw(`"boom"`))
	c.Set(stdout, Null)
	if got := string(c.Patch()); got != `{"output":null,"error":"boom","stdout":null}` {
		t.Errorf("the patch is %s", got)
	}
	if got := names(c.Changed()); got != "output error stdout" {
		t.Errorf("changed is %s", got)
	}
	if l, err := c.Apply(); err != nil || string(l.Bytes()) != `{"output":null,"error":"boom","prompt_cost":0.10,"stdout":null}` {
		t.Errorf("applied: %s, %v", l.Bytes(), err)
	}
	c.Set(output, raw(`"\u0061"`)) // means the same as the base
	c.Set(stdout, Absent)
	c.Set(failure, Absent) // stands for null, as in the base
	c.Set(cost, raw(`1e-1`))
	if len(c.Changed()) != 0 {
		t.Errorf("changed is %s", names(c.Changed()))
	}
	c.Set(cost, Absent)
	if got := string(c.Patch()); got != `{"prompt_cost":null}` {
		t.Errorf("a member cannot be taken away: %s", got)
	}
}

func TestInvalidText(t *testing.T) {
	c := NewChangeSet(parseLog(t, `{"prompt_tokens":7,"output":"a"}`))
	tokens, output := field(t, "prompt_tokens"), field(t, "output")
	if err := c.SetText(output, "b"); err != nil {
		t.Fatal(err)
	}
	err := c.SetText(tokens, "7x")
	var fault *ParseError
	if !errors.As(err, &fault) || fault.Field != tokens {
		t.Fatalf("SetText: %v", err)
	}
	e, ok := c.Edit(tokens)
	if !ok || e.Text != "7x" || e.Err == nil || string(c.Value(tokens).Bytes()) != "7" {
		t.Errorf("the edit is %+v, the value %s", e, c.Value(tokens).Bytes())
	}
	if names(c.Changed()) != "output prompt_tokens" || names(c.Invalid()) != "prompt_tokens" || string(c.Patch()) != `{"output":"b"}` {
		t.Errorf("changed %s, invalid %s, patch %s", names(c.Changed()), names(c.Invalid()), c.Patch())
	}
	if err := c.SetText(tokens, " 7 "); err != nil || len(c.Invalid()) != 0 || names(c.Changed()) != "output" {
		t.Errorf("after the text is good again: %v, %s", err, names(c.Changed()))
	}
	c.Put(tokens, e, true)
	if names(c.Invalid()) != "prompt_tokens" {
		t.Error("an invalid edit cannot be put back")
	}
	c.Put(tokens, Edit{}, false)
	c.Put(output, Edit{Value: raw(`"a"`)}, true) // what it was means the same as the base by now
	if len(c.Changed()) != 0 {
		t.Errorf("changed is %s", names(c.Changed()))
	}
}

// An edit of a JSON value keeps the literals of the base, whatever was typed before.
func TestSetTextKeepsLiterals(t *testing.T) {
	c := NewChangeSet(parseLog(t, `{"metadata":{"a":0.10,"b":1}}`))
	f := field(t, "metadata")
	for _, text := range []string{`{"a":5,"b":1}`, `{"a":0.1,"b":2}`} {
		if err := c.SetText(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if got := string(c.Patch()); got != `{"metadata":{"a":0.10,"b":2}}` {
		t.Errorf("the patch is %s", got)
	}
}

func TestRebase(t *testing.T) {
	const base = `{"output":"a","error":null,"prompt_cost":0.10,"source":"x"}`
	tests := []struct {
		name             string
		edits            []string
		newer            string
		moved, conflicts string
		patch            string
	}{
		{"nothing moved", []string{`output:="b"`}, `{"source":"x","prompt_cost":1e-1,"error":null,"output":"\u0061"}`, "", "", `{"output":"b"}`},
		{"another field moved", []string{`output:="b"`}, `{"output":"a","error":"e","prompt_cost":0.10,"source":"x"}`, "error", "", `{"output":"b"}`},
		{"both moved alike", []string{`output:="b"`, `source:="y"`}, `{"output":"b","error":null,"prompt_cost":0.10,"source":"x"}`, "output", "", `{"source":"y"}`},
		{"a conflict", []string{`output:="b"`, `source:="y"`}, `{"output":"c","error":"e","prompt_cost":0.10,"source":"x"}`, "output error", "output", `{"output":"b","source":"y"}`},
		{"null against absent", []string{`error:="mine"`}, `{"output":"a","prompt_cost":0.10,"source":"x"}`, "error", "error", `{"error":"mine"}`},
		{"a member appeared", []string{`stdout:="s"`}, base[:len(base)-1] + `,"metadata":{}}`, "metadata", "", `{"stdout":"s"}`},
	}
	for _, test := range tests {
		c := edited(t, base, test.edits...)
		newer := parseLog(t, test.newer)
		met := c.Rebase(newer)
		if names(met.Moved) != test.moved || names(met.Conflicts) != test.conflicts || len(met.Merged) > 0 || string(c.Patch()) != test.patch {
			t.Errorf("%s: %q, %q, %q, patch %s", test.name, names(met.Moved), names(met.Merged), names(met.Conflicts), c.Patch())
		}
		if kept := c.Base() != newer; kept != (test.conflicts != "") {
			t.Errorf("%s: the base was kept: %t", test.name, kept)
		}
	}
}

func TestRebaseInvalid(t *testing.T) {
	c := NewChangeSet(parseLog(t, `{"prompt_tokens":1,"output":"a"}`))
	tokens := field(t, "prompt_tokens")
	if c.SetText(tokens, "x") == nil {
		t.Fatal("x is a number")
	}
	if met := c.Rebase(parseLog(t, `{"prompt_tokens":2,"output":"a"}`)); names(met.Conflicts) != "prompt_tokens" || len(met.Merged) > 0 {
		t.Errorf("conflicts %s, merged %s", names(met.Conflicts), names(met.Merged))
	}
	if met := c.Rebase(parseLog(t, `{"prompt_tokens":1,"output":"b"}`)); names(met.Moved) != "output" || len(met.Conflicts) != 0 {
		t.Errorf("moved %s, conflicts %s", names(met.Moved), names(met.Conflicts))
	}
	if names(c.Invalid()) != "prompt_tokens" {
		t.Error("the text that is not a value yet is lost")
	}
}

// Two people who edit different fields get the same log whoever comes first.
func TestDisjointMergesCommute(t *testing.T) {
	for i, f := range Fields() {
		g := Fields()[(i+5)%len(Fields())]
		mine, theirs := raw(`"mine"`), raw(`"theirs"`)
		merge := func(first *Field, a Value, second *Field, b Value) *Log {
			base := parseLog(t, sampleDoc)
			one, two := NewChangeSet(base), NewChangeSet(base)
			one.Set(first, a)
			two.Set(second, b)
			stored, err := one.Apply()
			if err != nil {
				t.Fatal(err)
			}
			if met := two.Rebase(stored); len(met.Conflicts) > 0 {
				t.Fatalf("%s and %s are in conflict", first.Name, second.Name)
			}
			merged, err := two.Apply()
			if err != nil {
				t.Fatal(err)
			}
			return merged
		}
		if a, b := merge(f, mine, g, theirs), merge(g, theirs, f, mine); !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s and %s: the order counts", f.Name, g.Name)
		}
	}
}

func TestUnkept(t *testing.T) {
	c := edited(t, `{"output":"a","created_at":null,"metadata":{},"stdout":"x"}`,
		`output:="b"`, `created_at:="2024-05-01T12:00:00"`, `metadata:={"a":1}`, `stdout:=null`)
	if c.SetText(field(t, "prompt_tokens"), "x") == nil {
		t.Fatal("x is a number")
	}
	for doc, want := range map[string]string{
		`{"output":"b","created_at":"2024-05-01T12:00:00.000Z","metadata":{"a":1.0}}`:        "",
		`{"output":"a","created_at":"2024-05-01T12:00:00Z","metadata":{"a":1},"stdout":"x"}`: "output stdout",
		`{}`: "output created_at metadata",
	} {
		if got := names(c.Unkept(parseLog(t, doc))); got != want {
			t.Errorf("%s did not keep %q, want %q", doc, got, want)
		}
	}
}

func TestPatchOfALogWithDuplicates(t *testing.T) {
	c := edited(t, `{"output":"a","output":"b","stdout":"x"}`, `output:="c"`)
	l, err := c.Apply()
	if err != nil || string(l.Bytes()) != `{"output":"a","output":"c","stdout":"x"}` {
		t.Errorf("applied: %s, %v", l.Bytes(), err)
	}
}

// FuzzApplyPatch: a patch made from any text turns the base into what was asked for, and into
// nothing else.
func FuzzApplyPatch(f *testing.F) {
	f.Add(uint8(9), `new "text"`, sampleDoc)
	f.Add(uint8(4), "0.1", `{"prompt_cost": 0.10, "x": [1.0]}`)
	f.Add(uint8(18), `{"k":[1,2,3]}`, sampleDoc)
	f.Add(uint8(7), `[{"role":"user"}]`, `{}`)
	f.Add(uint8(8), "none", `{"tool_choice":"auto","tool_choice":"none"}`)
	f.Add(uint8(10), "2024-07-19 00:29", "{\n  \"created_at\": null\n}")
	f.Fuzz(func(t *testing.T, row uint8, text, doc string) {
		base, err := ParseLog([]byte(doc))
		if err != nil {
			return
		}
		field := fields[int(row)%len(fields)]
		c := NewChangeSet(base)
		if c.SetText(field, text) != nil {
			return
		}
		patch := c.Patch()
		if err := jsonraw.Check(patch); err != nil {
			t.Fatalf("the patch %s is not JSON: %v", patch, err)
		}
		after, err := c.Apply()
		if err != nil {
			t.Fatal(err)
		}
		if !after.Value(field).Equal(c.Value(field)) {
			t.Fatalf("asked for %s, got %s", c.Value(field).Bytes(), after.Value(field).Bytes())
		}
		if string(patch) == "{}" && !bytes.Equal(after.Bytes(), base.Bytes()) {
			t.Fatal("an empty patch changed the log")
		}
		last := slices.IndexFunc(base.members, func(m jsonraw.Member) bool { return m.Name == field.Name })
		for i, m := range base.members {
			if m.Name == field.Name {
				last = i
			}
		}
		for i, m := range base.members {
			if got := after.members[i]; i != last && !bytes.Equal(got.Val.Of(after.raw), m.Val.Of(base.raw)) {
				t.Fatalf("%s became %s", m.Name, got.Val.Of(after.raw))
			}
		}
		again := NewChangeSet(after)
		again.Set(field, c.Value(field))
		if len(again.Changed()) > 0 {
			t.Fatal("the same edit on the result is a change")
		}
	})
}

// FuzzNoChange: looking at a log and retyping what it shows changes nothing.
func FuzzNoChange(f *testing.F) {
	f.Add(sampleDoc)
	f.Add(`{"output":"\ud800","metadata":{"a":[0.10,{}]},"tool_choice":"\u0061uto"}`)
	f.Add("{\"output\":\"\xff\",\"error\":5,\"inputs\":{\"a\":1,\"a\":2},\"source\":\"a\",\"source\":\"b\"}")
	f.Fuzz(func(t *testing.T, doc string) {
		base, err := ParseLog([]byte(doc))
		if err != nil {
			return
		}
		c := NewChangeSet(base)
		for _, field := range fields {
			text, err := field.Format(base.Value(field))
			if err != nil {
				continue
			}
			if err := c.SetText(field, text); err != nil {
				t.Fatalf("%s: %q: %v", field.Name, text, err)
			}
		}
		if string(c.Patch()) != "{}" {
			t.Fatalf("the patch is %s", c.Patch())
		}
		if met := c.Rebase(base); len(met.Moved) > 0 {
			t.Fatalf("%s moved", names(met.Moved))
		}
		base.Head()
		base.Summarize()
		base.Envelope()
		c.Totals()
	})
}
