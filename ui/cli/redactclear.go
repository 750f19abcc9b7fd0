package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/model"
	"errata/model/figure"
	"errata/model/redact"
	"errata/ui/draft"
)

// traces are what has to be cleared once a redaction is sent. They stand in a file from before the
// first PATCH until nothing is left, so that the same command goes on after a kill. The file holds
// no word that has to go.
type traces struct {
	Key     string        `json:"key"`
	Batch   string        `json:"batch"`
	Began   time.Time     `json:"began"`
	IDs     []string      `json:"ids"`
	Numbers *redact.Saved `json:"numbers,omitempty"` // of the masks

	file string
}

// tracesFolder is the folder of these files below that of the state.
const tracesFolder = "redactions"

// findTraces finds those of the same command, nil where there are none.
func findTraces(state, key string) (*traces, error) {
	t := &traces{file: filepath.Join(state, tracesFolder, key+".json")}
	data, err := os.ReadFile(t.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(data, t)
	}
	if err != nil {
		return nil, fmt.Errorf("%s, which tells of a redaction that is not finished, cannot be read: %w", t.file, err)
	}
	return t, nil
}

// traces are those of the batch that was planned.
func (r *redaction) traces(state string) (*traces, error) {
	t := &traces{Key: r.batch.Key, Batch: r.batch.ID, Began: r.batch.Began, file: filepath.Join(state, tracesFolder, r.batch.Key+".json")}
	if r.numbers != nil {
		saved := r.numbers.Saved()
		t.Numbers = &saved
	}
	for n := range r.batch.Len() {
		row, err := r.batch.Row(n)
		if err != nil {
			return nil, err
		}
		t.IDs = append(t.IDs, row.LogID)
	}
	return t, nil
}

func (t *traces) remember() error {
	data, err := json.Marshal(t)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(t.file), 0o700)
	}
	if err == nil {
		err = writeWhole(t.file, data)
	}
	if err != nil {
		return fmt.Errorf("nothing was redacted: %w", err)
	}
	return nil
}

// oldEntry tells whether an entry of the journal holds values that have to go, or hashes of them.
func (r *redaction) oldEntry(t *traces, ids map[string]bool) func(journal.Entry, []byte) bool {
	return func(e journal.Entry, raw []byte) bool {
		if e.ID == "" {
			return len(r.Finder.Find(string(raw), "").Hits) > 0
		}
		if e.Server != r.svc.id || !ids[e.LogID] {
			return false
		}
		if e.Judgment != nil && r.In(e.Judgment.Value) {
			return true
		}
		return e.Batch == t.Batch || slices.ContainsFunc(e.Changes, func(c journal.Change) bool {
			return c.Splice != nil || r.In(c.Old) || r.In(c.New) // a hash of what is found may be guessed by the rest of the text
		})
	}
}

