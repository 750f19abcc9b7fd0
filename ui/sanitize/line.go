package sanitize

import "strings"

const ellipsis = "…"

// Line makes s safe for one line of at most limit cells: line breaks become marks too, and what
// does not fit ends with "…". limit < 0 means no limit.
func Line(s string, limit int) string {
	if limit == 0 {
		return ""
	}
	if limit < 0 {
		limit = len(s)*len("<U+10FFFF>") + tabWidth
	}
	var out strings.Builder
	col, fits := 0, 0 // cells so far; bytes of out that leave room for the ellipsis
	room := limit - Width(ellipsis)
	for i := 0; i < len(s); {
		g := InLine(s[i:], col)
		if col+g.Width > limit {
			if room < 0 {
				return ""
			}
			return out.String()[:fits] + ellipsis
		}
		out.WriteString(g.Text)
		col += g.Width
		i += g.Len
		if col <= room {
			fits = out.Len()
		}
	}
	return out.String()
}

// Block makes s safe for output of many lines: line breaks stay (CR LF shows its CR), everything
// else as Next.
func Block(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	for i, col := 0, 0; i < len(s); {
		g := next(s[i:], col)
		out.WriteString(g.Text)
		col += g.Width
		if g.Break {
			out.WriteByte('\n')
			col = 0
		}
		i += g.Len
	}
	return out.String()
}

// Width is the number of cells of a string that is already safe (the result of Line, or text of our
// own, without escape sequences).
func Width(s string) int {
	width := 0
	for s != "" {
		c := First(s)
		width += c.Width
		s = s[len(c.Text):]
	}
	return width
}

// Fit makes s safe for one line, and pads or cuts it to exactly n cells. A wide character that
// would be cut in half becomes a space.
func Fit(s string, n int) string {
	var out strings.Builder
	col := 0
	for i := 0; i < len(s); {
		g := InLine(s[i:], col)
		if col+g.Width > n {
			break
		}
		out.WriteString(g.Text)
		col += g.Width
		i += g.Len
	}
	if col < n {
		out.WriteString(strings.Repeat(" ", n-col))
	}
	return out.String()
}

// InLine is Next for a string within one line, where a line break is a mark like others. s must not
// be empty.
func InLine(s string, col int) Glyph {
	g := next(s, col)
	if !g.Break {
		return g
	}
	text := pictures[s[0]]
	return Glyph{Text: text, Width: Width(text), Len: 1, Mark: true}
}
