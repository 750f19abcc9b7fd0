package jsonraw

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestMembers(t *testing.T) {
	doc := []byte(" {\"a\" : 1.50,\n\t\"b\\u0041\":[1, 2] , \"\\ud800\":\"x\",\"\":{} , \"n\":null}\n")
	got, err := Members(doc)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		name, key, val string
		kind           Kind
	}{
		{"a", `"a"`, "1.50", Number},
		{"bA", `"b\u0041"`, "[1, 2]", Array},
		{"\xed\xa0\x80", `"\ud800"`, `"x"`, String},
		{"", `""`, "{}", Object},
		{"n", `"n"`, "null", Null},
	}
	if len(got) != len(want) {
		t.Fatalf("%d members, want %d", len(got), len(want))
	}
	for i, w := range want {
		m := got[i]
		if m.Name != w.name || string(m.Key.Of(doc)) != w.key || string(m.Val.Of(doc)) != w.val || m.Kind != w.kind || m.Err != nil {
			t.Errorf("member %d is %q %s = %s (%c, %v), want %+v", i, m.Name, m.Key.Of(doc), m.Val.Of(doc), m.Kind, m.Err, w)
		}
	}
}

func TestMembersLeavesTheDocumentAlone(t *testing.T) {
	doc := []byte(`{"a":"\u0041\n","b":{"c":[1,2,"\ud83d\ude00"]},"a":2}`)
	before := bytes.Clone(doc)
	members, err := Members(doc)
	if err != nil {
		t.Fatal(err)
	}
	Indent(doc)
	Graft(doc, doc)
	if !bytes.Equal(doc, before) {
		t.Fatalf("the document became %s", doc)
	}
	if val := members[0].Val.Of(doc); &val[0] != &doc[5] {
		t.Error("the spans do not share the document's memory")
	}
}

// What a strict reader refuses is listed all the same, with the reason at the member that it
// concerns.
func TestMembersLax(t *testing.T) {
	doc := []byte("{\"a\":1,\"bad\":\"x\xff\",\"a\":2,\"twice\":{\"k\":1,\"k\":1},\"lone\":{\"\\ud800\":1,\"\\ud801\":2},\"ok\":[]}")
	members, err := Members(doc)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		name         string
		bytes, twice bool
	}{{name: "a"}, {name: "bad", bytes: true}, {name: "a"}, {name: "twice", twice: true}, {name: "lone"}, {name: "ok"}} {
		m := members[i]
		var fault *SyntaxError
		errors.As(m.Err, &fault)
		switch {
		case m.Name != want.name:
			t.Errorf("member %d is %q, want %q", i, m.Name, want.name)
		case fault == nil && (want.bytes || want.twice):
			t.Errorf("%q has no error", m.Name)
		case fault != nil && (fault.Bytes != want.bytes || fault.Twice != want.twice):
			t.Errorf("%q: %v", m.Name, m.Err)
		}
	}
	if m, ok := Find(members, "a"); !ok || string(m.Val.Of(doc)) != "2" {
		t.Error("Find does not give the last of two members")
	}
	if _, ok := Find(members, "missing"); ok {
		t.Error("Find finds what is not there")
	}
}

func TestMembersRefuses(t *testing.T) {
	for doc, want := range map[string]string{
		"[1]":                "line 1, column 1: an object is wanted, not a list",
		" null":              "line 1, column 2: an object is wanted, not null",
		"":                   "line 1, column 1: the text is empty",
		"{}{}":               "line 1, column 3: something stands after the end of the value",
		"\ufeff{}":           "line 1, column 1: a byte order mark stands before the text",
		"{\"a\":1,\"a\":2,}": "line 1, column 13: a comma stands before the closing brace",
	} {
		if _, err := Members([]byte(doc)); err == nil || err.Error() != want {
			t.Errorf("Members(%q): %v, want %s", doc, err, want)
		}
	}
}

func TestElements(t *testing.T) {
	doc := []byte(" [ 1 ,\"a,]\", [ ] ,{\"k\":1,\"k\":2},null ] ")
	elements, err := Elements(doc)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range elements {
		got = append(got, string(e.Val.Of(doc)))
		if e.Kind != KindOf(e.Val.Of(doc)) {
			t.Errorf("%s is of kind %c", e.Val.Of(doc), e.Kind)
		}
	}
	if all := strings.Join(got, "|"); all != `1|"a,]"|[ ]|{"k":1,"k":2}|null` {
		t.Errorf("elements %s", all)
	}
	for doc, want := range map[string]string{
		"{}":     "line 1, column 1: a list is wanted, not an object",
		"[1] []": "line 1, column 5: something stands after the end of the value",
		"[1,]":   "line 1, column 3: a comma stands before the closing bracket",
	} {
		if _, err := Elements([]byte(doc)); err == nil || err.Error() != want {
			t.Errorf("Elements(%q): %v, want %s", doc, err, want)
		}
	}
}

func TestDepth(t *testing.T) {
	nested := func(n int) []byte {
		return []byte(strings.Repeat(`{"a":[`, n/2) + "0.10" + strings.Repeat("]}", n/2))
	}
	deep := nested(9000)
	if err := Check(deep); err != nil {
		t.Fatal(err)
	}
	laid := Indent(nested(1000))
	if !Equal(nested(1000), laid) || string(Graft(nested(1000), laid)) != string(nested(1000)) {
		t.Error("a value of a thousand levels does not survive")
	}
	edited := bytes.Replace(deep, []byte("0.10"), []byte("1"), 1)
	if Equal(deep, edited) || !bytes.Equal(Graft(deep, edited), edited) {
		t.Error("an edit nine thousand levels down is lost")
	}
	for _, n := range []int{10_002, 200_000} {
		err := Check(nested(n))
		if err == nil || !strings.HasSuffix(err.Error(), "the nesting is deeper than 10000 levels") {
			t.Errorf("%d levels: %v", n, err)
		}
		Indent(nested(n))
		Equal(nested(n), deep)
	}
}

func TestGlimpse(t *testing.T) {
	doc := `{"role":"assistant","skip":[{"content":1}],"content" : "hello \u00e9 ` + strings.Repeat("x", 1<<20) + `"}`
	text, whole := TextPrefix(Glimpse([]byte(doc), "content", 200), 7)
	if text != "hello é" || whole {
		t.Errorf("a glimpse of the content is %q, %t", text, whole)
	}
	for _, doc := range []string{doc, `[]`, ``, `{`, `{"a"`, `{"a":`, `{"a":1}`, `{"a":"` + strings.Repeat("x", 500)} {
		if got := Glimpse([]byte(doc), "b", 100); got != nil {
			t.Errorf("Glimpse sees %q", got)
		}
	}
}

// TestEachElement wants the elements that Elements lists, also of what only the slower reader
// takes.
func TestEachElement(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{`[]`, `[1, "a,]" ,{"b":[2]}]`, `[1,{"a":1,"a":2},"x",{"c":3,"c":4}]`, "[\"\xff\",2]", `{"a":1}`, `7`} {
		list, _ := Elements([]byte(doc))
		got := slices.Collect(EachElement([]byte(doc)))
		if !slices.Equal(got, list) {
			t.Errorf("%s: %v, want %v", doc, got, list)
		}
		for range EachElement([]byte(doc)) {
			break
		}
	}
}
