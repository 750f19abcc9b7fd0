package cli_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"errata/api/journal"
	"errata/model"
	"errata/ui/draft"
)

// stateOf is the directory of drafts and the journal below a home.
func stateOf(home string) string { return filepath.Join(home, ".local", "state", "errata") }

// changeOf is the log in a document with another literal for a field.
func changeOf(document, name, literal string) (*model.ChangeSet, error) {
	log, err := model.ParseLog([]byte(document))
	if err != nil {
		return nil, err
	}
	f, ok := model.Lookup(name)
	if !ok {
		return nil, fmt.Errorf("no field %s", name)
	}
	c := model.NewChangeSet(log)
	c.Set(f, model.Raw([]byte(literal)))
	return c, nil
}

// abandon is a program: abandon SERVER FILE FIELD LITERAL ends between writing a PATCH of the log in the file to the journal and sending it.
func abandon() {
	document, err := os.ReadFile(os.Args[2])
	if err == nil {
		err = begin(stateOf(os.Getenv("HOME")), os.Args[1], string(document), os.Args[3], os.Args[4])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// begin writes a PATCH to the journal that is under way for as long as this process lives.
func begin(dir, server, document, name, literal string) error {
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		return err
	}
	c, err := changeOf(document, name, literal)
	if err != nil {
		return err
	}
	_, err = j.Recorder(server).Begin(context.Background(), c)
	return err
}

func newestEntry(ts *testscript.TestScript, _ bool, args []string) {
	j, err := journal.Open(stateOf(ts.Getenv("HOME")), journal.Options{})
	ts.Check(err)
	var filter journal.Filter
	if len(args) > 1 {
		filter.LogID = args[1]
	}
	for e, err := range j.Entries(filter) {
		ts.Check(err)
		ts.Setenv(args[0], e.ID)
		return
	}
	ts.Fatalf("the journal is empty")
}

func unsavedChange(ts *testscript.TestScript, _ bool, args []string) {
	id := draft.Identity{Server: args[0], LogID: args[1], PromptID: "pr_1"}
	d, _, err := draft.New(stateOf(ts.Getenv("HOME")), draft.Options{}).Take(context.Background(), id, false)
	ts.Check(err)
	f, ok := model.Lookup(args[2])
	if !ok {
		ts.Fatalf("no field %s", args[2])
	}
	base := model.Raw([]byte(args[3]))
	edit := model.Edit{}
	if edit.Value, err = f.Parse(args[4], base); err != nil {
		edit = model.Edit{Text: args[4], Err: err}
	}
	ts.Check(d.Append(draft.Step{Field: f, Base: base, After: &edit}))
	ts.Check(d.Close(context.Background()))
}
