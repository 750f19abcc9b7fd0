package form

import (
	"slices"

	"errata/model"
)

// LeaveOut leaves the change of a field out of the next request, or takes it back in. The field
// stays changed; editing it on takes it back in, too.
func (m *Model) LeaveOut(f *model.Field) {
	if slices.Contains(m.left, f) {
		m.left = without(m.left, f)
		return
	}
	m.left = append(without(m.left, f), f)
}

// LeftOut lists the changes that are left out of the next request. The caller must not modify it.
func (m *Model) LeftOut() []*model.Field { return m.left }

// TakeIn leaves nothing out any more.
func (m *Model) TakeIn() { m.left = nil }

// without is a list without one field; the list stays as it is.
func without(list []*model.Field, f *model.Field) []*model.Field {
	return slices.DeleteFunc(slices.Clone(list), func(g *model.Field) bool { return g == f })
}
