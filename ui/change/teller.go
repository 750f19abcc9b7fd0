package change

import (
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
)

// teller says how a value of a field changed, line by line.
type teller struct {
	f      *model.Field
	around bool // what is beside a change is shown, and what came is laid out
	known  *known
	apart  bool // the places are wanted as well, all of them
	lines  []Line
	places []Place
}

// talks reports whether the value is messages.
func (t *teller) talks() bool { return t.f.Kind == model.Messages }

// silent reports whether there are lines enough.
func (t *teller) silent() bool { return len(t.lines) > maxLines }

func (t *teller) full() bool {
	if t.apart {
		return len(t.places) > maxPlaces
	}
	return t.silent()
}

func (t *teller) tell(before, after model.Value) []Line {
	switch {
	case !before.IsSet() || !after.IsSet():
		if !before.Equal(after) {
			t.lines = unset(t.f, before, after, t.around)
		}
	case !t.inPlace(before, after):
		t.whole(before, after)
	}
	return limit(t.lines)
}

// inPlace tells the change of a large value that is in parts, without putting it together. It is
// false if that takes all of it, as it does for the places of several changes of a text.
func (t *teller) inPlace(before, after model.Value) bool {
	if e, ok := t.known.listed(before, after); ok {
		both := before.Len() + after.Len()
		t.walker(bytesFor(both)-both).elements(spot{}, e)
		return true
	}
	parts := after.Parts()
	if len(parts) < 2 || !largeTexts(before, after) {
		return false
	}
	of, ok := passage("", before.Bytes(), parts, t.known)
	if !ok || t.apart && len(of.parts) > 1 {
		return false
	}
	t.lines = of.lines
	return true
}

// whole tells the change of two values that are there.
func (t *teller) whole(before, after model.Value) {
	was, is := before.Bytes(), after.Bytes()
	switch {
	case same(was, is):
	case large(was, is):
		t.walk(was, is) // finds nothing when they mean the same
	default:
		t.compare(before, after)
	}
}

// compare tells the change of two values that are there, by what they are rather than by what the
// field wants: the old value may be of the wrong type.
func (t *teller) compare(before, after model.Value) {
	switch {
	case before.Kind() == jsonraw.String && after.Kind() == jsonraw.String:
		was, ok := before.Text()
		is, fine := after.Text()
		switch {
		case !ok || !fine:
			t.lines = literals(before, after)
		case t.f.Kind == model.Datetime:
			t.lines = append(pair(was, is), later(was, is)...)
		default:
			t.put(Place{Before: before.Bytes(), After: after.Bytes()}, text(was, is))
		}
	case before.Kind() == jsonraw.Number && after.Kind() == jsonraw.Number:
		t.lines = append(literals(before, after), difference(t.f, before, after)...)
	case before.Kind() == after.Kind():
		t.walk(before.Bytes(), after.Bytes())
	default:
		t.lines = literals(before, after)
	}
}

// walk compares two JSON values of the same kind and shows each place that differs with its path,
// as errata set takes it. What differs as a whole stands without a path.
func (t *teller) walk(before, after []byte) {
	t.walker(bytesFor(len(before)+len(after))).walk(spot{}, before, after)
}

// walker finds the places to tell of, and reads so many bytes for that.
func (t *teller) walker(left int) *walker {
	w := &walker{left: left, known: t.known, found: t.found, full: t.full}
	if t.around {
		w.beside = t.beside
	}
	return w
}

// found tells of a place.
func (t *teller) found(p Place) {
	where := ""
	if len(p.Old) > 0 {
		where = p.Where(t.f)
	}
	switch {
	case t.silent():
		t.put(p, said{})
	case p.After == nil:
		t.put(p, said{lines: t.item(Removed, where, p.Before)})
	case p.Before == nil:
		t.put(p, said{lines: t.item(Added, where, p.After)})
	default:
		t.put(p, p.tell(where, t.known))
	}
}

// put takes what is said of a place. Of a text of several lines each part is a place.
func (t *teller) put(p Place, of said) {
	from := len(t.lines)
	t.lines = append(t.lines, of.lines...)
	if !t.apart {
		return
	}
	p.From, p.To = from, len(t.lines)
	if len(of.parts) == 0 {
		t.places = append(t.places, p)
		return
	}
	p.ahead, p.rest = of.ahead, of.rest
	for i := range of.parts {
		p.part = &of.parts[i]
		p.From, p.To = from+p.part.from, from+p.part.to
		t.places = append(t.places, p)
	}
}

// tell tells the difference in a place where both values have something.
func (p Place) tell(where string, k *known) said {
	if jsonraw.KindOf(p.Before) == jsonraw.String && jsonraw.KindOf(p.After) == jsonraw.String && !p.huge && len(p.Old) < maxDepth {
		if t, ok := stringsAt(where, p.Before, p.After, k); ok {
			return t
		}
	}
	if p.huge || large(p.Before, p.After) {
		return said{lines: huge(where, p.Before, p.After)}
	}
	return said{lines: pair(at(where, p.Before), at(where, p.After))}
}

// inField is a path within a field, as errata set takes it.
func inField(f *model.Field, p path.Path) string {
	return append(path.Path{path.Member(f.Name)}, p...).String()
}
