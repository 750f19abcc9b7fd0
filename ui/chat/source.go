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
	return c.reading(), true
}

// reading is all messages for reading.
func (m *cards) reading() pager.Source {
	m.w, m.whole = 1, true
	if m.count() == 0 {
		return pager.Heading("no messages", m.th.Muted)
	}
	return pager.Many(m.count(), m.begin, func(i int) int { return m.message(i).Size() }, m.source)
}

// source is all that is shown of a message. It changes nothing of the cards.
func (m *cards) source(i int) pager.Source {
	var list []pager.Source
	for _, p := range newCard(m.message(i)).parts {
		list = append(list, m.look(i, &p))
	}
	return pager.Join(list...)
}
