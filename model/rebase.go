package model

// Rebase moves the change set onto a newer reading of the same log. moved lists the fields that
// differ between the two readings; conflicts those of them that are also edited here, to something else
// than what they moved to. When there are conflicts nothing is changed. An edit that the newer reading
// already holds is no change any more. Both lists are in the order of Form.
func (c *ChangeSet) Rebase(newer *Log) (moved, conflicts []*Field) {
	moved = pick(func(f *Field) bool { return !c.base.Value(f).Equal(newer.Value(f)) })
	for _, f := range moved {
		if e, ok := c.edits[f]; ok && (e.Err != nil || !e.Value.Equal(newer.Value(f))) {
			conflicts = append(conflicts, f)
		}
	}
	if len(conflicts) > 0 {
		return moved, conflicts
	}
	c.base = newer
	for f, e := range c.edits {
		if e.Err == nil {
			c.Set(f, e.Value)
		}
	}
	return moved, nil
}

// Unkept compares a log that was read back after a PATCH with what was sent: the fields that the
// server did not keep, in the order of Form.
func (c *ChangeSet) Unkept(readBack *Log) []*Field {
	return pick(func(f *Field) bool {
		e, ok := c.edits[f]
		return ok && e.Err == nil && !f.Kept(e.Value, readBack.Value(f))
	})
}
