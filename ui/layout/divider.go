package layout

// A Divider is the column in which somebody has put the rule between two parts that are side by
// side. The zero Divider is where the layout puts it.
type Divider int

// LeastPart is the cells that each of the two keeps.
const LeastPart = 20

// DividerStep is how many columns a key moves the rule.
const DividerStep = 4

// In is the column of the rule in w cells, where the layout would put it at laid.
func (d Divider) In(w, laid int) int {
	if d == 0 {
		return laid
	}
	return min(max(int(d), LeastPart), w-RuleWidth-LeastPart)
}

// LeastLines is the lines that each of two parts keeps when one is above the other.
const LeastLines = 1

// Across is the lines of the part above a rule that lies across: of h lines from top on, the rule
// among them, where the layout would give it laid. The Divider is the line of the rule then.
func (d Divider) Across(top, h, laid int) int {
	if d == 0 {
		return laid
	}
	return min(max(int(d)-top, LeastLines), max(h-1-LeastLines, 1))
}

// Above is a list of so many rows above a pane, as wide as the window: all rows, but no more than a
// third of the body unless d says otherwise. The line below it is the rule's.
func (s Screen) Above(d Divider, rows int) Rect {
	laid := min(rows, max(s.List.H/3, 1))
	return Rect{Y: s.List.Y, W: s.Header.W, H: d.Across(s.List.Y, s.List.H, laid)}
}

// Crossing is a rule across the whole screen, in a line. It has no cells if the window is too
// small.
func (s Screen) Crossing(line int) Rect {
	if s.TooSmall {
		return Rect{}
	}
	return Rect{Y: line, W: s.Header.W, H: 1}
}

// At gives the part on the left the columns that d says.
func (s Screen) At(d Divider) Screen {
	if !s.Wide {
		return s
	}
	by := d.In(s.List.W+s.Rule.W+s.Pane.W, s.List.W) - s.List.W
	s.List.W, s.Rule.X, s.Pane.X, s.Pane.W = s.List.W+by, s.Rule.X+by, s.Pane.X+by, s.Pane.W-by
	return s
}
