//go:build unix

package termtest

import (
	"bytes"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// A screen shows what a program writes. Like a terminal that knows synchronized updates, it shows
// each of them as a whole: nobody sees it halfway.
type screen struct {
	*vt.Emulator
	shown int                // how much of the output it shows
	modes map[ansi.Mode]bool // those that the program has set or reset
}

func newScreen(w, h int) *screen {
	s := &screen{Emulator: vt.NewEmulator(w, h), modes: map[ansi.Mode]bool{}}
	s.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { s.modes[m] = true },
		DisableMode: func(m ansi.Mode) { s.modes[m] = false },
	})
	// its answers, which it would wait to be rid of
	go func() { _, _ = io.Copy(io.Discard, s.Emulator) }()
	return s
}

// close ends the reading of answers. The emulator's own Close is not meant for two goroutines.
func (s *screen) close() { _ = s.InputPipe().(io.Closer).Close() }

// show brings the screen to the state after out, which begins with what it got before; an update
// whose end has not come is left for later.
func (s *screen) show(out []byte) {
	const begin, end = ansi.SetModeSynchronizedOutput, ansi.ResetModeSynchronizedOutput
	from := max(0, s.shown-len(begin)+1) // a mark may have come in two parts
	whole := len(out)
	if at := bytes.LastIndex(out[from:], []byte(begin)); at > bytes.LastIndex(out[from:], []byte(end)) {
		whole = max(s.shown, from+at)
	}
	_, _ = s.Write(out[s.shown:whole])
	s.shown = whole
}

// Look hands the screen to see, which must not keep it, nor call the Remote.
func (r *Remote) Look(see func(*vt.Emulator)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	see(r.screen.Emulator)
}

// CursorShown reports whether the cursor of the terminal is to be seen.
func (r *Remote) CursorShown() bool {
	modes, _ := r.modes()
	shown, set := modes[ansi.ModeTextCursorEnable]
	return shown || !set
}

// Screen is the text that a person sees, without trailing blanks and rows.
func (r *Remote) Screen() (text string) {
	r.Look(func(e *vt.Emulator) { text = e.String() })
	return strings.TrimRight(text, "\n")
}
