package history

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/api/journal"
	"errata/ui/glyph"
	"errata/ui/theme"
)

// outcomes says how each outcome looks, and what it means beyond its name.
var outcomes = map[journal.Outcome]struct {
	style   func(*theme.Theme) lipgloss.Style
	meaning string
}{
	journal.Pending:  {warning, ": under way, or errata ended before the outcome was known"},
	journal.Saved:    {good, ": found on the server afterwards"},
	journal.Verified: {good, ": read back and found as sent"},
	journal.NotKept:  {bad, ": the server did not keep all of it as sent"},
	journal.Refused:  {muted, ": the server refused it; nothing was written"},
	journal.NotSaved: {muted, ": it did not arrive; nothing was written"},
	journal.Unknown:  {warning, ": whether it was written could not be told"},
}

func good(th *theme.Theme) lipgloss.Style    { return th.Good }
func warning(th *theme.Theme) lipgloss.Style { return th.Warning }
func bad(th *theme.Theme) lipgloss.Style     { return th.Error }
func muted(th *theme.Theme) lipgloss.Style   { return th.Muted }
