package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"errata/api"
	"errata/model"
)

// A disk that does not answer ends neither the wait for it nor, later, in a PATCH: what was given
// up is recorded as not sent once the disk goes on.
func TestAnInterruptionEndsTheWaitForTheJournalsDisk(t *testing.T) {
	t.Parallel()
	j, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	stuck, goOn, done := make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
	synced := j.sync
	j.sync = func(f *os.File) error {
		select {
		case stuck <- struct{}{}:
		default:
		}
		<-goOn
		return synced(f)
	}
	log, err := model.ParseLog([]byte(`{"id":"log_1","prompt":{"id":"pr_1"},"output":"a"}`))
	if err != nil {
		t.Fatal(err)
	}
	changes := model.NewChangeSet(log)
	output, _ := model.Lookup("output")
	changes.Set(output, model.Raw([]byte(`"b"`)))
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-stuck
		cancel()
	}()
	_, err = j.Recorder("http://127.0.0.1:1/v5").Begin(ctx, changes)
	var e *api.Error
	if !errors.As(err, &e) || e.Code != api.Canceled {
		t.Errorf("it ends with %v, want one that says that it was canceled", err)
	}
	close(goOn)
	go func() {
		defer close(done)
		for { // until the record that was given up is closed
			marks, _ := filepath.Glob(j.path("*" + markSuffix))
			for e, err := range j.Entries(Filter{}) {
				if err == nil && e.Outcome == NotSaved && len(marks) == 0 {
					return
				}
			}
		}
	}()
	<-done
}
