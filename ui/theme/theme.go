// Package theme holds the looks of errata: one set of styles for each theme, built from an explicit renderer so that
// nothing depends on global state.
//
// It knows lipgloss. It must not know screens or logs.
package theme

import "github.com/charmbracelet/lipgloss"

// Theme is every style that a screen may use. Screens make no styles of their own.
type Theme struct {
	Name string // dark, light, none
	Dark bool

	Text, Muted, Faint                         lipgloss.Style // body, secondary words, rules and gutters
	Title, Heading, Label                      lipgloss.Style // the header's name, a group, a field's label
	Cursor                                     lipgloss.Style // the row under the cursor
	Changed, Error, Warning, Good, Info        lipgloss.Style
	Mark                                       lipgloss.Style            // what stands in for an invisible character
	Match, CurrentMatch                        lipgloss.Style            // search hits
	Added, Removed                             lipgloss.Style            // old and new
	Key                                        lipgloss.Style            // a key in the help
	Role                                       map[string]lipgloss.Style // by a message's role; "" for any other
	JSONName, JSONString, JSONNumber, JSONWord lipgloss.Style
}
