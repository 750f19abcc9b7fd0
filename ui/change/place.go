package change

import (
	"slices"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
)

// Place is one place in which two values differ.
type Place struct {
	Path   path.Path // leads to it from the value; empty where the values differ as a whole
	Before []byte    // what stands there in the old value; nil where it has nothing there
	After  []byte    // what stands there in the new value; nil where it has nothing there
	gap    int       // where an element that one of two lists lacks would stand in it
	huge   bool      // it was too much to be compared any further
}

// Places lists where two values differ, none where they mean the same: one place where they differ
// as a whole. Within JSON that are at most some hundred.
func Places(before, after model.Value) []Place {
	whole := []Place{{Before: before.Bytes(), After: after.Bytes()}}
	switch was, is := before.Bytes(), after.Bytes(); {
	case !before.IsSet() || !after.IsSet():
		if before.Equal(after) {
			return nil
		}
		return whole
	case same(was, is):
		return nil
	case before.Kind() == after.Kind() && holds(before.Kind()):
		const levels = 6 // that are as large as all of it
		p := placing{levels*(len(was)+len(is)) + maxCompare}
		return p.walk(nil, was, is)
	case before.Equal(after): // two ways to write one text
		return nil
	}
	return whole
}

func holds(k jsonraw.Kind) bool { return k == jsonraw.Object || k == jsonraw.Array }

// Where is the path to a place from the field, as errata set takes it.
func (p Place) Where(f *model.Field) string {
	return append(path.Path{path.Member(f.Name)}, p.Path...).String()
}

// Lines tells the difference in a place within JSON where both values have something, without its
// path.
func (p Place) Lines() []Line {
	if jsonraw.KindOf(p.Before) == jsonraw.String && jsonraw.KindOf(p.After) == jsonraw.String && !p.huge {
		if lines, ok := stringsAt("", p.Before, p.After, nil); ok {
			return limit(lines)
		}
	}
	if p.huge || large(p.Before, p.After) {
		return huge("", p.Before, p.After)
	}
	return pair(at("", p.Before), at("", p.After))
}

// Whole shows one value as lines of one kind: text as it reads, JSON laid out.
func Whole(kind Kind, v model.Value) []Line { return limit(whole(kind, v)) }

// Part shows what only one of two values of a field has in a place within JSON: on one line where
// it is short, a message as its role and its text.
func Part(f *model.Field, kind Kind, v model.Value) []Line {
	raw := v.Bytes()
	if text, ok := plainMessage(raw); ok && f.Kind == model.Messages && len(raw) <= maxCompare {
		return limit(laid(kind, roleOf(raw)+":", text))
	}
	if len(raw) <= inline {
		return []Line{{Kind: kind, Text: at("", raw)}}
	}
	return Whole(kind, v)
}

// placing finds the places in which JSON values differ. Every level of them is read again, so that
// what it reads in all is bounded.
type placing struct{ left int } // bytes

func (w *placing) walk(where path.Path, before, after []byte) []Place {
	whole := Place{Path: where, Before: before, After: after}
	if w.left -= len(before) + len(after); w.left < 0 {
		whole.huge = true
		return []Place{whole}
	}
	if kind := jsonraw.KindOf(before); kind == jsonraw.KindOf(after) && len(where) < maxDepth {
		switch kind {
		case jsonraw.Object:
			if m, ok := matched(before, after); ok {
				return w.members(where, m, before, after)
			}
		case jsonraw.Array:
			if e, ok := narrowed(before, after); ok {
				return w.elements(where, e)
			}
		}
	}
	return []Place{whole}
}

// members lists the places of an object: what went or changed in the order of the old one, then
// what came.
func (w *placing) members(where path.Path, m matching, before, after []byte) (list []Place) {
	for _, old := range m.old {
		value, to := old.Val.Of(before), below(where, path.Member(old.Name))
		switch now, ok := m.is[old.Name]; {
		case !ok:
			list = append(list, Place{Path: to, Before: value})
		case slices.Contains(m.changed, old.Name):
			list = append(list, w.walk(to, value, now.Val.Of(after))...)
		}
		if len(list) > maxLines {
			return list
		}
	}
	for _, name := range m.come {
		list = append(list, Place{Path: below(where, path.Member(name)), After: m.is[name].Val.Of(after)})
	}
	return list
}

// elements lists the places of a list, by position where neither has more than the other.
func (w *placing) elements(where path.Path, e ends) (list []Place) {
	for i := e.head; i < max(len(e.was), len(e.is))-e.tail && len(list) <= maxLines; i++ {
		to := below(where, path.Element(i))
		switch {
		case i >= len(e.is)-e.tail:
			list = append(list, Place{Path: to, Before: e.old(i), gap: len(e.is) - e.tail})
		case i >= len(e.was)-e.tail:
			list = append(list, Place{Path: to, After: e.now(i), gap: len(e.was) - e.tail})
		case !e.equal(i, i):
			list = append(list, w.walk(to, e.old(i), e.now(i))...)
		}
	}
	return list
}

// below is the path to what a value at a path holds.
func below(where path.Path, s path.Step) path.Path { return append(slices.Clip(where), s) }

// Onto gives one value what another has in a place: old is the value to change, and back tells that
// it is the new one of the two, which gets what the old one has. What the other has not is taken
// out. Every byte beside the place stays as it is. The error is a *path.Error.
func (p Place) Onto(old model.Value, back bool) (model.Value, error) {
	has, gets := p.Before, p.After
	if back {
		has, gets = gets, has
	}
	if len(p.Path) == 0 {
		return model.Raw(gets), nil
	}
	root := tree.New(old.Bytes())
	now, err := p.put(root, has, gets)
	if err != nil {
		return model.Value{}, err
	}
	return model.Raw(now.Bytes()), nil
}

func (p Place) put(root *tree.Node, has, gets []byte) (now *tree.Node, err error) {
	last := p.Path[len(p.Path)-1]
	switch {
	case gets == nil:
		now, _, err = path.Remove(root, p.Path)
	case has == nil && last.Element:
		now, _, err = path.Insert(root, below(p.Path[:len(p.Path)-1], path.Element(p.gap)), tree.New(gets))
	default:
		now, _, err = path.Set(root, p.Path, tree.New(gets))
	}
	return now, err
}
