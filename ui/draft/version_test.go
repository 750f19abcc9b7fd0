package draft_test

import (
	"bytes"
	"os"
	"testing"

	"errata/ui/draft"
)

// TestOlderVersion reads a file that the version before wrote, and goes on in one of this version.
func TestOlderVersion(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile("testdata/version1.draft")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/version1.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := plant(t, dir, old)
	if list, err := onDir(dir).List(t.Context()); err != nil || len(list) != 1 || len(list[0].Changes) != 5 {
		t.Fatalf("list: %+v, %v", list, err)
	}
	if now, _ := os.ReadFile(name); !bytes.Equal(now, old) {
		t.Error("listing changes the file")
	}
	d, state := take(t, onDir(dir).Store)
	if got := dump(state); got != string(want) || state.Lost != 0 {
		t.Errorf("got (%d bytes lost)\n%s\nwant\n%s", state.Lost, got, want)
	}
	if now, _ := os.ReadFile(name); !bytes.HasPrefix(now, []byte("errata draft 5\n")) {
		t.Errorf("what follows stands in a file that begins %.20q", now)
	}
	add(t, d, splice(11, 1, "y"), draft.Undo{})
	shut(t, d)
	if got := string(reread(t, dir).Open.Text); got != "{\n  \"a\": 1,y\n}" {
		t.Errorf("text %q", got)
	}
}

// TestOlderVersionCut shows that a torn file of the older version loses no more than one of this
// version.
func TestOlderVersionCut(t *testing.T) {
	t.Parallel()
	old, err := os.ReadFile("testdata/version1.draft")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := plant(t, dir, nil)
	for cut := len(old) / 2; cut < len(old); cut += 7 {
		if err := os.WriteFile(name, old[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		d, state := take(t, onDir(dir).Store)
		shut(t, d)
		again := reread(t, dir)
		if got, want := dump(again), dump(state); got != want || again.Lost != 0 || len(state.Done) < 2 {
			t.Errorf("cut at %d, then again:\n%s\nwant\n%s", cut, got, want)
		}
	}
}
