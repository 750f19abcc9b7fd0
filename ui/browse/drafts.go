package browse

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/query"
	"errata/ui/theme"
)

// Draft is unsaved work on a log.
type Draft struct {
	LogID   string
	Changed time.Time
	What    string // what is changed
	Held    string // who has it open, "" for nobody but this program
}

// SetDrafts says which logs have unsaved work.
func (m *Model) SetDrafts(list []Draft) {
	m.drafts = list
	m.told++
	m.held = make(map[string]string, len(list))
	for _, d := range list {
		m.held[d.LogID] = d.Held
	}
	m.onDrafts = m.onDrafts && len(list) > 0
	m.followPicker()
}

// draftsLine tells of the drafts, as long as there is nothing else to say.
func (m *Model) draftsLine() string {
	sign := m.th.Sign(theme.Changed)
	text := " " + figure.Count(len(m.drafts), "unsaved draft") + ": "
	for i, d := range m.drafts {
		if i > 0 {
			text += ", "
		}
		text += d.LogID
	}
	left := []bars.Piece{{Text: sign.Text, Style: sign.Style}, {Text: text, Style: m.th.Muted}}
	opens := "  U lists them"
	if m.onDrafts {
		left, opens = append([]bars.Piece{bars.Point(m.th, true), {Text: " "}}, left...), "  enter lists them"
	}
	return bars.Row(m.w, m.th, m.onDrafts, left, []bars.Piece{{Text: opens, Style: m.th.Muted}})
}

// openDrafts lists the drafts.
func (m *Model) openDrafts() {
	if len(m.drafts) == 0 {
		m.news = bars.News{Text: "no log has unsaved work"}
		return
	}
	m.picker = &picker{in: query.New("", m.th), drafts: true}
}

// draftChoices are the drafts that hold something in their lines.
func (m *Model) draftChoices(part string) (list []choice) {
	for _, d := range m.drafts {
		note := d.Changed.Local().Format(m.stamp(d.Changed))
		if d.Held != "" {
			note = d.Held + " has it  " + note
		}
		if d.Changed.IsZero() {
			note = d.Held
		}
		name := d.LogID + "  " + d.What
		if strings.Contains(strings.ToLower(name), part) {
			list = append(list, choice{name, note, func() tea.Cmd { m.want = OpenMsg{ID: d.LogID}; return nil }})
		}
	}
	return list
}

// stamp is how a time on this machine is written: with the year only where it is not the present
// one.
func (m *logList) stamp(t time.Time) string {
	if t.Year() == m.year {
		return thisYear
	}
	return otherYear
}
