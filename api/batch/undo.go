package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"errata/api"
	"errata/api/journal"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
)

// UndoKind is the kind of Undo.
const UndoKind = "undo"

// Undo is the change that takes a batch back, and the source of its logs: of each log the fields
// that the batch changed get their old values, and its judgments go; what it sent last comes first.
// A log is left where somebody changed such a field since, unless the policy says otherwise. Of a
// batch that is not remembered any more the id is enough. Logs whose entries the journal has
// dropped for their age are not found. State is the directory of both. The error is an *api.Error.
func Undo(state string, j *journal.Journal, of Head, policy save.Policy) (Change, Source, error) {
	if of.Irreversible {
		return Change{}, nil, &api.Error{Code: api.Refused, Msg: "batch " + of.ID + " (" + of.Words + ") cannot be taken back: the journal does not have what it replaced"}
	}
	r := Recipe{Kind: UndoKind, Words: UndoKind + " " + of.ID}
	if of.Words != "" {
		r.Words += " (" + of.Words + ")"
	}
	r.Spec, _ = json.Marshal(of.ID) // a text
	return ReadUndo(r, j, policy), entriesOf(state, j, of.ID), nil
}

// ReadUndo makes an Undo of its recipe.
func ReadUndo(r Recipe, j *journal.Journal, policy save.Policy) Change {
	return Change{Recipe: r, Make: func(_ context.Context, log *model.Log, item Item) (Edit, error) {
		var at sent
		if err := json.Unmarshal(item.Spec, &at); err != nil {
			return Edit{}, fmt.Errorf("what was sent cannot be found: %w", err)
		}
		edit, err := at.back(j, log, policy)
		for _, also := range at.Also {
			if err != nil {
				break
			}
			var one Edit
			one, err = also.back(j, log, policy)
			edit.Acts = append(edit.Acts, one.Acts...)
		}
		return edit, err
	}}
}

// errEnough ends what is gone through when nobody wants more of it.
var errEnough = errors.New("that is enough")

// takeBack is what takes one entry back.
func takeBack(j *journal.Journal, e journal.Entry, log *model.Log, policy save.Policy) (Edit, error) {
	if e.Judgment != nil {
		act, err := journal.TakeBack(e)
		return Edit{Acts: []judge.Act{act}}, err
	}
	v, err := j.Inverse(e, log)
	if err != nil {
		return Edit{}, err
	}
	edit := Edit{Changes: v.Changes}
	switch {
	case len(v.Moved) == 0, policy == save.Mine:
	case policy == save.Theirs:
		for _, f := range v.Moved {
			v.Changes.Revert(f)
		}
		edit.Notes = []string{log.Head().ID + ": left as they are on the server: " + model.Names(v.Moved)}
	default:
		return Edit{}, &api.Error{Code: api.Conflict, Msg: "changed on the server since entry " + e.ID + ": " + model.Names(v.Moved) + "; it is left as it is"}
	}
	edit.Notes = append(edit.Notes, v.Notes()...)
	return edit, nil
}

// UndoneBy lists the batches that take one back, of those in a list.
func UndoneBy(id string, list []Summary) []Summary {
	return slices.DeleteFunc(slices.Clone(list), func(s Summary) bool { return s.Undoes != id })
}
