package editor

// SetStyles changes the looks.
func (m *Model) SetStyles(s Styles) { m.options.Styles, m.inks = s, inksOf(s) }
