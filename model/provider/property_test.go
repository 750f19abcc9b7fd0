package provider

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"errata/model/jsonraw"
)

// damaged is a document in which some values are others, or are gone.
func damaged(r *rand.Rand, doc []byte) []byte {
	n := newNode(doc)
	n.open()
	switch n.kind {
	case jsonraw.Object:
		o := &object{}
		for i, name := range n.names {
			if r.IntN(40) > 0 {
				o.set(name, damaged(r, n.kids[i].raw))
			}
		}
		return o.bytes()
	case jsonraw.Array:
		var list [][]byte
		for i := range n.kids {
			list = append(list, damaged(r, n.kids[i].raw))
		}
		return array(list)
	}
	odd := []string{"null", `""`, "-1", "1.5", `"7"`, "[]", "{}", "true", "0", strconv.Itoa(r.IntN(500)), "1e400", "9007199254740993", `"\ud800"`}
	if r.IntN(25) == 0 {
		return []byte(odd[r.IntN(len(odd))])
	}
	return doc
}

// Whatever a response looks like: where it tells a total and both counts are taken, they come to
// it; counts are whole numbers that are not below zero; what is read is JSON.
func TestCountsComeToTheTotal(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	list := append(examples(t, "examples.txt"), examples(t, "streams.txt")...)
	for range 20_000 {
		e := list[r.IntN(len(list))]
		doc := damaged(r, []byte(e.response))
		a := Read(doc)
		f := find(newNode(doc))
		if f.reader == nil {
			continue
		}
		total := f.count(f.reader.total)
		if total.Told && a.Prompt.Told && a.Output.Told && !comesTo(a.Prompt, a.Output, total) {
			t.Fatalf("%s + %s is not %s in %s", a.Prompt.Literal, a.Output.Literal, total.Literal, doc)
		}
		for _, c := range []Count{a.Prompt, a.Output, a.Reasoning} {
			if d, ok := jsonraw.ParseDecimal([]byte(c.Literal)); c.Told && (!ok || !d.IsWhole() || d.Sign() < 0) {
				t.Fatalf("a count is %q in %s", c.Literal, doc)
			}
		}
		for _, literal := range [][]byte{a.Text, a.Message, a.Reason.Literal, a.Error.Literal} {
			if literal != nil && jsonraw.Check(literal) != nil {
				t.Fatalf("%s is not JSON, from %s", literal, doc)
			}
		}
	}
}

// Reading never fails and never runs away, whatever it is given.
func FuzzRead(f *testing.F) {
	for _, e := range append(examples(f, "examples.txt"), examples(f, "streams.txt")...) {
		f.Add([]byte(e.response))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		if jsonraw.Check(doc) != nil {
			return
		}
		a := Read(doc)
		for _, literal := range [][]byte{a.Text, a.Message, a.Reason.Literal, a.Error.Literal} {
			if literal != nil && jsonraw.Check(literal) != nil {
				t.Fatalf("%s is not JSON", literal)
			}
		}
	})
}
