package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"errata/api/store"
)

// freshVariable makes of the test binary a process that imports into a store of its own, which it
// makes under the name that it gives.
const freshVariable = "ERRATA_TEST_FRESH"

// What such a process imports: so many logs at a time, so often.
const freshTogether, freshTimes = 100, 12

// importFresh says on stdout when some logs were imported, and when the store is in its place.
func importFresh(path string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{Fresh: true})
	if err != nil {
		return err
	}
	bulk := s.Bulk()
	for n := range freshTimes {
		var entries []*store.Entry
		for i := range freshTogether {
			e, err := store.Prepare([]byte(logDoc(fmt.Sprint("log_", n*freshTogether+i), "pr_1", `, "output": "a word"`)))
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		for len(entries) > 0 {
			did, err := bulk.Import(ctx, entries)
			if err != nil {
				return err
			}
			entries = entries[len(did):]
		}
		if err := bulk.Commit(ctx); err != nil {
			return err
		}
		fmt.Println(n)
	}
	if s, err = s.Finish(ctx); err != nil {
		return err
	}
	fmt.Println("done")
	return s.Close()
}

// TestKilledFresh kills an import that makes its store, ever later. It leaves no store or a whole
// one, and the same import once more makes it.
func TestKilledFresh(t *testing.T) {
	t.Parallel()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for lines := range freshTimes + 2 {
		path := filepath.Join(t.TempDir(), "errata.db")
		cmd := exec.CommandContext(t.Context(), binary)
		cmd.Env = append(os.Environ(), freshVariable+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		told := bufio.NewScanner(out)
		for range lines {
			told.Scan()
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		done := told.Text() == "done"
		if _, err := os.Stat(path); err == nil || done {
			wantFresh(t, path)
		}
		if err := importFreshly(path); err != nil {
			t.Fatal(err)
		}
		wantFresh(t, path)
		wantAlone(t, path)
	}
}

// importFreshly is the import in a process of its own that nobody kills.
func importFreshly(path string) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), freshVariable+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// wantFresh wants all that importFresh imports to be there.
func wantFresh(t *testing.T, path string) {
	t.Helper()
	s := open(t, path)
	if _, total := ids(t, s, logsOf("pr_1")); total != freshTogether*freshTimes {
		t.Errorf("%d logs, want %d", total, freshTogether*freshTimes)
	}
	sound(t, s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// wantAlone wants no file beside the store.
func wantAlone(t *testing.T, path string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(names) != 1 || names[0] != path {
		t.Errorf("there are %q, %v", names, err)
	}
}

// openFresh opens a store to be built.
func openFresh(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{Fresh: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestFresh(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "below", "errata.db")
	s := openFresh(t, path)
	put(t, s, logDoc("log_1", "pr_1", ""))
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) || s.Made() {
		t.Errorf("it is there before it is finished: %v", err)
	}
	// Another import meanwhile makes the store as ever.
	other := openFresh(t, path)
	put(t, other, logDoc("log_2", "pr_1", ""))
	got, err := s.Finish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if all, _ := ids(t, got, logsOf("pr_1")); len(all) != 2 {
		t.Errorf("there are %q", all)
	}
	if again, err := got.Finish(t.Context()); again != got || err != nil {
		t.Errorf("a store in its place was finished again: %v", err)
	}
	for _, s := range []*store.Store{got, other} {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	wantAlone(t, path)
}

// TestFreshThatIsLeft leaves nothing, and begins again where a killed one has left something.
func TestFreshThatIsLeft(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	for _, rest := range []string{".import", ".import.lock"} {
		if err := os.WriteFile(path+rest, []byte("half a store"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := openFresh(t, path)
	put(t, s, logDoc("log_1", "pr_1", ""))
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if names, _ := filepath.Glob(path + "*"); len(names) > 0 {
		t.Errorf("left %q", names)
	}
	s = openFresh(t, path)
	put(t, s, logDoc("log_2", "pr_1", ""))
	s, err := s.Finish(t.Context())
	if err != nil || !s.Made() {
		t.Fatalf("not made: %v", err)
	}
	if head, err := os.ReadFile(path); err != nil || head[18] != 2 || head[19] != 2 {
		t.Errorf("the file has no write-ahead log: %v", err)
	}
	if got := get(t, s, "log_2"); got != logDoc("log_2", "pr_1", "") {
		t.Errorf("stored %s", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wantAlone(t, path)
}

// TestFreshBesideAnother keeps a file of somebody else that has the name under which a store is
// built.
func TestFreshBesideAnother(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	if err := os.WriteFile(path+".import", []byte("logs to import"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openFresh(t, path)
	put(t, s, logDoc("log_1", "pr_1", ""))
	s, err := s.Finish(t.Context())
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(path + ".import"); string(kept) != "logs to import" {
		t.Errorf("kept %q, %v", kept, err)
	}
	if again := open(t, path); get(t, again, "log_1") != logDoc("log_1", "pr_1", "") {
		t.Error("the store is another")
	}
}

// TestFreshThatIsLeftBesideAStore goes with the next import, though another command made the store.
func TestFreshThatIsLeftBesideAStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	for _, rest := range []string{".import", ".import.lock", ".import.migrate"} {
		if err := os.WriteFile(path+rest, []byte("half a store"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := store.Open(t.Context(), path, store.Options{Existing: true, Fresh: true})
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	wantAlone(t, path)
}
