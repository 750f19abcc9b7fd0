package jsonraw

import "testing"

// FuzzItems compares the items of an object that are passed over with the members that are read.
func FuzzItems(f *testing.F) {
	for _, seed := range []string{
		`{}`, ` { "a" : 1 , "b":[ {"c":"]}\"\\"} ] }`, `{"a\\":"\\\\","":-0.5e3,"n":null}`, `{"a":{},"b":[]}`,
		`{`, `{"a`, `{"a"`, `{"a":`, `{"a":"\`, `{,`, `{]`, `{"a":]`, ``, `"`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		members, err := Members(doc)
		i := SkipSpace(doc, 0) + 1
		for n := 0; ; n++ {
			key, val, ok := NextItem(doc, i, true)
			if !ok {
				if err == nil && (n != len(members) || doc[val] != '}') {
					t.Fatalf("%q: %d items, want %d", doc, n, len(members))
				}
				return
			}
			end := ValueEnd(doc, val)
			if end <= i && i < len(doc) || end > len(doc) {
				t.Fatalf("%q: from %d to %d", doc, i, end)
			}
			if err == nil && (key != members[n].Key || (Span{val, end}) != members[n].Val) {
				t.Fatalf("%q: item %d is %v and %v, want %v", doc, n, key, Span{val, end}, members[n])
			}
			i = end
		}
	})
}
