package store

import "testing"

// A page begins near the end of the page before it, unless the store was written to meanwhile.
func TestNearestPlace(t *testing.T) {
	t.Parallel()
	var known trails
	sel := selection{scope: scope{file: 1}}
	for skip := 0; skip < 1000; skip += 100 {
		from := known.nearest(sel, 1, skip)
		if skip > 0 && from.hits <= skip-trailEvery || from.hits > skip {
			t.Errorf("the page behind %d hits begins behind %d", skip, from.hits)
		}
		var passed []place
		for n := from.hits + 1; n <= skip+100; n++ {
			if n%trailEvery == 0 {
				passed = append(passed, place{position{int64(-n), 1}, n, 0})
			}
		}
		known.learn(sel, 1, passed)
	}
	if from := known.nearest(selection{scope: scope{file: 2}}, 1, 500); from.hits != 0 {
		t.Errorf("another search begins behind %d hits of this", from.hits)
	}
	if from := known.nearest(sel, 2, 500); from.hits != 0 {
		t.Errorf("after the store was written to a page begins behind %d hits", from.hits)
	}
}
