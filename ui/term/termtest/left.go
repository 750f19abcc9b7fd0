//go:build unix

package termtest

import (
	"maps"
	"reflect"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Left fails the test unless the program, which must have ended, left the terminal as it was
// before: screen, cursor, every mode, line settings.
func (r *Remote) Left() {
	r.t.Helper()
	r.rest()
	modes, halfway := r.modes()
	if halfway {
		r.t.Error("an update of the screen was never finished")
	}
	for mode, on := range modes {
		if on != (mode == ansi.ModeAutoWrap || mode == ansi.ModeTextCursorEnable) {
			r.t.Errorf("mode %d is left on: %v", mode.Mode(), on)
		}
	}
	after, err := term.GetState(r.slave.Fd())
	if err != nil {
		r.t.Fatal(err)
	}
	if !reflect.DeepEqual(r.before, after) {
		r.t.Errorf("the line settings are %+v, before %+v", after, r.before)
	}
}

// rest waits for the last of what the program wrote: a mark written after it comes after it, and
// is taken out again.
func (r *Remote) rest() {
	r.t.Helper()
	const mark = "\x1b_the end\x1b\\"
	if _, err := r.slave.WriteString(mark); err != nil {
		r.t.Fatal(err)
	}
	r.Until("the end of the output", func() bool { return strings.HasSuffix(r.Output(), mark) })
	r.mu.Lock()
	defer r.mu.Unlock()
	r.out.Truncate(r.out.Len() - len(mark))
	r.screen.shown = min(r.screen.shown, r.out.Len())
}

// modes are those that the program changed; halfway is whether an update of the screen is open.
func (r *Remote) modes() (m map[ansi.Mode]bool, halfway bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.screen.modes), r.screen.shown < r.out.Len()
}
