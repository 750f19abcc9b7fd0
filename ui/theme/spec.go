package theme

import "github.com/charmbracelet/colorprofile"

// Texts are texts by their names, of which the first counts: data of which the start of the program
// makes nothing.
type Texts []struct{ Name, Text string }

// of is the text of a name, "" if there is none.
func (t Texts) of(name string) string {
	for _, e := range t {
		if e.Name == name {
			return e.Text
		}
	}
	return ""
}

// Spec is a theme as it is written: how each role looks, in words such as "bold #d79921". A role
// that is not there is plain text.
type Spec struct {
	Name  string
	Dark  bool
	Looks Texts
	// what a terminal of sixteen colours shows instead; nil brings the colours down to these
	few Texts
	// numbers of the 256 for colours that come out badly there
	in256 Texts
}

// Make makes the theme for a terminal.
func (s Spec) Make(t Terminal) *Theme {
	r := renderer()
	made := &Theme{Name: s.Name, Dark: s.Dark, Text: r.NewStyle(), ascii: t.ASCII, Plain: t.Plain}
	for _, role := range roles {
		l, style := s.look(role.Name, t.Profile), role.style(made)
		*style = l.style(r)
		if style == &made.Cursor {
			made.bar = l
		}
	}
	return made
}

// look is that of a role where there are so many colours. What cannot be read of it was refused
// with its file; here it is plain.
func (s Spec) look(role string, colours colorprofile.Profile) look {
	looks := s.Looks
	if colours == colorprofile.ANSI && s.few != nil {
		looks = s.few
	}
	l, _ := parseLook(looks.of(role))
	switch colours {
	case colorprofile.ANSI256:
		return l.in256(s.in256)
	case colorprofile.ANSI:
		return l.inSixteen(s.Dark)
	}
	return l
}

// None has no colours: bold, underline and reverse carry what matters.
func None() *Theme { return noneSpec.Make(Terminal{}) }

// For is a theme that is built in, by its name; any other name is auto.
func For(name string, t Terminal) *Theme {
	if _, err := BuiltIn(name, t.Dark); err != nil {
		name = "auto"
	}
	th, _ := Named(BuiltIn, name, t)
	return th
}
