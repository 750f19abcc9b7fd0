package tree_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/tree"
)

func FuzzEdits(f *testing.F) {
	long := "[" + strings.TrimSuffix(strings.Repeat(`{"role": "user", "content": "`+strings.Repeat("x", 300)+`"}, `, 90), ", ") + "]"
	for _, doc := range []string{
		`null`, `{}`, `[ ]`, ` [1, 2 ,3] `, `{"a":1,"a":2,"\u0061":3}`, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}",
		`[[[[[["x"]]]]], {"a\"\\":"\\\""}]`, `{"k" : "v" , "l":[true,false,null,-1e9]}`, "[\"\xff\"]", long,
	} {
		f.Add([]byte(doc), []byte("\x00\x00\x01\x02\x01\x00\x01\x03\x06\x00\x02\x01\x04\x00\x03\x01\x07\x00\x01\x02\x05\x00\x01\x00\x03\x00\x02\x07"))
		f.Add([]byte(doc), bytes.Repeat([]byte{1, 0, 1, 0}, 70))
		f.Add([]byte(doc), bytes.Repeat([]byte{4, 0, 2, 1}, 70))
	}
	f.Fuzz(func(t *testing.T, doc, program []byte) {
		list, err := jsonraw.Elements(append(append([]byte("["), doc...), ']'))
		if err != nil || len(list) != 1 {
			return
		}
		doc = bytes.Clone(doc)
		first := tree.New(doc)
		n, p := first, read(t, jsonraw.Trim(doc))
		var roots, literals = []*tree.Node{n}, []string{string(n.Bytes())}
		for ; len(program) >= 4 && len(roots) < 100; program = program[4:] {
			next := edits(t, n, p, program)
			if got := string(jsonraw.Compact(next.Bytes())); got != p.String() {
				t.Fatalf("edit %d of\n%s\ngave\n%s\nwant\n%s", program[0]%8, n.Bytes(), next.Bytes(), p)
			}
			spread(t, n, next)
			n = next
			roots, literals = append(roots, n), append(literals, string(n.Bytes()))
		}
		spread(t, first, n)
		spread(t, n, first)
		for i, root := range roots {
			if string(root.Bytes()) != literals[i] || root.Size() != len(literals[i]) {
				t.Fatalf("root %d has become another: size %d of\n%s\nwas\n%s", i, root.Size(), root.Bytes(), literals[i])
			}
			if got := bytes.Join(slices.Collect(root.Pieces()), nil); string(got) != literals[i] {
				t.Fatalf("the pieces of\n%s\nare\n%s", literals[i], got)
			}
		}
		walk(t, n, n.Bytes())
	})
}

// walk compares what a tree says of its nodes with what their literals say.
func walk(t *testing.T, root *tree.Node, doc []byte) {
	t.Helper()
	fresh := tree.New(doc)
	for _, p := range read(t, doc).paths(nil, nil) {
		n, ok := root.At(p)
		m, also := fresh.At(p)
		if !ok || !also || !bytes.Equal(n.Bytes(), m.Bytes()) || n.Len() != m.Len() || n.Kind() != m.Kind() {
			t.Fatalf("at %v there is %s, %v; want %s, %v", p, n.Bytes(), ok, m.Bytes(), also)
		}
		start, end, ok := root.Span(p)
		if !ok || string(doc[start:end]) != string(n.Bytes()) {
			t.Fatalf("span of %v is %d to %d", p, start, end)
		}
		if got := root.PathTo(start); fmt.Sprint(got) != fmt.Sprint(p) {
			t.Fatalf("path to %d is %v, want %v", start, got, p)
		}
		for i := range n.Len() {
			j, ok := n.Find(n.Name(i))
			if n.Kind() == jsonraw.Object && (!ok || j < i || n.Name(j) != n.Name(i) || n.Name(i) != m.Name(i)) {
				t.Fatalf("the name %q of child %d at %v is found at %d", n.Name(i), i, p, j)
			}
		}
	}
}
