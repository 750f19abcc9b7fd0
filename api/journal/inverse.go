package journal

import (
	"bytes"
	"slices"

	"errata/api"
	"errata/model"
)

// Inverse is the function of that name. It restores the old value of a splice through what was sent
// to the log since, if that leads from the entry to what the log holds now.
func (j *Journal) Inverse(e Entry, now *model.Log) (Inversion, error) {
	e, err := j.traced(e, now)
	if err != nil {
		return Inversion{}, err
	}
	return Inverse(e, now)
}

// traced is an entry with whole values in the place of splices, as far as the journal leads there.
func (j *Journal) traced(e Entry, now *model.Log) (Entry, error) {
	at := map[*model.Field]model.Value{}
	for _, c := range e.Changes {
		at[c.Field] = now.Value(c.Field)
	}
	if e = e.whole(at); !e.Spliced() {
		return e, nil
	}
	for later, err := range j.Entries(Filter{Server: e.Server, LogID: e.LogID}) {
		if err != nil {
			return e, &api.Error{Code: api.Failed, Msg: "the journal cannot be read whole: " + err.Error(), Err: err}
		}
		if later.ID == e.ID {
			return e.whole(at), nil
		}
		for _, c := range later.Changes {
			old, sent, ok := c.sides(at[c.Field])
			if is := at[c.Field]; ok && !is.IsAbsent() && sent.Same(is) {
				at[c.Field] = old
			}
		}
	}
	return e, nil
}

// whole is the entry with the values that the splices stand for, where at holds one of both.
func (e Entry) whole(at map[*model.Field]model.Value) Entry {
	list := make([]Change, len(e.Changes))
	for i, c := range e.Changes {
		list[i] = c
		if is, sought := at[c.Field]; sought && c.Splice != nil {
			if old, sent, ok := c.sides(is); ok {
				list[i] = Change{Field: c.Field, Old: old, New: sent}
			}
		}
	}
	e.Changes = list
	return e
}

// TakenBack says which of some entries of a server were taken back by later ones: by their id the
// id of the later one. One whose log was given what was sent once more since is not among them. The
// journal is read no further than to the oldest of the entries; batches take nothing back of their
// own.
func (j *Journal) TakenBack(server string, list []Entry) (by map[string]string, err error) {
	by = map[string]string{}
	if len(list) == 0 {
		return by, nil
	}
	open, byLog := map[string]bool{}, map[string][]Entry{}
	for _, e := range list {
		open[e.ID] = true
		byLog[e.LogID] = append(byLog[e.LogID], e)
	}
	for later, err := range j.Entries(Filter{Server: server}) {
		if len(open) == 0 {
			break
		}
		if err != nil {
			return nil, &api.Error{Code: api.Failed, Msg: "the journal cannot be read whole: " + err.Error(), Err: err}
		}
		delete(open, later.ID)
		if later.Outcome != Verified && later.Outcome != Saved {
			continue
		}
		for _, e := range byLog[later.LogID] {
			switch {
			case !open[e.ID], e.Batch != "" && later.Batch == e.Batch:
			case e.within(later, Change.takes):
				by[e.ID] = later.ID
				delete(open, e.ID)
			case e.within(later, Change.makes):
				delete(open, e.ID)
			}
		}
	}
	return by, nil
}

// within reports whether each change of the entry has one of its field in a later entry, of which
// something holds.
func (e Entry) within(later Entry, holds func(Change, Change) bool) bool {
	for _, c := range e.Changes {
		i := slices.IndexFunc(later.Changes, func(l Change) bool { return l.Field == c.Field })
		if i < 0 || !holds(c, later.Changes[i]) {
			return false
		}
	}
	return len(e.Changes) > 0
}

// takes reports whether a later change takes this one back: it made what is left when this one is
// taken out of what was there.
func (c Change) takes(later Change) bool {
	if s, l := c.Splice, later.Splice; s != nil && l != nil {
		return bytes.Equal(s.New, l.Old) && bytes.Equal(s.Old, l.New) && bytes.Equal(s.Before, l.Before) && bytes.Equal(s.After, l.After)
	}
	if c.Splice != nil || later.Splice != nil {
		return false
	}
	left, _, ok := c.takenOut(later.Old)
	return ok && c.Field.Kept(left, later.New) && !later.Old.Equal(later.New)
}

// makes reports whether a later change gives its field what this one gave it.
func (c Change) makes(later Change) bool {
	if s, l := c.Splice, later.Splice; s != nil && l != nil {
		return bytes.Equal(s.New, l.New) && bytes.Equal(s.Old, l.Old) && bytes.Equal(s.Before, l.Before) && bytes.Equal(s.After, l.After)
	}
	return c.Splice == nil && later.Splice == nil && c.Field.Kept(c.New, later.New)
}
