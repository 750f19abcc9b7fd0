package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"errata/ui"
	"errata/ui/cli"
)

// TestStoreWhereNothingCanBeWritten reads a store beside which no file can be made, and changes
// nothing in it: the screen shows it as read-only, and a command says so.
func TestStoreWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, logs := filepath.Join(dir, "logs.db"), filepath.Join(dir, "logs.jsonl")
	write(t, logs, logA+"\n")
	run(t, nil, "--db", db, "import", logs).wants(t, 0)
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Mkdir(db+suffix, 0o700); err != nil { // where SQLite would make a file
			t.Fatal(err)
		}
	}
	got := run(t, nil, "--db", db, "get", "log_a", "output")
	if got.wants(t, 0, "the store "+db+" is open for reading only"); got.stdout != "a" {
		t.Errorf("it is %q", got.stdout)
	}
	run(t, nil, "--db", db, "set", "log_a", "output=b").wants(t, 1, "nothing was changed: the store can only be read")
	run(t, nil, "--db", db, "import", logs).wants(t, 1, "open for reading only")
	run(t, nil, "--db", db, "diff", "log_a", "output=b").wants(t, 0)
	var shown []ui.Options
	run(t, func(e *cli.Env) { terminal(&shown)(e) }, "--db", db).wants(t, 0)
	if len(shown) != 1 || !shown[0].ReadOnly {
		t.Errorf("shown: %+v", shown)
	}
}
