package batch

import (
	"encoding/json"
	"errors"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
)

// sent says which entry of the journal an item takes back, and which others with it: what was
// judged of a log at once.
type sent struct {
	Entry string `json:"entry"`
	Gone  bool   `json:"gone,omitempty"` // from the journal
	Lost  bool   `json:"lost,omitempty"` // it counts as not saved, and may have arrived since
	journal.Place
	Also []sent `json:"also,omitempty"`
}

// back is what takes the entry back, without the others.
func (s sent) back(j *journal.Journal, log *model.Log, policy save.Policy) (Edit, error) {
	if s.Gone {
		return Edit{}, &api.Error{Code: api.NotFound, Msg: "the journal does not have entry " + s.Entry + " any more, which says how the log was before; it is left as it is"}
	}
	find := func() (journal.Entry, error) { return j.At(s.Entry, s.Place) }
	if s.Lost { // what became of it matters
		find = func() (journal.Entry, error) { return j.Get(s.Entry) }
	}
	e, err := find()
	if err != nil {
		return Edit{}, err
	}
	return takeBack(j, e, log, policy)
}

func (s sent) item(logID string) Item {
	spec, _ := json.Marshal(s)
	return Item{LogID: logID, Spec: spec}
}

// undoing is an item of an undo that more may be added to.
type undoing struct {
	item   int // of the batch that is taken back
	log    string
	judged bool
	sent   sent
}

// nearby is how many items are kept to be added to. The judgments of a log are sent one after the
// other, so that between them are those of the other logs in hand alone.
const nearby = 256

// entriesOf is what a batch sent, the newest first, but for what is known to have changed nothing.
// What was judged of a log at once is one item again. What the batch remembers and the journal does
// not comes last.
func entriesOf(state string, j *journal.Journal, of string) Source {
	return func(yield func(Item, error) bool) {
		var had []bool // by the place in the batch
		var kept []undoing
		for e, err := range j.Entries(journal.Filter{Batch: of}) {
			switch {
			case err != nil:
				if !yield(Item{LogID: e.LogID}, err) {
					return
				}
				continue
			case e.Outcome == journal.Refused:
				continue
			case e.Outcome == journal.NotSaved && (e.Item < len(had) && had[e.Item] || e.Judgment != nil && e.Judgment.Remove):
				continue // it was sent again, or there is nothing to make again
			}
			had = append(had, make([]bool, max(e.Item+1-len(had), 0))...)
			had[e.Item] = true
			if kept = gathered(kept, e); len(kept) > nearby {
				if !yield(kept[0].sent.item(kept[0].log), nil) {
					return
				}
				kept = kept[1:]
			}
		}
		for _, u := range kept {
			if !yield(u.sent.item(u.log), nil) {
				return
			}
		}
		dropped(state, of, had, yield)
	}
}

// gathered adds an entry to the item that has the other judgments of its own, or as one more.
func gathered(kept []undoing, e journal.Entry) []undoing {
	at, judged := sent{Entry: e.ID, Place: e.Place, Lost: e.Outcome == journal.NotSaved}, e.Judgment != nil
	for i := range kept {
		if u := &kept[i]; judged && u.judged && u.item == e.Item && u.log == e.LogID {
			u.sent.Also = append(u.sent.Also, at)
			return kept
		}
	}
	return append(kept, undoing{e.Item, e.LogID, judged, at})
}

// dropped gives what a batch remembers to have sent and the journal does not.
func dropped(state, of string, had []bool, yield func(Item, error) bool) {
	err := Rows(state, of, func(r Row) error {
		changed := r.Outcome == Saved || r.Outcome == Unclear
		if changed && (r.N >= len(had) || !had[r.N]) && !yield(sent{Entry: r.Entry, Gone: true}.item(r.LogID), nil) {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) && api.CodeOf(err) != api.NotFound {
		yield(Item{}, err)
	}
}
