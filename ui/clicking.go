package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
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

// divided is a screen with a rule between two parts that can be moved: to another column, or to
// another line where it lies across.
type divided interface {
	Rule() layout.Rect // has no cells where there is none; one line high where it lies across
	Divide(at int)     // 0 puts it where it was before anybody moved it
}

// drag moves the rule between two parts while the left button is held down on it; a double click
// puts it back. used is false for what means something else.
func (r *root) drag(msg tea.MouseMsg) (used bool) {
	top, ok := r.top().(divided)
	if !ok || r.covered() || r.awaiting() {
		r.dragging = false
		return false
	}
	switch was := r.dragging; {
	case msg.Action == tea.MouseActionRelease:
		r.dragging = false
		return was
	case msg.Action == tea.MouseActionMotion:
		if was {
			at := msg.X
			if top.Rule().H == 1 {
				at = msg.Y
			}
			top.Divide(max(at, 1))
		}
		return was
	case msg.Button != tea.MouseButtonLeft || !top.Rule().Has(msg.X, msg.Y):
		return false
	}
	r.dragging = true
	if r.presses.press(msg.X, msg.Y).Double {
		top.Divide(0)
	}
	return true
}

// hinted is the key of what is drawn where a click is, as the screen is laid out: a hint at the
// foot of the window or of the list of themes, or an answer to the question that is open. There may
// be something else in the place of the hints: what completes a search, say.
func (r *root) hinted(c term.ClickMsg) (key tea.KeyMsg, ok bool) {
	name := ""
	switch maps := r.footer(); {
	case r.w < layout.MinWidth || r.h < layout.MinHeight:
	case r.ask != nil:
		name, ok = r.answerAt(c)
	case r.picker != nil:
		name, ok = r.picker.hintAt(c, r.w, r.h, r.th)
	case c.Y == r.h-1 && maps != nil:
		view := r.window()
		if view[strings.LastIndexByte(view, '\n')+1:] == bars.Hints(r.w, r.th, maps...) {
			name, ok = bars.HintAt(c.X, r.w, r.th, maps...)
		}
	}
	if !ok {
		return key, false
	}
	return keyNamed(name)
}

// footer is the tables whose hints are in the last line, nil for none.
func (r *root) footer() []keys.Map {
	if r.help != nil {
		return []keys.Map{r.help.table()}
	}
	return r.keys()
}
