package cli

import (
	"errata/ui/term"
	"errata/ui/theme"
)

// findTheme finds a theme: one with a file, or one that is built in.
func (a *console) findTheme(name string, dark bool) (theme.Spec, error) {
	entries, ok, err := a.cfg.ThemeFile(name)
	switch {
	case err != nil:
		return theme.Spec{}, err
	case ok:
		lines := make([]theme.Line, len(entries))
		for i, e := range entries {
			lines[i] = theme.Line{Name: e.Name, Value: e.Value, Refuse: e.Refuse}
		}
		return theme.Own(name, dark, lines)
	}
	s, err := theme.BuiltIn(name, dark)
	if err != nil {
		return s, theme.Unknown(name, a.cfg.ThemeFiles())
	}
	return s, nil
}

// checkTheme makes sure that the theme that was chosen is there and can be read.
func (a *console) checkTheme() error {
	if _, ok, err := a.cfg.ThemeFile(a.cfg.Theme()); ok || err != nil {
		if err == nil {
			_, err = a.findTheme(a.cfg.Theme(), true)
		}
		return err
	}
	if _, err := a.findTheme(a.cfg.Theme(), true); err != nil {
		return a.cfg.RefuseTheme(err.Error())
	}
	return nil
}

// theme is the theme in which values are printed. Where there is none of its name it is auto: what
// was asked for is the value.
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
