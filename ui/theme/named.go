package theme

import (
	"errors"
	"slices"

	"github.com/charmbracelet/colorprofile"

	"errata/model/spell"
)

// Find finds a theme by its name. A name that stands for two of them follows the background, which
// is dark or not.
type Find func(name string, dark bool) (Spec, error)

// Named is the theme of a name. If there are no colours it is none.
func Named(find Find, name string, t Terminal) (*Theme, error) {
	s, err := find(name, t.Dark)
	if err != nil {
		return nil, err
	}
	if t.Profile == colorprofile.NoTTY || t.Profile == colorprofile.ASCII {
		s = noneSpec
	}
	return s.Make(t), nil
}

// Follows reports whether the theme of a name depends on the background.
func Follows(find Find, name string) bool {
	dark, _ := find(name, true)
	light, _ := find(name, false)
	return dark.Dark != light.Dark
}

// BuiltIn finds a theme that is built in.
func BuiltIn(name string, dark bool) (Spec, error) {
	for _, p := range pairs {
		if p.name == name && dark {
			name = p.dark
		} else if p.name == name {
			name = p.light
		}
	}
	for _, s := range builtIn {
		if s.Name == name {
			return s, nil
		}
	}
	return Spec{}, Unknown(name, nil)
}

// Names are those of the themes that are built in: first those that follow the background.
func Names() (list []string) {
	for _, p := range pairs {
		list = append(list, p.name)
	}
	for _, s := range builtIn {
		list = append(list, s.Name)
	}
	return list
}

// Unknown is the error for a name that no theme has. own are the names of themes that somebody
// wrote.
func Unknown(name string, own []string) error {
	short := slices.Clone(own)
	for _, p := range pairs {
		short = append(short, p.name)
	}
	short = append(short, darkSpec.Name, lightSpec.Name, noneSpec.Name)
	return errors.New("there is no theme " + name + ", only " + spell.Either(short) + spell.Meant(name, append(short, Names()...)))
}
