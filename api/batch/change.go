package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"errata/api/journal"
	"errata/api/judge"
	"errata/model"
)

// Change is what is done to each log of a batch.
type Change struct {
	Recipe

	// Make makes the changes to a reading of a log. It is called again for each reading, by several
	// goroutines at a time, and must make the same changes to the same log. The log is left alone
	// after an error: it is refused, or missing or in conflict where the error says so, see
	// outcomeOf.
	Make func(ctx context.Context, log *model.Log, of Item) (Edit, error)

	// Check refuses an item before its log is read; nil refuses none
	Check func(of Item) error
}

// check is Check, where there is one.
func (c Change) check(of Item) error {
	if c.Check == nil {
		return nil
	}
	return c.Check(of)
}

// Recipe is a change as data: it is what a batch is known by, and made again from.
type Recipe struct {
	Kind  string `json:"kind"`  // which change it is: "set"
	Words string `json:"words"` // what is done, for people: "set metadata.reviewed:=true"
	// what the kind needs to make the changes again, so that the batch can be resumed by its id;
	// nil if only the same command can do that. No keys, and no text that has to go
	Spec json.RawMessage `json:"spec,omitempty"`
	// the batch cannot be taken back: the journal keeps hashes instead of values
	Irreversible bool `json:"irreversible,omitempty"`
}

// Edit is what a change makes of one log.
type Edit struct {
	Changes *model.ChangeSet // on the reading; nil for none
	// judgments that follow once the changes are saved. Their ids are those of Item.NewID, so that
	// none is made twice
	Acts  []judge.Act
	Stood map[string]model.Value // what the same people say now, by the id of the act
	Notes []string               // what is worth a word, for people
	// how often something was found, by its path; nil of a change that looks for nothing
	Found map[string]int
}

// changes reports whether anything is to be sent.
func (e Edit) changes() bool { return len(e.fields()) > 0 || len(e.Acts) > 0 }

func (e Edit) fields() []*model.Field {
	if e.Changes == nil {
		return nil
	}
	return e.Changes.Changed()
}

// Each is a change that makes the same of all logs, whatever place they have in the batch.
func Each(r Recipe, derive func(*model.Log) (*model.ChangeSet, error)) Change {
	return Change{Recipe: r, Make: func(_ context.Context, log *model.Log, _ Item) (Edit, error) {
		changes, err := derive(log)
		return Edit{Changes: changes}, err
	}}
}

// Item is one log of a batch, or one of several changes to it.
type Item struct {
	N     int    `json:"n"` // its place in the batch, from 0
	LogID string `json:"log_id"`
	Label string `json:"label,omitempty"` // where it comes from, for people: "line 12"
	// what is done to this log, where that is not the same for all
	Spec  json.RawMessage `json:"spec,omitempty"`
	Batch string          `json:"-"`
}

// NewID is an id for what is made of the item, such as a judgment: always the same for the same
// salt, so that it can be looked for after a kill.
func (i Item) NewID(prefix, salt string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %q", i.Batch, i.N, salt))
	return prefix + hex.EncodeToString(sum[:12])
}

// size is about how many bytes of the journal the edit takes.
func (e Edit) size() (n int64) {
	if len(e.fields()) > 0 {
		n = journal.SizeOf(e.Changes)
	}
	for _, a := range e.Acts {
		n += int64(len(a.Body()))
	}
	return n
}

// sums are what tells the changes of a log that were reviewed from any others: by field a hash of
// the value that it had and of the one that it gets.
func (e Edit) sums() map[string]string {
	list := map[string]string{}
	for _, f := range e.fields() {
		h := sha256.New()
		for _, v := range []model.Value{e.Changes.Base().Value(f), e.Changes.Value(f)} {
			raw := v.Bytes()
			_, _ = fmt.Fprintf(h, "%t %d ", raw != nil, len(raw))
			_, _ = h.Write(raw)
		}
		list[f.Name] = hex.EncodeToString(h.Sum(nil)[:16])
	}
	for _, a := range e.Acts {
		sum := sha256.Sum256(a.Body())
		list[a.ID] = hex.EncodeToString(sum[:16])
	}
	return list
}
