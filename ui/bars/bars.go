// Package bars draws what every screen has: bars with something on the left and something on the
// right, the line of keys, and the news line. Everything it draws is exactly as wide as asked.
//
// It knows cells and styles. It must not know any screen or log.
package bars

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/editor"
	"errata/ui/layout"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// Piece is a run of text in one look. Its text is made safe here.
type Piece struct {
	Text  string
	Style lipgloss.Style
}

// Bar draws one line of w cells: left pieces from the left, right pieces at the right end. When
// there is not room for both, the left is cut first, but for its first 12 cells.
func Bar(w int, left, right []Piece) string { return bar(w, left, right, lipgloss.Style{}) }

// bar is Bar with blanks in a look.
func bar(w int, left, right []Piece, blank lipgloss.Style) string {
	rightWidth := Width(right)
	if keep := min(w, 12); rightWidth > w-keep {
		rightWidth = max(w-keep, 0)
	}
	room := w - rightWidth
	if rightWidth > 0 {
		room = max(room-1, 0)
	}
	var b strings.Builder
	used := write(&b, left, room)
	if n := w - used - rightWidth; n > 0 {
		b.WriteString(blank.Render(strings.Repeat(" ", n)))
	}
	write(&b, right, rightWidth)
	return b.String()
}

// Level says how news is meant.
type Level int

// The levels of news.
const (
	Info Level = iota
	Good
	Warning
	Bad
)

// News is one line that says what happened. It never takes a key.
type News struct {
	Level Level
	Text  string
}

// Style is the look of a level.
func (n News) Style(th *theme.Theme) lipgloss.Style {
	switch n.Level {
	case Good:
		return th.Good
	case Warning:
		return th.Warning
	case Bad:
		return th.Error
	default:
		return th.Info
	}
}

// Status draws a news line.
func Status(w int, th *theme.Theme, n News, right ...Piece) string {
	return Bar(w, []Piece{{n.Text, n.Style(th)}}, right)
}

// Waiting is the text of a news line about something that is under way: what is done, what esc
// does, and why it takes long where that is known.
func Waiting(what, why string) string {
	text := what + " … esc gives up"
	if why != "" {
		text += ": " + why
	}
	return text
}

// NothingBeside is the news when somebody moves a divider and there is none.
func NothingBeside(columns int) string {
	return "nothing stands beside the list here: that takes a window of " + strconv.Itoa(columns) + " columns"
}

// EditorStyles are the looks of an editor in a theme.
func EditorStyles(th *theme.Theme) editor.Styles {
	return editor.Styles{
		Text: th.Text, Mark: th.Mark, Match: th.Match, CurrentMatch: th.CurrentMatch, Gutter: th.Faint, Error: th.Error.Underline(true),
	}
}

// Fill makes lines exactly h lines, cutting or adding blank ones.
func Fill(lines []string, h int) []string {
	if len(lines) > h {
		return lines[:max(h, 0)]
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines
}

// TooSmall fills a window in which nothing else has room with the words that say so, in as many
// rows as they take, or as many of them as there is room for: the size is the last to go.
func TooSmall(w, h int) string {
	if w < 1 || h < 1 {
		return ""
	}
	width, height := strconv.Itoa(layout.MinWidth), strconv.Itoa(layout.MinHeight)
	size := width + " by " + height
	for _, words := range [][]string{{"too small:", "needs", size}, {"needs", size}, {size}, {width, "by", height}} {
		if rows := stacked(words, w); rows != nil && len(rows) <= h {
			return strings.Join(Fill(rows, h), "\n")
		}
	}
	return strings.Join(Fill([]string{sanitize.Line(size, w)}, h), "\n")
}

// stacked lays words out in rows of w cells, nil if one of them is wider.
func stacked(words []string, w int) (rows []string) {
	used := w
	for _, word := range words {
		switch width := sanitize.Width(word); {
		case width > w:
			return nil
		case used+1+width <= w:
			rows[len(rows)-1] += " " + word
			used += 1 + width
		default:
			rows, used = append(rows, word), width
		}
	}
	return rows
}

func write(b *strings.Builder, pieces []Piece, room int) (used int) {
	for _, p := range pieces {
		if used >= room {
			break
		}
		text := sanitize.Line(p.Text, room-used)
		used += sanitize.Width(text)
		b.WriteString(p.Style.Render(text))
	}
	return used
}

// Width is the cells that pieces take side by side.
func Width(pieces []Piece) (w int) {
	for _, p := range pieces {
		w += sanitize.Width(sanitize.Line(p.Text, -1))
	}
	return w
}
