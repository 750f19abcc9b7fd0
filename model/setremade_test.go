package model_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
)

// oddMessages are messages that are warned of or refused, and some that are only looked at twice.
var oddMessages = []string{
	`{"role":"user","content":"ebb"}`, `{"role":"tool","content":"4 m","tool_call_id":"call_1"}`, `{"role":"tool","content":"4 m"}`,
	`{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"gauge","arguments":"{}"}}]}`,
	`{"role":"function","content":"4 m"}`, `{"content":"ebb"}`, `{"role":null}`, `{"role":7,"content":{}}`, `7`, `null`, `[]`, `"ebb"`,
	`{"role":"user","content":[{"type":"text","text":"ebb"},{"text":"flood"}]}`, `{"role":"user","content":"\ud83d"}`,
	`{"r\u006fle":"user","content":"ebb"}`, `{"role":"user","content":"a","name":null,"thinking":null}`,
}

// refusedMessages are not JSON that a server takes.
var refusedMessages = []string{`{"role":"user","role":"user"}`, "{\"role\":\"user\",\"content\":\"\xff\"}", `{"role":"user","content":"a","r\u006fle":"user"}`}

// talkOf is a log of messages of some kilobytes, with a few odd ones among them.
func talkOf(r *rand.Rand, t testing.TB) *model.Log {
	t.Helper()
	list := make([]string, 80)
	for i := range list {
		list[i] = fmt.Sprintf(`{"role":"%s","content":"%d. %s"}`, [2]string{"user", "assistant"}[i%2], i, strings.Repeat("ebb and flood ", 1000+r.IntN(4000)))
	}
	for range r.IntN(4) {
		list[r.IntN(len(list))] = oddMessages[r.IntN(len(oddMessages))]
	}
	if r.IntN(4) == 0 { // one is as large as all others together
		list[r.IntN(len(list))] = `{"role":"user","content":"` + strings.Repeat("ebb ", 1<<19) + `"}`
	}
	between := []string{",", ",\n", " , "}[r.IntN(3)]
	log, err := model.ParseLog([]byte(`{"id":"log_1","messages":[` + strings.Join(list, between) + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// shapes makes a few edits of a list of messages: anywhere, and at its ends.
func shapes(r *rand.Rand, root *tree.Node) *tree.Node {
	for n := 1 + r.IntN(4); n > 0; n-- {
		at := []int{0, max(root.Len()-1, 0), r.IntN(max(root.Len(), 1))}[r.IntN(3)]
		odd := tree.New([]byte(oddMessages[r.IntN(len(oddMessages))]))
		if r.IntN(8) == 0 {
			odd = tree.New([]byte(refusedMessages[r.IntN(len(refusedMessages))]))
		}
		switch how := r.IntN(8); {
		case root.Len() < 2 || how == 0:
			root = root.Insert(tree.Path{min(at+r.IntN(2), root.Len())}, "", odd)
		case how == 1: // a copy of one
			root = root.Insert(tree.Path{at}, "", root.Child(r.IntN(root.Len())))
		case how == 2:
			root = root.Remove(tree.Path{at})
		case how == 3:
			root = root.Move(tree.Path{at}, r.IntN(root.Len()))
		case how == 4:
			root = root.Replace(tree.Path{at}, odd)
		case how == 5 && root.Child(at).Kind() == jsonraw.Object && root.Child(at).Len() > 0:
			root, _ = root.Rename(tree.Path{at, 0}, []string{"content", "role", "name"}[r.IntN(3)])
		default:
			if i, ok := root.Child(at).Find("content"); ok {
				root = root.Replace(tree.Path{at, i}, tree.New([]byte(`"ebb\n"`)))
			}
		}
	}
	return root
}

// TestAListInPiecesIsSetAsALiteralIs: whatever was edited, the same value, the same findings and
// warnings, the same PATCH, and refused where that is.
func TestAListInPiecesIsSetAsALiteralIs(t *testing.T) {
	t.Parallel()
	f, r := model.PromptMessages, rand.New(rand.NewPCG(9, 10))
	shared := 0
	const trials = 20
	for range trials {
		log := talkOf(r, t)
		plainly, _ := model.ParseLog(bytes.Clone(log.Bytes()))
		want, got := model.NewChangeSet(plainly), model.NewChangeSet(log)
		for range 2 { // the second time it is made of what the first has made
			old := got.Value(f)
			root := shapes(r, tree.New(old.Bytes()))
			err := want.SetLiteral(f, bytes.Clone(root.Bytes()))
			before := got.Changed()
			if !got.SetRemade(f, old, root.Size(), root.Pieces()) {
				if len(got.Changed()) != len(before) || !got.Value(f).Same(old) {
					t.Fatal("what is not taken has changed something")
				}
				break
			}
			if shared++; err != nil {
				t.Fatalf("%v is taken", err)
			}
			alike(t, f, got, want)
			if parts := got.Value(f).Parts(); len(got.Changed()) > 0 && (len(parts) < 3 || !bytes.Contains(old.Bytes(), parts[1])) {
				t.Errorf("a list of %d parts", len(parts))
			}
			if !bytes.Equal(got.Patch(), want.Patch()) || !bytes.Equal(got.Value(f).Bytes(), want.Value(f).Bytes()) {
				t.Fatal("it is sent as something else")
			}
			alike(t, f, got, want) // also once it is put together
		}
	}
	if shared < trials/3 {
		t.Errorf("%d of %d lists share memory", shared, trials)
	}
}

// alike compares all that is told of two change sets.
func alike(t *testing.T, f *model.Field, got, want *model.ChangeSet) {
	t.Helper()
	for _, c := range []struct{ got, want any }{
		{got.Changed(), want.Changed()},
		{got.Warnings(), want.Warnings()},
		{f.CheckEdit(got.Value(f), got.Base().Value(f)), f.CheckEdit(want.Value(f), want.Base().Value(f))},
		{f.Check(got.Value(f)), f.Check(want.Value(f))},
		{got.Foreign(), want.Foreign()},
		{got.PatchSize(), want.PatchSize()},
		{string(bytes.Join(got.PatchPieces(), nil)), string(bytes.Join(want.PatchPieces(), nil))},
		{got.Value(f).Equal(got.Base().Value(f)), want.Value(f).Equal(want.Base().Value(f))},
		{got.Value(f).Equal(want.Value(f)), true},
		{got.Value(f).Same(want.Value(f)), true},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Fatalf("%.2000v\nwant\n%.2000v", c.got, c.want)
		}
	}
}

// TestAnEditOfAListThatComesToNothingIsNone: neither as written nor by meaning.
func TestAnEditOfAListThatComesToNothingIsNone(t *testing.T) {
	t.Parallel()
	f, r := model.PromptMessages, rand.New(rand.NewPCG(13, 14))
	log := talkOf(r, t)
	root := tree.New(log.Value(f).Bytes())
	plain := root.Child(40)
	turned, err := tree.Object(tree.Entry{Name: plain.Name(1), Node: plain.Child(1)}, tree.Entry{Name: plain.Name(0), Node: plain.Child(0)})
	if err != nil {
		t.Fatal(err)
	}
	letter := bytes.Replace(plain.Child(1).Bytes(), []byte("ebb"), []byte("Ebb"), 1)
	other := root.Replace(tree.Path{40, 1}, tree.New(letter))
	c := model.NewChangeSet(log)
	for _, same := range []*tree.Node{
		root.Insert(tree.Path{7}, "", tree.New([]byte(oddMessages[0]))).Remove(tree.Path{7}),
		root.Move(tree.Path{0}, 79).Move(tree.Path{79}, 0),
		root.Replace(tree.Path{40}, turned), // its members in another order
	} {
		if !c.SetRemade(f, log.Value(f), other.Size(), other.Pieces()) || len(c.Changed()) != 1 {
			t.Fatal("another letter is not a change")
		}
		if !c.SetRemade(f, log.Value(f), same.Size(), same.Pieces()) || len(c.Changed()) != 0 {
			t.Errorf("%.80s … is a change", same.Bytes())
		}
	}
}

// TestAListOfALockedFieldIsGivenAsAWhole: what cannot be edited in place is not relied on.
func TestAListOfALockedFieldIsGivenAsAWhole(t *testing.T) {
	t.Parallel()
	f := model.PromptMessages
	long := slices.Repeat([]string{`{"role":"user","content":"` + strings.Repeat("ebb ", 1<<16) + `"}`}, 16)
	for _, odd := range append(refusedMessages, oddMessages[0]) {
		log, err := model.ParseLog([]byte(`{"id":"log_1","messages":[` + strings.Join(append(long, odd), ",") + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		root := tree.New(log.Value(f).Bytes()).Remove(tree.Path{3})
		c := model.NewChangeSet(log)
		if ok := c.SetRemade(f, log.Value(f), root.Size(), root.Pieces()); ok != (odd == oddMessages[0]) {
			t.Errorf("beside %q it is taken: %v", odd, ok)
		}
		if log = log.Lock([]string{f.Name}); odd == oddMessages[0] && model.NewChangeSet(log).SetRemade(f, log.Value(f), root.Size(), root.Pieces()) {
			t.Error("a locked list is taken")
		}
	}
}
