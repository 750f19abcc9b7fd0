package outfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/outfile"
)

func TestAFileIsThereWhenItIsDone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "tides.jsonl")
	f, err := outfile.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("ebb\n")
	if err := outfile.Free(name); err != nil {
		t.Errorf("before it is done: %v", err)
	}
	if err := f.Done(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "ebb\n" {
		t.Errorf("it holds %q, %v", got, err)
	}
	if err := outfile.Free(name); !errors.Is(err, outfile.ErrThere) {
		t.Errorf("when it is there: %v", err)
	}
	if err := outfile.Free(dir); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("a directory: %v", err)
	}
}

func TestAnAbandonedFileLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := outfile.Create(filepath.Join(dir, "tides.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("ebb\n")
	f.Abandon()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}
