package journal_test

import (
	"context"
	"fmt"
	"os"

	"errata/api/journal"
	"errata/api/save"
	"errata/model"
)

// A change is recorded before it is sent and once more when its outcome is known. What takes it
// back is made from the record and the log as it is now.
func ExampleJournal() {
	dir, err := os.MkdirTemp("", "journal")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		panic(err)
	}
	before, after := read(`{"id":"log_1","prompt":{"id":"pr_1"},"output":"teh answer"}`), read(`{"id":"log_1","prompt":{"id":"pr_1"},"output":"the answer"}`)
	changes := model.NewChangeSet(before)
	for _, f := range model.Fields() {
		changes.Set(f, after.Value(f))
	}

	ctx := context.Background()
	record, err := j.Recorder("http://127.0.0.1:8787/v5").Begin(ctx, changes)
	if err != nil {
		panic(err)
	}
	// The PATCH goes out here.
	if err := record.End(ctx, save.Result{Outcome: save.Verified, Got: after}); err != nil {
		panic(err)
	}

	for entry, err := range j.Entries(journal.Filter{}) {
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s %s %s\n", entry.LogID, entry.Outcome, entry.Body())
		inverse, err := journal.Inverse(entry, after)
		if err != nil {
			panic(err)
		}
		fmt.Printf("undo: %s\n", inverse.Changes.Patch())
	}
	// Output:
	// log_1 verified {"output":"the answer"}
	// undo: {"output":"teh answer"}
}

func read(raw string) *model.Log {
	log, err := model.ParseLog([]byte(raw))
	if err != nil {
		panic(err)
	}
	return log
}