// oldHits says how much of the journal and which drafts hold hits, "" for nothing.
func (r *redaction) oldHits(ctx context.Context, t *traces) (string, error) {
	entries, old := 0, r.oldEntry(t, t.set())
	for e, err := range r.journal.Entries(journal.Filter{Server: r.svc.id}) {
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
		words = append(words, figure.Count(entries, "entry")+" of the journal")
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
	err = errors.Join(err, wrong)
	if len(words) == 0 {
		return "", err
	}
	return strings.Join(words, " and ") + " of these logs hold hits, and lose them", err
}

// set are the ids, to be looked up.
func (t *traces) set() map[string]bool {
	ids := make(map[string]bool, len(t.IDs))
	for _, id := range t.IDs {
		ids[id] = true
	}
	return ids
}

func (r *redaction) draftStore() (*draft.Store, error) {
	dir, err := r.state()
	return draft.New(dir, draft.Options{Now: r.env.Now, Former: r.formerNames()}), err
}

// drafts are those of the logs.
func (r *redaction) drafts(ctx context.Context, t *traces) ([]draft.Info, error) {
	store, err := r.draftStore()
	if err != nil {
		return nil, err
	}
	list, err := store.ListOf(ctx, r.svc.id)
	ids := t.set()
	return slices.DeleteFunc(list, func(i draft.Info) bool { return !ids[i.LogID] }), err
}

// clear takes the words out of everything but the logs that held them. It can be done again.
func (r *redaction) clear(ctx context.Context, t *traces) error {
	entries, err := r.journal.Purge(ctx, r.oldEntry(t, t.set()))
	if err != nil {
		return fmt.Errorf("the journal still holds what was there before: %w", err)
	}
	if err := r.batch.Blank(); err != nil {
		return fmt.Errorf("the batch still holds hashes of what was there before: %w", err)
	}
	batches, err := r.clearBatches(t)
	if err != nil {
		return err
	}
	masked, err := r.clearDrafts(ctx, t)
	if err != nil {
		return err
	}
	cleared := figure.Count(entries, "entry") + " of the journal, " + figure.Count(masked, "draft")
	if batches > 0 {
		cleared += ", " + figure.Count(batches, "batch")
	}
	r.say("cleared: %s", cleared)
	if err := r.scrub(ctx); err != nil {
		return err
	}
	left, err := r.left(ctx, t)
	if err != nil {
		return fmt.Errorf("whether anything is left cannot be read: %w", err)
	}
	if err := os.Remove(t.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if left > 0 {
		r.worst = max(r.worst, exitRefused)
		r.say("errata: %s still hold hits, as said above", figure.Count(left, "log"))
	} else {
		r.say("nothing of it is left in these logs, the journal and the drafts%s", r.andStore())
	}
	r.sayUnreached()
	return nil
}

// clearDrafts masks the drafts of the logs. One that somebody has open is an error.
func (r *redaction) clearDrafts(ctx context.Context, t *traces) (masked int, err error) {
	store, err := r.draftStore()
	if err != nil {
		return 0, err
	}
	list, err := r.drafts(ctx, t)
	for _, info := range list {
		done, wrong := store.Redact(ctx, info, func(_ *model.Field, v model.Value) model.Value { return r.maskedValue(v) },
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

// batches are those that hold hits in what was typed to begin them, but for the redaction itself.
func (r *redaction) batches(t *traces) ([]string, error) {
	state, err := r.state()
	if err != nil {
		return nil, err
	}
	list, err := batch.Holding(state, r.svc.id, func(typed []byte) bool { return r.In(model.Raw(typed)) })
	return slices.DeleteFunc(list, func(id string) bool { return id == t.Batch }), err
}

// clearBatches takes what was typed out of the batches that hold hits. One that another process is
// busy with is an error.
func (r *redaction) clearBatches(t *traces) (cleared int, err error) {
	state, err := r.state()
	if err != nil {
		return 0, err
	}
	list, err := r.batches(t)
	for _, id := range list {
		if wrong := batch.Purge(state, id); wrong != nil {
			err = errors.Join(err, fmt.Errorf("batch %s still holds what was there before: %w", id, wrong))
			continue
		}
		cleared++
	}
	return cleared, err
}

// maskedValue is a value with masks.
func (r *redaction) maskedValue(v model.Value) model.Value {
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

// scrub clears the files of the store.
func (r *redaction) scrub(ctx context.Context) error {
	store, ok := r.svc.scanner.(scrubber)
	if !ok {
		return nil
	}
	lasting, cancel := api.Lasting(ctx, 0)
	defer cancel()
	left, err := store.Scrub(lasting)
	if left != "" {
		r.say("%s", left)
	}
	return err
}

// left is how many of the logs still hold what can be masked.
func (r *redaction) left(ctx context.Context, t *traces) (n int, err error) {
	for _, id := range t.IDs {
		doc, err := r.svc.Log(ctx, id)
		if api.CodeOf(err) == api.NotFound {
			continue
		}
		if err != nil {
			return n, err
		}
		log, err := parse(doc)
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
func (r *redaction) andStore() string {
	if _, ok := r.svc.scanner.(scrubber); ok && !r.cfg.OnPostgres() {
		return ", nor in the file of the store"
	}
	return ""
}

// sayUnreached names what a redaction does not reach.
func (r *redaction) sayUnreached() {
	if r.svc.scanner == nil {
		r.say("not reached: the files, backups and records of %s itself, which only who runs it can clear", r.svc.name)
	}
	for _, name := range r.copies() {
		r.say("not reached: %s", name)
	}
	r.say("not reached: backups, exports and other copies that were made elsewhere, and what a file system keeps of overwritten files")
}

// copies are files nearby that may hold the logs as they were: other databases beside the store,
// and what was deleted or refused.
func (r *redaction) copies() (list []string) {
	state, err := r.state()
	if err == nil {
		for _, pattern := range []string{filepath.Join(state, trashFolder, "*.jsonl"), filepath.Join(state, "rejects", "*.jsonl")} {
			names, _ := filepath.Glob(pattern)
			list = append(list, slices.DeleteFunc(names, func(name string) bool { return !r.inFile(name) })...)
		}
	}
	path, ok := strings.CutPrefix(r.svc.id, fileServer)
	if !ok || r.svc.scanner == nil {
		return list
	}
	names, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	for _, name := range names {
		if !strings.HasPrefix(name, path) && isDatabase(name) {
			list = append(list, name)
		}
	}
	return list
}

// inFile tells whether anything is found in a file of lines.
func (r *redaction) inFile(name string) bool {
	data, err := os.ReadFile(name)
	return err != nil || len(r.Finder.Find(string(data), "").Hits) > 0
}

// isDatabase tells whether a file is a SQLite database.
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
