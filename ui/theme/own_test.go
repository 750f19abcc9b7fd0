package theme

import (
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// lines makes the lines of a file, from 1.
func lines(pairs ...any) (list []Line) {
	for i := 0; i < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		list = append(list, Line{name, pairs[i+1], func(why string) error { return errors.New(name + ": " + why) }})
	}
	return list
}

func TestAThemeOfOnesOwn(t *testing.T) {
	t.Parallel()
	s, err := Own("mine", true, lines("base", "gruvbox-dark", "changed", "bold underline #ff8800", "faint", "244"))
	if err != nil || !s.Dark || s.Name != "mine" {
		t.Fatalf("%+v, %v", s, err)
	}
	th := s.Make(Terminal{})
	if got := th.Changed.Render("x"); got != "\x1b[1;4;38;2;255;136;0mx\x1b[0m" && !strings.Contains(got, "255;136;0") {
		t.Errorf("changed is %q", got)
	}
	if got, want := th.Error.Render("x"), gruvboxDarkSpec.Make(Terminal{}).Error.Render("x"); got != want {
		t.Errorf("an error is %q, want that of the base, %q", got, want)
	}
	if dark := darkSpec.Looks.of("faint"); dark != "245" {
		t.Errorf("a theme that is built in was changed: %q", dark)
	}
	if th := s.Make(Terminal{Profile: colorprofile.ANSI}); strings.Contains(th.Error.Render("x"), ";2;") {
		t.Errorf("in sixteen colours an error is %q", th.Error.Render("x"))
	}
}

// Without a base a theme follows the background, unless it says which it is for.
func TestAThemeFollowsTheBackground(t *testing.T) {
	t.Parallel()
	find := func(more ...any) Find {
		return func(name string, dark bool) (Spec, error) { return Own(name, dark, lines(more...)) }
	}
	if !Follows(find(), "mine") || Follows(find("dark", true), "mine") || Follows(find("base", "light"), "mine") || !Follows(BuiltIn, "github") || Follows(BuiltIn, "none") {
		t.Error("a theme follows the background when it should not, or the other way round")
	}
}

func TestWrongLinesAreRefused(t *testing.T) {
	t.Parallel()
	for want, l := range map[string][]Line{
		"chnged: there is no such role; did you mean changed":       lines("chnged", "red"),
		"xyzzy: there is no such role, only muted, faint, ":         lines("xyzzy", "red"),
		"error: want a look in quotes":                              lines("error", int64(9)),
		`error: "rad" is not a colour: want #rrggbb`:                lines("error", "bold rad"),
		"base: there is no theme gruvbx, only ":                     lines("base", "gruvbx"),
		"dark: want true or false":                                  lines("dark", "yes"),
		"base: there is no theme , only auto, contrast, gruvbox, g": lines("base", true),
	} {
		if _, err := Own("mine", true, l); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := BuiltIn("gruvbx", true); err == nil || !strings.HasSuffix(err.Error(), "did you mean gruvbox") {
		t.Errorf("%v", err)
	}
}
