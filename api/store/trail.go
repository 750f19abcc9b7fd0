package store

import (
	"slices"
	"sync"
	"time"
)

// trails remembers how far into long lists of hits some positions are: the next page of a search
// goes on from there, and does not look at the hits of the pages before it again.
type trails struct {
	mu    sync.Mutex
	known map[string]*trail
}

// trail is what is known of one search: places of its list, in their order.
type trail struct {
	places []place
	writes int64     // how much this store had written when the first page was started
	used   time.Time // when a page was last found by it
}

// place is a hit of a list: how many hits there are up to it, itself included, and in the whole
// list, 0 if that is not known.
type place struct {
	position
	hits, total int
}

const (
	trailMost  = 16 // searches that are remembered
	trailEvery = 64 // hits from one place to the next
	// how long a page may be apart from the one before it: others may write meanwhile
	trailAge = 10 * time.Second
)

// nearest is the last place that is known before a hit, the zero place where none is. The first
// page of a list begins it again.
func (t *trails) nearest(sel selection, writes int64, skip int) place {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := sel.key()
	known := t.known[key]
	if known == nil || skip == 0 || known.writes != writes || time.Since(known.used) > trailAge {
		if len(t.known) >= trailMost || t.known == nil {
			t.known = map[string]*trail{}
		}
		t.known[key] = &trail{writes: writes, used: time.Now()}
		return place{}
	}
	known.used = time.Now()
	i, _ := slices.BinarySearchFunc(known.places, skip+1, func(p place, n int) int { return p.hits - n })
	if i == 0 {
		return place{}
	}
	return known.places[i-1]
}

// learn remembers places of a list.
func (t *trails) learn(sel selection, writes int64, places []place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.known[sel.key()]
	if known == nil || known.writes != writes {
		return
	}
	for _, p := range places {
		if last := len(known.places) - 1; last < 0 || p.hits > known.places[last].hits {
			known.places = append(known.places, p)
		}
	}
}
