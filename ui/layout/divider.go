package layout

// A Divider is the column in which somebody has put the rule between two parts that stand side by
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

// LeastLines is the lines that each of two parts keeps, one of which stands above the other.
const LeastLines = 1

// Across is the lines of the part above a rule that lies across: of h lines from top on, the rule
// among them, where the layout would give it laid. The Divider is the line of the rule then.
func (d Divider) Across(top, h, laid int) int {
	if d == 0 {
		return laid
	}
	return min(max(int(d)-top, LeastLines), max(h-1-LeastLines, 1))
}

// Crossing is where a rule lies across a screen of w cells, in some line; it has no cells where the
// window is too small.
func (s Screen) Crossing(w, line int) Rect {
	if s.TooSmall {
		return Rect{}
	}
	return Rect{Y: line, W: w, H: 1}
}

// At gives the part on the left so many columns.
func (s Screen) At(d Divider) Screen {
	if !s.Wide {
		return s
	}
	by := d.In(s.List.W+s.Rule.W+s.Pane.W, s.List.W) - s.List.W
	s.List.W, s.Rule.X, s.Pane.X, s.Pane.W = s.List.W+by, s.Rule.X+by, s.Pane.X+by, s.Pane.W-by
	return s
}
