package jsonraw_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"errata/model/jsonraw"
)

// TestReplaceIsSetInTheSameMemory: the document and its members are those that Set and Members
// give, whether there is room or not.
func TestReplaceIsSetInTheSameMemory(t *testing.T) {
	t.Parallel()
	docs := []string{`{}`, `{ "a" : 1 }`, `{"a":"ebb","b":[1,2],"a":"flood","c":null}`, "{\n  \"b\": {\"x\": 1},\n  \"é\": \"neap\"\n}"}
	edits := [][]jsonraw.Edit{
		nil,
		{{Name: "a", Val: []byte(`"springs follow the full moon"`)}},
		{{Name: "b", Val: []byte(`0`)}},
		{{Name: "new \"one\"", Val: []byte(`[true]`)}},
		{{Name: "a", Val: []byte(`2`)}, {Name: "b", Val: []byte(`3`)}, {Name: "z", Val: []byte(`4`)}},
		{{Name: "a", Val: []byte(`2`)}, {Name: "a", Val: []byte(`"twice"`)}},
	}
	for _, doc := range docs {
		for _, list := range edits {
			want, err := jsonraw.Set([]byte(doc), list)
			if err != nil {
				t.Fatal(err)
			}
			members, _ := jsonraw.Members(want)
			for _, room := range []int{0, 100} {
				own := append(make([]byte, 0, len(doc)+room), doc...)
				before, _ := jsonraw.Members(own)
				kept := slices.Clone(before)
				out, now, err := jsonraw.Replace(own, before, list)
				if err != nil || !bytes.Equal(out, want) || !reflect.DeepEqual(now, members) {
					t.Errorf("%s with %q, room for %d: %s, %v, %v", doc, list, room, out, now, err)
				}
				if !reflect.DeepEqual(kept, before) {
					t.Errorf("the list of members was changed to %v", before)
				}
			}
		}
	}
}
