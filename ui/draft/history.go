package draft

import (
	"slices"

	"errata/model"
)

// History is the edits of a log's fields in the order in which they were made, to be undone and
// done again. The form and the draft hold one each, and go the same steps: what the form does to
// its own is an event of the draft.
type History struct {
	Done   []Step // the latest last
	Undone []Step // what was taken back last is last
}

// Add puts an edit on the history. What could be done again before is gone. What the field held is
// not kept with it: that is the log's to know.
func (h *History) Add(s Step) {
	s.Base = model.Absent
	h.Done, h.Undone = append(h.Done, s), nil
}

// Undo takes the last edit back; ok is false when there is none.
func (h *History) Undo() (s Step, ok bool) { return shift(&h.Done, &h.Undone) }

// Redo makes the edit again that was taken back last; ok is false when there is none.
func (h *History) Redo() (s Step, ok bool) { return shift(&h.Undone, &h.Done) }

// Joins reports whether what could be made again next belongs to what was made last.
func (h *History) Joins() bool {
	n := len(h.Undone)
	return n > 0 && h.Undone[n-1].Joined
}

// shift moves the last step of one list to the end of the other.
func shift(from, to *[]Step) (s Step, ok bool) {
	n := len(*from)
	if n == 0 {
		return s, false
	}
	s = (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, s)
	return s, true
}

// Has reports whether there is an edit of a field.
func (h *History) Has(f *model.Field) bool {
	of := func(s Step) bool { return s.Field == f }
	return slices.ContainsFunc(h.Done, of) || slices.ContainsFunc(h.Undone, of)
}

// Move takes the edits of a field to a newer value of it.
func (h *History) Move(f *model.Field, from, to model.Value) {
	for _, list := range [][]Step{h.Done, h.Undone} {
		for i, s := range list {
			if s.Field == f {
				list[i].Before, list[i].After = Onto(f, s.Before, from, to), Onto(f, s.After, from, to)
			}
		}
	}
}

// Clone is a copy that goes on by itself.
func (h *History) Clone() History { return History{slices.Clone(h.Done), slices.Clone(h.Undone)} }

// Onto is what an edit of f that was made on one value comes to on a newer one: both merged, so
// that undoing does not take back what somebody else did; the edit as it was where they cannot be;
// nil if the newer value holds it already.
func Onto(f *model.Field, e *model.Edit, from, to model.Value) *model.Edit {
	if e == nil || e.Err != nil || from.Equal(to) {
		return e
	}
	v, ok := f.Merge(from, e.Value, to)
	switch {
	case !ok:
		return e
	case v.Equal(to):
		return nil
	}
	return &model.Edit{Value: v}
}
