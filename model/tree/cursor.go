package tree

// cursor goes through a list from one end, by whole sides of it where it can.
type cursor struct {
	back  bool
	ahead []*seq // what comes next stands last
	items []item // the rest of a leaf that was begun
}

func newCursor(s *seq, back bool) *cursor {
	c := &cursor{back: back}
	if s != nil {
		c.ahead = append(c.ahead, s)
	}
	return c
}

// list is the part of the list that comes next, nil within a leaf and at the end.
func (c *cursor) list() *seq {
	if len(c.items) > 0 || len(c.ahead) == 0 {
		return nil
	}
	return c.ahead[len(c.ahead)-1]
}

// pass leaves that part out.
func (c *cursor) pass() { c.ahead = c.ahead[:len(c.ahead)-1] }

// open goes through the sides of that part, which is a fork.
func (c *cursor) open() {
	s := c.list()
	c.pass()
	if c.back {
		c.ahead = append(c.ahead, s.left, s.right)
	} else {
		c.ahead = append(c.ahead, s.right, s.left)
	}
}

// item is the next child; there must be one.
func (c *cursor) item() (x item) {
	for len(c.items) == 0 {
		if s := c.list(); s.height > 0 {
			c.open()
		} else {
			c.items = s.items()
			c.pass()
		}
	}
	if last := len(c.items) - 1; c.back {
		x, c.items = c.items[last], c.items[:last]
	} else {
		x, c.items = c.items[0], c.items[1:]
	}
	return x
}
