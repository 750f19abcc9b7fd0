package ui

import (
	"strings"

	bubbleshelp "github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/theme"
)

// help is the overlay with the keys of the screen beneath it.
type help struct {
	maps []keys.Map
	pane viewport.Model
	th   *theme.Theme
	w, h int
}

// keyWidth is the cells of the column of keys.
const keyWidth = 24

// newHelp makes the help of some tables of keys, followed by the keys that work everywhere.
func newHelp(maps []keys.Map, th *theme.Theme, w, height int) *help {
	if n := len(maps); n == 0 || maps[n-1].Title != keys.Global.Title {
		maps = append(maps, keys.Global)
	}
	h := &help{maps: maps, th: th}
	h.setSize(w, height)
	return h
}

// setSize lays the help out for a window. The line at the top stays about where it was.
func (h *help) setSize(w, height int) {
	h.w, h.h = w, height
	at := h.pane.YOffset
	h.pane = viewport.New(w, max(height-2, 0))
	h.pane.SetContent(h.content())
	h.pane.SetYOffset(at)
}

// content lists the tables one below the other, a key on each row.
func (h *help) content() string {
	draw := bubbleshelp.Model{Styles: bubbleshelp.Styles{
		FullKey:  h.th.Key.Width(keyWidth),
		FullDesc: h.th.Text.Width(max(h.w-keyWidth-1, 1)),
	}}
	var lines []string
	for i, m := range h.maps {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, h.th.Heading.Render(m.Title))
		for _, b := range m.Bindings {
			if bars.Taken(b, h.maps[:i]) {
				continue
			}
			lines = append(lines, draw.FullHelpView([][]key.Binding{{b.Binding}}))
		}
	}
	return strings.Join(append(lines, h.legend()...), "\n")
}

// legend lists the signs that say how something stands.
func (h *help) legend() []string {
	lines := []string{"", h.th.Heading.Render("Signs")}
	for _, s := range h.th.Legend() {
		sign := bars.Piece{Text: s.Text, Style: s.Style}
		lines = append(lines, bars.Bar(h.w, []bars.Piece{sign, {Text: strings.Repeat(" ", keyWidth)}, {Text: s.Help, Style: h.th.Text}}, nil))
	}
	return lines
}

// key scrolls the help, or closes it.
func (h *help) key(msg tea.KeyMsg) (closes bool) {
	switch msg.String() {
	case "esc", "q", "?", "f1", "enter", "ctrl+c":
		return true
	case "home", "g":
		h.pane.GotoTop()
	case "end", "G":
		h.pane.GotoBottom()
	default:
		h.pane, _ = h.pane.Update(msg)
	}
	return false
}

func (h *help) view() string {
	if h.w < layout.MinWidth || h.h < layout.MinHeight {
		return bars.TooSmall(h.w, h.h, layout.MinWidth, layout.MinHeight)
	}
	lines := []string{bars.Bar(h.w, []bars.Piece{{Text: "Help: " + h.maps[0].Title, Style: h.th.Title}}, nil)}
	lines = append(lines, strings.Split(h.pane.View(), "\n")...)
	lines = bars.Fill(lines, h.h-1)
	hint := []bars.Piece{{Text: "↑ ↓", Style: h.th.Key}, {Text: " scroll  ", Style: h.th.Muted}, {Text: "esc", Style: h.th.Key}, {Text: " close", Style: h.th.Muted}}
	return strings.Join(append(lines, bars.Bar(h.w, hint, nil)), "\n")
}
