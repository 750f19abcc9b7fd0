package change

import (
	"bytes"
	"slices"
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/path"
)

// inline is the length up to which two strings of a JSON value are shown on the line of their path.
const inline = 80

// walker compares JSON values. Every level of them is read again, so that what it reads in all is
// bounded.
type walker struct {
	root   string // what paths begin with: the name of the field
	left   int    // bytes
	around bool   // what stands beside a change is shown, and what came is laid out
	talk   bool   // the value is messages
	known  *known
}

// walk compares two JSON values of the same kind and shows each place that differs with its path,
// as errata set takes it. What differs as a whole stands without a path.
func walk(f *model.Field, before, after []byte, around bool, k *known) []Line {
	const levels = 6 // that are as large as all of it
	w := walker{f.Name, levels*(len(before)+len(after)) + maxCompare, around, f.Kind == model.Messages, k}
	return w.walk("", before, after, 0)
}

// to is the path to what a value at a path holds.
func (w *walker) to(at string, s path.Step) string {
	if at == "" {
		at = w.root
	}
	return s.Behind(at)
}

func (w *walker) walk(where string, before, after []byte, depth int) []Line {
	kind := jsonraw.KindOf(before)
	if w.left -= len(before) + len(after); w.left < 0 {
		return huge(where, before, after)
	}
	if kind == jsonraw.KindOf(after) && depth < maxDepth {
		switch kind {
		case jsonraw.Object:
			if lines, ok := w.objects(where, before, after, depth); ok {
				return lines
			}
		case jsonraw.Array:
			if lines, ok := w.arrays(where, before, after, depth); ok {
				return lines
			}
		case jsonraw.String:
			if lines, ok := stringsAt(where, before, after, w.known); ok {
				return lines
			}
		}
	}
	if large(before, after) {
		return huge(where, before, after)
	}
	return pair(at(where, before), at(where, after))
}

// large tells whether two values are too large to compare word by word.
func large(before, after []byte) bool { return len(before)+len(after) > maxCompare }

// same compares small values by meaning, and large ones as written: the walk finds out whether they
// mean the same.
func same(before, after []byte) bool {
	if large(before, after) {
		return bytes.Equal(before, after)
	}
	return jsonraw.Equal(before, after)
}

// objects compares members by name: what went, what changed in the order of the old object, then
// what came.
func (w *walker) objects(where string, before, after []byte, depth int) ([]Line, bool) {
	m, ok := matched(before, after)
	if !ok {
		return nil, false
	}
	var out []Line
	for _, old := range m.old {
		value, place := old.Val.Of(before), w.to(where, path.Member(old.Name))
		switch now, ok := m.is[old.Name]; {
		case !ok:
			out = append(out, w.item(Removed, place, value)...)
		case slices.Contains(m.changed, old.Name):
			out = append(out, w.walk(place, value, now.Val.Of(after), depth+1)...)
		}
		if len(out) > maxLines {
			return out, true
		}
	}
	for _, name := range m.come {
		out = append(out, w.item(Added, w.to(where, path.Member(name)), m.is[name].Val.Of(after))...)
	}
	return out, true
}

// byName indexes members; ok is false when a name stands twice, for then paths say too little.
func byName(members []jsonraw.Member) (map[string]jsonraw.Member, bool) {
	index := make(map[string]jsonraw.Member, len(members))
	for _, m := range members {
		if _, twice := index[m.Name]; twice {
			return nil, false
		}
		index[m.Name] = m
	}
	return index, true
}

// arrays tells of the elements that differ, as align finds them. One that changed or went has its
// place in the old list, one that came that in the new list.
func (w *walker) arrays(where string, before, after []byte, depth int) ([]Line, bool) {
	e, ok := w.known.narrowed(before, after)
	if !ok {
		return nil, false
	}
	var out []Line
	var last *step
	at := run{}
	for k := range e.steps {
		s := &e.steps[k]
		if at.n = s.old - at.old; s.came() {
			at.n = s.now - at.now
		}
		out = append(out, w.beside(where, e, at, last, s)...)
		out = append(out, w.step(where, e, *s, depth)...)
		if at, last = at.behind(*s), s; len(out) > maxLines {
			return out, true
		}
	}
	at.n = len(e.was) - at.old
	return append(out, w.beside(where, e, at, last, nil)...), true
}

// behind is where the next run begins.
func (r run) behind(s step) run {
	r.old, r.now = r.old+r.n, r.now+r.n
	if !s.came() {
		r.old++
	}
	if !s.went() {
		r.now++
	}
	return r
}

// step tells of an element that made two lists differ.
func (w *walker) step(where string, e ends, s step, depth int) []Line {
	switch {
	case s.went():
		return w.item(Removed, w.to(where, path.Element(s.old)), e.old(s.old))
	case s.came():
		return w.item(Added, w.to(where, path.Element(s.now)), e.now(s.now))
	}
	return w.walk(w.to(where, path.Element(s.old)), e.old(s.old), e.now(s.now), depth+1)
}

// stringsAt compares two strings as text beneath their path when one line is too short for both.
func stringsAt(where string, before, after []byte, k *known) ([]Line, bool) {
	if large(before, after) {
		return passage(where, before, after, k)
	}
	was, ok := jsonraw.Text(before)
	is, fine := jsonraw.Text(after)
	if !ok || !fine {
		return nil, false
	}
	if len(was)+len(is) <= inline && !strings.Contains(was, "\n") && !strings.Contains(is, "\n") {
		return nil, false
	}
	if where == "" {
		return text(was, is), true
	}
	return append([]Line{{Kind: Note, Text: where}}, text(was, is)...), true
}

// at is a value behind its path, on one line.
func at(where string, value []byte) string {
	if where != "" {
		where += ": "
	}
	if rest := len(value) - maxCompare; rest > 0 {
		return where + string(value[:maxLine]) + "… (" + figure.Size(len(value)-maxLine) + " more)"
	}
	return where + shorten(flat(value), maxLine)
}
