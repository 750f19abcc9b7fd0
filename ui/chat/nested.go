package chat

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/outline"
	"errata/ui/pager"
	"errata/ui/rows"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// nested is a part that is edited as JSON: a value of the tree, or the text of a string that holds
// JSON. What the outline makes of it is a part of the value at once; all of it is one step of undo.
type nested struct {
	v      *view
	where  stop
	path   tree.Path
	quoted bool // the value is a string, the JSON its text
	out    *rows.Model
	before *tree.Node // the whole value when it was opened
	first  *tree.Node // what the outline began with
	last   *tree.Node // what of it the value has
	height int
}

// openJSON edits a part as an outline, at the hit of the search if that is in it.
func (m edits) openJSON(p *part) tea.Cmd {
	o := &nested{v: m.view, where: m.at, path: m.path(m.at.message, p.place()), before: m.Root(), first: p.node}
	if p.kind == arguments && p.node.Kind() == jsonraw.String {
		raw, ok := inside(p.node)
		if !ok {
			return m.openText(p)
		}
		o.quoted, o.first = true, tree.New(raw)
	}
	o.last = o.first
	o.out = outline.New(o.first, rows.Options{Theme: m.th, Last: m.Options().Last, Above: rows.Below(m.Options().Above, m.Root(), o.path)})
	m.Open(o)
	t, ok := m.Search().Within(m.Root(), o.path, o.quoted)
	if !ok {
		return nil
	}
	cmd := o.out.Find(t)
	o.follow()
	return cmd
}

func (o *nested) stop() stop { return o.where }

func (o *nested) caret() (x, y int, ok bool) {
	x, y, ok = o.out.Cursor()
	return x + bodyIndent, y, ok
}

// Update gives the outline a message and takes over what became of it.
func (o *nested) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	used, cmd = o.out.Update(msg)
	o.follow()
	if key, ok := msg.(tea.KeyMsg); used || !ok || keys.ChatJSON.Action(key.String()) != keys.Close {
		return used, cmd
	}
	if err := o.Commit(); err != nil {
		o.v.Say(bars.Bad, err.Error())
	}
	return true, cmd
}

// Keys are those of the outline, and the one that leaves it.
func (o *nested) Keys() []keys.Map {
	if o.out.Capturing() {
		return o.out.Keys()
	}
	return append(o.out.Keys(), keys.ChatJSON)
}

// Capturing reports whether letters are text in the outline.
func (o *nested) Capturing() bool { return o.out.Capturing() }

// Waiting reports whether a text of the outline is read.
func (o *nested) Waiting() bool { return o.out.Waiting() }

// SetTheme changes the looks.
func (o *nested) SetTheme(th *theme.Theme) { o.out.SetTheme(th) }

// Interrupt stops what is under way in the outline.
func (o *nested) Interrupt() bool {
	defer o.follow()
	return o.out.Interrupt()
}

// Travel undoes within the outline, or does again.
func (o *nested) Travel(back bool) bool {
	defer o.follow()
	if back {
		return o.out.Undo()
	}
	return o.out.Redo()
}

// Inner is the text that is typed in the outline.
func (o *nested) Inner() (in rows.Inner, ok bool) {
	if in, ok = o.out.Inner(); ok {
		in.Place = rows.PlaceOf(o.path, rows.Within, string(in.Place))
	}
	return in, ok
}

// InnerAt is the node of that text. Within the text of a string there is none.
func (o *nested) InnerAt() (path tree.Path, name, ok bool) {
	path, name, ok = o.out.InnerAt()
	return under(o.path, path...), name, ok && !o.quoted
}

// Restore opens the text of a place in the outline.
func (o *nested) Restore(at rows.Place, text []byte) {
	_, rest := at.Sign()
	o.out.Restore(rows.Place(rest), text)
	o.follow()
}

// Force keeps what the outline refused.
func (o *nested) Force() {
	o.out.Force()
	o.follow()
}

// follow makes what the outline holds a part of the value.
func (o *nested) follow() {
	m := o.v
	if n, ok := o.out.News(); ok {
		m.Say(n.Level, n.Text)
	}
	is := o.out.Root()
	if is == o.last {
		return
	}
	o.last = is
	i := o.where.message
	switch v, err := o.value(is); {
	case is.Same(o.first):
		m.SetRoot(o.before)
	case err != nil:
		m.Say(bars.Bad, err.Error())
		return
	default:
		m.SetRoot(o.before.Replace(o.path, v))
	}
	if m.links != nil {
		m.links.splice(i, 1, m.between(i, i+1))
	}
	m.carry(o.before, m.Root(), run{i, 1, 1})
	delete(m.kept, i)
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

// Commit gives the keys back to the messages, with all that was done as one step of undo. The error
// is of a text within the outline that is not a value; then it stays open.
func (o *nested) Commit() error {
	if err := o.out.Commit(); err != nil {
		return err
	}
	o.follow()
	m, i := edits{o.v}, o.where.message
	now := m.Root()
	m.close()
	if now != o.before {
		m.SetRoot(o.before)
		m.change(now, run{i, 1, 1}, stop{i, 0})
	}
	m.at = stop{i, m.card(i).nearest(m.rel(o.path))}
	m.reveal()
	return nil
}

// rows gives the outline as much room as its rows take, and at most the pane but for the row above
// it.
func (o *nested) rows() ([]pager.Block, int) {
	m := o.v
	const least = 3
	o.height = min(max(o.height, o.out.Rows(), least), max(m.Height-1, 1))
	indent := bodyIndent
	if indent > m.textWidth()/2 {
		indent = 0
	}
	o.out.SetSize(m.textWidth()-indent, o.height)
	var list []pager.Block
	for _, row := range strings.Split(o.out.View(), "\n") {
		list = append(list, pager.Block{Text: spaces(indent) + row, Drawn: true})
	}
	return list, 0
}

func spaces(n int) string { return sanitize.Fit("", n) }
