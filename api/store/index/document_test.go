package index

import (
	"math/rand/v2"
	"slices"
	"testing"

	"errata/model/jsonraw"
)

// TestADocumentThatMatchesIsACandidate makes documents and looks for parts of them, in another
// case: whatever a query asks of a document that matches it, the signature has.
func TestADocumentThatMatchesIsACandidate(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	pieces := []string{"tide", "WATER ", "é", "ſ", "\u212a", "天", "気", "😀", `"`, `\`, "\n", "\x00", "a", " ", "12"}
	text := func() []byte {
		var s string
		for range r.IntN(20) {
			s += pieces[r.IntN(len(pieces))]
		}
		quoted, err := jsonraw.Quote(s)
		if err != nil {
			t.Fatal(err)
		}
		return quoted
	}
	part := func(letters []rune) string {
		from := r.IntN(len(letters) + 1)
		return string(letters[from:min(len(letters), from+r.IntN(8))])
	}
	for range 500 {
		d := Document{ID: "log_" + part([]rune("abcdefghé")), Searched: []Text{{Value: text()}, {Value: text(), As: Shown}}, Metadata: text(), Traced: r.IntN(2) == 0}
		s := Sign(d)
		s.InFile(7)
		q := Query{File: 7, Search: Expr{{{Term: NewTerm(part(lettersOf(d.Searched[r.IntN(2)])), Searched)}}},
			Metadata: NewTerm(part(lettersOf(Text{Value: d.Metadata})), Metadata),
			ID:       d.ID[r.IntN(4):], Traced: &d.Traced}
		if lists := q.Bits(); len(lists) != 1 || !s.Has(lists[0]) {
			t.Fatalf("%q is missed in %+v", string(q.Search.Terms()[0].Letters()), d)
		}
	}
}

// eachText is eachLiteral with the letters of strings, one by one.
func eachText(value []byte, as Reading, take func(r rune), between func()) {
	eachLiteral(value, as, take, func(literal []byte) {
		for i := 0; i < len(literal); {
			r, width := decode(literal[i:])
			take(foldRune(r))
			i += width
		}
	}, between)
}

func lettersOf(text Text) (letters []rune) {
	eachText(text.Value, text.As, func(r rune) { letters = append(letters, r) }, func() {})
	return letters
}

// TestStoredBits wants the bits of a document and of a query to stay what they are: they are kept
// in files.
func TestStoredBits(t *testing.T) {
	t.Parallel()
	s := Sign(Document{ID: "log_1", Searched: []Text{{Value: []byte(`"tide"`)}, {}}, Metadata: []byte(`{"a":1}`), Traced: true})
	s.InFile(3)
	var got []Bit
	for b := range Bit(Bits) {
		if s.Has([]Bit{b}) {
			got = append(got, b)
		}
	}
	want := []Bit{207, 660, 729, 751, 943, 1116, 1428, 1626, 1987, 2475, 2497, 2544, 2689, 3147, 3516}
	if !slices.Equal(got, want) {
		t.Errorf("bits %v, want %v", got, want)
	}
}

func whole(members ...string) (places []Place) {
	for _, name := range members {
		places = append(places, Place{Member: name})
	}
	return places
}

func TestTerm(t *testing.T) {
	t.Parallel()
	doc := []byte(`{"output":"High \u0057ater","note":"ebb","other":"tide"}`)
	for _, c := range []struct {
		term Term
		want bool
	}{
		{Term{}, true},
		{NewTerm("water", Searched, whole("output", "note")...), true},
		{NewTerm("EBB", Searched, whole("output", "note")...), true},
		{NewTerm("tide", Searched, whole("output", "note")...), false},
		{NewTerm("tide", 0, whole("a", "b", "c", "d", "other")...), true},
	} {
		for _, doc := range [][]byte{doc, append([]byte(`{"\u006ft":1,`), doc[1:]...)} {
			if got := c.term.In(doc); got != c.want {
				t.Errorf("%q in %v of %s: %v, want %v", string(c.term.Letters()), c.term.Places(), doc, got, c.want)
			}
		}
	}
}
