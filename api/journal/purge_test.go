package journal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/api/journal"
)

func TestPurgeTakesValuesAndHashesOutOfWhatMatches(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{Segment: 400})
	secret := edited(t, doc, map[string]string{"output": `"Mondsteinfalke"`})
	first, kept, last := put(t, j, secret), put(t, j, ten(t)), put(t, j, secret)
	damage := filepath.Join(dir, "journal", "00000001.jsonl")
	data, err := os.ReadFile(damage)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damage, append([]byte("a broken line with Mondsteinfalke\n"), data...), 0o600); err != nil {
		t.Fatal(err)
	}
	named := func(e journal.Entry, raw []byte) bool { return bytes.Contains(raw, []byte("Mondsteinfalke")) }
	if n, err := j.Purge(t.Context(), named); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	for _, id := range []string{first, last} {
		e, err := j.Get(id)
		if err != nil || !e.Redacted || e.Outcome == journal.Pending || strings.Trim(e.Changes[0].NewSum.SHA256, "0") != "" {
			t.Errorf("%+v, %v", e, err)
		}
	}
	if e, err := j.Get(kept); err != nil || e.Redacted || string(e.Changes[0].New.Bytes()) != `"high at ten"` {
		t.Errorf("what did not match became %+v, %v", e, err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "journal", "*"))
	for _, name := range files {
		if data, _ := os.ReadFile(name); bytes.Contains(data, []byte("Mondsteinfalke")) {
			t.Errorf("%s still holds the word", name)
		}
	}
	if n, err := j.Purge(t.Context(), named); n != 0 || err != nil {
		t.Errorf("a second time: %d, %v", n, err)
	}
}
