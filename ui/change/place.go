package change

import (
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
)

// Place is one place in which two values differ.
type Place struct {
	// lead to it from the old value and from the new one, of what one of them lacks to where it
	// would be there; empty if the values differ as a whole
	Old, New path.Path
	Before   []byte // what is there in the old value; nil if it has nothing there
	After    []byte // what is there in the new value; nil if it has nothing there
	From, To int    // the lines of a Telling that tell of it

	huge bool // it was too much to be compared any further
	// of a text of several lines one part that differs, and what said has of them all
	part        *part
	ahead, rest int
}

// maxPlaces is how many places of a field are listed separately.
const maxPlaces = 400

// Places lists where two values differ, none if they mean the same: one place where they differ as
// a whole. Within JSON that are at most some hundred.
func Places(before, after model.Value) (list []Place) {
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
		w := walker{left: bytesFor(len(was) + len(is))}
		w.found = func(p Place) { list = append(list, p) }
		w.full = func() bool { return len(list) > maxPlaces }
		w.walk(spot{}, was, is)
		return list
	case before.Equal(after): // two ways to write one text
		return nil
	}
	return whole
}

func holds(k jsonraw.Kind) bool { return k == jsonraw.Object || k == jsonraw.Array }

// Whole reports whether the values differ as a whole.
func (p Place) Whole() bool { return len(p.Old) == 0 }

// Path leads to the place as it is named: by the position in the new list of an element that came,
// by that in the old one of any other.
func (p Place) Path() path.Path {
	if n := len(p.Old) - 1; n >= 0 && p.Came() {
		return below(p.Old[:n], p.New[n])
	}
	return p.Old
}

// Came reports whether the old value has nothing there.
func (p Place) Came() bool { return p.Before == nil }

// Where is the path to a place from the field, as errata set takes it.
func (p Place) Where(f *model.Field) string { return inField(f, p.Path()) }

// Lines describes the difference at a place within JSON where both values have something, without
// its path.
func (p Place) Lines() []Line { return limit(p.tell("", nil).lines) }

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

// Onto gives one value what another has in a place: old is the value to change, and back says that
// it is the new one of the two, which gets what the old one has. What the other has not is taken
// out. Every byte beside the place stays as it is. The error is a *path.Error.
func (p Place) Onto(old model.Value, back bool) (model.Value, error) {
	has, gets, at := p.Before, p.After, p.Old
	if back {
		has, gets, at = gets, has, p.New
	}
	if p.Whole() {
		return model.Raw(gets), nil
	}
	now, err := put(tree.New(old.Bytes()), at, has, gets)
	if err != nil {
		return model.Value{}, err
	}
	return model.Raw(now.Bytes()), nil
}

// put gives a place another value than it has, nil for none.
func put(root *tree.Node, at path.Path, has, gets []byte) (now *tree.Node, err error) {
	switch {
	case gets == nil:
		now, _, err = path.Remove(root, at)
	case has == nil:
		now, _, err = path.Insert(root, at, tree.New(gets))
	default:
		now, _, err = path.Set(root, at, tree.New(gets))
	}
	return now, err
}
