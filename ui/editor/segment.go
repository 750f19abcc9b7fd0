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
func (p *laid) segmentAt(at int) *segment {
	if s := p.recent; s != nil && at >= s.start && (at < s.end || at == s.end && s.end == p.text.Len() && !s.broken()) {
		return s
	}
	s := p.bounds(at)
	if kept, ok := p.segments[s.start]; ok {
		p.recent = kept
		return kept
	}
	s.text = p.text.slice(s.start, s.end)
	s.rows = sanitize.Wrap(s.text, p.textWidth(), p.width > 1, s.last)
	if len(p.segments) >= keptSegments {
		clear(p.segments)
	}
	p.segments[s.start] = &s
	p.recent = &s
	return &s
}

// broken reports whether the segment ends with a line break.
func (s *segment) broken() bool { return s.start+s.content < s.end }

// bounds finds the ends of the segment that holds byte at.
func (p *laid) bounds(at int) segment {
	line := p.text.lineOf(at)
	start, end := p.text.lineStart(line), p.text.lineStart(line+1)
	content := end
	if tail := p.text.slice(max(start, end-2), end); len(tail) > 0 && tail[len(tail)-1] == '\n' {
		content--
		if len(tail) == 2 && tail[0] == '\r' {
			content--
		}
	}
	k := (at - start) / segmentSize
	from := p.cut(start, content, k)
	if from < 0 || from > at {
		k--
		from = p.cut(start, content, k)
	}
	s := segment{start: from, end: end, content: content - from, line: line, first: k == 0, last: true}
	if to := p.cut(start, content, k+1); to >= 0 {
		s.end, s.content, s.last = to, to-from, false
	}
	return s
}

// cut is the start of the k-th segment of the line whose content lies between two bytes, -1 if the
// line ends before.
func (p *laid) cut(start, content, k int) int {
	if k <= 0 {
		return start
	}
	at := start + k*segmentSize
	if at >= content {
		return -1
	}
	const before = 4 // the longest character
	around := p.text.slice(at-before, min(at+sanitize.SeamReach+sanitize.Lookahead, content))
	if at += sanitize.Seam(around, before) - before; at >= content {
		return -1
	}
	return at
}
