// Package glyph is the one door between text that came from elsewhere and the terminal. It cuts text into
// grapheme clusters and gives for each what may be shown: controls, bidi and zero-width characters and bad
// bytes become visible marks, so that no byte of a log can move the cursor, set a title or reorder text.
//
// Everything that prints text of a log, a server, a file name or an error goes through it. It knows
// Unicode and widths; it must not know logs, styles or Bubble Tea.
package glyph

// Glyph is what one cluster of text looks like in cells.
type Glyph struct {
	Text  string // what to print; holds no control, bidi or zero-width character but U+200D inside an emoji sequence
	Width int    // cells; 0 only for a line break
	Len   int    // bytes of the source that it stands for
	Mark  bool   // Text stands in for something invisible or unsafe: style it apart
	Break bool   // a line break: LF, or CR LF (whose Text is the mark for CR)
}

// TabWidth is the distance of tab stops in cells.
const TabWidth = 8

// Next reads the first cluster of b, which begins at cell col of its row (tabs depend on it). b must not be
// empty. When b may continue beyond its end (a window of a larger text), pass more bytes than one cluster needs.
func Next(b []byte, col int) Glyph { panic("todo") }

// Line makes s safe for one line of at most max cells: line breaks become marks too, and what does not fit ends with "…".
// max < 0 means no limit.
func Line(s string, max int) string { panic("todo") }

// Block makes s safe for output of many lines: line breaks stay (CR LF shows its CR), everything else as Next.
func Block(s string) string { panic("todo") }

// Width is the number of cells of a string that is already safe (the result of Line, or text of our own, without escape sequences).
func Width(s string) int { panic("todo") }

// Fit pads or cuts a safe string without escape sequences to exactly n cells.
func Fit(s string, n int) string { panic("todo") }
