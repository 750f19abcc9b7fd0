package query

// At puts the cursor behind so many bytes of the text. It returns the line.
func (l *Line) At(offset int) *Line {
	l.at = min(max(offset, 0), len(l.text))
	return l
}

// Split is the text before the cursor, and that behind it.
func (l *Line) Split() (before, after string) {
	return l.text[:l.at], l.text[l.at:]
}

// Put replaces the whole text, as one step of undo; the cursor stands behind so many bytes of it.
func (l *Line) Put(text string, at int) {
	l.step()
	l.text, l.selected = text, false
	l.At(at)
}
