package theme

import "strings"

// heard and typed replace the signs in errata's own words if they cannot be shown.
var (
	heard = strings.NewReplacer(" → ", " to ", " · ", ", ", "↑", "up", "↓", "down", "←", "left", "→", "right", "1–9", "1 to 9")
	typed = strings.NewReplacer(" → ", " -> ", " · ", ", ", "↑", "up", "↓", "down", "←", "left", "→", "right", "1–9", "1-9")
)

// Words is a sentence of errata, or the names of keys, as this theme shows them: for a screen
// reader, or in ASCII only, arrows and dots become words. Text of a log that a sentence quotes is
// meant to be short and not literal, and changes likewise.
func (t *Theme) Words(text string) string {
	switch {
	case t.Plain:
		return heard.Replace(text)
	case t.ascii:
		return typed.Replace(text)
	}
	return text
}

// Calls is ahead of the function that a message calls.
func (t *Theme) Calls() string { return t.lines("calls ", "-> ", "→ ") }

// Said is what is said of a log, among what can be.
func (t *Theme) Said(words string) string {
	if t.Plain {
		return words + " (said)"
	}
	return "[" + words + "]"
}

// Chosen is ahead of what is chosen among a few on a line, in the place of two blanks.
func (t *Theme) Chosen() string { return t.lines("  chosen: ", " >", " ▸") }

// Bullet is ahead of an item of a list, and Quote ahead of a line that is quoted.
func (t *Theme) Bullet() string { return t.lines("- ", "- ", "• ") }

// Quote is ahead of a line that is quoted.
func (t *Theme) Quote() string { return t.lines("> ", "> ", "│ ") }

// Here is the gutter of n cells beside the first row of what is under the cursor, and Along that of
// its other rows.
func (t *Theme) Here(n int) string { return fitted(t.lines("here", ">", "▸"), n) }

// Along is the gutter of n cells beside the rows below the first of what is under the cursor.
func (t *Theme) Along(n int) string { return fitted(t.lines("", ":", "╎"), n) }

// Gutter is the cells of that gutter.
func (t *Theme) Gutter() int { return len(t.lines("here ", "> ", "> ")) }

// Folded is ahead of what can be unfolded. It is not the sign of the cursor, which may be before
// it.
func (t *Theme) Folded() string { return t.lines("closed ", "+ ", "+ ") }

// Unfolded is ahead of what can be folded.
func (t *Theme) Unfolded() string { return t.lines("open   ", "- ", "- ") }

// Inside is beside the lines of a text that is unfolded.
func (t *Theme) Inside() string { return t.lines("       ", "| ", "│ ") }

// Entry is ahead of a row that is being typed, among those that fold.
func (t *Theme) Entry() string { return t.lines("new    ", "> ", "» ") }

// FoldCells is how many cells are ahead of a row that may fold.
func (t *Theme) FoldCells() int { return len(t.Folded()) }

// Up and Down are the directions in which a column is sorted, behind its title.
func (t *Theme) Up() string { return t.lines(" up", "^", "↑") }

// Down is the other direction.
func (t *Theme) Down() string { return t.lines(" down", "v", "↓") }

// Absent is drawn where there is no number.
func (t *Theme) Absent() string { return t.lines("none", "-", "–") }

func fitted(text string, n int) string {
	return text + strings.Repeat(" ", max(n-len([]rune(text)), 0))
}
