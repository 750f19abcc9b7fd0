package theme

import "github.com/charmbracelet/lipgloss"

// Role is what a look stands for. One look means one thing: a theme gives each role its own.
type Role struct {
	Name string // in the file of a theme
	Help string
	// where a theme holds its style
	style func(*Theme) *lipgloss.Style
}

// roles is the table of roles, in the order in which they are listed.
var roles = []Role{
	{"muted", "words of second rank", func(t *Theme) *lipgloss.Style { return &t.Muted }},
	{"faint", "what carries no information: rules, zeros, sizes", func(t *Theme) *lipgloss.Style { return &t.Faint }},
	{"title", "the name of a screen and of what is open", func(t *Theme) *lipgloss.Style { return &t.Title }},
	{"section", "the head of a section", func(t *Theme) *lipgloss.Style { return &t.Heading }},
	{"field", "the name of a field", func(t *Theme) *lipgloss.Style { return &t.Label }},
	{"key", "a key in the footer and in the help", func(t *Theme) *lipgloss.Style { return &t.Key }},
	{"cursor", "the row under the cursor", func(t *Theme) *lipgloss.Style { return &t.Cursor }},
	{"error", "an error, and a value that does not fit", func(t *Theme) *lipgloss.Style { return &t.Error }},
	{"warning", "what to look at before going on", func(t *Theme) *lipgloss.Style { return &t.Warning }},
	{"good", "what went well", func(t *Theme) *lipgloss.Style { return &t.Good }},
	{"info", "what is under way, and what errata says of a value", func(t *Theme) *lipgloss.Style { return &t.Info }},
	{"changed", "what is changed and not sent", func(t *Theme) *lipgloss.Style { return &t.Changed }},
	{"added", "the new of a change", func(t *Theme) *lipgloss.Style { return &t.Added }},
	{"removed", "the old of a change", func(t *Theme) *lipgloss.Style { return &t.Removed }},
	{"corrected", "a log that was corrected", func(t *Theme) *lipgloss.Style { return &t.Corrected }},
	{"judged", "a log that was judged", func(t *Theme) *lipgloss.Style { return &t.Judged }},
	{"locked", "a value that cannot be changed", func(t *Theme) *lipgloss.Style { return &t.Locked }},
	{"marked", "a log that is marked", func(t *Theme) *lipgloss.Style { return &t.Marked }},
	{"control", "what stands in for an invisible character", func(t *Theme) *lipgloss.Style { return &t.Mark }},
	{"match", "a hit of a search", func(t *Theme) *lipgloss.Style { return &t.Match }},
	{"current", "the hit at which the search stands", func(t *Theme) *lipgloss.Style { return &t.CurrentMatch }},
	{"user", "a message of the user", func(t *Theme) *lipgloss.Style { return &t.User }},
	{"assistant", "a message of the model", func(t *Theme) *lipgloss.Style { return &t.Assistant }},
	{"system", "a message of the system or the developer", func(t *Theme) *lipgloss.Style { return &t.System }},
	{"tool", "a message of a tool", func(t *Theme) *lipgloss.Style { return &t.Tool }},
	{"speaker", "a message in any other role", func(t *Theme) *lipgloss.Style { return &t.Speaker }},
	{"json_name", "a name in JSON", func(t *Theme) *lipgloss.Style { return &t.JSONName }},
	{"json_string", "a string in JSON", func(t *Theme) *lipgloss.Style { return &t.JSONString }},
	{"json_number", "a number in JSON", func(t *Theme) *lipgloss.Style { return &t.JSONNumber }},
	{"json_word", "true, false and null in JSON", func(t *Theme) *lipgloss.Style { return &t.JSONWord }},
}

// Roles lists the table of roles. The caller must not modify it.
func Roles() []Role { return roles }

// roleNames lists what a line of the file of a theme can name.
func roleNames() (list []string) {
	for _, r := range Roles() {
		list = append(list, r.Name)
	}
	return append(list, baseLine, darkLine)
}
