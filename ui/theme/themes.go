package theme

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// palette names colours by their place in the terminal's own sixteen, so that a person's colour
// scheme holds and a change of style costs few bytes.
type palette struct {
	muted, faint, heading, label, changed, bad, warn, good, info, mark, accent, second lipgloss.TerminalColor
	cursorBack                                                                         lipgloss.TerminalColor
}

var darkPalette = palette{
	muted: lipgloss.ANSIColor(7), faint: lipgloss.ANSIColor(8), heading: lipgloss.ANSIColor(14), label: lipgloss.ANSIColor(7),
	changed: lipgloss.ANSIColor(11), bad: lipgloss.ANSIColor(9), warn: lipgloss.ANSIColor(11), good: lipgloss.ANSIColor(10),
	info: lipgloss.ANSIColor(14), mark: lipgloss.ANSIColor(13), accent: lipgloss.ANSIColor(12), second: lipgloss.ANSIColor(10),
	cursorBack: lipgloss.ANSIColor(237),
}

var lightPalette = palette{
	muted: lipgloss.ANSIColor(240), faint: lipgloss.ANSIColor(245), heading: lipgloss.ANSIColor(4), label: lipgloss.ANSIColor(240),
	changed: lipgloss.ANSIColor(130), bad: lipgloss.ANSIColor(1), warn: lipgloss.ANSIColor(130), good: lipgloss.ANSIColor(28),
	info: lipgloss.ANSIColor(6), mark: lipgloss.ANSIColor(5), accent: lipgloss.ANSIColor(4), second: lipgloss.ANSIColor(28),
	cursorBack: lipgloss.ANSIColor(254),
}

// Dark is for light text on a dark background.
func Dark() *Theme { return coloured("dark", true, darkPalette) }

// Light is for dark text on a light background.
func Light() *Theme { return coloured("light", false, lightPalette) }

// None has no colours: bold, underline and reverse carry what matters.
func None() *Theme {
	r := renderer(termenv.ANSI)
	plain, bold := r.NewStyle(), r.NewStyle().Bold(true)
	return &Theme{
		Name: "none", Dark: true,
		Text: plain, Muted: plain, Faint: plain,
		Title: bold, Heading: bold, Label: plain,
		Cursor:  r.NewStyle().Reverse(true),
		Changed: bold, Error: bold, Warning: bold, Good: bold, Info: plain,
		Mark:  r.NewStyle().Underline(true),
		Match: r.NewStyle().Underline(true), CurrentMatch: r.NewStyle().Reverse(true),
		Added: bold, Removed: r.NewStyle().Faint(true), Key: bold,
		Role:     map[string]lipgloss.Style{"": bold},
		JSONName: plain, JSONString: plain, JSONNumber: plain, JSONWord: plain,
	}
}

// For picks a theme by its name on the command line; auto follows the background.
func For(name string, dark bool) *Theme {
	switch {
	case name == "none":
		return None()
	case name == "light", name == "auto" && !dark:
		return Light()
	default:
		return Dark()
	}
}

// RoleStyle is the look of a message's role.
func (t *Theme) RoleStyle(role string) lipgloss.Style {
	if s, ok := t.Role[role]; ok {
		return s
	}
	return t.Role[""]
}

func coloured(name string, dark bool, p palette) *Theme {
	r := renderer(termenv.TrueColor)
	ink := func(c lipgloss.TerminalColor) lipgloss.Style { return r.NewStyle().Foreground(c) }
	plain := r.NewStyle()
	return &Theme{
		Name: name, Dark: dark,
		Text: plain, Muted: ink(p.muted), Faint: ink(p.faint),
		Title: ink(p.accent).Bold(true), Heading: ink(p.heading).Bold(true), Label: ink(p.label),
		Cursor:  r.NewStyle().Background(p.cursorBack).Bold(true),
		Changed: ink(p.changed).Bold(true), Error: ink(p.bad), Warning: ink(p.warn), Good: ink(p.good), Info: ink(p.info),
		Mark:  ink(p.mark),
		Match: r.NewStyle().Underline(true).Foreground(p.changed), CurrentMatch: r.NewStyle().Reverse(true),
		Added: ink(p.good), Removed: ink(p.bad), Key: ink(p.accent).Bold(true),
		Role: map[string]lipgloss.Style{
			"": ink(p.muted).Bold(true), "user": ink(p.accent).Bold(true), "assistant": ink(p.second).Bold(true),
			"system": ink(p.heading).Bold(true), "developer": ink(p.heading).Bold(true), "tool": ink(p.mark).Bold(true),
		},
		JSONName: ink(p.accent), JSONString: plain, JSONNumber: ink(p.heading), JSONWord: ink(p.mark),
	}
}

// renderer is lipgloss with a fixed profile: what a style emits must not depend on where the
// program runs. The cell screen brings the colours down to what the terminal has.
func renderer(profile termenv.Profile) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	return r
}

// DarkIn guesses from the environment, until the terminal tells it, whether the background is dark:
// some terminals put their colours there, as "foreground;background" of the sixteen; most are dark.
func DarkIn(environ []string) bool {
	for _, v := range environ {
		if colors, ok := strings.CutPrefix(v, "COLORFGBG="); ok {
			back := colors[strings.LastIndexByte(colors, ';')+1:]
			return back != "7" && back != "15"
		}
	}
	return true
}
