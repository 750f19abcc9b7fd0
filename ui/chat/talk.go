package chat

import (
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/pager"
	"errata/ui/theme"
)

// Talk is Cards for reading a conversation: who speaks, and what is said, without numbers and
// sizes. question is a byte of the role of the last message of the user, -1 where there is none.
func Talk(raw []byte, th *theme.Theme) (s pager.Source, question int, ok bool) {
	root := tree.New(raw)
	if root.Kind() != jsonraw.Array && root.Kind() != jsonraw.Object {
		return nil, -1, false
	}
	c := newCards(messages{func() *tree.Node { return root }, root.Kind() == jsonraw.Object}, th)
	c.talk = true
	return c.reading(), c.question(), true
}

// asker is the role of the user.
const asker = "user"

// question is a byte of the role of the user's last message, -1 for none.
func (m *cards) question() int {
	for i := m.count() - 1; i >= 0 && !m.single; i-- {
		if n := m.message(i); word(n, roleName) == asker {
			k, _ := childAt(n, roleName)
			return m.begin(i) + m.start(i, tree.Path{k}) + len(`"`)
		}
	}
	return -1
}
