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
		m.at, m.top = stop{}, place{}
	case keys.Bottom:
		m.at = m.end()
		m.top, _ = m.shift(m.tail(m.at), 1-m.h)
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
	m.top = m.topOf(m.at)
	if m.h > 0 && m.w > 0 {
		m.settleTop()
	}
}

// down goes to the next part, once the last row of this one is in sight.
func (m *view) down() {
	last, _ := m.shift(m.top, m.h-1)
	if next, ok := m.below(last); ok && last.stop == m.at && next.stop == m.at {
		m.scroll(1)
		return
	}
	if s, ok := m.behind(m.at); ok {
		m.at = s
		m.reveal()
	}
}

// up goes to the part before, once the first row of this one is in sight.
func (m *view) up() {
	if prev, ok := m.above(m.top); ok && m.top.stop == m.at && prev.stop == m.at {
		m.scroll(-1)
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
	if _, ok := m.until(m.top, tail, m.h); ok && !m.before(m.topOf(m.at), m.top) {
		return
	}
	if _, rows := m.foot(m.topOf(m.at)); rows < m.h {
		m.reveal()
		return
	}
	if m.before(tail, m.top) || m.top.stop == m.at {
		m.top, _ = m.shift(tail, 1-m.h)
	}
}

// page moves the window by a screen, one row of which stays in sight, and the cursor with it.
func (m *view) page(by int) {
	n := max(m.h-1, 1)
	gone := m.scroll(by * n)
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
	bottom, _ := m.shift(m.top, m.h-1)
	switch {
	case by > 0 && m.before(place{stop: m.at, at: 1 << 62}, m.top):
		m.at = m.top.stop
		if s, ok := m.behind(m.at); ok && !m.before(bottom, m.head(s)) && m.before(m.head(m.at), m.top) {
			m.at = s
		}
	case by < 0 && m.before(bottom, m.head(m.at)):
		m.at = bottom.stop
	}
}

// clamp keeps cursor and window within what there is.
func (m *view) clamp() {
	n := m.count()
	if n == 0 {
		m.at, m.top = stop{}, place{}
		return
	}
	fit := func(s stop) stop {
		s.message = min(max(s.message, 0), n-1)
		s.part = min(max(s.part, 0), len(m.card(s.message).parts)-1)
		return s
	}
	m.at = fit(m.at)
	if s := fit(m.top.stop); s != m.top.stop || !m.stands(m.top) {
		m.top = m.head(s)
	}
}

// reveal scrolls as little as needed to show the part under the cursor: all of it, or as much as
// fits from its first row on.
func (m *view) reveal() {
	m.clamp()
	if m.count() == 0 || m.h == 0 || m.w == 0 {
		return
	}
	first := m.topOf(m.at)
	last, rows := m.foot(first)
	if y, ok := m.until(m.top, first, m.h); ok {
		if y+rows <= m.h {
			return
		}
		m.top, _ = m.shift(last, 1-m.h)
		return
	}
	if m.before(m.top, first) {
		m.top, _ = m.shift(last, 1-m.h)
	} else {
		m.top = first
	}
	m.settleTop()
}
