package browse

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
)

// Found is what an id or a path leads to: a log, or a prompt.
type Found struct {
	Log    string // an id
	Prompt string // an id or a path
}

// foundMsg brings where an id or a path leads.
type foundMsg struct {
	typed string
	found Found
	err   error
}

// goTo goes to a log of the table by its id, or what begins no other; else the server is asked.
func (m *Model) goTo(typed string) tea.Cmd {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		m.closeLine()
		return nil
	}
	if id, ok := m.begun(typed); ok {
		m.closeLine()
		m.Select(id)
		return nil
	}
	for _, p := range m.prompts {
		if p.Path == typed || p.ID == typed {
			return m.gone(foundMsg{typed: typed, found: Found{Prompt: p.name()}})
		}
	}
	if m.o.Find == nil {
		m.line.wrong = "there is no log " + typed + " in this list"
		return nil
	}
	find := m.o.Find
	m.news = bars.News{Text: "looking for " + typed + " …"}
	return func() tea.Msg {
		found, err := find(context.Background(), typed)
		return foundMsg{typed, found, err}
	}
}

// begun is the id of the one row that begins with something, or that is it.
func (m *Model) begun(typed string) (id string, ok bool) {
	if m.known[typed] {
		return typed, true
	}
	for i := range m.rows {
		if at := m.rows[i].id(); strings.HasPrefix(at, typed) {
			if id != "" {
				return "", false
			}
			id = at
		}
	}
	return id, id != "" && m.source.done && m.query == Query{}
}

// gone goes where an id or a path leads.
func (m *Model) gone(msg foundMsg) tea.Cmd {
	if m.line == nil || m.line.asks != whereTo || strings.TrimSpace(m.line.in.Text()) != msg.typed {
		return nil
	}
	m.news.Text = ""
	switch {
	case msg.err != nil:
		m.line.wrong = msg.err.Error()
		return nil
	case msg.found.Prompt != "":
		m.closeLine()
		return m.choose(Query{Prompt: msg.found.Prompt})
	}
	m.closeLine()
	if m.known[msg.found.Log] {
		m.Select(msg.found.Log)
		return nil
	}
	m.want = OpenMsg{ID: msg.found.Log}
	return nil
}
