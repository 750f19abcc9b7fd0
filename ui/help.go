package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/frame"
	"errata/ui/glyph"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/theme"
)

// help is the overlay that lists the keys of the screen beneath it.
type help struct {
	title string
	pane  *pager.Model
	th    *theme.Theme
	w, h  int
}

// keyWidth is the cells of the column of keys.
const keyWidth = 24

// openHelp shows the keys that hold just now, then those that hold everywhere.
func (r *root) openHelp() {
	maps := r.keys()
	if n := len(maps); n == 0 || maps[n-1].Title != keys.Global.Title {
		maps = append(maps, keys.Global)
	}
	var blocks []pager.Source
	for i, m := range maps {
		if i > 0 {
			blocks = append(blocks, pager.Plain("\n", r.th))
		}
		blocks = append(blocks, pager.Heading(m.Title, r.th.Heading))
		for _, b := range m.Bindings {
			blocks = append(blocks, pager.Line(
				pager.Run{Text: glyph.Fit(b.Label(), keyWidth), Style: r.th.Key},
				pager.Run{Text: " " + b.Help, Style: r.th.Text},
			))
		}
	}
	r.help = &help{title: maps[0].Title, pane: pager.New(pager.Join(blocks...), r.th), th: r.th}
	r.help.setSize(r.w, r.h)
}

// keys are the tables of the screen that is on top.
func (r *root) keys() []keys.Map {
	if top := r.top(); top != nil {
		return top.Keys()
	}
	return nil
}

func (h *help) setSize(w, height int) {
	h.w, h.h = w, height
	h.pane.SetSize(w, max(height-2, 0))
}

// helpKey moves in the help, or closes it.
func (r *root) helpKey(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc", "q", "?", "f1", "enter":
		r.help = nil
	case "ctrl+c":
		r.help = nil
	default:
		r.help.pane.Update(msg)
	}
	return nil
}

func (h *help) view() string {
	if h.w < layout.MinWidth || h.h < layout.MinHeight {
		return frame.TooSmall(h.w, h.h, layout.MinWidth, layout.MinHeight)
	}
	lines := []string{frame.Bar(h.w, []frame.Piece{{Text: "Help: " + h.title, Style: h.th.Title}}, nil)}
	lines = append(lines, strings.Split(h.pane.View(), "\n")...)
	lines = frame.Fill(lines, h.h-1)
	hint := []frame.Piece{{Text: "↑ ↓", Style: h.th.Key}, {Text: " scroll  ", Style: h.th.Muted}, {Text: "esc", Style: h.th.Key}, {Text: " close", Style: h.th.Muted}}
	return strings.Join(append(lines, frame.Bar(h.w, hint, nil)), "\n")
}
