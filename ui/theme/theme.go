// Package theme holds the looks of errata: one set of styles for each theme, built from an explicit
// renderer so that nothing depends on global state.
//
// It knows lipgloss and inks. It must not know screens or logs.
package theme

import (
	"github.com/charmbracelet/lipgloss"

	"errata/ui/paint"
)

// Theme is every style that a screen may use. Screens make no styles of their own.
type Theme struct {
	Name string // dark, light, none
	Dark bool

	// body, secondary words, rules and gutters
	Text, Muted, Faint lipgloss.Style
	// the header's name, a group, a field's label
	Title, Heading, Label               lipgloss.Style
	Cursor                              lipgloss.Style // the row under the cursor
	Changed, Error, Warning, Good, Info lipgloss.Style
	// what stands in for an invisible character
	Mark                lipgloss.Style
	Match, CurrentMatch lipgloss.Style // search hits
	Added, Removed      lipgloss.Style // old and new
	Key                 lipgloss.Style // a key in the help
	// by a message's role; "" for any other
	Role                                       map[string]lipgloss.Style
	JSONName, JSONString, JSONNumber, JSONWord lipgloss.Style
}

// Looks are the inks of a text of a log.
func (t *Theme) Looks() paint.Looks {
	return paint.Looks{Text: paint.Of(t.Text), Mark: paint.Of(t.Mark), Match: paint.Of(t.Match), Current: paint.Of(t.CurrentMatch)}
}
