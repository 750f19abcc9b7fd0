package outline

import (
	"slices"
	"strings"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/sanitize"
)

// drawContainer draws how many children a container has; of a folded one its first words as well.
func (m painter) drawContainer(l *line, s *spot) {
	left, right := brackets(s.node)
	switch {
	case m.loading != nil && slices.Equal(m.loading, s.path()):
		l.put("reading "+figure.Size(s.node.Size())+" …", m.pens.warning, l.room)
	case s.open != nil && s.open.kids.Len() > 0:
		l.put(left+figure.Int(s.open.kids.Len())+right, m.pens.muted, l.room)
	case s.node.Size() > countedBytes:
		l.put(left+"…"+right, m.pens.muted, l.room)
		l.put(" "+figure.Size(s.node.Size()), m.pens.faint, l.room)
	case s.node.Len() == 0:
		l.put(left+right, m.pens.muted, l.room)
	default:
		l.put(left+figure.Int(s.node.Len())+right, m.pens.muted, l.room)
		l.put(" "+preview(s.node, l.room), m.pens.faint, l.room)
	}
}

// empty reports whether a container has no children, without reading a large one.
func empty(n *tree.Node) bool { return n.Size() <= countedBytes && n.Len() == 0 }

func brackets(n *tree.Node) (left, right string) {
	if n.Kind() == object {
		return "{", "}"
	}
	return "[", "]"
}

// preview is the first words of a container's children, until they fill room cells or somewhat
// more.
func preview(n *tree.Node, room int) string {
	var b strings.Builder
	for i := 0; i < n.Len() && b.Len() <= 2*room; i++ {
		if i > 0 {
			b.WriteString(", ")
		}
		if n.Kind() == object {
			b.WriteString(clip(shownName(n.Name(i)), room) + ": ")
		}
		b.WriteString(word(n.Child(i), room))
	}
	return b.String()
}

// word is a value in a preview.
func word(n *tree.Node, room int) string {
	switch n.Kind() {
	case object, array:
		left, right := brackets(n)
		if empty(n) {
			return left + right
		}
		return left + "…" + right
	case jsonraw.String:
		text, _ := n.TextPrefix(2*room + 1)
		if quotes(text) > 0 {
			return `"` + text + `"`
		}
		return text
	}
	return rawPrefix(n, room)
}

// clip keeps the beginning of a text that is cut to room cells anyway.
func clip(text string, room int) string {
	return text[:min(len(text), (max(room, 0)+1)*sanitize.MaxLen)]
}
