package jsonraw_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"errata/model/jsonraw"
)

// TestRewriteIsSet: the document and its members are those that Set and Members give.
func TestRewriteIsSet(t *testing.T) {
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
			before, _ := jsonraw.Members([]byte(doc))
			kept := slices.Clone(before)
			for at := range len(doc) { // in parts that end anywhere
				parts := jsonraw.Parts{[]byte(doc[:at]), []byte(doc[at:])}
				out, now, err := jsonraw.Rewrite(parts, before, list)
				if err != nil || !bytes.Equal(out.Join(), want) || !reflect.DeepEqual(now, members) {
					t.Errorf("%s in parts at %d with %q: %s, %v, %v", doc, at, list, out.Join(), now, err)
				}
				if !reflect.DeepEqual(kept, before) || string(parts.Join()) != doc {
					t.Errorf("the document was changed to %s, its members to %v", parts.Join(), before)
				}
			}
		}
	}
}
