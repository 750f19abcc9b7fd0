package api

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseDetail(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body string
		want detail
	}{
		{`{"detail": "caf\u00e9"}`, detail{text: "café"}},
		{`{"detail": {"description": "a", "msg": "b"}}`, detail{text: "a"}},
		{`{"detail": {"description": 1, "msg": "b"}}`, detail{text: "b"}},
		{`{"detail": {"type": "t", "message": "c", "code": 1, "origin": null}}`, detail{text: "c"}},
		{`{"detail": []}`, detail{}},
		{`{"detail": [{"loc": ["body", 12, "x", 1.5, null], "msg": "m", "type": "t", "ctx": {}}]}`,
			detail{fields: []FieldError{{Loc: []any{"body", 12, "x"}, Msg: "m", Type: "t"}}}},
		{`{"detail": [{"msg": "m"}, {"loc": "body"}, 7, []]}`, detail{fields: []FieldError{{Msg: "m"}, {}}}},
		{`{"detail": [{"loc": [99999999999999999999]}]}`, detail{fields: []FieldError{{}}}},
		{`{"detail": null}`, detail{}},
		{`{"detail": 7}`, detail{}},
		{`{"error": "x"}`, detail{}},
		{`[]`, detail{}},
		{`{"detail": "cut`, detail{}},
		{``, detail{}},
	} {
		if got := parseDetail([]byte(c.body)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\n got %+v\nwant %+v", c.body, got, c.want)
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		loc  []any
		want string
	}{
		{nil, "the request"},
		{[]any{"body"}, "the request"},
		{[]any{"body", 17}, "[17]"},
		{[]any{"query", "page"}, "page"},
		{[]any{"body", "messages", 1, "content", 0, "type"}, "messages[1].content[0].type"},
		{[]any{"messages", "body"}, "messages.body"},
	} {
		if got := memberName(c.loc); got != c.want {
			t.Errorf("%v is named %q, want %q", c.loc, got, c.want)
		}
	}
}

func FuzzParseDetail(f *testing.F) {
	for _, seed := range []string{
		`{"detail":"x"}`, `{"detail":{"msg":"x"}}`, `{"detail":[{"loc":["body",1],"msg":"m","type":"t"}]}`,
		`{"detail":[{"loc":{}}]}`, `{"detail":"\ud800"}`, "{\"detail\":\"\xff\"}", `{"detail":[[[`, `{"detail":1,"detail":"x"}`,
	} {
		f.Add([]byte(seed))
	}
	c := &Client{o: Options{Key: "test-key"}}
	f.Fuzz(func(t *testing.T, body []byte) {
		d := parseDetail(body)
		for _, text := range []string{c.clean(d.text), c.clean(fieldsText(d.fields))} {
			if len(text) > maxQuote+len("…") || strings.ContainsAny(text, "\n\r") || strings.Contains(text, c.o.Key) {
				t.Errorf("%q is not fit for a sentence", text)
			}
			if utf8.Valid(body) && !strings.Contains(string(body), `\`) && !utf8.ValidString(text) {
				t.Errorf("%q was cut within a character", text)
			}
		}
	})
}
