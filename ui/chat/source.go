package chat

import (
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/pager"
	"errata/ui/theme"
)

// Cards shows messages for reading: a list of them, or a single one, as the cards of the editor
// with nothing folded. ok is false for a value that is neither.
func Cards(raw []byte, th *theme.Theme) (s pager.Source, ok bool) {
	root := tree.New(raw)
	if root.Kind() != jsonraw.Array && root.Kind() != jsonraw.Object {
		return nil, false
	}
	list := messages{func() *tree.Node { return root }, root.Kind() == jsonraw.Object}
	c := newCards(list, th)
	c.w, c.whole = 1, true
	if list.count() == 0 {
		return pager.Heading("no messages", th.Muted), true
	}
	return pager.Many(list.count(), func(i int) []byte { return list.message(i).Bytes() }, list.begin, c.blocksOf, c.source), true
}

// blocksOf is the number of blocks of the source of a message. Nothing is drawn for a heading,
// which is one, below a blank one in all messages but the first.
func (m *cards) blocksOf(i int) (n int) {
	for _, p := range newCard(m.message(i)).parts {
		if p.kind == heading {
			n += 1 + min(i, 1)
			continue
		}
		n += pager.Join(blocks(m.look(i, &p), m.th)...).Len()
	}
	return n
}

// source is all that is shown of a message. It changes nothing of the cards.
func (m *cards) source(i int) pager.Source {
	var list []pager.Source
	for _, p := range newCard(m.message(i)).parts {
		list = append(list, blocks(m.look(i, &p), m.th)...)
	}
	return pager.Join(list...)
}

// blocks are the sources that show a flow.
func blocks(f flow, th *theme.Theme) (list []pager.Source) {
	switch f := f.(type) {
	case fixed:
		for _, p := range f {
			list = append(list, pager.Of(pager.Block{Text: p.text, Spans: p.spans, Shown: p.shown, Indent: p.indent}))
		}
	case titled:
		list = append(blocks(fixed{f.title}, th), blocks(f.flow, th)...)
	case *passage:
		list = []pager.Source{pager.At(pager.Indent(pager.Text(f.Text, th, f.look), f.indent), f.at)}
	case pages:
		list = []pager.Source{pager.Indent(f.Source, f.indent)}
	}
	return list
}
