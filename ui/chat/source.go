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
	return pager.Many(list.count(), list.begin, func(i int) int { return list.message(i).Size() }, c.source), true
}

// source is all that is shown of a message. It changes nothing of the cards.
func (m *cards) source(i int) pager.Source {
	var list []pager.Source
	for _, p := range newCard(m.message(i)).parts {
		list = append(list, m.look(i, &p))
	}
	return pager.Join(list...)
}
