package form

import (
	"math"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/chat"
	"errata/ui/draft"
	"errata/ui/keys"
	"errata/ui/outline"
	"errata/ui/rows"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// building is the editing of one field's value as a structure, from enter to esc.
type building struct {
	sitting
	st     *rows.Model
	opened model.Value // what it was opened on
	kept   *tree.Node  // what the draft has
	inner  rows.Inner
	within bool // the draft has the text of inner
}

// structured reports whether values of a kind are edited as a structure.
func structured(k model.Kind) bool {
	return k == model.Map || k == model.Message || k == model.Messages
}

// structureOptions are those of the structure of a field.
func (s *sheet) structureOptions(f *model.Field) rows.Options {
	o := rows.Options{Theme: s.th, Field: f, Last: s.o.Searched}
	if f != nil {
		o.Above = path.Path{path.Member(f.Name)}
	}
	return o
}

// structureOf makes the editor of a kind. root is nil if there is no value.
func structureOf(k model.Kind, root *tree.Node, o rows.Options) *rows.Model {
	if k == model.Map {
		return outline.New(root, o)
	}
	return chat.New(root, k == model.Message, o)
}

// rootOf is the tree of a value, nil if there is none.
func rootOf(v model.Value) *tree.Node {
	if !v.IsSet() {
		return nil
	}
	return tree.New(v.Bytes())
}

// build opens a structure on the field under the cursor. old is the value that it is made of.
func (m *editors) build(f *model.Field, old model.Value, root *tree.Node, st *rows.Model) {
	m.built = &building{st: st, opened: old, kept: root}
	m.built.sitting = m.sit(f, m.built, nil)
	m.fit()
	var literal []byte
	if root != nil {
		literal = root.Bytes()
	}
	m.keep(draft.Open{Field: f, Base: m.changes.Base().Value(f), Text: literal, Literal: true})
}

// keepFolds remembers what is unfolded of the open structure, for the next log of the queue.
func (m *editors) keepFolds() {
	if a := m.o.Annotating; a != nil && m.built != nil {
		if a.folds == nil {
			a.folds = map[*model.Field]any{}
		}
		a.folds[m.built.field] = m.built.st.Folds()
	}
}

// foldAlike shows a structure that was just opened as that of the same field was left.
func (m *editors) foldAlike() {
	if a := m.o.Annotating; a != nil && m.built != nil {
		m.built.st.Fold(a.folds[m.built.field])
	}
}

// structureTakes gives a message to the structure.
func (m *editors) structureTakes(msg tea.Msg) (used bool, cmd tea.Cmd) {
	used, cmd = m.built.st.Update(msg)
	m.hear(m.built.st)
	return used, tea.Batch(cmd, m.shaped())
}

// keys are the tables that hold.
func (b *building) keys() []keys.Map {
	list := b.st.Keys()
	if b.st.Capturing() {
		return append(list[:len(list):len(list)], keys.Inner, keys.Typing)
	}
	return append(list[:len(list):len(list)], keys.Structure)
}

// shaped brings draft and change set up to date after the structure used a message.
func (m *editors) shaped() tea.Cmd {
	m.keep(m.built.written()...)
	return m.follow()
}

func (b *building) version() version { return b.st.Root() }

func (b *building) size() int {
	if root := b.st.Root(); root != nil {
		return root.Size()
	}
	return 0
}

func (b *building) setter(f *model.Field) func(*model.ChangeSet) error {
	root, old := b.st.Root(), b.opened
	return func(c *model.ChangeSet) error { return setRoot(c, f, old, root) }
}

func (b *building) taken(l *fieldList, _ error) { l.sums = nil }

// written is what the draft does not know yet.
func (b *building) written() (events []draft.Event) {
	in, open := b.st.Inner()
	outer, changed := since(b.st.Root(), b.kept)
	b.kept = b.st.Root()
	if changed || b.within && (!open || in.Place != b.inner.Place) {
		events, b.within = append(events, draft.Leave{Outer: outer}), false
	}
	switch {
	case open && !b.within:
		path, name, known := b.st.InnerAt()
		if !known {
			path, name = nowhere, false
		}
		events = append(events, draft.Enter{Place: string(in.Place), Path: path, Name: name, Text: in.Text.Bytes()})
		b.inner, b.within = in, true
	case open && !in.Text.Same(b.inner.Text):
		at, del, ins := in.Text.Since(b.inner.Text)
		events = append(events, draft.Splice{At: at, Del: del, Ins: ins})
		b.inner = in
	}
	return events
}

// nowhere is the path of a text that belongs to no node yet.
var nowhere = tree.Path{math.MaxInt32}

// since is what makes the literal of one value into that of another; nil has none.
func since(now, old *tree.Node) (s draft.Splice, changed bool) {
	switch {
	case now == old:
		return s, false
	case now == nil:
		return draft.Splice{Del: old.Size()}, true
	case old == nil:
		return draft.Splice{Ins: now.Bytes()}, true
	}
	at, del, ins := now.Since(old)
	return draft.Splice{At: at, Del: del, Ins: ins}, true
}

// setRoot gives a field a value that was built of another one. One that is refused is kept as a
// text that is not a value yet.
func setRoot(c *model.ChangeSet, f *model.Field, old model.Value, root *tree.Node) error {
	if root == nil {
		c.Set(f, model.Null)
		return nil
	}
	if c.SetRemade(f, old, root.Size(), root.Pieces()) {
		return nil
	}
	literal := root.Bytes()
	if c.SetLiteral(f, literal) == nil {
		return nil
	}
	text := jsonraw.Indent(literal)
	err := f.Fits(text, c.Base().Value(f))
	c.Put(f, model.Edit{Text: string(text), Err: err}, true)
	return err
}

// commitInner makes the text that is open within the structure a part of it. What does not fit is
// kept as text.
func (m *editors) commitInner() {
	b := m.built
	if err := b.st.Commit(); err != nil {
		b.st.Force()
	}
	m.keep(b.written()...)
}

// footer is the line under the structure: what is wrong with the value.
func (b *building) footer(th *theme.Theme, w int) string {
	if b.err != nil && b.read == b.version() {
		return th.Error.Render(sanitize.Line(b.err.Error(), w))
	}
	return ""
}
