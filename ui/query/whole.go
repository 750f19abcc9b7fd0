package query

// At puts the cursor after that many bytes of the text. It returns the line.
func (l *Line) At(offset int) *Line {
	l.goTo(min(max(offset, 0), len(l.Text())))
	return l
}

// Split is the text before the cursor, and that behind it.
func (l *Line) Split() (before, after string) {
	text, at := l.Text(), l.offset()
	return text[:at], text[at:]
}

// Put replaces the whole text, as one step of undo; the cursor is behind so many bytes of it.
func (l *Line) Put(text string, at int) {
	l.step()
	l.in.SetValue(held(text))
	l.selected = false
	l.At(at)
}
