package store

import (
	"slices"
	"testing"
)

// TestMarkRemembersWhatWasNotThere passes numbers as they become visible, not in their order.
func TestMarkRemembersWhatWasNotThere(t *testing.T) {
	t.Parallel()
	m := mark{last: 10}
	for _, seq := range []int64{11, 15, 13, 20, 12, 16} {
		m.pass(seq)
	}
	if want := []gap{{14, 14}, {17, 19}}; m.last != 20 || !slices.Equal(m.gaps, want) {
		t.Errorf("%+v, want 20 and %v", m, want)
	}
	again, err := readMark(m.String())
	if err != nil || again.last != m.last || !slices.Equal(again.gaps, m.gaps) {
		t.Errorf("%q was read as %+v, %v", m, again, err)
	}
	if text, args := m.where(); text != `(l.seq > ? OR l.seq BETWEEN ? AND ? OR l.seq BETWEEN ? AND ?)` || len(args) != 5 {
		t.Errorf("%s %v", text, args)
	}
	for seq := int64(30); seq < 1000; seq += 5 {
		m.pass(seq)
	}
	if len(m.gaps) != gapMost || m.gaps[gapMost-1] != (gap{991, 994}) {
		t.Errorf("it remembers %d gaps, the last of them %v", len(m.gaps), m.gaps[len(m.gaps)-1])
	}
}
