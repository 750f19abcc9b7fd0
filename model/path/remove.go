package path

import (
	"fmt"
	"slices"

	"errata/model/jsonraw"
	"errata/model/tree"
)

// Remove takes the values at paths out of what holds them. All paths mean places in root as it is
// given, whatever is taken out beside them. The notes say how names with dots were read. The error
// is an *Error; then nothing is taken out.
func Remove(root *tree.Node, paths ...Path) (now *tree.Node, notes []string, err error) {
	spots := make([]*spot, len(paths))
	for i, p := range paths {
		if len(p) == 0 {
			return nil, nil, &Error{Msg: "the whole value cannot be taken out"}
		}
		s := walk(root, p)
		if len(s.left) > 0 {
			return nil, nil, s.stop()
		}
		if s.note != "" {
			notes = append(notes, s.note)
		}
		spots[i] = s
	}
	// From the last to the first, so that what is taken out moves nothing that is still wanted;
	// what is in a value that goes with it does not have to go first.
	slices.SortFunc(spots, func(a, b *spot) int { return -order(a.layers, b.layers) })
	spots = slices.CompactFunc(spots, func(a, b *spot) bool { return order(a.layers, b.layers) == 0 })
	for _, s := range spots {
		if root, err = follow(root, s.done).remove(); err != nil {
			return nil, nil, err
		}
	}
	return root, notes, nil
}

// order compares two places by where they are.
func order(a, b []layer) int {
	return slices.CompareFunc(a, b, func(x, y layer) int { return slices.Compare(x.at, y.at) })
}

// remove takes out what the path leads to; of members with one name, all.
func (s *spot) remove() (*tree.Node, error) {
	top := s.top()
	now := top.root.Remove(top.at)
	parent := top.at[:len(top.at)-1]
	if last := s.done[len(s.done)-1]; !last.Element {
		for {
			object, _ := now.At(parent)
			i, again := object.Find(last.Name)
			if !again {
				break
			}
			now = now.Remove(append(slices.Clip(parent), i))
		}
	}
	return s.rebuild(now)
}

// Move takes the value at one path away and puts it at another, as Copy does. Elements keep the
// numbers that they have in root until the value has gone; within one list the element has the
// position that is named afterwards, and a member that gets another name keeps its place. Note and
// error are those of Set.
func Move(root *tree.Node, from, to Path) (now *tree.Node, note string, err error) {
	s := walk(root, from)
	to, second := reading(root, to)
	s.note = either(s.note, second)
	switch {
	case len(s.left) > 0:
		return nil, "", s.stop()
	case len(to) >= len(from) && to[:len(from)].same(from):
		if len(to) == len(from) {
			return root, s.note, nil
		}
		return nil, "", &Error{Msg: fmt.Sprintf("%s cannot be moved into itself", from)}
	}
	v := s.node
	if holder := follow(root, to[:len(to)-1]); len(holder.left) == 0 && holder.done.same(s.done[:len(s.done)-1]) {
		if now, done, err := s.within(to); done || err != nil {
			return now, s.note, err
		}
	}
	if through(s.done, to) { // what goes would move the place it goes to
		now, note, err = Insert(root, to, v)
		if err != nil {
			return nil, "", err
		}
		now, err = follow(now, s.done).remove()
		return now, either(s.note, note), err
	}
	if now, err = s.remove(); err != nil {
		return nil, "", err
	}
	now, note, err = Insert(now, to, v)
	return now, either(s.note, note), err
}

// same reports whether two paths lead to one place, however they are written.
func (p Path) same(q Path) bool {
	return slices.EqualFunc(p, q, func(a, b Step) bool { a.Plain, b.Plain = false, false; return a == b })
}

// through reports whether a path leads through the list that another takes an element of.
func through(element, p Path) bool {
	last := len(element) - 1
	return element[last].Element && len(p) > last+1 && p[:last].same(element[:last])
}

// within moves what is at the path to another place in the same list or object; done is false if it
// has to be taken out and put in.
func (s *spot) within(to Path) (now *tree.Node, done bool, err error) {
	top, last := s.top(), to[len(to)-1]
	parent, _ := top.root.At(top.at[:len(top.at)-1])
	switch kind := parent.Kind(); {
	case kind == jsonraw.Array && last.Element:
		i, ok := child(parent, last)
		if !ok {
			return nil, false, &Error{true, fmt.Sprintf("%s has no place %s", to[:len(to)-1], last)}
		}
		now, err = s.rebuild(top.root.Move(top.at, i))
		return now, true, err
	case kind == jsonraw.Object && !last.Element:
		if _, there := parent.Find(last.Name); there {
			return nil, false, nil
		}
		renamed, err := top.root.Rename(top.at, last.Name)
		if err != nil {
			return nil, false, unwritable(err)
		}
		object, _ := renamed.At(top.at[:len(top.at)-1])
		if _, twice := object.Find(s.done[len(s.done)-1].Name); twice {
			return nil, false, nil
		}
		now, err = s.rebuild(renamed)
		return now, true, err
	}
	return nil, false, nil
}
