package editor

// scroll moves the window by rows, not the cursor. Scrolling down stops when the last row is in
// sight.
func (p *laid) scroll(n int) {
	top := p.rowAt(p.top)
	r, _ := p.shift(top, n)
	if n > 0 && p.short(r) {
		r = p.lastTop()
	}
	if n > 0 && r.from() < top.from() {
		return
	}
	p.top = r.from()
}

// short tells whether the text ends before a window that begins with r does.
func (p *laid) short(r row) bool {
	rest := max(p.height, 1) - 1
	_, gone := p.shift(r, rest)
	return gone < rest
}

// lastTop is the first row of the window when it shows the end of the text.
func (p *laid) lastTop() row {
	r, _ := p.shift(p.rowAt(p.text.Len()), 1-max(p.height, 1))
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
func (p *laid) rowsDown(top, r row) (y int, ok bool) {
	for more := true; more && y < p.height; y++ {
		if top.from() == r.from() {
			return y, true
		}
		top, more = p.below(top)
	}
	return 0, false
}
