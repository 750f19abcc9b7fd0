package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/theme"
)

// slowBytes is the size from which a text is read away from the keys.
const slowBytes = 1 << 20

// waiting stands for a text that is being read. The owner keeps what is typed meanwhile: see
// Waiting.
type waiting struct {
	text *typing
	node *tree.Node
	seek find.Seek
}

// textMsg brings the text that somebody waits for.
type textMsg struct {
	of    *waiting
	value string
	at    int // of the hit that is sought, -1 for the end
	ok    bool
}

// wait reads a text and opens it when it is there.
func (m *Model) wait(t *typing, n *tree.Node, seek find.Seek) tea.Cmd {
	w := &waiting{text: t, node: n, seek: seek}
	m.panel = w
	return func() tea.Msg { return w.read() }
}

func (w *waiting) read() textMsg {
	value, ok := w.node.Text()
	return textMsg{w, value, w.seek.In([]byte(value)), ok}
}

// finish opens the text.
func (w *waiting) finish(m *Model, msg textMsg) {
	if !msg.ok {
		m.closePanel()
		m.say(bars.Warning, unreadable)
		return
	}
	m.open(w.text, msg.value, msg.at)
}

// Waiting tells whether a text is being read. Keys are to be kept until it is there, or until
// Interrupt.
func (m *Model) Waiting() bool {
	_, yes := m.panel.(*waiting)
	return yes
}

func (w *waiting) at() stop { return w.text.where }

func (w *waiting) capturing() bool { return true }

func (w *waiting) keys() []keys.Map { return []keys.Map{keys.ChatText} }

func (w *waiting) setTheme(*theme.Theme) {}

func (w *waiting) cursor() (x, y int, ok bool) { return 0, 0, false }

// key takes none: they come when the text is there.
func (w *waiting) key(*Model, tea.KeyMsg) (bool, tea.Cmd) { return true, nil }

func (w *waiting) rows(m *Model) (fixed, int) {
	return fixed{words(bodyIndent, "reading "+figure.Size(w.node.Size())+" …", m.th.Muted)}, 0
}
