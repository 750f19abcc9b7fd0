// Package theme holds the looks of errata: what each role looks like in each theme, and the signs
// that show the state of something. Styles are built from an explicit renderer, so that nothing
// depends on global state.
//
// It knows lipgloss and inks. It must not know screens or logs, and it reads no files.
package theme

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"errata/ui/paint"
)

// Theme is every style that a screen may use. Screens make no styles of their own. What each is for
// is in the table of roles.
type Theme struct {
	Name  string // dark, light, none …
	Dark  bool
	Plain bool // lines and signs are words, or nothing

	// the text itself: the terminal's own foreground
	Text lipgloss.Style

	Muted, Faint                      lipgloss.Style
	Title, Heading, Label, Key        lipgloss.Style
	Cursor                            lipgloss.Style
	Error, Warning, Good, Info        lipgloss.Style
	Changed, Added, Removed           lipgloss.Style
	Corrected, Judged, Locked, Marked lipgloss.Style
	Mark                              lipgloss.Style
	Match, CurrentMatch               lipgloss.Style
	User, Assistant, System, Tool     lipgloss.Style
	Speaker                           lipgloss.Style
	JSONName, JSONString              lipgloss.Style
	JSONNumber, JSONWord              lipgloss.Style

	ascii bool
	bar   look // the ground of the row under the cursor
}

// Looks are the inks of a text of a log.
func (t *Theme) Looks() paint.Looks {
	return paint.Looks{Text: paint.Of(t.Text), Mark: paint.Of(t.Mark), Match: paint.Of(t.Match), Current: paint.Of(t.CurrentMatch)}
}

// RoleStyle is the look of a message's role.
func (t *Theme) RoleStyle(role string) lipgloss.Style {
	switch role {
	case "user":
		return t.User
	case "assistant":
		return t.Assistant
	case "system", "developer":
		return t.System
	case "tool":
		return t.Tool
	}
	return t.Speaker
}

// OnCursor is a style within the row under the cursor: on the ground of the bar, and in its own
// colour where that can be read there.
func (t *Theme) OnCursor(s lipgloss.Style) lipgloss.Style {
	ink, ok := s.GetForeground().(lipgloss.Color)
	if !ok || t.bar.ground == "" || contrast(colour(string(ink)), colour(t.bar.ground)) < readable {
		return t.Cursor
	}
	return t.Cursor.Foreground(ink)
}

// renderer is lipgloss with a fixed profile: what a style emits must not depend on where the
// program runs. The cell screen brings the colours down to what the terminal has.
func renderer() *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	return r
}
