package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/term"
)

// doubleTime is how soon a second press makes a double click.
const doubleTime = 400 * time.Millisecond

// presses tell a double click from two clicks.
type presses struct {
	last term.ClickMsg
	at   time.Time
	now  func() time.Time // nil for the clock
}

// press is the click that a press of the left button makes.
func (p *presses) press(x, y int) term.ClickMsg {
	now := time.Now
	if p.now != nil {
		now = p.now
	}
	c, at := term.ClickMsg{X: x, Y: y}, now()
	c.Double = !p.last.Double && p.last.X == x && p.last.Y == y && at.Sub(p.at) < doubleTime
	p.last, p.at = c, at
	return c
}

// mouse takes the wheel and the left button. What is done with shift is the terminal's.
func (r *root) mouse(msg tea.MouseMsg) tea.Cmd {
	switch {
	case msg.Shift:
		return nil
	case term.Wheel(msg) != 0:
		return r.wheel(msg)
	case msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress:
		return tea.Batch(r.click(r.presses.press(msg.X, msg.Y)), r.catchUp())
	}
	return nil
}

// wheel scrolls what covers the screen, or what is under the pointer there.
func (r *root) wheel(msg tea.MouseMsg) tea.Cmd {
	switch n := term.Wheel(msg); {
	case r.ask != nil:
		return nil
	case r.help != nil:
		r.help.move(n * term.WheelRows)
		return nil
	case r.picker != nil:
		r.wearAt(r.picker.cursor + n)
		return nil
	}
	return r.give(msg)
}

// click does the key of the hint that is clicked on, or passes the click to what is shown. While a
// question is open or something is awaited, only a hint means anything.
func (r *root) click(c term.ClickMsg) tea.Cmd {
	if key, ok := r.hinted(c); ok {
		return r.key(key)
	}
	switch {
	case r.ask != nil, r.awaiting():
		return nil
	case r.help != nil:
		closes, do := r.help.click(c)
		if closes {
			r.help = nil
		}
		if do != nil {
			return r.key(*do)
		}
		return nil
	case r.picker != nil:
		r.clickTheme(c)
		return nil
	}
	return r.give(c)
}

// hinted is the key of the hint that is drawn at the foot of the window where a click is. There may
// be something else in its place: what completes a search, say.
func (r *root) hinted(c term.ClickMsg) (key tea.KeyMsg, ok bool) {
	maps := r.footer()
	if c.Y != r.h-1 || maps == nil || r.ask != nil {
		return key, false
	}
	view := r.View()
	if view[strings.LastIndexByte(view, '\n')+1:] != bars.Hints(r.w, r.th, maps...) {
		return key, false
	}
	name, ok := bars.HintAt(c.X, r.w, maps...)
	if !ok {
		return key, false
	}
	return keyNamed(name)
}

// footer is the tables whose hints stand in the last line, nil for none.
func (r *root) footer() []keys.Map {
	if r.help != nil {
		return []keys.Map{r.help.table()}
	}
	return r.keys()
}
