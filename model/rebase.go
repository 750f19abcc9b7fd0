package model

// Rebased is the result of moving a change set onto a newer version of the log. Each list is in the
// order of Form.
type Rebased struct {
	Moved     []*Field // differ between the two readings
	Merged    []*Field // of those, edited here to something else, and merged
	Conflicts []*Field // of those, edited here to something else, and not to be merged
}

// Rebase moves the change set onto a newer reading of the same log. What moved and is edited here
// too is merged, see Field.Merge; text that is not a value yet is in conflict with anything that
// moved. When there are conflicts nothing is changed. An edit that the newer reading already holds
// is not a change any more.
func (c *ChangeSet) Rebase(newer *Log) Rebased {
	var r Rebased
	next := NewChangeSet(newer)
	for _, f := range form {
		theirs := newer.Value(f)
		moved := !c.base.Value(f).Equal(theirs)
		if moved {
			r.Moved = append(r.Moved, f)
		}
		mine, edited := c.edits[f]
		if !edited {
			continue
		}
		e, ok := c.onto(f, theirs, moved)
		next.Put(f, e, true)
		switch {
		case !ok:
			r.Conflicts = append(r.Conflicts, f)
		case moved && !mine.Value.Equal(theirs):
			r.Merged = append(r.Merged, f)
		}
	}
	if len(r.Conflicts) == 0 {
		*c = *next
	}
	return r
}

// onto is the edit of f on a newer value; ok is false, and the edit as it was, when they cannot be
// merged.
func (c *ChangeSet) onto(f *Field, theirs Value, moved bool) (e Edit, ok bool) {
	e = c.edits[f]
	if !moved || e.Err != nil {
		return e, !moved
	}
	merged, ok := f.Merge(c.base.Value(f), e.Value, theirs)
	if !ok {
		return e, false
	}
	return Edit{Value: merged}, true
}

// Choice is the user's decision about a field that was changed here and on the server.
type Choice int

// The choices. The zero Choice merges.
const (
	Mine   Choice = iota + 1 // keep the edit made here
	Theirs                   // give it up for what the server has
)

// Resolve puts the change set onto a newer reading of the same log, as a new one: the edits as
// chosen, the others merged as Rebase does. choose must name each of Rebase's Conflicts: one
// without a choice stays as it is edited here, because a word lost is worse than one to look at
// again.
func (c *ChangeSet) Resolve(newer *Log, choose map[*Field]Choice) *ChangeSet {
	next := NewChangeSet(newer)
	for f, mine := range c.edits {
		switch choose[f] {
		case Mine:
			next.Put(f, mine, true)
		case Theirs:
		default:
			theirs := newer.Value(f)
			e, _ := c.onto(f, theirs, !c.base.Value(f).Equal(theirs))
			next.Put(f, e, true)
		}
	}
	return next
}

// Unkept compares a log that was read back after a PATCH with what was sent: the fields that the
// server did not keep, in the order of Form.
func (c *ChangeSet) Unkept(readBack *Log) []*Field {
	return pick(func(f *Field) bool {
		e, ok := c.edits[f]
		return ok && e.Err == nil && !f.Kept(e.Value, readBack.Value(f))
	})
}
