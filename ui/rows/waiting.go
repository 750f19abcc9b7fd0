package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/find"
)

// Large is the size from which a value is read away from the keys.
const Large = 1 << 20

// waiting stands for a text that is being read. The owner keeps what is typed meanwhile: see
// Waiting.
type waiting struct {
	Question
	use  Use
	node *tree.Node
	seek find.Seek
}

// textMsg brings the text that somebody waits for, in its editor.
type textMsg struct {
	of *waiting
	ed *editor.Model // nil for a text with bytes that are no text
	at int           // of the hit that is sought, -1 for the end
}

// Read begins to type on the text of a scalar: at once, or, when it is large, once it was read away
// from the keys, which are kept until it is there.
func (m *Model) Read(use Use, n *tree.Node) tea.Cmd {
	w := &waiting{Question{m, use.text().Table}, use, n, m.find.Seek(m.root, use.text().Path)}
	m.panel = w
	if n.Size() < Large {
		m.ready(w.read())
		return nil
	}
	m.Say(bars.Info, "reading "+figure.Size(n.Size())+" … esc cancels")
	return func() tea.Msg { return w.read() }
}

func (w *waiting) read() textMsg {
	text, ok := textOf(w.node)
	if !ok {
		return textMsg{of: w}
	}
	return textMsg{w, w.use.text().editor(w.Of, []byte(text)), w.seek.In([]byte(text))}
}

// ready opens a text that was waited for. used is false when it is not of this editor.
func (m *Model) ready(msg textMsg) (used bool) {
	if w, ok := m.panel.(*waiting); !ok || w != msg.of {
		return msg.of.Of == m
	}
	m.panel = nil
	if msg.ed == nil {
		m.Say(bars.Warning, "this text has bytes that are not UTF-8: t opens the JSON as it is")
		return true
	}
	m.begin(msg.of.use, msg.ed, msg.at)
	return true
}

// Waiting reports whether a text is being read. Keys are to be kept until it is there, or until
// Interrupt.
func (m *Model) Waiting() bool {
	p, ok := m.panel.(interface{ Waiting() bool })
	return ok && p.Waiting()
}

// Waiting is true: nothing else is done here.
func (w *waiting) Waiting() bool { return true }

// Interrupt gives it up.
func (w *waiting) Interrupt() bool {
	w.Of.Close()
	w.Of.Say(bars.Info, "not opened")
	return true
}

// Reading is the text that is being read, and its size; nil when none is.
func (m *Model) Reading() (use Use, size int) {
	if w, ok := m.panel.(*waiting); ok {
		return w.use, w.node.Size()
	}
	return nil, 0
}

// Update takes every key: they come when the text is there.
func (w *waiting) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	_, used = msg.(tea.KeyMsg)
	return used, nil
}
