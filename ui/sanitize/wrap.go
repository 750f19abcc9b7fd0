package sanitize

import "github.com/charmbracelet/x/ansi"

// splits reports whether a row may end beside g: whether it is a wide character, as those of
// scripts without spaces are.
func (g Glyph) splits() bool { return g.Width > 1 && !g.Mark && ansi.StringWidth(g.Text) == 2 }

// Wrap breaks text into rows of at most width cells and returns where each row starts. A row ends
// with its line; a longer line after a space or beside a wide character, or anywhere if that would
// leave more than half of a row empty. With hang, a space that follows a full row is in one cell
// more. The line break at the end of a text takes no cell. ends says that a line ends with the
// text: then the row after such a space exists even if it is empty, for the cursor. A cluster wider
// than a row has a row to itself.
func Wrap(text []byte, width int, hang, ends bool) []int {
	rows := []int{0}
	row, col := 0, 0           // where the row starts; cells so far
	rowBreak, breakCol := 0, 0 // the last good place to end it, and the cells up to there
	begin := func(at int) {
		rows = append(rows, at)
		row, col, rowBreak, breakCol = at, 0, at, 0
	}
	for i := 0; i < len(text); {
		g := Next(text[i:], col)
		if g.Break {
			if i += g.Len; i < len(text) {
				begin(i)
			}
			continue
		}
		if col+g.Width > width && i > row {
			switch {
			case text[i] == ' ' && hang && col == width:
				i++
				if i < len(text) || ends {
					begin(i)
				}
				continue
			case rowBreak > row && breakCol*2 >= width:
				i = rowBreak
			}
			begin(i)
			continue
		}
		wide := g.splits()
		if wide {
			rowBreak, breakCol = i, col
		}
		blank := text[i] == ' ' || text[i] == '\t'
		col += g.Width
		i += g.Len
		if wide || blank {
			rowBreak, breakCol = i, col
		}
	}
	return rows
}
