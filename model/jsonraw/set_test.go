package jsonraw

import (
	"bytes"
	"testing"
)

func TestSet(t *testing.T) {
	tests := []struct {
		name, doc string
		edits     []Edit
		want      string
	}{
		{"nothing", ` { "a" : 1 } `, nil, ` { "a" : 1 } `},
		{"replaced", `{"a" : 0.10 ,"b":"x"}` + "\n", []Edit{{"b", []byte("null")}}, `{"a" : 0.10 ,"b":null}` + "\n"},
		{"in another order", `{"a":1,"b":2,"c":3}`, []Edit{{"c", []byte("30")}, {"a", []byte("10")}}, `{"a":10,"b":2,"c":30}`},
		{"the name is escaped", `{"out\u0070ut":1}`, []Edit{{"output", []byte("2")}}, `{"out\u0070ut":2}`},
		{"the last of two", `{"a":1,"a":2,"b":3}`, []Edit{{"a", []byte("9")}}, `{"a":1,"a":9,"b":3}`},
		{"empty", `{}`, []Edit{{"a", []byte("1")}, {"b", []byte("2")}}, `{"a":1,"b":2}`},
		{"empty with space", ` { } `, []Edit{{"a", []byte("1")}}, ` {"a":1 } `},
		{"dense", `{"a":1}`, []Edit{{"b", []byte("2")}}, `{"a":1,"b":2}`},
		{"spaces", `{"a": 1, "b": 2}`, []Edit{{"c", []byte("3")}}, `{"a": 1, "b": 2, "c": 3}`},
		{"one with spaces", `{"a": 1}`, []Edit{{"b", []byte("2")}}, `{"a": 1, "b": 2}`},
		{"lines", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", []Edit{{"c", []byte("3")}, {"a", []byte("0")}}, "{\n  \"a\": 0,\n  \"b\": 2,\n  \"c\": 3\n}\n"},
		{"one line", "{\n\t\"a\": 1\n}", []Edit{{"b", []byte("2")}}, "{\n\t\"a\": 1,\n\t\"b\": 2\n}"},
		{"the later edit counts", `{"a":1}`, []Edit{{"a", []byte("2")}, {"b", []byte("3")}, {"a", []byte("4")}, {"b", []byte("5")}}, `{"a":4,"b":5}`},
		{"a name to escape", `{}`, []Edit{{"a\"\n", []byte("1")}}, `{"a\"\n":1}`},
		{"bad bytes elsewhere", "{\"x\":\"\xff\",\"a\":1}", []Edit{{"a", []byte("2")}}, "{\"x\":\"\xff\",\"a\":2}"},
	}
	for _, test := range tests {
		before := []byte(test.doc)
		got, err := Set(before, test.edits)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, test.want)
		}
		if string(before) != test.doc {
			t.Errorf("%s: the document was modified", test.name)
		}
	}
	for _, doc := range []string{``, `[]`, `{"a":1`, `{"a":1} x`} {
		if got, err := Set([]byte(doc), []Edit{{"a", []byte("1")}}); err == nil {
			t.Errorf("Set(%q) = %s", doc, got)
		}
	}
	if got, err := Set([]byte(`{}`), []Edit{{"\xff", []byte("1")}}); err == nil {
		t.Errorf("a name that is not UTF-8 gives %s", got)
	}
}

func FuzzSet(f *testing.F) {
	for _, seed := range []string{`{}`, ` { "a" : 1 } `, `{"a":1,"a":2}`, "{\n \"b\": [1, {}],\n \"\\u0061\": null }", "{\"x\":\"\xff\"}"} {
		f.Add(seed, "a", `"new"`)
	}
	f.Fuzz(func(t *testing.T, doc, name, val string) {
		if Check([]byte(val)) != nil {
			return
		}
		before, err := Members([]byte(doc))
		if err != nil {
			return
		}
		out, err := Set([]byte(doc), []Edit{{name, []byte(val)}})
		if err != nil {
			if _, quoted := Quote(name); quoted == nil {
				t.Fatal(err)
			}
			return
		}
		after, err := Members(out)
		if err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		m, ok := Find(after, name)
		if !ok || !bytes.Equal(m.Val.Of(out), Trim([]byte(val))) {
			t.Fatalf("%s does not hold the edit", out)
		}
		for i, was := range before {
			if is := after[i]; is.Val != m.Val && !bytes.Equal(is.Val.Of(out), was.Val.Of([]byte(doc))) || is.Name != was.Name {
				t.Fatalf("member %q changed in %s", was.Name, out)
			}
		}
	})
}

// TestAround wants what is put around a value to be what Set writes around it.
func TestAround(t *testing.T) {
	for _, doc := range []string{`{}`, ` { } `, `{"a":1}`, `{"a": 1, "b": 2}`, "{\n  \"b\": 1,\n  \"c\": 2\n}\n", `{"b":1,"b":[2],"c":3}`, `{"\u0062":1}`} {
		head, name, tail, err := Around([]byte(doc), "b")
		if err != nil {
			t.Fatal(err)
		}
		want, err := Set([]byte(doc), []Edit{{"b", []byte(`["x"]`)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(head) + string(name) + `["x"]` + string(tail); got != string(want) {
			t.Errorf("%s: %s, want %s", doc, got, want)
		}
	}
	if _, _, _, err := Around([]byte(`[1]`), "b"); err == nil {
		t.Error("a list has members")
	}
}
