package change_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/change"
)

// TestAValueInPartsIsToldAsInOnePiece: what is said of a large text that shares what is large with
// the old one is what is said of a copy, and none is made where one place differs.
func TestAValueInPartsIsToldAsInOnePiece(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for n := 0; b.Len() < 3<<20; n++ {
		fmt.Fprintf(&b, `Day %d: high water at the northern pier.\n`, n)
	}
	literal := []byte(`"` + b.String() + `"`)
	was := model.Raw(literal)
	middle := strings.Index(string(literal), "Day 30000:")
	for _, test := range []struct {
		at, del int
		ins     string
		copied  bool
	}{
		{middle, 3, "Night", false},
		{len(literal) - 1, 0, `Neap.`, false},
		{1, 0, `Spring. `, false},
		{middle, 0, `Neap\nand\nebb\n`, false},
		{middle, 400, ``, false},
		{middle, 1, `\u0044`, false}, // means the same
		{middle - 1, 3 + len("Day 30000: high"), `\nDay 30000: low`, false},
		{middle, 85, `Day: high water at the northern pier.\nDay 30001: high water at the northern pier.\nNight`, true}, // two places
	} {
		now, ok := was.Spliced(jsonraw.Span{Start: test.at, End: test.at + test.del}, []byte(test.ins))
		if !ok || len(now.Parts()) < 2 {
			t.Fatal("it is in one part")
		}
		one := model.Raw(slices.Concat(literal[:test.at], []byte(test.ins), literal[test.at+test.del:]))
		got, want := change.Told(model.Output, was, now, 40), change.Told(model.Output, was, one, 40)
		if got.Sentence != want.Sentence || !reflect.DeepEqual(got.Lines, want.Lines) || len(got.Places) != len(want.Places) {
			t.Errorf("%q is told as\n%s\n%v\nand in one piece as\n%s\n%v", test.ins, got.Sentence, got.Lines, want.Sentence, want.Lines)
		}
		if copied := len(now.Parts()) < 2; copied != test.copied {
			t.Errorf("%q: it was copied: %v", test.ins, copied)
		}
	}
}

// TestAListInPartsIsToldAsInOnePiece: what is said of a large list of messages that shares what is
// large with the old one is what is said of a copy, and none is made.
func TestAListInPartsIsToldAsInOnePiece(t *testing.T) {
	t.Parallel()
	f, text := model.PromptMessages, strings.Repeat("ebb and flood ", 3000)
	list := make([]string, 120)
	for i := range list {
		list[i] = fmt.Sprintf(`{"role":"%s","content":"%d. %s"}`, [2]string{"user", "assistant"}[i%2], i, text)
	}
	log, err := model.ParseLog([]byte(`{"id":"log_1","messages":[` + strings.Join(list, ", ") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	r, was := rand.New(rand.NewPCG(11, 12)), log.Value(f)
	for range 40 {
		root := tree.New(was.Bytes())
		for n := 1 + r.IntN(4); n > 0; n-- {
			at := []int{0, root.Len() - 1, r.IntN(root.Len())}[r.IntN(3)]
			switch r.IntN(5) {
			case 0:
				root = root.Insert(tree.Path{at}, "", root.Child(at))
			case 1:
				root = root.Insert(tree.Path{at + 1}, "", tree.New([]byte(`{"role":"user","content":"neap"}`)))
			case 2:
				root = root.Remove(tree.Path{at})
			case 3:
				root = root.Move(tree.Path{at}, r.IntN(root.Len()))
			default:
				root = root.Replace(tree.Path{at, 1}, tree.New([]byte(`"`+text+`spring"`)))
			}
		}
		c := model.NewChangeSet(log)
		if !c.SetRemade(f, was, root.Size(), root.Pieces()) {
			t.Fatal("it shares nothing")
		}
		now, one := c.Value(f), model.Raw(root.Bytes())
		got, want := change.Told(f, log.Value(f), now, 40), change.Told(f, model.Raw(was.Bytes()), one, 40)
		around := change.Around(f, log.Value(f), now)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(around, change.Around(f, model.Raw(was.Bytes()), one)) {
			t.Fatalf("it is told as\n%s\n%.2000v\nand in one piece as\n%s\n%.2000v", got.Sentence, got.Lines, want.Sentence, want.Lines)
		}
		if len(c.Changed()) > 0 && len(now.Parts()) < 2 {
			t.Error("it was copied")
		}
	}
}
