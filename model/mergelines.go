package model

import "strings"

// lineMerge merges three texts by their lines. It knows which lines are the same one in all three
// texts, even if it was moved or changed.
type lineMerge struct {
	*listMerge
	lines [3][]string // without their ends
	end   string      // of the last line
}

// newLineMerge gives false if some of the texts end with a line break and others do not: nothing
// may follow a last line without one.
func newLineMerge(texts [3]string) (l lineMerge, ok bool) {
	ended, open := 0, 0
	known, words := map[string]int{}, map[string]int{}
	var all [3]*oneOf
	for i, text := range texts {
		if text != "" {
			l.lines[i] = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		}
		switch {
		case strings.HasSuffix(text, "\n"):
			ended++
		case text != "":
			open++
		}
		all[i] = linesOf(l.lines[i], known, words)
	}
	if ended > 0 && open > 0 {
		return l, false
	}
	if ended > 0 {
		l.end = "\n"
	}
	l.listMerge = newListMerge(all[0], all[1], all[2])
	return l, true
}

// in is a line as it stands in one of the texts, nil if that text does not have it.
func (l lineMerge) in(text, e int) *string {
	if k, ok := l.places[text][e]; ok {
		return &l.lines[text][k]
	}
	return nil
}

// byLines merges the lines.
func (m *placeMerge) byLines(l lineMerge) string {
	merged := map[int]*string{} // of those that go nothing
	for e := range l.each() {
		merged[e] = m.line(l.in(0, e), l.in(1, e), l.in(2, e))
	}
	var lines []string
	for _, e := range m.order(l.listMerge, func(e int) bool { return merged[e] != nil }) {
		lines = append(lines, *merged[e])
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + l.end
}

// line merges three lines, nil if nothing is.
func (m *placeMerge) line(base, mine, theirs *string) *string {
	same := func(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }
	switch {
	case same(mine, theirs), same(mine, base):
		return theirs
	case same(theirs, base):
		return mine
	case base == nil || mine == nil || theirs == nil:
		m.met++
		return mine
	}
	merged := m.words(*base, *mine, *theirs)
	return &merged
}
