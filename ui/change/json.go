package change

import (
	"bytes"
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
	root string // what paths begin with: the name of the field
	left int    // bytes
}

// walk compares two JSON values of the same kind and shows each place that differs with its path,
// as errata set takes it. What differs as a whole stands without a path.
func walk(f *model.Field, before, after []byte) []Line {
	const levels = 6 // that are as large as all of it
	w := walker{f.Name, levels*(len(before)+len(after)) + maxCompare}
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
			if lines, ok := stringsAt(where, before, after); ok {
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
	was, err := jsonraw.Members(before)
	if err != nil {
		return nil, false
	}
	is, err := jsonraw.Members(after)
	if err != nil {
		return nil, false
	}
	oldByName, ok := byName(was)
	if !ok {
		return nil, false
	}
	newByName, ok := byName(is)
	if !ok {
		return nil, false
	}
	var out []Line
	for _, m := range was {
		value := m.Val.Of(before)
		if n, ok := newByName[m.Name]; !ok {
			out = append(out, Line{Kind: Removed, Text: at(w.to(where, path.Member(m.Name)), value)})
		} else if !same(value, n.Val.Of(after)) {
			out = append(out, w.walk(w.to(where, path.Member(m.Name)), value, n.Val.Of(after), depth+1)...)
		}
		if len(out) > maxLines {
			return out, true
		}
	}
	for _, m := range is {
		if _, ok := oldByName[m.Name]; !ok {
			out = append(out, Line{Kind: Added, Text: at(w.to(where, path.Member(m.Name)), m.Val.Of(after))})
		}
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

// arrays compares elements from both ends, so that one that was put in or taken out shows as just
// that; what is left in the middle is compared by position.
func (w *walker) arrays(where string, before, after []byte, depth int) ([]Line, bool) {
	was, err := jsonraw.Elements(before)
	if err != nil {
		return nil, false
	}
	is, err := jsonraw.Elements(after)
	if err != nil {
		return nil, false
	}
	equal := func(i, j int) bool { return same(was[i].Val.Of(before), is[j].Val.Of(after)) }
	head := 0
	for head < len(was) && head < len(is) && equal(head, head) {
		head++
	}
	tail := 0
	for tail < len(was)-head && tail < len(is)-head && equal(len(was)-1-tail, len(is)-1-tail) {
		tail++
	}
	var out []Line
	for i := head; i < max(len(was), len(is))-tail && len(out) <= maxLines; i++ {
		element := w.to(where, path.Element(i))
		switch {
		case i >= len(is)-tail:
			out = append(out, Line{Kind: Removed, Text: at(element, was[i].Val.Of(before))})
		case i >= len(was)-tail:
			out = append(out, Line{Kind: Added, Text: at(element, is[i].Val.Of(after))})
		case !equal(i, i):
			out = append(out, w.walk(element, was[i].Val.Of(before), is[i].Val.Of(after), depth+1)...)
		}
	}
	return out, true
}

// stringsAt compares two strings as text beneath their path when one line is too short for both.
func stringsAt(where string, before, after []byte) ([]Line, bool) {
	if large(before, after) {
		return passage(where, before, after)
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
