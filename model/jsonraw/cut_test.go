package jsonraw

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 100)
	for _, c := range []struct{ doc, want string }{
		{`{"a": 1.50 , "b":"short"}`, `{"a": 1.50 , "b":"short"}`},
		{`{}`, `{}`},
		{`{"a":"` + long + `","b":2}`, `{"a":"` + long[:39] + `","b":2,"errata_cut":["a"]}`},
		{`{"a":"` + strings.Repeat("é", 60) + `"}`, `{"a":"` + strings.Repeat("é", 20) + `","errata_cut":["a"]}`},
		{`{"a":"` + strings.Repeat(`\"`, 60) + `"}`, `{"a":"` + strings.Repeat(`\"`, 20) + `","errata_cut":["a"]}`},
		{`{"a":"` + strings.Repeat(`\u00e9`, 60) + `","b":"\\"}`, `{"a":"` + strings.Repeat(`\u00e9`, 7) + `","b":"\\","errata_cut":["a"]}`},
		{`{"a":["` + long + `",{"b":"}"},[3]],"c":[1,2]}`, `{"a":["` + long[:38] + `"],"c":[1,2],"errata_cut":["a"]}`},
		{`{"m":{"t":"` + long + `","n":[1,2,{"q":[` + strings.Repeat("7,", 50) + `8]},9],"z":true}}`,
			`{"m":{"t":"","n":[1],"z":true},"errata_cut":["m"]}`},
		{`{"m\"x":"` + long + `"}`, `{"m\"x":"` + long[:39] + `","errata_cut":["m\"x"]}`},
		{`{"n":` + strings.Repeat("7", 99) + `}`, `{"n":` + strings.Repeat("7", 99) + `}`},
	} {
		got := cutWhole([]byte("before "), []byte(c.doc), 40)
		if string(got) != "before "+c.want {
			t.Errorf("%s became\n%s, want\n%s", c.doc, got[7:], c.want)
		}
		if again := cutWhole(nil, []byte(c.want), 40); string(again) != c.want {
			t.Errorf("%s was cut again to\n%s", c.want, again)
		}
	}
}

// TestCutterOfPages wants each record to have its budget, and the pieces to make no difference.
func TestCutterOfPages(t *testing.T) {
	t.Parallel()
	long := strings.Repeat(`y\\`, 5000)
	page := fmt.Sprintf(`{"records": [{"id":"a","out":"%s"}, {"id":"b","list":[1,2,"%[1]s",3,"\""]}],"page":1,"total":2}`, long)
	want := fmt.Sprintf(`{"records": [{"id":"a","out":"%s","errata_cut":["out"]}, {"id":"b","list":[1,2,"%s"],"errata_cut":["list"]}],"page":1,"total":2}`,
		long[:99], long[:94])
	for _, size := range []int{1, 2, 3, 7, 1000, len(page)} {
		var out bytes.Buffer
		c := NewCutter(&out, OfPage, 100)
		for rest := []byte(page); len(rest) > 0; rest = rest[min(size, len(rest)):] {
			if _, err := c.Write(rest[:min(size, len(rest))]); err != nil {
				t.Fatal(err)
			}
		}
		if out.String() != want {
			t.Fatalf("in pieces of %d:\n%s, want\n%s", size, out.String(), want)
		}
	}
}

// FuzzCut wants JSON to stay JSON, to keep its top-level names, and to be small.
func FuzzCut(f *testing.F) {
	for _, doc := range []string{`{"a":{"b":[1,{"c":"d\\"}]},"e":"\ud83d\ude00"}`, `{"a":[[[[["x"]]]]]}`, `[1,2]`, `{"a":{"b":{"c":{"d":"eeeeeeeeeeeeee"}}},"f":{"g":1,"h":2}}`} {
		f.Add([]byte(doc), 5)
	}
	f.Fuzz(func(t *testing.T, doc []byte, budget int) {
		if Check(doc) != nil || KindOf(doc) != Object || budget < 0 || budget > 1000 || !utf8.Valid(doc) {
			t.Skip()
		}
		got := cutWhole(nil, doc, budget)
		if err := Check(got); err != nil {
			t.Fatalf("%s became %s: %v", doc, got, err)
		}
		before, _ := Members(doc)
		after, _ := Members(got)
		if len(after) < len(before) || len(after) > len(before)+1 {
			t.Fatalf("%s became %s", doc, got)
		}
		for i, m := range before {
			if after[i].Name != m.Name {
				t.Fatalf("%s became %s", doc, got)
			}
		}
		if len(after) == len(before) && !bytes.Equal(got, doc) {
			t.Fatalf("%s became %s, and does not say so", doc, got)
		}
	})
}

// cutWhole appends a document to dst as a Cutter copies it.
func cutWhole(dst, doc []byte, budget int) []byte {
	c := Cutter{level: OfDocument, budget: budget, out: dst}
	c.take(doc)
	return c.out
}
