package sanitize

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// measured is what testdata tells of the terminals: a digit for each, in the order of names.
type measured struct {
	names    []string
	chars    []span
	clusters []sample
}

// span is a run of characters that all terminals measure alike: alone, and behind a letter when
// after is not empty.
type span struct {
	first, last  rune
	alone, after string
}

// absent reports whether a terminal has no cell for a character of the span alone, where it would
// be shown as it is.
func (s span) absent() bool {
	g := Next([]byte(string(s.first)), 0)
	return !g.Mark && (strings.Contains(s.alone, "0") || unicode.Is(unicode.Mc, s.first) && strings.Contains(s.after, "0"))
}

// sample is a cluster and what it takes.
type sample struct{ name, text, widths string }

// readMeasured reads testdata/characters.txt and testdata/clusters.txt.
func readMeasured(t *testing.T) (m measured) {
	t.Helper()
	for _, line := range dataLines(t, "testdata/characters.txt") {
		if names, ok := strings.CutPrefix(line, "# "); ok {
			m.names = strings.Split(names, ", ") // the last line of the head
			continue
		}
		var s span
		if n, _ := fmt.Sscanf(line, "%X-%X %s %s", &s.first, &s.last, &s.alone, &s.after); n < 3 {
			t.Fatalf("characters.txt: %q", line)
		}
		m.chars = append(m.chars, s)
	}
	for _, line := range dataLines(t, "testdata/clusters.txt") {
		part := strings.Split(line, "\t")
		if len(part) != 3 {
			continue
		}
		text, err := strconv.Unquote(`"` + part[1] + `"`)
		if err != nil {
			t.Fatalf("clusters.txt: %q: %v", line, err)
		}
		m.clusters = append(m.clusters, sample{part[0], text, part[2]})
	}
	return m
}

func dataLines(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// joins is what terminal i would answer to the probes.
func (m measured) joins(t *testing.T, i int) Joins {
	t.Helper()
	var widths []int
	for _, probe := range Probes {
		at := slices.IndexFunc(m.clusters, func(s sample) bool { return s.text == probe })
		if at < 0 {
			t.Fatalf("the probe %q was not measured", probe)
		}
		widths = append(widths, digit(m.clusters[at].widths, i))
	}
	return Answer(widths)
}

func digit(digits string, i int) int { return int(digits[i] - '0') }

// TestTerminals holds the tables and the page about terminals against what was measured, or makes
// them again.
func TestTerminals(t *testing.T) {
	m := readMeasured(t)
	made := map[string][]byte{steadyFile: m.steadySource(t), "../../.docs/terminals.md": m.page(t)}
	for name, want := range made {
		if os.Getenv("UPDATE_TERMINALS") != "" {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the measures say; make it with UPDATE_TERMINALS=1 (%v)", name, err)
		}
	}
}

// TestEveryTerminalHasRoom: no terminal takes more cells than a cluster gets, and those of a sure
// one exactly. That holds for what is known of every terminal, and for what each would say of
// itself.
func TestEveryTerminalHasRoom(t *testing.T) {
	defer Tell(0)
	m := readMeasured(t)
	for i, name := range m.names {
		for _, j := range []Joins{0, m.joins(t, i)} {
			Tell(j)
			m.eachCluster(func(text string, widths string) {
				width, sure := measure(text)
				if got := digit(widths, i); got > width || sure && got != width {
					t.Errorf("%s, told %b: %q (%s) takes %d cells, gets %d (sure: %t)", name, j, text, escaped(text), got, width, sure)
				}
			})
		}
	}
}

// eachCluster calls yield with each cluster that may reach a terminal as it is, and what it takes.
func (m measured) eachCluster(yield func(text, widths string)) {
	shown := func(text string) bool {
		g := Next([]byte(text), 0)
		return !g.Mark && g.Text == text
	}
	for _, s := range m.clusters {
		if shown(s.text) {
			yield(s.text, s.widths)
		}
	}
	for _, s := range m.chars {
		for r := s.first; r <= s.last; r++ {
			if shown(string(r)) {
				yield(string(r), s.alone)
			}
			if text := "a" + string(r); s.after != "" && shown(text) {
				yield(text, plusOne(s.after))
			}
		}
	}
}

// plusOne adds one to each digit.
func plusOne(digits string) string {
	b := []byte(digits)
	for i := range b {
		b[i]++
	}
	return string(b)
}
