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
	name, ok := bars.HintAt(c.X, r.w, r.th, maps...)
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
