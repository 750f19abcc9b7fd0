package theme

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Terminal is what a theme has to know of the terminal.
type Terminal struct {
	Dark    bool                 // the background
	Profile colorprofile.Profile // how many colours there are; the zero value is all of them
	ASCII   bool                 // it shows no characters but those of ASCII
	Plain   bool                 // it is heard: lines and signs say nothing
}

// TerminalIn is what the environment says about a terminal with that many colours. The terminal
// itself may report its background later.
func TerminalIn(environ []string, profile colorprofile.Profile) Terminal {
	return Terminal{Dark: darkIn(environ), Profile: profile, ASCII: asciiIn(environ)}
}

// darkIn guesses from the environment, until the terminal tells it, whether the background is dark:
// some terminals put their colours there, as "foreground;background" of the sixteen; most are dark.
func darkIn(environ []string) bool {
	colors := valueIn(environ, "COLORFGBG")
	back := colors[strings.LastIndexByte(colors, ';')+1:]
	return back != "7" && back != "15"
}

// asciiIn reports whether signs beyond ASCII would look wrong: in a locale that is named and is not
// UTF-8, and on the console of Linux, whose fonts have few of them.
func asciiIn(environ []string) bool {
	locale := strings.ToUpper(cmp.Or(valueIn(environ, "LC_ALL"), valueIn(environ, "LC_CTYPE"), valueIn(environ, "LANG")))
	utf8 := locale == "" || strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8")
	return !utf8 || valueIn(environ, "TERM") == "linux"
}

// valueIn is the value of a variable; the last entry of a name counts.
func valueIn(environ []string, name string) (value string) {
	for _, v := range environ {
		if k, is, ok := strings.Cut(v, "="); ok && k == name {
			value = is
		}
	}
	return value
}
