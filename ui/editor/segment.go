package editor

import "errata/ui/sanitize"

const (
	// segmentSize is how many bytes of a line are laid out in one go. A longer line is cut into
	// segments near every multiple of it, and each begins on a row of its own; so no key costs more
	// in a longer line.
	segmentSize = 8192
	// keptSegments is how many laid out segments are kept, enough for any screen.
	keptSegments = 256
)

// segment is a line, or a part of a long one, laid out in rows. Where lines are cut depends on
// nothing but the bytes of the line, so the same text always looks the same.
type segment struct {
	start, end int    // bytes of the text
	content    int    // bytes before the line break, or all of them
	text       []byte // the bytes themselves
	rows       []int  // where each row starts, relative to start; at least one
	line       int    // from 0
	first      bool   // begins its line
	last       bool   // ends its line
}

// segmentAt gives the segment that holds byte at; the last one for the end of the text.
func (m *Model) segmentAt(at int) *segment {
	if s := m.recent; s != nil && at >= s.start && (at < s.end || at == s.end && s.end == m.text.Len() && !s.broken()) {
		return s
	}
	s := m.bounds(at)
	if kept, ok := m.segments[s.start]; ok {
		m.recent = kept
		return kept
	}
	s.text = m.text.slice(s.start, s.end)
	s.rows = sanitize.Wrap(s.text, m.textWidth(), m.width > 1, s.last)
	if len(m.segments) >= keptSegments {
		clear(m.segments)
	}
	m.segments[s.start] = &s
	m.recent = &s
	return &s
}

// broken tells whether the segment ends with a line break.
func (s *segment) broken() bool { return s.start+s.content < s.end }

// bounds finds the ends of the segment that holds byte at.
func (m *Model) bounds(at int) segment {
	line := m.text.lineOf(at)
	start, end := m.text.lineStart(line), m.text.lineStart(line+1)
	content := end
	if tail := m.text.slice(max(start, end-2), end); len(tail) > 0 && tail[len(tail)-1] == '\n' {
		content--
		if len(tail) == 2 && tail[0] == '\r' {
			content--
		}
	}
	k := (at - start) / segmentSize
	from := m.cut(start, content, k)
	if from < 0 || from > at {
		k--
		from = m.cut(start, content, k)
	}
	s := segment{start: from, end: end, content: content - from, line: line, first: k == 0, last: true}
	if to := m.cut(start, content, k+1); to >= 0 {
		s.end, s.content, s.last = to, to-from, false
	}
	return s
}

// cut is the start of the k-th segment of the line whose content lies between two bytes, -1 if the
// line ends before.
func (m *Model) cut(start, content, k int) int {
	if k <= 0 {
		return start
	}
	at := start + k*segmentSize
	if at >= content {
		return -1
	}
	const before = 4 // the longest character
	around := m.text.slice(at-before, min(at+sanitize.SeamReach+sanitize.Lookahead, content))
	if at += sanitize.Seam(around, before) - before; at >= content {
		return -1
	}
	return at
}
