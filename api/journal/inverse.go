package journal

import (
	"errata/api"
	"errata/model"
)

// Inverse is the function of that name. The old value of a splice is told by what was sent to the
// log since, where that leads from the entry to what the log holds now.
func (j *Journal) Inverse(e Entry, now *model.Log) (*model.ChangeSet, []*model.Field, error) {
	e, err := j.traced(e, now)
	if err != nil {
		return nil, nil, err
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
