package compare

import (
	"strings"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
)

// headerLines is the height of the header: what this is, the logs, and a rule.
func (m *Model) headerLines() int {
	if m.w >= layout.WideFrom {
		return 3
	}
	return 4
}

// View draws the screen, exactly as large as its window.
func (m *Model) View() string {
	if m.parts.TooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := m.header()
	if m.ready() && !m.blank() {
		for at := range m.window.Seen() {
			lines = append(lines, m.draw(at))
		}
	}
	lines = bars.Fill(lines, m.h-2)
	return strings.Join(append(lines, m.status(), bars.Hints(m.w, m.th, m.Keys()...)), "\n")
}

func (m *Model) header() []string {
	logs := m.logs()
	if m.parts.Header.H < 2 {
		if m.parts.Wide {
			return logs
		}
		return logs[m.at : m.at+1]
	}
	title := bars.Bar(m.w, []bars.Piece{{Text: "Compare", Style: m.th.Title}, {Text: m.counts(), Style: m.th.Muted}},
		[]bars.Piece{{Text: m.server, Style: m.th.Muted}})
	lines := append([]string{title}, logs...)
	return append(lines, bars.Across(m.w, m.th))
}

// logs are the lines that say which the two are: one beside the other, or one above.
func (m *Model) logs() []string {
	widths := m.columns()
	if !m.parts.Wide {
		return []string{m.log(0, m.w), m.log(1, m.w)}
	}
	return []string{m.log(0, widths[0]) + m.th.Faint.Render(m.th.Rule()) + m.log(1, widths[1])}
}

// log says which log one of the two is, and how it stands.
func (m *Model) log(side, w int) string {
	wide, pointer, style := m.th.Gutter(), "", m.th.Text
	if side == m.at {
		pointer, style = m.th.Here(wide), m.th.Title
	}
	left := []bars.Piece{{Text: sanitize.Fit(pointer, wide), Style: m.th.Title}, {Text: sign(side, m.th), Style: m.th.Muted}, {Text: m.ids[side], Style: style}}
	s := m.sides[side]
	if s == nil {
		return bars.Bar(w, left, nil)
	}
	head := s.Changes().Base().Head()
	for _, text := range []string{head.Model, head.VersionID} {
		if text != "" {
			left = append(left, bars.Piece{Text: "  " + text, Style: m.th.Muted})
		}
	}
	return bars.Bar(w, left, m.standing(s))
}

// standing says how much of a log is changed, and whether that is kept.
func (m *Model) standing(s Side) []bars.Piece {
	var list []bars.Piece
	if n := s.Unsent(); n > 0 {
		list = append(list, bars.Piece{Text: " " + edits(m.th) + figure.Int(n) + " changed", Style: m.th.Changed})
		if !s.Kept() {
			list = append(list, bars.Piece{Text: ", no draft", Style: m.th.Error})
		}
	}
	if s.ReadOnly() != "" {
		list = append(list, bars.Piece{Text: " read-only", Style: m.th.Warning})
	}
	return list
}

// counts says how many fields differ.
func (m *Model) counts() string {
	if !m.ready() {
		return ""
	}
	differ, same := 0, 0
	for _, e := range m.entries {
		switch {
		case e.token != 0:
			return "  comparing …"
		case e.apart():
			differ++
		default:
			same++
		}
	}
	if differ == 0 {
		return "  the logs differ in no field"
	}
	word := " differ, "
	if differ == 1 {
		word = " differs, "
	}
	return "  " + figure.Count(differ, "field") + word + figure.Int(same) + " the same"
}

// apart reports whether the field differs in the two logs.
func (e *entry) apart() bool {
	for _, p := range e.places {
		if p.differs {
			return true
		}
	}
	return false
}

func (m *Model) status() string {
	n := m.news
	switch {
	case n.Text != "":
	case m.taking != 0:
		n.Text = "copying …"
	case m.comparing() > 0:
		n.Text = "comparing " + figure.Size(m.comparing()) + " …"
	}
	return bars.Status(m.w, m.th, n)
}
