package redaction

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"errata/api/batch"
	"errata/model/redact"
	"errata/ui/outfile"
)

// Traces are what has to be cleared once a redaction is sent. They are in a file from before the
// first PATCH until nothing is left, so that it goes on after a kill. The file holds no word that
// has to go.
type Traces struct {
	Key     string        `json:"key"`
	Batch   string        `json:"batch"`
	Began   time.Time     `json:"began"`
	IDs     []string      `json:"ids"`
	Numbers *redact.Saved `json:"numbers,omitempty"` // of the masks

	file string
}

// folder is the folder of these files below that of the state.
const folder = "redactions"

func fileOf(state, key string) string { return filepath.Join(state, folder, key+".json") }

// Find finds what the same command left to be cleared, nil if that is nothing.
func Find(state, key string) (*Traces, error) {
	t := &Traces{file: fileOf(state, key)}
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

// TracesOf are those of a batch whose logs are known, without what was left out of it.
func (r *Redaction) TracesOf(b *batch.Batch) (*Traces, error) {
	t := &Traces{Key: b.Key, Batch: b.ID, Began: b.Began, file: fileOf(r.State, b.Key)}
	if r.numbers != nil {
		saved := r.numbers.Saved()
		t.Numbers = &saved
	}
	for n := range b.Len() {
		row, err := b.Row(n)
		if err != nil {
			return nil, err
		}
		if !row.Out {
			t.IDs = append(t.IDs, row.LogID)
		}
	}
	return t, nil
}

// Begin notes on disk what is to be cleared. From then on nothing is counted.
func (r *Redaction) Begin(t *Traces) error {
	r.mu.Lock()
	r.reports = nil
	r.mu.Unlock()
	if r.numbers != nil && t.Numbers != nil {
		r.number(t.Numbers)
	}
	data, err := json.Marshal(t)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(t.file), 0o700)
	}
	if err == nil {
		err = outfile.Write(t.file, data)
	}
	if err != nil {
		return fmt.Errorf("nothing was redacted: %w", err)
	}
	return nil
}

// set are the ids, to be looked up.
func (t *Traces) set() map[string]bool {
	ids := make(map[string]bool, len(t.IDs))
	for _, id := range t.IDs {
		ids[id] = true
	}
	return ids
}
