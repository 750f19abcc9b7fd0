package theme

// Rule is the line between two panes, in one cell.
func (t *Theme) Rule() string { return t.lines(" ", "|", "│") }

// Thumb is the part of that line that says which rows of a list are seen.
func (t *Theme) Thumb() string { return t.lines(" ", "#", "┃") }

// Across is one cell of the line between what is above and what is below.
func (t *Theme) Across() string { return t.lines(" ", "-", "─") }

// lines chooses what a terminal shows of a line: plain is for those who hear the screen.
func (t *Theme) lines(plain, ascii, all string) string {
	switch {
	case t.Plain:
		return plain
	case t.ascii:
		return ascii
	}
	return all
}
