package cli_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"errata/ui/cli"
)

// age makes a store one of the time before stores kept account of corrections.
func age(t *testing.T, db string) {
	t.Helper()
	file, err := sql.Open("sqlite", db)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for _, statement := range []string{
		`DROP VIEW documents`,
		`DROP TRIGGER pieces_gone`,
		`DROP TABLE pieces`,
		`DROP INDEX logs_made`,
		`ALTER TABLE logs DROP COLUMN made`,
		`DROP TABLE nested`,
		`ALTER TABLE files DROP COLUMN learned`,
		`ALTER TABLE files DROP COLUMN deleted`,
		`DROP INDEX logs_corrected`,
		`ALTER TABLE logs DROP COLUMN original`,
		`DELETE FROM errata_schema WHERE version_id > 4`,
	} {
		if _, err := file.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCorrectionsOfAnOlderStore learns from the journal which logs were corrected, once, and says
// so.
func TestCorrectionsOfAnOlderStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	here, db := living(dir), filepath.Join(dir, ".local", "share", "errata", "errata.db")
	logs := filepath.Join(dir, "logs.jsonl")
	write(t, logs, logA+"\n"+`{"id":"log_b","output":"b","prompt":{"id":"pr_1"}}`+"\n")
	run(t, here, "import", logs).wants(t, 0)
	run(t, here, "set", "log_a", "output=corrected").wants(t, 0)
	age(t, db)
	write(t, logs, `{"id":"log_a","output":"new","prompt":{"id":"pr_1"}}`+"\n"+`{"id":"log_b","output":"new","prompt":{"id":"pr_1"}}`+"\n")
	run(t, here, "import", logs).wants(t, 0, "1 log is known from the journal to be corrected", "log log_a was corrected and is kept as it is", "1 replaced")
	if got := run(t, here, "get", "log_a", "output"); got.stdout != "corrected" || got.stderr != "" {
		t.Errorf("%q, said %q", got.stdout, got.stderr)
	}
}

// TestCorrectionsThroughAServerOfAnOlderStore learns likewise of what was sent to a server on this
// machine, which may have served that very store.
func TestCorrectionsThroughAServerOfAnOlderStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, logs := filepath.Join(dir, ".local", "share", "errata", "errata.db"), filepath.Join(dir, "logs.jsonl")
	here := both(living(dir), func(e *cli.Env) { e.Environ = append(e.Environ, "ERRATA_API_KEY="+key) })
	write(t, logs, logA+"\n"+`{"id":"log_b","output":"b","prompt":{"id":"pr_1"}}`+"\n")
	run(t, here, "import", logs).wants(t, 0)
	s := startServe(t, dir)
	run(t, here, "--base-url", s.base, "set", "log_a", "output=corrected").wants(t, 0, "saved and verified")
	s.stop()
	<-s.ended
	age(t, db)
	write(t, logs, `{"id":"log_a","output":"new","prompt":{"id":"pr_1"}}`+"\n"+`{"id":"log_b","output":"new","prompt":{"id":"pr_1"}}`+"\n")
	run(t, here, "import", logs).wants(t, 0, "1 log is known from the journal to be corrected", "log log_a was corrected and is kept as it is", "1 replaced")
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
