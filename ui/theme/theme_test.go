package theme

import (
	"strings"
	"testing"
)

func TestThemesFollowTheirName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		dark bool
		want string
	}{
		{"auto", true, "dark"}, {"auto", false, "light"}, {"dark", false, "dark"}, {"light", true, "light"},
		{"none", true, "none"}, {"none", false, "none"},
	} {
		if got := For(c.name, c.dark).Name; got != c.want {
			t.Errorf("For(%q, dark=%v) is %q, want %q", c.name, c.dark, got, c.want)
		}
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
	for _, th := range []*Theme{Dark(), Light(), None()} {
		if got := th.Text.Render("plain"); got != "plain" {
			t.Errorf("%s: text is %q", th.Name, got)
		}
	}
}

func TestEveryRoleHasALook(t *testing.T) {
	t.Parallel()
	for _, th := range []*Theme{Dark(), Light()} {
		for _, role := range []string{"user", "assistant", "system", "developer", "tool", "someone"} {
			if got := th.RoleStyle(role).Render("x"); got == "x" {
				t.Errorf("%s: role %q has no look", th.Name, role)
			}
		}
	}
}
