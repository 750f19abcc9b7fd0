// Package paint draws rows of text in colours: each grapheme cluster in the style of the part that
// it belongs to, with the matches of a search highlighted, and control characters shown as marks.
//
// It knows text, styles and cells. It must not know what the text is, nor how it is cut into rows.
package paint

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Ink is what a style writes before and after text; the zero Ink writes nothing. It is used instead
// of Style.Render, which takes text apart where a style underlines, and would split a cluster of
// several code points.
type Ink struct{ Before, After string }

// Of is the ink of a style.
func Of(s lipgloss.Style) Ink {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return Ink{before, after}
}

// On is text in the ink.
func (i Ink) On(text string) string { return i.Before + text + i.After }

// Brush writes texts one after the other, and changes its ink only when it has to.
type Brush struct {
	Out  *strings.Builder
	ink  Ink
	open bool
}

// Put writes text in an ink.
func (b *Brush) Put(text string, ink Ink) {
	if text == "" {
		return
	}
	if !b.open || ink != b.ink {
		b.End()
		b.ink, b.open = ink, true
		b.Out.WriteString(ink.Before)
	}
	b.Out.WriteString(text)
}

// End ends the ink of the last text.
func (b *Brush) End() {
	if b.open {
		b.Out.WriteString(b.ink.After)
		b.open = false
	}
}
