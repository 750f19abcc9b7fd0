package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/theme"
)

// panel is what is open in a card: a text, a choice, or a part as JSON. It has the keys.
type panel interface {
	at() stop
	rows(m *Model) (f fixed, first int) // the part with the panel in it, and where that begins
	cursor() (x, y int, ok bool)        // within the panel's rows
	key(m *Model, msg tea.KeyMsg) (bool, tea.Cmd)
	capturing() bool
	keys() []keys.Map
	setTheme(th *theme.Theme)
}

// arrange fits the open panel into its card.
func (m *Model) arrange() {
	m.shown, m.panelRow = nil, 0
	if m.panel == nil || m.count() == 0 || m.w == 0 || m.h == 0 {
		return
	}
	m.shown, m.panelRow = m.panel.rows(m)
}

// closePanel gives the keys back to the messages.
func (m *Model) closePanel() {
	m.panel = nil
	m.arrange()
	m.reveal()
}

// typing is a text that is being edited: a string, or a member that may not be there yet.
type typing struct {
	where  stop
	path   tree.Path // of the string, or of the object that has the member
	member string    // "" for the string itself
	ed     *editor.Model
	was    []byte // the text when it was opened
	single bool
	splits bool // the text may become two messages
	label  string
	indent int
	height int // rows, which only grow: what stands below should not jump to and fro
}

// open starts to edit a text, the cursor at a byte of it, or at its end for -1.
func (m *Model) open(t *typing, value string, at int) {
	t.was = []byte(value)
	t.ed = editor.New(t.was, editor.Options{Styles: bars.EditorStyles(m.th), Single: t.single})
	if at >= 0 {
		t.ed.GoToOffset(at)
	}
	m.panel = t
	m.arrange()
	m.reveal()
}

func (t *typing) at() stop { return t.where }

func (t *typing) capturing() bool { return true }

func (t *typing) setTheme(th *theme.Theme) { t.ed.SetStyles(bars.EditorStyles(th)) }

func (t *typing) cursor() (x, y int, ok bool) {
	x, y, ok = t.ed.Cursor()
	return x + t.indent, y, ok
}

func (t *typing) keys() []keys.Map {
	own := keys.ChatText
	switch {
	case t.single:
		own = keys.ChatLine
	case !t.splits:
		own = keys.Map{Title: own.Title, Bindings: own.Bindings[:2]}
	}
	return []keys.Map{own, keys.Of("While typing", editor.Bindings(false))}
}

func (t *typing) key(m *Model, msg tea.KeyMsg) (bool, tea.Cmd) {
	if !t.ed.Pending() {
		table := keys.ChatText
		if t.single {
			table = keys.ChatLine
		}
		switch table.Action(msg.String()) {
		case keys.Close, keys.Accept:
			if err := m.Commit(); err != nil {
				m.say(bars.Bad, err.Error())
			}
			return true, nil
		case keys.SplitMessage:
			m.splitText(t)
			return true, nil
		case keys.Search:
			m.find.OpenText(t.ed, m.th)
			return true, nil
		}
	}
	return t.ed.Update(msg), nil
}

// rows gives a text as much room as it takes, and at most the pane but for the row above it. A
// label stands before a single line.
func (t *typing) rows(m *Model) (fixed, int) {
	var f fixed
	if t.where.part == 0 { // below the heading
		f, _ = m.heading(t.where.message, &m.card(t.where.message).parts[0]).(fixed)
	}
	label := m.th.Muted.Render(t.label)
	t.indent = bodyIndent + len(t.label)
	if t.indent > m.textWidth()/2 {
		t.indent, label = 0, ""
	}
	width := m.textWidth() - t.indent
	room := max(m.h-1, 1)
	t.height = min(max(t.height, t.wanted(width, m.h)), room)
	if m.find.Asking() {
		room = max(room-1, 1) // for the line in which the query is typed
	}
	t.ed.SetSize(width, min(t.height, room))
	first := len(f)
	for i, row := range splitLines(t.ed.View()) {
		pad := spaces(t.indent)
		if i == 0 && label != "" && t.label != "" {
			pad = spaces(bodyIndent) + label
		}
		f = append(f, paragraph{text: pad + row, drawn: true})
	}
	return f, first
}

// wanted is how many rows a text takes, at most limit. A text that can not fit is not looked at.
func (t *typing) wanted(width, limit int) int {
	if t.single {
		return 1
	}
	text := t.ed.Text()
	if text.Len() > 8*width*limit {
		return limit
	}
	scratch := editor.New(text.Bytes(), editor.Options{})
	scratch.SetSize(width, limit)
	_, y, _ := scratch.Cursor()
	return y + 1
}

// option is one of a choice.
type option struct {
	key, label string
	take       func()
}

// choice is a choice of one of a few.
type choice struct {
	where   stop
	title   string
	options []option
	on      int
}

func (c *choice) at() stop { return c.where }

func (c *choice) capturing() bool { return true }

func (c *choice) keys() []keys.Map { return []keys.Map{keys.ChatChoice} }

func (c *choice) cursor() (x, y int, ok bool) { return 0, 0, false }

func (c *choice) setTheme(*theme.Theme) {}

func (c *choice) key(m *Model, msg tea.KeyMsg) (bool, tea.Cmd) {
	take := -1
	switch keys.ChatChoice.Action(msg.String()) {
	case keys.Before:
		c.on = (c.on + len(c.options) - 1) % len(c.options)
	case keys.After:
		c.on = (c.on + 1) % len(c.options)
	case keys.Accept:
		take = c.on
	case keys.Close:
		m.closePanel()
		return true, nil
	default:
		if msg.Type != tea.KeyRunes || msg.Alt {
			return false, nil
		}
		for i, o := range c.options {
			if o.key == string(msg.Runes) {
				take = i
			}
		}
	}
	if take >= 0 {
		m.closePanel()
		c.options[take].take()
	}
	return true, nil
}

// rows shows the choice below the part.
func (c *choice) rows(m *Model) (fixed, int) {
	f, ok := m.card(c.where.message).parts[c.where.part].flow.(fixed)
	if !ok {
		f, _ = m.look(c.where.message, &m.card(c.where.message).parts[c.where.part]).(fixed)
	}
	l := (&line{paragraph{indent: bodyIndent}}).put(c.title+":", m.th.Muted)
	for i, o := range c.options {
		mark, look := "  ", m.th.Text
		if i == c.on {
			mark, look = " ▸", m.th.CurrentMatch
		}
		l.put(mark, m.th.Text)
		if o.key != o.label[:1] {
			l.put(o.key+" ", m.th.Key)
		}
		l.put(o.label, look)
	}
	return append(f[:len(f):len(f)], l.paragraph), len(f)
}
