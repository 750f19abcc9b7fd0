package theme

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

func TestThemesFollowTheirName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		dark bool
		want string
	}{
		{"auto", true, "dark"}, {"auto", false, "light"}, {"dark", false, "dark"}, {"light", true, "light"},
		{"none", true, "none"}, {"none", false, "none"}, {"gruvbox", true, "gruvbox-dark"}, {"gruvbox", false, "gruvbox-light"},
		{"github-light", true, "github-light"}, {"no such theme", false, "light"},
	} {
		if got := For(c.name, Terminal{Dark: c.dark}).Name; got != c.want {
			t.Errorf("For(%q, dark=%v) is %q, want %q", c.name, c.dark, got, c.want)
		}
	}
}

func TestWithoutColoursThereIsNone(t *testing.T) {
	t.Parallel()
	if got := For("gruvbox", Terminal{Profile: colorprofile.ASCII}).Name; got != "none" {
		t.Errorf("without colours it is %q", got)
	}
}

func TestNoneHasNoColour(t *testing.T) {
	t.Parallel()
	th := None()
	for what, s := range map[string]string{
		"changed": th.Changed.Render("x"), "error": th.Error.Render("x"), "cursor": th.Cursor.Render("x"),
		"role": th.RoleStyle("user").Render("x"), "mark": th.Mark.Render("x"),
	} {
		for _, colour := range []string{"[3", ";3", "[4", ";4", "[9", ";9"} {
			for rest := s; ; {
				i := strings.Index(rest, colour)
				if i < 0 {
					break
				}
				rest = rest[i+len(colour):]
				if rest != "" && rest[0] >= '0' && rest[0] <= '9' {
					t.Errorf("%s has a colour: %q", what, s)
					break
				}
			}
		}
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	t.Parallel()
	for _, th := range []*Theme{For("dark", Terminal{}), For("light", Terminal{}), None()} {
		if got := th.Text.Render("plain"); got != "plain" {
			t.Errorf("%s: text is %q", th.Name, got)
		}
	}
}

func TestEveryRoleHasALook(t *testing.T) {
	t.Parallel()
	for _, th := range []*Theme{For("dark", Terminal{}), For("light", Terminal{})} {
		for _, role := range []string{"user", "assistant", "system", "developer", "tool", "someone"} {
			if got := th.RoleStyle(role).Render("x"); got == "x" {
				t.Errorf("%s: role %q has no look", th.Name, role)
			}
		}
	}
}

func TestWhatTheEnvironmentTellsOfATerminal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env         []string
		dark, ascii bool
	}{
		{nil, true, false},
		{[]string{"COLORFGBG=0;15"}, false, false},
		{[]string{"COLORFGBG=15;default;0"}, true, false},
		{[]string{"LANG=de_DE.UTF-8", "LC_ALL="}, true, false},
		{[]string{"LANG=de_DE.UTF-8", "LC_ALL=C"}, true, true},
		{[]string{"LC_CTYPE=C.utf8", "LANG=C"}, true, false},
		{[]string{"TERM=linux", "LANG=C.UTF-8"}, true, true},
	} {
		if got := TerminalIn(c.env, 0); got.Dark != c.dark || got.ASCII != c.ascii {
			t.Errorf("%q: %+v", c.env, got)
		}
	}
}
