package browse

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

// lead is the cells ahead of a row in a table of w cells: those of the signs, and a blank. For a
// screen reader these are words, on both lines of a row if it has two.
func (m *logList) lead(w int, failed, two bool) int {
	switch {
	case m.th.Plain && two:
		return min(len("here, marked, changed, "), w/3)
	case m.th.Plain:
		return min(len("here, marked, changed, corrected, judged "), w/3)
	case failed:
		return 7
	}
	return 6
}

// state is a sign of a row, and whether it is shown.
type state struct {
	shown bool
	name  theme.SignName
}

// states are the signs of a row in their order: the cursor's pointer, the mark, unsaved work, that
// it was corrected, judged and, where nothing else says it, that it has an error.
func (m *logList) states(d *drawing, r *row, marked, under bool) []state {
	by, draft := m.held[r.id()]
	work := theme.Changed
	if by != "" {
		work = theme.Locked
	}
	list := []state{{under, theme.Pointer}, {marked, theme.Marked}, {draft, work}, {r.corrected, theme.Corrected}, {r.judged, theme.Judged}}
	if d.failed {
		list = append(list, state{r.failed, theme.Failed})
	}
	return list
}

// drawSigns draws what is ahead of a row. rest is what has no room there and belongs ahead of its
// second line.
func (m *logList) drawSigns(b *brush, d *drawing, r *row, marked bool) (rest string) {
	list := m.states(d, r, marked, b.under)
	if d.th.Plain {
		return m.drawWords(b, d, list)
	}
	for _, s := range list {
		if !s.shown {
			b.put(&d.th.Text, " ")
			continue
		}
		sign := d.th.Sign(s.name)
		b.put(&sign.Style, sign.Text)
	}
	b.put(&d.th.Text, " ")
	return ""
}

// drawWords draws the words of the signs instead of them, in two lines where a row has two.
func (m *logList) drawWords(b *brush, d *drawing, list []state) (rest string) {
	const ahead = 3 // of the signs, in the first line
	words := [2][]string{}
	for i, s := range list {
		line := 0
		if d.second != nil && i >= ahead {
			line = 1
		}
		if s.shown {
			words[line] = append(words[line], d.th.Sign(s.name).Word)
		}
	}
	b.put(&d.th.Text, sanitize.Fit(sanitize.Line(strings.Join(words[0], ", "), d.lead-1), d.lead))
	return strings.Join(words[1], ", ")
}

// correctedMsg brings which of some rows were corrected.
type correctedMsg struct {
	rows []*row
	yes  []bool
}

// askCorrected asks which of the rows that are shown were corrected, once for each.
func (m *Model) askCorrected() tea.Cmd {
	if m.o.Corrected == nil {
		return nil
	}
	msg := correctedMsg{}
	var ids []string
	for _, r := range m.shown() {
		if !r.asked {
			r.asked = true
			msg.rows, ids = append(msg.rows, r), append(ids, r.id())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	ask := m.o.Corrected
	return func() tea.Msg {
		for _, id := range ids {
			msg.yes = append(msg.yes, ask(context.Background(), id))
		}
		return msg
	}
}

func (msg correctedMsg) settle() {
	for i, r := range msg.rows {
		r.corrected = msg.yes[i]
	}
}
