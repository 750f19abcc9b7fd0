package theme

import (
	"cmp"
	"errors"
	"slices"

	"errata/model/spell"
)

// Line is a line of the file of a theme: a role and its look, or what the theme is built on.
type Line struct {
	Name   string
	Value  any
	Refuse func(why string) error // makes the error that says where the line is
}

// The lines of a theme that are not roles.
const (
	baseLine = "base" // the name of a theme that is built in, for the roles that are not named
	darkLine = "dark" // whether it is for a dark background; else it is as its base
)

// Own makes a theme of the lines of a file. What it says of no role is as in its base, which is
// auto where none is named.
func Own(name string, dark bool, lines []Line) (Spec, error) {
	base := "auto"
	for _, l := range lines {
		if l.Name == baseLine {
			base, _ = l.Value.(string)
		}
	}
	built, err := BuiltIn(base, dark)
	s := Spec{Name: name, Dark: built.Dark, Looks: built.Looks, in256: built.in256}
	for _, l := range lines {
		switch l.Name {
		case baseLine:
			if err != nil {
				return s, l.Refuse(err.Error())
			}
		case darkLine:
			var ok bool
			if s.Dark, ok = l.Value.(bool); !ok {
				return s, l.Refuse("want true or false")
			}
		default:
			if err := s.set(l.Name, l.Value); err != nil {
				return s, l.Refuse(err.Error())
			}
		}
	}
	return s, nil
}

// set gives a role its look.
func (s *Spec) set(role string, value any) error {
	if names := roleNames(); !slices.Contains(names, role) {
		return errors.New("there is no such role" + cmp.Or(spell.Meant(role, names), ", only "+spell.Either(names)))
	}
	text, ok := value.(string)
	if !ok {
		return errors.New(`want a look in quotes, such as "bold #d79921" or "16 on 179"`)
	}
	if _, err := parseLook(text); err != nil {
		return err
	}
	s.Looks = append(Texts{{role, text}}, s.Looks...)
	return nil
}
