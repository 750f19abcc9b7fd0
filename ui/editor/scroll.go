package editor

// scroll moves the window by rows, not the cursor. Scrolling down stops when the last row is in
// sight.
func (m *Model) scroll(n int) {
	top := m.rowAt(m.top)
	r, _ := m.shift(top, n)
	if n > 0 && m.short(r) {
		r = m.lastTop()
	}
	if n > 0 && r.from() < top.from() {
		return
	}
	m.top = r.from()
}

// short tells whether the text ends before a window that begins with r does.
func (m *Model) short(r row) bool {
	rest := max(m.height, 1) - 1
	_, gone := m.shift(r, rest)
	return gone < rest
}

// lastTop is the first row of the window when it shows the end of the text.
func (m *Model) lastTop() row {
	r, _ := m.shift(m.rowAt(m.text.Len()), 1-max(m.height, 1))
	return r
}

// reveal scrolls as little as needed to show the cursor's row, and leaves no room below the text
// while there is text above.
func (m *Model) reveal() {
	top := m.rowAt(min(m.top, m.text.Len()))
	at := m.rowAt(m.cursor)
	if at.from() < top.from() {
		top = at
	} else if _, ok := m.rowsDown(top, at); !ok {
		top, _ = m.shift(at, 1-max(m.height, 1))
	}
	if m.short(top) {
		top = m.lastTop()
	}
	m.top = top.from()
}

// rowsDown is how far below top a row stands; false if that is outside the window.
func (m *Model) rowsDown(top, r row) (y int, ok bool) {
	for more := true; more && y < m.height; y++ {
		if top.from() == r.from() {
			return y, true
		}
		top, more = m.below(top)
	}
	return 0, false
}
