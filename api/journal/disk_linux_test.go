package journal_test

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"errata/api/journal"
	"errata/api/save"
)

func TestAFullDiskKeepsThePatchFromBeingSent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, journal.Options{})
	if err := errors.Join(os.Remove(segment(dir)), os.Symlink("/dev/full", segment(dir))); err != nil {
		t.Fatal(err)
	}
	f := fake(t, doc)
	r := save.Send(t.Context(), f, ten(t), save.Options{Journal: j.Recorder(server)})
	if r.Outcome != save.Failed || !errors.Is(r.Err, syscall.ENOSPC) || len(f.Patches()) != 0 {
		t.Errorf("%+v after %d PATCHes", r, len(f.Patches()))
	}
}
