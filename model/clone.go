package model

import "maps"

// Clone is a copy that changes on its own.
func (c *ChangeSet) Clone() *ChangeSet {
	return &ChangeSet{base: c.base, edits: maps.Clone(c.edits), answer: c.answer, notes: c.notes}
}
