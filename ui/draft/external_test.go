package draft_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"errata/model"
	"errata/ui/draft"
)

// lend gives another program a text in a file of the draft.
func lend(t *testing.T, d *draft.Draft, text string) (path string) {
	t.Helper()
	l := draft.NewExternalEdit(field("output"), model.Raw([]byte(`"a"`)), "output.txt", []byte(text))
	l.Path, l.JSON = []int{1, 0}, true
	path, err := d.EditorFile(l.Name)
	if err != nil {
		t.Fatal(err)
	}
	add(t, d, l)
	write(t, path, text)
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, s *draft.Store) []draft.Info {
	t.Helper()
	list, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhatAnotherProgramHasIsKnownAfterARestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	text := "\ufeffa long text that ends\r\n"
	path := lend(t, d, text)
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("its directory: %v, %v", info.Mode(), err)
	}
	b.pass(time.Hour)
	for range 2 {
		shut(t, d)
		var state *draft.State
		d, state = take(t, b.Store)
		l := state.External
		if l == nil || l.Field != field("output") || l.Name != "output.txt" || len(l.Path) != 2 || !l.JSON || string(l.Base.Bytes()) != `"a"` {
			t.Fatalf("the text that the editor has is %+v", l)
		}
		if !l.IsSame([]byte(text)) || l.IsSame([]byte("another")) || string(l.Ends) != "\ufeffad\r\n"[:4]+"ds\r\n" {
			t.Errorf("its ends are %q", l.Ends)
		}
		if err := d.Clear(t.Context(), ""); err != nil { // other fields were saved
			t.Fatal(err)
		}
	}
	add(t, d, draft.ExternalDone{})
	shut(t, d)
	if state := reread(t, b.dir); state.External != nil {
		t.Errorf("after it was taken over: %+v", state.External)
	}
}

// TestLeft holds what comes back from an editor against what was typed there.
func TestLeft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, given, left, want string }{
		{"nothing changed", "a", "a", "a"},
		{"a break added", "a", "a\n", "a"},
		{"two breaks, of which one was typed", "a", "a\n\n", "a\n"},
		{"a break that was there", "a\n", "b\n", "b\n"},
		{"a break taken away", "a\n", "b", "b"},
		{"an empty text", "", "x\n", "x"},
		{"CR LF within", "a\r\nb", "a\r\nc\r\n", "a\r\nc"},
		{"CR LF at the end", "a\r\nb\r\n", "a\r\nc\r\n", "a\r\nc\r\n"},
		{"a file format of CR LF chosen by the editor", "a", "b\r\n", "b"},
		{"a lone CR at the end stays", "a\r", "a\r\n", "a\r"},
		{"mixed breaks", "a\r\nb\nc", "a\r\nb\nd\n", "a\r\nb\nd"},
		{"mixed breaks and a CR at the end", "a\nb\r", "a\nc\r\n", "a\nc\r"},
		{"a byte order mark added", "a", "\ufeffa\n", "a"},
		{"a byte order mark that was there", "\ufeffa", "\ufeffb\n", "\ufeffb"},
	} {
		external := draft.NewExternalEdit(field("output"), model.Null, "output.txt", []byte(c.given))
		text, changed := external.Saved([]byte(c.left))
		if got := string(text); got != c.want || changed != (c.given != c.want) {
			t.Errorf("%s: %q left as %q is %q, want %q", c.name, c.given, c.left, got, c.want)
		}
	}
}

func TestADraftIsListedForTheWordsThatAnEditorLeft(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	path := lend(t, d, "as it was")
	if got := list(t, b.Store); len(got) != 0 {
		t.Errorf("an editor that has written nothing is listed: %+v", got)
	}
	swap := filepath.Join(filepath.Dir(path), ".output.txt.swp")
	write(t, swap, "")
	if got := list(t, b.Store); len(got) != 1 || got[0].External.Recovery != swap || got[0].External.Text != nil {
		t.Errorf("the recovery file is not told: %+v", got)
	}
	if err := os.Remove(swap); err != nil {
		t.Fatal(err)
	}
	write(t, path, "new words")
	got := list(t, b.Store)
	if len(got) != 1 || got[0].External == nil || string(got[0].External.Text) != "new words" || got[0].External.Path != path {
		t.Fatalf("listed: %+v", got)
	}
	shut(t, d)
	if err := b.Discard(t.Context(), got[0]); err != nil {
		t.Fatal(err)
	}
	// the lock of all
	if entries, _ := os.ReadDir(filepath.Join(b.dir, "drafts")); len(entries) != 1 {
		t.Errorf("after discarding there are %v", entries)
	}
}

func TestAFileThatNobodyWroteToGoesInTheEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	path := lend(t, d, "as it was")
	shut(t, d)
	if err := os.Chtimes(path, b.Now(), b.Now()); err != nil {
		t.Fatal(err)
	}
	list(t, b.Store)
	if _, err := os.Stat(path); err != nil {
		t.Errorf("a window may be open on it still: %v", err)
	}
	b.pass(8 * 24 * time.Hour)
	list(t, b.Store)
	// the lock of all
	if entries, _ := os.ReadDir(filepath.Join(b.dir, "drafts")); len(entries) != 1 {
		t.Errorf("there are still %v", entries)
	}
}

func TestCleaningUpLeavesWhatAnEditorSaved(t *testing.T) {
	t.Parallel()
	for name, kept := range map[string]bool{
		".output.txt.swp": true, "#output.txt#": true, "output.txt.save": true, "output.txt~": false, ".other.txt.swp": false,
	} {
		dir := filepath.Join(t.TempDir(), "room")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "output.txt")
		write(t, path, "words")
		write(t, filepath.Join(dir, name), "more words")
		left, err := draft.CleanUp(path)
		if err != nil || (left != "") != kept {
			t.Errorf("%s: left %q, %v", name, left, err)
		}
		if _, err := os.Stat(dir); (err == nil) != kept {
			t.Errorf("%s: the directory: %v", name, err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: the file is still there", name)
		}
	}
}

func TestADamagedDraftIsNamed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	d, _ := take(t, b.Store)
	add(t, d, step("source", `"a"`, nil, value(`"b"`)))
	shut(t, d)
	name := theFile(t, b.dir)
	file, _ := os.ReadFile(name)
	write(t, name, string(file)+"torn")
	if got := list(t, b.Store); len(got) != 1 || got[0].Lost != 4 {
		t.Errorf("listed: %+v", got)
	}
	reread(t, b.dir) // which puts it aside
	if got := list(t, b.Store); len(got) != 1 || got[0].Lost != 4 {
		t.Errorf("listed once it was put aside: %+v", got)
	}
	write(t, name, strings.Repeat("no draft", 9))
	if _, err := b.List(t.Context()); err == nil || !strings.Contains(err.Error(), "nothing of it can be read") {
		t.Errorf("a file of which nothing can be read: %v", err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if _, err := b.List(t.Context()); err == nil || !strings.Contains(err.Error(), ".unread") {
		t.Errorf("what was put aside of it: %v", err)
	}
}
