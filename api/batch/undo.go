package batch

import (
	"context"
	"encoding/json"
	"slices"

	"errata/api"
	"errata/api/journal"
	"errata/api/judge"
	"errata/model"
)

// UndoKind is the kind of Undo.
const UndoKind = "undo"

// Undo is the change that takes a batch back, and the source of its logs: of each log what the
// batch sent last comes first. A log that somebody changed since in the same field is in conflict.
// The error is an *api.Error.
func Undo(j *journal.Journal, of Head) (Change, Source, error) {
	if of.Irreversible {
		return Change{}, nil, &api.Error{Code: api.Refused, Msg: "batch " + of.ID + " cannot be taken back: " + of.Words}
	}
	r := Recipe{Kind: UndoKind, Words: UndoKind + " " + of.ID + " (" + of.Words + ")"}
	r.Spec, _ = json.Marshal(of.ID) // a text
	items := func(yield func(Item, error) bool) {
		for e, err := range j.OfBatch(of.ID) {
			if err == nil && slices.Contains([]journal.Outcome{journal.Refused, journal.NotSaved}, e.Outcome) {
				continue // it changed nothing
			}
			id, _ := json.Marshal(e.ID)
			if !yield(Item{LogID: e.LogID, Spec: id}, err) {
				return
			}
		}
	}
	return ReadUndo(r, j), items, nil
}

// ReadUndo makes an Undo of its recipe.
func ReadUndo(r Recipe, j *journal.Journal) Change {
	return Change{r, func(_ context.Context, log *model.Log, of Item) (Edit, error) {
		var id string
		if err := json.Unmarshal(of.Spec, &id); err != nil {
			return Edit{}, err
		}
		e, err := j.Get(id)
		switch {
		case err != nil:
			return Edit{}, err
		case e.Judgment != nil:
			act, err := journal.TakeBack(e)
			return Edit{Acts: []judge.Act{act}}, err
		}
		changes, moved, err := journal.Inverse(e, log)
		if err == nil && len(moved) > 0 {
			err = &api.Error{Code: api.Conflict, Msg: "changed since: " + fields(moved) + "; it is left as it is"}
		}
		return Edit{Changes: changes}, err
	}}
}
