package bars_test

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"errata/ui/bars"
)

func TestTheReasonComesFirst(t *testing.T) {
	t.Parallel()
	full := &fs.PathError{Op: "write", Path: "/a/long/way/down", Err: syscall.ENOSPC}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{full, syscall.ENOSPC.Error() + " (/a/long/way/down)"},
		{fmt.Errorf("open the journal: %w", full), syscall.ENOSPC.Error() + " (/a/long/way/down)"},
		{errors.New("another errata holds it"), "another errata holds it"},
	} {
		if got := bars.Reason(tt.err); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
