package model

import (
	"errors"
	"testing"

	"errata/model/jsonraw"
)

// field finds a field by name.
func field(t testing.TB, name string) *Field {
	t.Helper()
	f, ok := Lookup(name)
	if !ok {
		t.Fatalf("there is no field %s", name)
	}
	return f
}

// parseLog indexes a document that must be good.
func parseLog(t testing.TB, doc string) *Log {
	t.Helper()
	l, err := ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestValue(t *testing.T) {
	text, err := String("a\n")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		v                 Value
		absent, null, set bool
		kind              jsonraw.Kind
		raw               string
	}{
		{Absent, true, false, false, jsonraw.None, ""},
		{Value{}, true, false, false, jsonraw.None, ""},
		{Raw(nil), true, false, false, jsonraw.None, ""},
		{Null, false, true, false, jsonraw.Null, "null"},
		{Raw([]byte(" null\n")), false, true, false, jsonraw.Null, "null"},
		{Raw([]byte(" 1.50 ")), false, false, true, jsonraw.Number, "1.50"},
		{text, false, false, true, jsonraw.String, `"a\n"`},
	}
	for i, test := range tests {
		v := test.v
		if v.IsAbsent() != test.absent || v.IsNull() != test.null || v.IsSet() != test.set || v.Kind() != test.kind || string(v.Bytes()) != test.raw {
			t.Errorf("value %d: absent %t, null %t, set %t, kind %c, %q", i, v.IsAbsent(), v.IsNull(), v.IsSet(), v.Kind(), v.Bytes())
		}
		if (v.Bytes() == nil) != test.absent {
			t.Errorf("value %d: the bytes are nil: %t", i, v.Bytes() == nil)
		}
		if !v.Equal(v) || v.IsAbsent() != v.Equal(Absent) || v.IsNull() != v.Equal(Null) {
			t.Errorf("value %d is not equal to itself alone", i)
		}
	}
	if _, err := String("\xff"); err == nil {
		t.Error("a byte that is not UTF-8 makes a string")
	}
	if got, ok := text.Text(); !ok || got != "a\n" {
		t.Errorf("the text is %q", got)
	}
}

func TestLog(t *testing.T) {
	doc := ` {"id":"log_1","out\u0070ut":"x","metadata":{"a":0.10},"user":null,"error":null}`
	l := parseLog(t, doc)
	if string(l.Bytes()) != doc {
		t.Errorf("the document is %s", l.Bytes())
	}
	for name, want := range map[string]string{"output": `"x"`, "metadata": `{"a":0.10}`, "error": "null", "stdout": ""} {
		if got := string(l.Value(field(t, name)).Bytes()); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	envelope := l.Envelope()
	if len(envelope) != 2 || envelope[0].Name != "id" || envelope[1].Name != "user" || !envelope[1].Value.IsNull() {
		t.Errorf("the envelope is %v", envelope)
	}
	for _, doc := range []string{"", "[]", "{}{}", `{"a"}`} {
		_, err := ParseLog([]byte(doc))
		var fault *jsonraw.SyntaxError
		if !errors.As(err, &fault) {
			t.Errorf("ParseLog(%q): %v", doc, err)
		}
	}
}

func TestLocked(t *testing.T) {
	l := parseLog(t, "{\"output\":\"\xff\",\"error\":5,\"prompt_tokens\":\"7\",\"created_at\":{},\"metadata\":{\"a\":1,\"a\":2},"+
		"\"inputs\":[],\"source\":\"a\",\"source\":\"b\",\"stdout\":\"\\ud800\",\"tool_choice\":7,\"finish_reason\":null}")
	for name, want := range map[string]string{
		"output":        "it holds bytes that are not UTF-8",
		"error":         "", // edited as JSON, as all values of a wrong type are
		"prompt_tokens": "",
		"created_at":    "",
		"metadata":      "a name stands twice in it",
		"source":        "the member stands twice",
		"inputs":        "",
		"tool_choice":   "",
		"stdout":        "",
		"finish_reason": "",
		"messages":      "",
	} {
		f := field(t, name)
		if got := l.Locked(f); got != want {
			t.Errorf("%s is locked because %q, want %q", name, got, want)
		}
		if _, err := f.EditText(l.Value(f), l.Value(f)); (err != nil) != (want != "") && name != "source" {
			t.Errorf("%s: EditText and Locked disagree: %v", name, err)
		}
	}
}

func TestHead(t *testing.T) {
	l := parseLog(t, `{"id":"log_1","prompt":{"id":"pr_1","path":"a/b","version_id":"prv_1","model":"m\u00e9","other":{"model":1}},
		"trace_id":7}`)
	want := Head{ID: "log_1", Kind: "prompt", PromptID: "pr_1", PromptPath: "a/b", VersionID: "prv_1", Model: "mé"}
	if got := l.Head(); got != want {
		t.Errorf("the head is %+v", got)
	}
	for doc, want := range map[string]string{
		`{}`:                           "",
		`{"prompt":null,"tool":{}}`:    "tool",
		`{"prompt":"x"}`:               "",
		`{"flow":{"id":"fl_1"}}`:       "flow",
		`{"evaluator":{},"id":"x"}`:    "evaluator",
		`{"agent":{"a":1,"a":2}}`:      "agent",
		`{"prompt":{"id":null},"x":1}`: "prompt",
	} {
		if got := parseLog(t, doc).Head().Kind; got != want {
			t.Errorf("%s is of kind %q, want %q", doc, got, want)
		}
	}
}

func TestParsePage(t *testing.T) {
	raw := []byte(`{"records":[ {"id":"a","n":0.10} ,{"id":"b","id":"c"}],"page":2,"size":10,"total":12}`)
	p, err := ParsePage(raw)
	if err != nil {
		t.Fatal(err)
	}
	if p.Number != 2 || p.Size != 10 || p.Total != 12 || len(p.Logs) != 2 {
		t.Fatalf("the page is %+v", p)
	}
	if got := string(p.Logs[0].Bytes()); got != `{"id":"a","n":0.10}` {
		t.Errorf("the first log is %s", got)
	}
	for _, raw := range []string{
		`[]`, `{}`, `<html>`, `{"records":[],"page":1,"size":1}`, `{"records":{},"page":1,"size":1,"total":1}`,
		`{"records":[1],"page":1,"size":1,"total":1}`, `{"records":[],"page":"1","size":1,"total":1}`,
		`{"records":[],"page":1.5,"size":1,"total":1}`, `{"records":[],"page":1,"size":1,"total":1`,
	} {
		if p, err := ParsePage([]byte(raw)); err == nil {
			t.Errorf("ParsePage(%s) = %+v", raw, p)
		}
	}
}
