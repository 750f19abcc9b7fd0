package browse

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// Prompt is a prompt that logs can be listed of.
type Prompt struct {
	ID, Path string
	Logs     int
}

// name is how a filter names the prompt: by its path, by its id where it has none.
func (p Prompt) name() string {
	if p.Path != "" {
		return p.Path
	}
	return p.ID
}

// picker is a list of prompts or of drafts, one of which is chosen. What is typed narrows it.
type picker struct {
	in     *query.Line
	drafts bool // else prompts
	cursor int
	top    int
}

// choice is a line of a picker.
type choice struct {
	name, note string
	take       func() tea.Cmd
}

func (p *picker) label() string {
	if p.drafts {
		return "unsaved draft: "
	}
	return "prompt: "
}

// promptsMsg brings the prompts of the server.
type promptsMsg struct {
	list []Prompt
	err  error
}

// learnPrompts asks for the prompts, once.
func (m *Model) learnPrompts() tea.Cmd {
	if m.o.Prompts == nil || m.asking || m.prompts != nil {
		return nil
	}
	m.asking = true
	ask := m.o.Prompts
	return func() tea.Msg {
		list, err := ask(context.Background())
		return promptsMsg{list, err}
	}
}

func (m *Model) learned(msg promptsMsg) {
	m.asking = false
	if m.prompts = msg.list; msg.err != nil {
		m.news = bars.News{Level: bars.Bad, Text: "the prompts cannot be listed: " + msg.err.Error()}
	}
}

func (m *Model) openPicker() tea.Cmd {
	m.prompts = nil // their counts may have changed
	m.picker = &picker{in: query.New("", m.th)}
	return m.learnPrompts()
}

// choices are those that what is typed leaves.
func (m *Model) choices() (list []choice) {
	part := strings.ToLower(m.picker.in.Text())
	if m.picker.drafts {
		return m.draftChoices(part)
	}
	if part == "" {
		list = append(list, m.promptChoice(Prompt{}, "all prompts", m.allPrompts()))
	}
	for _, p := range m.prompts {
		if strings.Contains(strings.ToLower(p.Path+" "+p.ID), part) {
			list = append(list, m.promptChoice(p, p.name(), figure.Int(p.Logs)))
		}
	}
	return list
}

// allPrompts is how many logs all prompts have, "" while that is not known.
func (m *Model) allPrompts() string {
	if m.prompts == nil {
		return ""
	}
	logs := 0
	for _, p := range m.prompts {
		logs += p.Logs
	}
	return figure.Int(logs)
}

// promptChoice lists the logs of a prompt.
func (m *Model) promptChoice(p Prompt, name, note string) choice {
	return choice{name, note, func() tea.Cmd {
		q := m.query
		q.Prompt = p.name()
		return m.change(q)
	}}
}

func (m *Model) pickerKey(msg tea.KeyMsg) tea.Cmd {
	p := m.picker
	list := m.choices()
	switch do := keys.Picker.Action(msg.String()); {
	case p.in.Pending():
		p.in.Update(msg)
	case do == keys.Close:
		m.picker = nil
	case do == keys.Accept:
		if p.cursor >= len(list) {
			return nil
		}
		m.picker = nil
		return list[p.cursor].take()
	default:
		if by, ok := do.Steps(len(list), m.parts().body.H-2); ok {
			p.cursor += by
		} else if p.in.Update(msg); do == "" {
			p.cursor = 0
		}
	}
	m.followPicker()
	return nil
}

// followPicker keeps the cursor on a prompt.
func (m *Model) followPicker() {
	if p := m.picker; p != nil {
		n := len(m.choices())
		p.cursor = max(min(p.cursor, n-1), 0)
		p.top = layout.Scroll(p.top, p.cursor, n, m.parts().body.H-1, 1)
	}
}

// pickerLines draw the list of prompts: h lines of w cells.
func (m *Model) pickerLines(w, h int) []string {
	typed, _ := m.picker.in.View(m.picker.label(), w)
	lines := append([]string{typed}, m.readingPrompts(w)...)
	list := m.choices()
	reach := reachOf(list)
	for i := m.picker.top; i < len(list) && len(lines) < h; i++ {
		lines = append(lines, list[i].line(w, reach, i == m.picker.cursor, m.th))
	}
	return fill(lines, w, h)
}

// readingPrompts is the line that says that prompts are read, nil while none are.
func (m *Model) readingPrompts(w int) []string {
	if !m.asking || m.picker.drafts {
		return nil
	}
	return []string{bars.Bar(w, []bars.Piece{{Text: "  reading the prompts …", Style: m.th.Muted}}, nil)}
}

// reachOf is the cells within which some choices and their notes stand, so that a note is not at
// the far end of a wide screen.
func reachOf(list []choice) int {
	const ahead, apart, behind = 2, 4, 1
	names, notes := 0, 0
	for _, c := range list {
		names = max(names, sanitize.Width(sanitize.Line(c.name, -1)))
		notes = max(notes, sanitize.Width(sanitize.Line(c.note, -1)))
	}
	return ahead + names + apart + notes + behind
}

// line draws a choice, its note at the end of so many cells; under the cursor as a bar from end to
// end.
func (c choice) line(w, reach int, under bool, th *theme.Theme) string {
	point, note := bars.Point(th, under), bars.Piece{Text: sanitize.Line(c.note, -1) + " ", Style: th.Muted}
	if reach >= w {
		return bars.Row(w, th, under, []bars.Piece{point, {Text: " " + c.name, Style: th.Text}}, []bars.Piece{note})
	}
	room := reach - 1 - bars.Width([]bars.Piece{note})
	return bars.Row(w, th, under, []bars.Piece{point, {Text: sanitize.Fit(" "+sanitize.Line(c.name, -1), room), Style: th.Text}, note}, nil)
}
