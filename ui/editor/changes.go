package editor

import "errata/model/sequence"

// Change is Del bytes at byte At of a text that became Ins.
type Change struct {
	At, Del int
	Ins     []byte
}

// Changes lists the replacements that turn old into t, in order and without overlap: one for each
// place where somebody typed, or for a few that are close. Pieces that t shares with old are not
// read. ok is false if more than most bytes are new.
func (t Text) Changes(old Text, most int) (list []Change, ok bool) {
	head, tail := t.Ends(old)
	d := differing{t: t, old: old, most: most, was: head, is: head}
	ok = d.walk(old.Len()-tail, t.Len()-tail) && d.until(old.Len()-tail, t.Len()-tail)
	return d.list, ok
}

// differing collects the changes between two texts.
type differing struct {
	t, old  Text
	most    int
	was, is int // up to where either text is compared
	list    []Change
}

// walk goes through t as far as the byte is, and stops at each piece that is in old, further on and
// ahead of the byte was.
func (d *differing) walk(was, is int) (ok bool) {
	stands, at := d.pieces(was), d.is
	return d.t.root.Range(at, is, func(p piece, from, to int) bool {
		n, here := to-from, at
		at += n
		s, found := stands[&p[from]]
		if !found || s.at < d.was {
			return true
		}
		if !d.until(s.at, here) {
			return false
		}
		n = min(n, s.size)
		d.was, d.is = s.at+n, here+n
		return true
	})
}

// stretch is where a piece is in a text.
type stretch struct{ at, size int }

// pieces are those of old from where it is compared to end, by where they are in memory: nobody
// modifies them.
func (d *differing) pieces(end int) map[*byte]stretch {
	list, at := map[*byte]stretch{}, d.was
	d.old.root.Range(at, end, func(p piece, from, to int) bool {
		list[&p[from]] = stretch{at, to - from}
		at += to - from
		return true
	})
	return list
}

// until adds what lies ahead of a place in both texts.
func (d *differing) until(was, is int) (ok bool) {
	a, b := d.old.between(d.was, was), d.t.between(d.is, is)
	head, tail := b.Ends(a)
	del, ins := a.Len()-head-tail, b.Len()-head-tail
	if d.most -= ins; d.most < 0 {
		return false
	}
	if del+ins > 0 {
		d.list = append(d.list, Change{d.was + head, del, b.Slice(head, head+ins)})
	}
	return true
}

// between is the text from one byte to another, without a copy.
func (t Text) between(from, to int) Text {
	_, rest := sequence.Split(t.root.List, from)
	part, _ := sequence.Split(rest, to-from)
	return Text{rope{part}}
}
