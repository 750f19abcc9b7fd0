package redaction

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/model"
	"errata/model/figure"
	"errata/ui/annotate"
	"errata/ui/draft"
)

// oldEntry reports whether an entry of the journal holds values that have to go, or hashes of them.
func (r *Redaction) oldEntry(t *Traces, ids map[string]bool) func(journal.Entry, []byte) bool {
	return func(e journal.Entry, raw []byte) bool {
		if e.ID == "" {
			return len(r.Finder.Find(string(raw), "").Hits) > 0
		}
		if e.Server != r.Server || !ids[e.LogID] {
			return false
		}
		if e.Judgment != nil && r.In(e.Judgment.Value) {
			return true
		}
		return e.Batch == t.Batch || slices.ContainsFunc(e.Changes, func(c journal.Change) bool {
			// a hash of what is found may be guessed by the rest of the text
			return c.Splice != nil || r.In(c.Old) || r.In(c.New)
		})
	}
}

// Weigh says what else of these logs holds hits, "" for nothing: how much of the journal, how many
// drafts, batches and queues.
func (r *Redaction) Weigh(ctx context.Context, t *Traces) (string, error) {
	entries, old := 0, r.oldEntry(t, t.set())
	for e, err := range r.Journal.Entries(journal.Filter{Server: r.Server}) {
		if err == nil && !e.Redacted && old(e, nil) {
			entries++
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
	drafts, err := r.drafts(ctx, t)
	var words []string
	if entries > 0 {
		words = append(words, figure.Count(entries, "entry")+" of the journal about these logs")
	}
	held := 0
	for _, info := range drafts {
		if slices.ContainsFunc(info.Changes, func(c draft.Change) bool { return r.In(c.Base) || r.In(c.Edit.Value) }) {
			held++
		}
	}
	if held > 0 {
		words = append(words, figure.Count(held, "draft"))
	}
	batches, wrong := r.batches(t)
	if len(batches) > 0 {
		words = append(words, "the words of "+figure.Count(len(batches), "batch"))
	}
	queues, unread := annotate.Holding(r.State, r.Server, r.inTyped)
	if n := len(queues); n > 0 {
		words = append(words, "the words of "+figure.Count(n, "queue"))
	}
	err = errors.Join(err, wrong, unread)
	if len(words) == 0 {
		return "", err
	}
	return "hits are also in " + strings.Join(words, ", ") + ", and go from there", err
}

// drafts are those of the logs.
func (r *Redaction) drafts(ctx context.Context, t *Traces) ([]draft.Info, error) {
	if r.Drafts == nil {
		return nil, nil
	}
	list, err := r.Drafts.ListOf(ctx, r.Server)
	ids := t.set()
	return slices.DeleteFunc(list, func(i draft.Info) bool { return !ids[i.LogID] }), err
}

// Clear takes the words out of everything but the logs that held them, and says what it cleared and
// what it does not reach. It can be done again. It says how many logs still hold hits, which is
// where they were not masked.
func (r *Redaction) Clear(ctx context.Context, t *Traces, b *batch.Batch) (left int, err error) {
	cleared, err := r.clear(ctx, t, b)
	if err != nil {
		return 0, err
	}
	r.Say("cleared: " + cleared)
	if err := r.Scrub(ctx); err != nil {
		return 0, err
	}
	if left, err = r.left(ctx, t); err != nil {
		return 0, fmt.Errorf("whether anything is left cannot be read: %w", err)
	}
	if err := b.Cleared(); err != nil {
		return 0, err
	}
	if err := os.Remove(t.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	if left > 0 {
		r.Say(figure.Count(left, "log") + " still hold hits, as said above")
	} else {
		r.Say("nothing of it is left in these logs, the journal and the drafts" + r.andStore())
	}
	r.sayUnreached()
	return left, nil
}

// clear clears what this machine keeps beside the logs, and says what that was.
func (r *Redaction) clear(ctx context.Context, t *Traces, b *batch.Batch) (what string, err error) {
	entries, err := r.Journal.Purge(ctx, r.oldEntry(t, t.set()))
	if err != nil {
		return "", fmt.Errorf("the journal still holds what was there before: %w", err)
	}
	batches, err := r.clearBatches(t)
	if err == nil {
		err = batch.Blank(r.State, b, t.set())
	}
	if err != nil {
		return "", fmt.Errorf("a batch still holds what was there before, or hashes of it: %w", err)
	}
	masked, err := r.clearDrafts(ctx, t)
	if err != nil {
		return "", err
	}
	queues, err := annotate.Redact(r.State, r.Server, r.inTyped)
	if err != nil {
		return "", err
	}
	what = figure.Count(entries, "entry") + " of the journal, " + figure.Count(masked, "draft")
	if batches > 0 {
		what += ", " + figure.Count(batches, "batch")
	}
	if queues > 0 {
		what += ", " + figure.Count(queues, "queue")
	}
	return what, nil
}

// clearDrafts masks the drafts of the logs. One that somebody has open is an error.
func (r *Redaction) clearDrafts(ctx context.Context, t *Traces) (masked int, err error) {
	list, err := r.drafts(ctx, t)
	for _, info := range list {
		done, wrong := r.Drafts.Redact(ctx, info, func(_ *model.Field, v model.Value) model.Value { return r.maskedValue(v) },
			func(file []byte) bool { return len(r.Finder.Find(string(file), "").Hits) > 0 })
		if done {
			masked++
		}
		if wrong != nil {
			err = errors.Join(err, fmt.Errorf("the draft of log %s still holds what was there before: %w", info.LogID, wrong))
		}
	}
	return masked, err
}

// inTyped reports whether anything is found in what was typed, as JSON.
func (r *Redaction) inTyped(literal []byte) bool { return r.In(model.Raw(literal)) }

// batches are those that hold hits in what was typed to begin them, but for the redaction itself.
func (r *Redaction) batches(t *Traces) ([]string, error) {
	list, err := batch.Holding(r.State, r.Server, r.inTyped)
	return slices.DeleteFunc(list, func(id string) bool { return id == t.Batch }), err
}

// clearBatches takes what was typed out of the batches that hold hits. One that another process is
// busy with is an error.
func (r *Redaction) clearBatches(t *Traces) (cleared int, err error) {
	list, err := r.batches(t)
	for _, id := range list {
		if wrong := batch.Purge(r.State, id); wrong != nil {
			err = errors.Join(err, fmt.Errorf("batch %s: %w", id, wrong))
			continue
		}
		cleared++
	}
	return cleared, err
}

// maskedValue is a value with masks.
func (r *Redaction) maskedValue(v model.Value) model.Value {
	if !v.IsSet() {
		return v
	}
	now, _, err := r.Value(v)
	if err != nil {
		return model.Null
	}
	return now
}

// scrubber is a store whose files can be cleared of what was there before.
type scrubber interface {
	Scrub(ctx context.Context) (left string, err error)
}

// Scrub clears the files of the store.
func (r *Redaction) Scrub(ctx context.Context) error {
	store, ok := r.Store.(scrubber)
	if !ok {
		return nil
	}
	lasting, cancel := api.Lasting(ctx)
	defer cancel()
	left, err := store.Scrub(lasting)
	if left != "" {
		r.Say(left)
	}
	return err
}

// left is how many of the logs still hold what can be masked.
func (r *Redaction) left(ctx context.Context, t *Traces) (n int, err error) {
	for _, id := range t.IDs {
		doc, err := r.Service.Log(ctx, id)
		if api.CodeOf(err) == api.NotFound {
			continue
		}
		if err != nil {
			return n, err
		}
		log, err := doc.Log()
		if err != nil {
			return n, err
		}
		if r.Holds(log) {
			n++
		}
	}
	return n, nil
}

// andStore is the file of the store in a list of what was cleared.
func (r *Redaction) andStore() string {
	if r.File != "" {
		return ", nor in the file of the store"
	}
	return ""
}

// sayUnreached names what a redaction does not reach.
func (r *Redaction) sayUnreached() {
	for _, what := range r.Unreached() {
		r.Say("not reached: " + what)
	}
}

// Unreached is what a redaction does not reach.
func (r *Redaction) Unreached() (list []string) {
	if r.Store == nil {
		list = append(list, "the files, backups and records of "+r.Name+" itself, which only who runs it can clear")
	}
	return append(append(list, r.copies()...),
		"backups, exports and other copies that were made elsewhere, and what a file system keeps of overwritten files")
}

// copies are files nearby that may hold the logs as they were: what was deleted or refused, and
// other databases beside the store.
func (r *Redaction) copies() (list []string) {
	for _, pattern := range r.Copies {
		names, _ := filepath.Glob(pattern)
		list = append(list, slices.DeleteFunc(names, func(name string) bool { return !r.inFile(name) })...)
	}
	if r.File == "" {
		return list
	}
	names, _ := filepath.Glob(filepath.Join(filepath.Dir(r.File), "*"))
	for _, name := range names {
		if !strings.HasPrefix(name, r.File) && isDatabase(name) {
			list = append(list, name)
		}
	}
	return list
}

// inFile reports whether anything is found in a file of lines.
func (r *Redaction) inFile(name string) bool {
	data, err := os.ReadFile(name)
	return err != nil || len(r.Finder.Find(string(data), "").Hits) > 0
}

// isDatabase reports whether a file is a SQLite database.
func isDatabase(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 16)
	n, _ := f.Read(head)
	return string(head[:n]) == "SQLite format 3\x00"
}
