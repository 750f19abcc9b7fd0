package chat

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/outline"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// nested is a part that is edited as JSON: a value of the tree, or the text of a string that holds
// JSON. What the outline makes of it is a part of the value at once; all of it is one step of undo.
type nested struct {
	where  stop
	path   tree.Path
	quoted bool // the value is a string, the JSON its text
	out    *outline.Model
	before *tree.Node // the whole value when it was opened
	first  *tree.Node // what the outline began with
	last   *tree.Node // what of it the value has
	height int
}

// openJSON edits a part as an outline.
func (m *Model) openJSON(p *part) {
	o := &nested{where: m.at, path: m.path(m.at.message, p.place()), before: m.root, first: p.node}
	if p.kind == arguments && p.node.Kind() == jsonraw.String {
		raw, ok := inside(p.node)
		if !ok {
			m.openText(p)
			return
		}
		o.quoted, o.first = true, tree.New(raw)
	}
	o.last = o.first
	o.out = outline.New(o.first, outline.Options{Theme: m.th, ReadOnly: m.o.ReadOnly, Last: m.o.Last})
	m.panel = o
	m.arrange()
	m.reveal()
}

func (o *nested) at() stop { return o.where }

func (o *nested) capturing() bool { return o.out.Capturing() }

func (o *nested) cursor() (x, y int, ok bool) {
	x, y, ok = o.out.Cursor()
	return x + bodyIndent, y, ok
}

func (o *nested) setTheme(th *theme.Theme) { o.out.SetTheme(th) }

func (o *nested) keys() []keys.Map {
	if o.out.Capturing() {
		return o.out.Keys()
	}
	return append(o.out.Keys(), keys.ChatJSON)
}

func (o *nested) key(m *Model, msg tea.KeyMsg) (bool, tea.Cmd) {
	used, cmd := o.update(m, msg)
	if used || keys.ChatJSON.Action(msg.String()) != keys.Close {
		return used, cmd
	}
	if err := o.close(m); err != nil {
		m.say(bars.Bad, err.Error())
	}
	return true, cmd
}

// update gives the outline a message and takes over what came of it.
func (o *nested) update(m *Model, msg tea.Msg) (used bool, cmd tea.Cmd) {
	used, cmd = o.out.Update(msg)
	o.follow(m)
	return used, cmd
}

// follow makes what the outline holds a part of the value.
func (o *nested) follow(m *Model) {
	if n, ok := o.out.News(); ok {
		m.news = &n
	}
	is := o.out.Root()
	if is == o.last {
		return
	}
	o.last = is
	i := o.where.message
	switch v, err := o.value(is); {
	case is.Same(o.first):
		m.root = o.before
	case err != nil:
		m.say(bars.Bad, err.Error())
		return
	default:
		m.root = o.before.Replace(o.path, v)
	}
	if m.links != nil {
		m.links.splice(i, 1, m.messages(i, i+1))
	}
	m.carry(edit{before: o.before, after: m.root, at: i, del: 1, ins: 1})
	delete(m.cards, i)
}

// value is what takes the place of the part when the outline holds is.
func (o *nested) value(is *tree.Node) (*tree.Node, error) {
	switch {
	case is == nil && !o.quoted:
		return null(), nil
	case is == nil:
		return tree.Text("")
	case o.quoted:
		return tree.Text(string(is.Bytes()))
	}
	return is, nil
}

// close gives the keys back to the messages, with all that was done as one step of undo. The error
// is of a text within the outline that is no value; then it stays open.
func (o *nested) close(m *Model) error {
	if err := o.out.Commit(); err != nil {
		return err
	}
	o.follow(m)
	now, i := m.root, o.where.message
	m.panel = nil
	if now != o.before {
		m.root = o.before
		m.change(now, i, 1, 1, stop{i, 0})
	}
	rel := o.path
	if !m.single {
		rel = rel[1:]
	}
	m.at = stop{i, m.card(i).nearest(rel)}
	m.closePanel()
	return nil
}

// rows gives the outline as much room as its rows take, and at most the pane but for the row above
// it.
func (o *nested) rows(m *Model) (fixed, int) {
	const least = 3
	o.height = min(max(o.height, o.out.Rows(), least), max(m.h-1, 1))
	indent := bodyIndent
	if indent > m.textWidth()/2 {
		indent = 0
	}
	o.out.SetSize(m.textWidth()-indent, o.height)
	var f fixed
	for _, row := range splitLines(o.out.View()) {
		f = append(f, paragraph{text: spaces(indent) + row, drawn: true})
	}
	return f, 0
}

func splitLines(view string) []string { return strings.Split(view, "\n") }

func spaces(n int) string { return sanitize.Fit("", n) }
