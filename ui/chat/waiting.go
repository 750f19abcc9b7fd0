package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/frame"
	"errata/ui/keys"
	"errata/ui/theme"
)

// slowBytes is the size from which a text is read away from the keys.
const slowBytes = 1 << 20

// waiting stands for a text that is being read. What is typed meanwhile is kept for it.
type waiting struct {
	text *typing
	node *tree.Node
	kept []tea.Msg
}

// textMsg brings the text that somebody waits for.
type textMsg struct {
	of    *waiting
	value string
	ok    bool
}

// wait reads a text and opens it when it is there.
func (m *Model) wait(t *typing, n *tree.Node) tea.Cmd {
	w := &waiting{text: t, node: n}
	m.panel = w
	return func() tea.Msg { return w.read() }
}

func (w *waiting) read() textMsg {
	value, ok := w.node.Text()
	return textMsg{w, value, ok}
}

// finish opens the text, and gives it what was typed meanwhile.
func (w *waiting) finish(m *Model, msg textMsg) tea.Cmd {
	if !msg.ok {
		m.closePanel()
		m.say(frame.Warning, unreadable)
		return nil
	}
	m.open(w.text, msg.value)
	var list []tea.Cmd
	for _, k := range w.kept {
		_, cmd := m.Update(k)
		list = append(list, cmd)
	}
	return tea.Batch(list...)
}

func (w *waiting) at() stop { return w.text.where }

func (w *waiting) capturing() bool { return true }

func (w *waiting) keys() []keys.Map { return []keys.Map{keys.ChatText} }

func (w *waiting) setTheme(*theme.Theme) {}

func (w *waiting) cursor() (x, y int, ok bool) { return 0, 0, false }

// key keeps what a text may want. The rest is the owner's at once.
func (w *waiting) key(_ *Model, msg tea.KeyMsg) (bool, tea.Cmd) {
	if msg.Type == tea.KeyCtrlC || msg.Type == tea.KeyCtrlS || msg.Type == tea.KeyTab || msg.Type == tea.KeyShiftTab {
		return false, nil
	}
	w.kept = append(w.kept, msg)
	return true, nil
}

func (w *waiting) rows(m *Model) (fixed, int) {
	return fixed{words(bodyIndent, "reading "+bytesWord(w.node.Size())+" …", m.th.Muted)}, 0
}
