// Package noquery keeps Bubble Tea from asking the terminal for its colours before main has
// started.
//
// Importing bubbletea v1 runs lipgloss.HasDarkBackground in an init, which writes a query and waits
// up to five seconds for the answer, in every command of the program. An answer given beforehand
// makes that call return at once.
//
// Go initialises, among the packages whose imports are ready, the one whose import path sorts
// first. This package imports nothing but lipgloss, which bubbletea imports too, and
// "errata/ui/noquery" sorts before "github.com/charmbracelet/bubbletea": so it always runs first.
// It must import nothing more, and must not move to a path that sorts later.
package noquery

import "github.com/charmbracelet/lipgloss"

// The answer itself is of no account: colours are chosen from the terminal's own answer, which
// ui/term asks for after the first frame.
func init() { lipgloss.SetHasDarkBackground(true) }
