package find

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"errata/model/tree"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// long is a list that is searched away from the keys, with a needle at its end.
func long() *tree.Node {
	return tree.New([]byte("[" + strings.Repeat(`"hay",`, 200_000) + `"needle"]`))
}

func TestASearchInTheBackgroundShowsItsHitWhenItIsThere(t *testing.T) {
	t.Parallel()
	var s Search
	root := long()
	moved, cmd := s.Begin("needle", false, root, nil)
	if n, _ := s.News(); moved || cmd == nil || !strings.Contains(n.Text, "esc cancels") {
		t.Fatalf("moved %v, says %q", moved, n.Text)
	}
	for !moved && cmd != nil {
		_, moved, cmd = s.Update(cmd().(Msg))
	}
	if h, ok := s.Current(); !ok || h.Path[0] != 200_000 {
		t.Errorf("the hit is %v", h)
	}
	if n, _ := s.News(); !strings.HasPrefix(n.Text, "1 of 1 hit for needle") {
		t.Errorf("says %q", n.Text)
	}
}

// A search that nobody waits for any more leaves nothing running.
func TestClosingStopsASearch(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 20 {
		var s Search
		_, cmd := s.Begin("hay", false, long(), nil)
		msg := cmd().(Msg)
		s.Close()
		if used, _, _ := s.Update(msg); used {
			t.Error("a report that comes late is taken")
		}
	}
	for began := time.Now(); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Since(began) > 10*time.Second {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
}

// Who shares what was looked for last opens with the same query.
func TestSearchesShareTheLastQuery(t *testing.T) {
	t.Parallel()
	var last Last
	one, other := Search{Last: &last}, Search{Last: &last}
	one.Open(theme.For("dark", theme.Terminal{}))
	for _, key := range []string{"h", "a", "y", "alt+r", "enter"} {
		one.Key(uitest.Key(key), long(), nil)
	}
	one.Close()
	other.Open(theme.For("dark", theme.Terminal{}))
	if got := other.prompt.Asked(); got != (Last{"hay", true}) {
		t.Errorf("it opens with %v", got)
	}
}
