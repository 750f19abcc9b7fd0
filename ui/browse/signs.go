package browse

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/theme"
)

// signs is the cells of the signs before a row: the cursor's pointer, the mark, unsaved work, that
// it was corrected, judged and, where nothing else says it, that it has an error; and a blank.
func (g *grid) signs() int {
	if g.failed {
		return 7
	}
	return 6
}

// drawSigns draws the signs of a row.
func (m *logList) drawSigns(b *brush, d *drawing, r *row, marked bool) {
	by, draft := m.held[r.id()]
	state := theme.Changed
	if by != "" {
		state = theme.Locked
	}
	for _, s := range []struct {
		shown bool
		name  theme.SignName
	}{
		{b.under, theme.Pointer}, {marked, theme.Marked}, {draft, state}, {r.corrected, theme.Corrected}, {r.judged, theme.Judged},
		{d.failed && r.failed, theme.Failed},
	}[:d.signs()-1] {
		if !s.shown {
			b.put(&d.th.Text, " ")
			continue
		}
		sign := d.th.Sign(s.name)
		b.put(&sign.Style, sign.Text)
	}
	b.put(&d.th.Text, " ")
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
