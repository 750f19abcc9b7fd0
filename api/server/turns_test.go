package server

import (
	"slices"
	"testing"
)

// TestTurns wants the senders to take turns, those of one sender in their order, and of very many
// of one sender the newest first.
func TestTurns(t *testing.T) {
	t.Parallel()
	order := newTurns()
	order.free = 0
	names := map[chan struct{}]int{}
	add := func(from string, from1, to int) {
		for i := from1; i <= to; i++ {
			names[order.enter(from)] = i
		}
	}
	// next gives so many turns and says who had them.
	next := func(count int, late bool) (had []int) {
		for range count {
			order.free = 1
			if !order.next(late) {
				return had
			}
			for turn, name := range names {
				select {
				case <-turn:
					had = append(had, name)
					delete(names, turn)
				default:
				}
			}
		}
		return had
	}
	add("crowd", 1, freshTurns+10)
	add("one", 1001, 1001)
	add("other", 2001, 2002)
	if got, want := next(6, false), []int{11, 1001, 2001, 12, 2002, 13}; !slices.Equal(got, want) {
		t.Errorf("had their turns %v, want %v", got, want)
	}
	if got := next(freshTurns, false); len(got) != freshTurns-3 || got[0] != 14 {
		t.Errorf("then %v", got)
	}
	if got, want := next(2, true), []int{10, 9}; !slices.Equal(got, want) {
		t.Errorf("of the late ones %v, want %v", got, want)
	}
	add("crowd", 3000, 3000)
	for turn, name := range names {
		if name <= 8 && (!order.leave("crowd", turn) || order.leave("crowd", turn)) {
			t.Errorf("%d does not leave once", name)
		}
	}
	if got := next(9, true); !slices.Equal(got, []int{3000}) || len(order.lines)+len(order.senders) > 0 {
		t.Errorf("in the end %v, and %v stay", got, order.senders)
	}
}
