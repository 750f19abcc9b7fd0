package change

import (
	"bytes"
	"slices"

	"errata/model"
	"errata/model/jsonraw"
)

// LeftOut is what is left out of the change of a field: all of it, or some of the places.
type LeftOut struct {
	Field  *model.Field
	Places []Place // those of a Telling; none if all of the change is left out
	Out    []bool  // of each place: it is left out
}

// All reports whether the whole change is left out.
func (l LeftOut) All() bool { return !slices.Contains(l.Out, false) }

// None reports whether nothing is left out.
func (l LeftOut) None() bool { return len(l.Places) > 0 && !slices.Contains(l.Out, true) }

// Kept are the places that are not left out.
func (l LeftOut) Kept() (list []Place) {
	for i, out := range l.Out {
		if !out {
			list = append(list, l.Places[i])
		}
	}
	return list
}

// Toggled leaves a place out, or takes it back in.
func (l LeftOut) Toggled(i int) LeftOut {
	l.Out = slices.Clone(l.Out)
	l.Out[i] = !l.Out[i]
	return l
}

// Of leaves all of some places out, or none of them.
func Of(f *model.Field, places []Place, out bool) LeftOut {
	return LeftOut{f, places, slices.Repeat([]bool{out}, len(places))}
}

// On is what is left out of the places that the change has now. If they are not those that it was
// chosen from, because somebody else has changed the value, what is left out has to be found for
// certain among them: else all of the change is left out.
func (l LeftOut) On(places []Place) LeftOut {
	same := func(p, q Place) bool { return p.stands(&q) && p.means(&q) }
	if len(l.Places) > 0 && slices.EqualFunc(l.Places, places, same) {
		return LeftOut{l.Field, places, l.Out}
	}
	if now := Of(l.Field, places, false); len(l.Places) > 0 && l.found(now) {
		return now
	}
	return Of(l.Field, places, true)
}

// found leaves out of now what is left out, and reports whether there is as much of each as there
// was.
func (l LeftOut) found(now LeftOut) bool {
	for i := range l.Places {
		p := &l.Places[i]
		if !l.Out[i] {
			continue
		}
		n := 0
		for k := range l.Places {
			if l.Out[k] && p.is(&l.Places[k]) {
				n++
			}
		}
		for k := range now.Places {
			if p.is(&now.Places[k]) {
				now.Out[k] = true
				n--
			}
		}
		if n != 0 {
			return false
		}
	}
	return true
}

// is reports whether the same became the same in two places of one name, wherever in a list they
// are.
func (p *Place) is(q *Place) bool {
	if len(p.Old) != len(q.Old) {
		return false
	}
	for i, s := range p.Old {
		if t := q.Old[i]; s.Element != t.Element || s.Name != t.Name {
			return false
		}
	}
	return p.means(q)
}

// stands reports whether two places stand where each other does.
func (p *Place) stands(q *Place) bool {
	return slices.Equal(p.Old, q.Old) && slices.Equal(p.New, q.New) && p.begin() == q.begin()
}

// begin is the byte of the text at which a part of one begins.
func (p *Place) begin() int {
	if p.part == nil {
		return 0
	}
	return p.ahead + p.part.swap.At
}

// means reports whether the same became the same in two places.
func (p *Place) means(q *Place) bool {
	if p.part != nil && q.part != nil {
		return p.part.was == q.part.was && bytes.Equal(p.part.swap.Ins, q.part.swap.Ins)
	}
	return p.part == nil && q.part == nil && alikeIn(p.Before, q.Before) && alikeIn(p.After, q.After)
}

// alikeIn reports whether two places have the same, or both nothing.
func alikeIn(a, b []byte) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return bytes.Equal(a, b) || jsonraw.Equal(a, b)
}
