package editor

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"errata/ui/uitest"
)

// sizes are texts that a key must cost the same in.
func sizes() []struct {
	name string
	text []byte
} {
	line := []byte("The quick brown fox says {\"role\": \"user\", \"n\": 0.10} again and again.\n")
	flat := bytes.ReplaceAll(line, lf, []byte(" "))
	han := []byte("日本語の文章です。")
	return []struct {
		name string
		text []byte
	}{
		{"10KB", bytes.Repeat(line, 10<<10/len(line))},
		{"1MB", bytes.Repeat(line, 1<<20/len(line))},
		{"10MB", bytes.Repeat(line, 10<<20/len(line))},
		{"10MB-one-line", bytes.Repeat(flat, 10<<20/len(line))},
		{"10MB-one-line-han", bytes.Repeat(han, 10<<20/len(han))},
		{"10MB-newlines", bytes.Repeat(lf, 10<<20)},
	}
}

// work is what a key costs: the update and everything that is asked for a frame.
func work(m *Model, name string) {
	m.Update(uitest.Key(name))
	m.View()
	m.Cursor()
	m.Position()
}

func BenchmarkKey(b *testing.B) {
	for _, size := range sizes() {
		for _, name := range []string{"x", "backspace", "up", "pgup"} {
			b.Run(size.name+"/"+name, func(b *testing.B) {
				m := New(size.text, Options{Gutter: true})
				m.SetSize(120, 40)
				m.GoToOffset(len(size.text) / 2)
				for b.Loop() {
					work(m, name)
				}
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				m := New(size.text, Options{Gutter: true})
				m.SetSize(120, 40)
				m.View()
			}
		})
	}
}

// TestAKeyCostsTheSameInAnyText measures the fastest of some keys, which other work on the machine
// disturbs least.
func TestAKeyCostsTheSameInAnyText(t *testing.T) {
	var small time.Duration
	for i, size := range sizes() {
		m := New(size.text, Options{})
		m.SetSize(120, 40)
		m.GoToOffset(len(size.text) / 2)
		for _, names := range []string{"x", "enter", "backspace", "delete", "ctrl+w", "ctrl+z", "ctrl+y", "ctrl+home", "down", "end", "ctrl+e", "ctrl+a", "ctrl+end", "pgup", "ctrl+left"} {
			best := time.Hour
			for range 5 {
				start := time.Now()
				work(m, names)
				best = min(best, time.Since(start))
			}
			if i == 0 {
				small = max(small, best)
			} else if best > 40*small {
				t.Errorf("%s in %s takes %v; the slowest in a small text %v", names, size.name, best, small)
			}
		}
	}
}

func TestUndoOfAHugePasteIsOneStepAndShared(t *testing.T) {
	huge := strings.Repeat("a line of a huge paste\n", 10<<20/23)
	m := New([]byte("start|end"), Options{})
	m.SetSize(80, 24)
	m.GoToOffset(5)
	paste(m, huge)
	if m.Text().Len() != len(huge)+9 {
		t.Fatalf("%d bytes", m.Text().Len())
	}
	allocated := testing.AllocsPerRun(10, func() { press(m, "ctrl+z ctrl+y") })
	if allocated > 20000 {
		t.Errorf("undo and redo allocate %.0f times", allocated)
	}
	press(m, "ctrl+z")
	if got := marked(m); got != "start||end" {
		t.Errorf("undo leads to %q", got)
	}
}

func TestManyLines(t *testing.T) {
	t.Parallel()
	m := New(bytes.Repeat(lf, 100_000), Options{Gutter: true})
	m.SetSize(30, 3)
	if line, _ := m.Position(); line != 100_001 {
		t.Errorf("line %d", line)
	}
	press(m, "up up up up")
	if got, want := m.View(), " 99997 \n 99998 \n 99999 "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	press(m, "ctrl+home")
	enter(m, "x")
	if got := fmt.Sprintf("%.8s", m.View()); got != "     1 x" {
		t.Errorf("got %q", got)
	}
}

func TestPositionInALongLine(t *testing.T) {
	t.Parallel()
	m := New(bytes.Repeat([]byte("0123456789"), 1<<17), Options{})
	m.SetSize(80, 24)
	if line, col := m.Position(); line != 1 || col != 10<<17+1 {
		t.Errorf("line %d, column %d", line, col)
	}
	m.GoTo(1, 1_000_001)
	if _, col := m.Position(); m.cursor != 1_000_000 || col != 1_000_001 {
		t.Errorf("byte %d, column %d", m.cursor, col)
	}
}
