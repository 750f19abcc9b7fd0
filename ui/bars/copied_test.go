package bars

import (
	"testing"

	"errata/ui/term"
)

func TestACopyIsNotClaimedWhereTmuxMayDropIt(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		msg  term.CopiedMsg
		want string
	}{
		{term.CopiedMsg{What: "output"}, "copied output"},
		{term.CopiedMsg{What: "output", Dropped: true}, "sent output to be copied; tmux may drop it: set -s set-clipboard on"},
		{term.CopiedMsg{What: "output", Err: &term.TooLongError{Bytes: 2, Limit: 1}, Dropped: true}, "not copied: too long to copy (2 bytes, at most 1)"},
	} {
		if got := Copied(x.msg).Text; got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}
