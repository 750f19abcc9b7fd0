package editor

import (
	"unicode"
	"unicode/utf8"

	"errata/ui/sanitize"
)

// wordReach is how many bytes a key that goes by word passes at most; more is not a word.
const wordReach = 1024

// moveTo puts the cursor at the start of a cluster.
func (m *Model) moveTo(at int) {
	m.cursor = at
	m.column = -1
	m.run = run{}
	m.reveal()
}

// before is the start of the cluster that ends at byte at.
func (p *laid) before(at int) int {
	r := p.rowAt(at)
	if r.from() == at {
		var ok bool
		if r, ok = (walk{p}).Above(r); !ok {
			return at
		}
	}
	place := r.from()
	r.glyphs(func(start, _ int, _ sanitize.Glyph) bool {
		if start < at {
			place = start
		}
		return start < at
	})
	return place
}

// after is the end of the cluster that begins at byte at.
func (p *laid) after(at int) int {
	s := p.segmentAt(at)
	if at == s.end {
		return at
	}
	return at + sanitize.Next(s.text[at-s.start:], 0).Len
}

// lineEnd is the end of the line that holds byte at, before its line break.
func (p *laid) lineEnd(at int) int {
	line := p.text.lineOf(at)
	end := p.text.lineStart(line + 1)
	if line+1 == p.text.lines() {
		return end
	}
	s := p.segmentAt(end - 1)
	return s.start + s.content
}

// class sorts what is at byte at for keys that go by word.
func (p *laid) class(at int) rune {
	var b [utf8.UTFMax]byte
	r, _ := utf8.DecodeRune(p.text.appendTo(b[:0], at, at+utf8.UTFMax))
	return Class(r)
}

// Class sorts characters for keys that go by word, which stop between two classes: 'w' for what
// words are made of, ' ' for white space, '.' for signs.
func Class(r rune) rune {
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_':
		return 'w'
	case unicode.IsSpace(r):
		return ' '
	}
	return '.'
}

// wordBefore is the start of the word before byte at: letters and digits, or, where none are near,
// signs.
func (p *laid) wordBefore(at int) int {
	limit := at - wordReach
	place := p.skipBack(at, limit, func(c rune) bool { return c == ' ' })
	if place <= 0 {
		return 0
	}
	class := p.class(p.before(place))
	return p.skipBack(place, limit, func(c rune) bool { return c == class })
}

// skipBack goes from byte at over the clusters before it whose class passes, down to limit. It
// reads each row once, however far it goes.
func (p *laid) skipBack(at, limit int, passes func(rune) bool) int {
	for at > max(limit, 0) {
		r := p.rowAt(at)
		if r.from() == at {
			r, _ = walk{p}.Above(r)
		}
		var starts []int
		r.glyphs(func(start, _ int, _ sanitize.Glyph) bool {
			if start < at {
				starts = append(starts, start)
			}
			return start < at
		})
		for i := len(starts) - 1; i >= 0; i-- {
			if !passes(p.class(starts[i])) {
				return at
			}
			at = starts[i]
		}
	}
	return at
}

// wordAfter is the end of the word behind byte at.
func (p *laid) wordAfter(at int) int {
	limit := min(at+wordReach, p.text.Len())
	for at < limit && p.class(at) == ' ' {
		at = p.after(at)
	}
	if at >= limit {
		return at
	}
	for class := p.class(at); at < limit && p.class(at) == class; {
		at = p.after(at)
	}
	return at
}

func (m *Model) left()      { m.moveTo(m.before(m.cursor)) }
func (m *Model) right()     { m.moveTo(m.after(m.cursor)) }
func (m *Model) wordLeft()  { m.moveTo(m.wordBefore(m.cursor)) }
func (m *Model) wordRight() { m.moveTo(m.wordAfter(m.cursor)) }
func (m *Model) lineHome()  { m.moveTo(m.text.lineStart(m.text.lineOf(m.cursor))) }
func (m *Model) lineFar()   { m.moveTo(m.lineEnd(m.cursor)) }
func (m *Model) textHome()  { m.moveTo(0) }
func (m *Model) textEnd()   { m.moveTo(m.text.Len()) }
func (m *Model) up()        { m.vertical(-1) }
func (m *Model) down()      { m.vertical(1) }

// home goes to the start of the row, and from there to the start of the line.
func (m *Model) home() {
	if from := m.rowAt(m.cursor).from(); from < m.cursor {
		m.moveTo(from)
		return
	}
	m.lineHome()
}

// end goes to the end of the row, and from there to the end of the line.
func (m *Model) end() {
	if end := m.rowAt(m.cursor).end(); end > m.cursor {
		m.moveTo(end)
		return
	}
	m.lineFar()
}

// vertical moves the cursor by rows and keeps to its column.
func (m *Model) vertical(n int) {
	r := m.rowAt(m.cursor)
	column := m.column
	if column < 0 {
		column = r.column(m.cursor)
	}
	w := m.window()
	to, gone := w.Shift(r, n)
	at := to.nearest(column)
	if gone == 0 { // on the first or last row: to its end
		at = r.from()
		if n > 0 {
			at = r.end()
		}
	}
	m.moveTo(at)
	m.column = column
}

func (m *Model) pageUp()   { m.page(-1) }
func (m *Model) pageDown() { m.page(1) }

// page moves cursor and window by a screen, one row of which stays in sight.
func (m *Model) page(direction int) {
	n := direction * max(m.height-1, 1)
	m.scroll(n)
	m.vertical(n)
}
