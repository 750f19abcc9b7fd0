package chat

import (
	"bytes"

	"errata/model/jsonraw"
	"errata/model/tree"
)

// fold is how much of a message is shown.
type fold uint8

const (
	open  fold = iota // all of it
	brief             // the beginnings of what is long
	shut              // a row
)

// What a message may have before it starts brief, and what is shown of a text then.
const (
	longBytes  = 8 << 10
	longLines  = 24
	lineCells  = 80 // a line is counted as one for each so many bytes
	briefLines = 3
	briefBytes = 240
)

// folds remembers what was folded and unfolded by hand: messages, and thinking blocks. Nodes never
// change, so that undo finds them again.
type folds struct {
	by  map[*tree.Node]fold
	all *fold // what z decided for every message
}

func newFolds() folds { return folds{by: map[*tree.Node]fold{}} }

// pass hands what was decided for a node on to the one that took its place.
func (f *folds) pass(from, to *tree.Node) {
	if how, ok := f.by[from]; ok {
		f.by[to] = how
	}
}

// fold is how message i is shown.
func (m *cards) fold(i int) fold { return m.foldOf(m.message(i)) }

func (m *cards) foldOf(n *tree.Node) fold {
	if m.whole {
		return open
	}
	if how, ok := m.folds.by[n]; ok {
		return how
	}
	if m.folds.all != nil {
		return *m.folds.all
	}
	return m.usual(n)
}

// usual is how a message is shown that nobody folded.
func (m *cards) usual(n *tree.Node) fold {
	if !m.single && long(n) {
		return brief
	}
	return open
}

// long reports whether a message takes more room than others like to give it.
func long(n *tree.Node) bool {
	if n.Size() > longBytes {
		return true
	}
	raw := n.Bytes()
	return bytes.Count(raw, []byte(`\n`))+len(raw)/lineCells > longLines
}

// collapsed reports whether a thinking block is one line: it is until somebody opens it.
func (m *cards) collapsed(n *tree.Node) bool {
	how, ok := m.folds.by[n]
	return !m.whole && (!ok || how == shut)
}

// turn folds or unfolds what is under the cursor.
func (m *view) turn() {
	if p := m.part(); p.kind == thinking && p.node.Kind() == jsonraw.String {
		how := shut
		if m.collapsed(p.node) {
			how = open
		}
		m.folds.by[p.node] = how
		delete(m.kept, m.at.message)
		m.reveal()
		return
	}
	switch i := m.at.message; m.fold(i) {
	case open:
		m.setFold(i, shut)
	case brief:
		m.setFold(i, open)
	default:
		m.setFold(i, m.usual(m.message(i)))
	}
}

// setFold folds a message, or unfolds it.
func (m *view) setFold(i int, how fold) {
	m.folds.by[m.message(i)] = how
	delete(m.kept, i)
	m.reveal()
}

// unshut opens a message of which only a row is shown, for what is to be done inside of it.
func (m *view) unshut(i int) {
	if m.fold(i) == shut {
		m.setFold(i, open)
	}
}

// foldAll shows a row of each message, or all of each when the one under the cursor is a row
// already.
func (m *view) foldAll() {
	how := shut
	if m.fold(m.at.message) == shut {
		how = open
	}
	m.folds = newFolds()
	m.folds.all = &how
	m.forget()
	m.reveal()
}

// carry lets a message that changed in its place stay as it was shown: what somebody is working on
// does not fold by itself.
func (m *cards) carry(was, is *tree.Node, e run) {
	if e.del != 1 || e.ins != 1 || was == nil {
		return
	}
	if !m.single {
		was, is = was.Child(e.at), is.Child(e.at)
	}
	m.folds.by[is] = m.foldOf(was)
}
