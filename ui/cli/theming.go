package cli

import (
	"errata/ui/term"
	"errata/ui/theme"
)

// findTheme finds a theme: one with a file, or one that is built in.
func (a *console) findTheme(name string, dark bool) (theme.Spec, error) {
	if s, own, err := a.ownTheme(name, dark); own || err != nil {
		return s, err
	}
	s, err := theme.BuiltIn(name, dark)
	if err != nil {
		return s, theme.Unknown(name, a.cfg.ThemeFiles())
	}
	return s, nil
}

// ownTheme is a theme that has a file; own is false when it has none.
func (a *console) ownTheme(name string, dark bool) (s theme.Spec, own bool, err error) {
	entries, own, err := a.cfg.ThemeFile(name)
	if !own {
		return s, false, err
	}
	lines := make([]theme.Line, len(entries))
	for i, e := range entries {
		lines[i] = theme.Line{Name: e.Name, Value: e.Value, Refuse: e.Refuse}
	}
	s, err = theme.Own(name, dark, lines)
	return s, true, err
}

// checkTheme makes sure that the theme that was chosen is there and can be read.
func (a *console) checkTheme() error {
	name := a.cfg.Theme()
	if _, own, err := a.ownTheme(name, true); own || err != nil {
		return err
	}
	if _, err := theme.BuiltIn(name, true); err != nil {
		return a.cfg.RefuseTheme(theme.Unknown(name, a.cfg.ThemeFiles()).Error())
	}
	return nil
}

// theme is the theme in which values are printed. If there is none of its name it is auto: what was
// asked for is the value.
func (a *console) theme() *theme.Theme {
	if a.cfg.NoColor() || a.getenv("TERM") == "dumb" {
		return theme.None()
	}
	t := theme.TerminalIn(a.env.Environ, term.Profile(a.env.Environ))
	if th, err := theme.Named(a.findTheme, a.cfg.Theme(), t); err == nil {
		return th
	}
	return theme.For("auto", t)
}
