package tree

import "errata/model/sequence"

// cursor goes through the children of a list from one end.
type cursor struct {
	*sequence.Cursor[*leaf]
	back  bool
	items []item // the rest of a leaf that was started
}

func newCursor(s seq, back bool) *cursor { return &cursor{Cursor: s.From(back), back: back} }

// item is the next child; there must be one.
func (c *cursor) item() (x item) {
	if len(c.items) == 0 {
		leaf, _ := c.Next()
		c.items = leaf.items()
	}
	if last := len(c.items) - 1; c.back {
		x, c.items = c.items[last], c.items[:last]
	} else {
		x, c.items = c.items[0], c.items[1:]
	}
	return x
}
