package ui

import (
	"strings"

	"errata/ui/bars"
	"errata/ui/layout"
)

// View draws the screen that is on top, and the tour below it, exactly as large as the window.
func (r *root) View() string { return r.tour.below(r.window()) }

func (r *root) window() string {
	if r.w == 0 || r.h == 0 {
		return ""
	}
	view := r.screen()
	if r.picker != nil && r.w >= layout.MinWidth && r.h >= layout.MinHeight {
		return r.picker.over(view, r.w, r.h, r.th)
	}
	if r.ask != nil || r.help == nil && (r.reviewing.prep != nil || r.load != nil && r.review == nil) {
		view = r.withStatus(view)
	}
	_, y, typing := r.Cursor()
	if r.spinning == nil || typing && y == r.h-2 {
		return view
	}
	return r.spinning.over(view, r.w, r.h, r.th)
}

// Cursor is the terminal's cursor of the screen that is on top.
func (r *root) Cursor() (x, y int, ok bool) {
	if r.help != nil && r.ask == nil {
		return r.help.cursorCell()
	}
	if top := r.top(); top != nil && !r.covered() {
		return top.Cursor()
	}
	return 0, 0, false
}

func (r *root) screen() string {
	if r.help != nil {
		return r.help.view()
	}
	if top := r.top(); top != nil {
		return top.View()
	}
	return r.blank()
}

// blank is the screen of a log that is not there yet.
func (r *root) blank() string {
	if r.w < layout.MinWidth || r.h < layout.MinHeight {
		return bars.TooSmall(r.w, r.h)
	}
	lines := []string{bars.Bar(r.w, []bars.Piece{{Text: r.openTitle(), Style: r.th.Title}},
		[]bars.Piece{{Text: r.o.Server, Style: r.th.Muted}})}
	return strings.Join(bars.Fill(lines, r.h), "\n")
}

func (r *root) openTitle() string {
	if r.load != nil {
		return r.load.id
	}
	return "errata"
}

// withStatus puts a question, or what is being read or prepared, on the status line of a screen.
func (r *root) withStatus(view string) string {
	lines := bars.Fill(strings.Split(view, "\n"), r.h)
	if r.h < 2 {
		return view
	}
	if r.ask != nil {
		lines[r.h-2], lines[r.h-1] = r.questionLine(), bars.Buttons(r.w, r.th, r.ask.table)
		r.tellMore(lines)
		return strings.Join(lines, "\n")
	}
	var n bars.News
	switch {
	case r.reviewing.prep != nil:
		n.Text = r.reviewing.prep.text
	default:
		n.Text = bars.Waiting("reading "+r.load.id, r.load.why)
	}
	lines[r.h-2] = bars.Status(r.w, r.th, n)
	return strings.Join(lines, "\n")
}
