package replace

import (
	"slices"
	"strings"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/path"
	"errata/model/rewrite"
)

// Place is a text in which the rule holds.
type Place struct {
	Path path.Path // from the value down
	Hits int
}

// Value replaces in all texts of a JSON value, which must be well formed, and says where. The value
// is the same when it holds no hit.
func (r *Replacer) Value(raw []byte) (now []byte, places []Place, err error) {
	now, err = r.Each(raw, func(at Spot) bool {
		if n := len(places); n > 0 && at.First < at.Hit.Start {
			places[n-1].Hits++
		} else {
			places = append(places, Place{slices.Clone(at.Path), 1})
		}
		return true
	})
	return now, places, err
}

// Spot is a hit in a text of a value. It holds until the question about it is answered.
type Spot struct {
	Path  path.Path // from the value down to the text
	Text  string
	First int // where the first hit of the text begins
	Hit
}

// Each asks about each hit in the texts of a JSON value, in order, and replaces those for which the
// answer is yes.
func (r *Replacer) Each(raw []byte, yes func(at Spot) bool) (now []byte, err error) {
	now, _, err = rewrite.Value(raw, func(at *rewrite.Place, text string) []jsonraw.Swap {
		if at.Part != rewrite.Text {
			return nil
		}
		hits := r.seen(at, text)
		if len(hits) == 0 {
			return nil
		}
		first := hits[0].Start
		return swaps(slices.DeleteFunc(hits, func(h Hit) bool { return !yes(Spot{at.Steps, text, first, h}) }))
	})
	return now, err
}

// seen lists the hits in a text at a place. Pictures and the like, whole or within the text, and
// signatures are not text to anybody, and would be spoilt.
func (r *Replacer) seen(at *rewrite.Place, text string) []Hit {
	hits := r.Hits(text)
	if len(hits) == 0 {
		return nil
	}
	name := ""
	if n := len(at.Steps); n > 0 {
		name = at.Steps[n-1].Name
	}
	literal := jsonraw.Literal(text)
	if _, is := media.Of(name, literal); is || strings.HasSuffix(name, "signature") {
		return nil
	}
	return outside(hits, media.Within(literal), literal)
}

// outside leaves out the hits that touch data: addresses, which are told as bytes of a literal.
func outside(hits []Hit, addresses [][2]int, literal []byte) []Hit {
	for _, a := range addresses {
		start, end := textAt(literal, a[0]), textAt(literal, a[1])
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Start < end && h.End > start })
	}
	return hits
}

// textAt is the place in its text of a byte of a literal.
func textAt(literal []byte, i int) int {
	text, _ := jsonraw.Decode(append(slices.Clone(literal[:i]), '"'))
	return len(text)
}
