package chat

import "errata/ui/keys"

// walk moves the cursor; false when the action is another.
func (m *view) walk(action keys.Action) bool {
	switch action {
	case keys.Up:
		m.up()
	case keys.Down:
		m.down()
	case keys.PageUp:
		m.page(-1)
	case keys.PageDown:
		m.page(1)
	case keys.Top:
		m.at, m.Top = stop{}, place{}
	case keys.Bottom:
		m.at = m.end()
		m.Bottom()
	case keys.NextMessage:
		if i := m.at.message + 1; i < m.count() {
			m.jump(i)
		} else {
			m.at = m.end()
			m.reveal()
		}
	case keys.PrevMessage:
		i := m.at.message
		if m.at.part == 0 {
			i = max(i-1, 0)
		}
		m.jump(i)
	default:
		return false
	}
	return true
}

// jump puts a message at the top of the window, or as near to it as the end allows.
func (m *view) jump(i int) {
	m.at = stop{i, 0}
	m.Top = m.topOf(m.at)
	if !m.blank() {
		m.Settle()
	}
}

// down goes to the next part, once the last row of this one is in sight.
func (m *view) down() {
	last, _ := m.Shift(m.Top, m.Height-1)
	if next, ok := m.Below(last); ok && last.stop == m.at && next.stop == m.at {
		m.Scroll(1)
		return
	}
	if s, ok := m.behind(m.at); ok {
		m.at = s
		m.reveal()
	}
}

// up goes to the part before, once the first row of this one is in sight.
func (m *view) up() {
	if prev, ok := m.Above(m.Top); ok && m.Top.stop == m.at && prev.stop == m.at {
		m.Scroll(-1)
		return
	}
	s, ok := m.ahead(m.at)
	if !ok {
		return
	}
	m.at = s
	m.revealTail()
}

// revealTail shows the end of a part that was entered from below.
func (m *view) revealTail() {
	tail := m.tail(m.at)
	if _, ok := m.Until(m.Top, tail, m.Height); ok && !m.Before(m.topOf(m.at), m.Top) {
		return
	}
	if _, rows := m.foot(m.topOf(m.at)); rows < m.Height {
		m.reveal()
		return
	}
	if m.Before(tail, m.Top) || m.Top.stop == m.at {
		m.PutLow(tail)
	}
}

// page moves the window by a screen, one row of which stays in sight, and the cursor with it.
func (m *view) page(by int) {
	n := max(m.Height-1, 1)
	gone := m.Scroll(by * n)
	switch {
	case gone >= n:
		m.follow(by)
	case by > 0:
		m.at = m.end()
	default:
		m.at = stop{}
	}
}

// follow brings the cursor into the window: to the part nearest to where it was.
func (m *view) follow(by int) {
	bottom, _ := m.Shift(m.Top, m.Height-1)
	switch {
	case by > 0 && m.Before(place{stop: m.at, at: 1 << 62}, m.Top):
		m.at = m.Top.stop
		if s, ok := m.behind(m.at); ok && !m.Before(bottom, m.head(s)) && m.Before(m.head(m.at), m.Top) {
			m.at = s
		}
	case by < 0 && m.Before(bottom, m.head(m.at)):
		m.at = bottom.stop
	}
}

// clamp keeps cursor and window within what there is.
func (m *view) clamp() {
	n := m.count()
	if n == 0 {
		m.at, m.Top = stop{}, place{}
		return
	}
	fit := func(s stop) stop {
		s.message = min(max(s.message, 0), n-1)
		s.part = min(max(s.part, 0), len(m.card(s.message).parts)-1)
		return s
	}
	m.at = fit(m.at)
	if s := fit(m.Top.stop); s != m.Top.stop || !m.stands(m.Top) {
		m.Top = m.head(s)
	}
}

// reveal scrolls as little as needed to show the part under the cursor: all of it, or as much as
// fits from its first row on.
func (m *view) reveal() {
	m.clamp()
	if m.blank() {
		return
	}
	first := m.topOf(m.at)
	last, rows := m.foot(first)
	m.Reveal(first, last, rows)
}

// point puts the cursor on the part of which a row of the window is; false if there is none.
func (m *view) point(y int) bool {
	if m.blank() || y < 0 || y >= m.Height {
		return false
	}
	p, gone := m.Shift(m.Top, y)
	if gone == y {
		m.at = p.stop
	}
	return gone == y
}
