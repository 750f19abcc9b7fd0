package glyph

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// measured is what testdata tells of the terminals: a digit for each, in the order of names.
type measured struct {
	names    []string
	chars    []span
	clusters []sample
}

// span is a run of characters that all terminals measure alike: alone, and behind a letter when after is not empty.
type span struct {
	first, last  rune
	alone, after string
}

// absent tells whether a terminal has no cell for a character of the span alone, where it would be shown as it is.
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

// kind is how a character is held.
type kind byte

const (
	unmeasured kind = iota // hidden, or not a character: it reaches no terminal
	isSteady
	isUnsteady
	isUnsettled // unsteady, and what a terminal says of others of its kind does not hold for it
)

// kindOf decides from the measures of r in s.
func (m measured) kindOf(r rune, s span, told []Joins) kind {
	mark := unicode.Is(unicode.M, r)
	whole, summed := ansi.GraphemeWidth.StringWidth(string(r)), ansi.WcWidth.StringWidth(string(r))
	switch {
	case hidden(r) && r != joiner && r != emojiVS:
		return unmeasured
	case mark && s.after != "" && only(s.after, 0):
		return isSteady
	case !mark && only(s.alone, whole) && whole == summed:
		return isSteady
	case !mark || s.after == "":
		return isUnsteady
	}
	of := Marks
	if unicode.Is(unicode.Mc, r) {
		of = Vowels
	}
	for i, j := range told {
		if j&of != 0 && digit(s.after, i) > 0 {
			return isUnsettled
		}
	}
	return isUnsteady
}

// only tells whether all of digits are n.
func only(digits string, n int) bool { return strings.Trim(digits, strconv.Itoa(n)) == "" }

// tables makes the ranges of the characters that are in. What is unmeasured between two joins them.
func (m measured) tables(t *testing.T, in func(kind, span) bool) (ranges [][2]rune) {
	t.Helper()
	var told []Joins
	for i := range m.names {
		told = append(told, m.joins(t, i))
	}
	open := false
	for _, s := range m.chars {
		for r := s.first; r <= s.last; r++ {
			k := m.kindOf(r, s, told)
			switch in := in(k, s); {
			case in && open:
				ranges[len(ranges)-1][1] = r
			case in:
				ranges, open = append(ranges, [2]rune{r, r}), true
			case k != unmeasured:
				open = false
			}
		}
	}
	return ranges
}

const steadyFile = "steady.go"

// steadySource is the source of steady.go.
func (m measured) steadySource(t *testing.T) []byte {
	t.Helper()
	unsteady := m.tables(t, func(k kind, _ span) bool { return k == isUnsteady || k == isUnsettled })
	if last := &unsteady[len(unsteady)-1]; last[1] < 0x1FFFD {
		t.Fatalf("the last range ends at U+%04X", last[1])
	}
	unsteady[len(unsteady)-1][1] = unicode.MaxRune // the planes behind were not measured
	unsettled := m.tables(t, func(k kind, _ span) bool { return k == isUnsettled })
	faint := m.tables(t, func(k kind, s span) bool { return k != unmeasured && s.absent() && !strings.Contains(s.alone, "2") })
	young := m.tables(t, func(k kind, s span) bool { return k != unmeasured && s.absent() && strings.Contains(s.alone, "2") })
	var b bytes.Buffer
	b.WriteString("// Made from testdata by UPDATE_TERMINALS=1 go test ./ui/glyph -run TestTerminals. Do not edit.\n\npackage glyph\n\nimport \"unicode\"\n")
	writeTable(&b, "unsteadyTable", "holds the characters that terminals measure differently.", unsteady)
	writeTable(&b, "unsettledTable", "holds the marks that a terminal may give a cell though it joins others of their kind.", unsettled)
	writeTable(&b, "faintTable", "holds the characters that take one cell, or none.", faint)
	writeTable(&b, "youngTable", "holds the characters that take two cells, or none where they are not known.", young)
	out, err := format.Source(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// writeTable writes ranges as a unicode.RangeTable.
func writeTable(b *bytes.Buffer, name, about string, ranges [][2]rune) {
	fmt.Fprintf(b, "\n// %s %s\nvar %s = &unicode.RangeTable{\n", name, about, name)
	at := slices.IndexFunc(ranges, func(r [2]rune) bool { return r[1] > 0xFFFF })
	if at < 0 {
		at = len(ranges)
	}
	for _, part := range []struct {
		field  string
		ranges [][2]rune
	}{{"R16: []unicode.Range16", ranges[:at]}, {"R32: []unicode.Range32", ranges[at:]}} {
		fmt.Fprintf(b, "%s{\n", part.field)
		for i, r := range part.ranges {
			fmt.Fprintf(b, "{0x%04X, 0x%04X, 1},", r[0], r[1])
			if i%5 == 4 {
				b.WriteByte('\n')
			}
		}
		b.WriteString("\n},\n")
	}
	b.WriteString("}\n")
}

// TestTerminals holds the tables and the page about terminals against what was measured, or makes them anew.
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

// page is the page about terminals: what each takes for a cluster beside what errata gives it.
func (m measured) page(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(pageHead)
	fmt.Fprintf(&b, "| cluster | characters | errata | %s |\n|---|---|---|%s\n", strings.Join(m.names, " | "), strings.Repeat("---|", len(m.names)))
	for _, s := range m.clusters {
		fmt.Fprintf(&b, "| %s | %s | %s |", s.name, escaped(s.text), room(s.text))
		for i := range m.names {
			fmt.Fprintf(&b, " %d |", digit(s.widths, i))
		}
		b.WriteByte('\n')
	}
	m.writeTold(t, &b)
	return b.Bytes()
}

const pageHead = `# Terminals

How many cells terminals move their cursor by for a cluster, measured in each by writing it and asking for the
cursor, and the room that errata gives it in a terminal that says nothing of itself. ~ stands before a number
that is not the same everywhere: errata names the column of whatever follows such a cluster. "mark" stands
for what is not sent at all and is shown by its number.

Made by ` + "`UPDATE_TERMINALS=1 go test ./ui/glyph -run TestTerminals`" + ` from the measures in ` + "`ui/glyph/testdata`" + `.

`

// escaped is s with its characters by number, ASCII apart.
func escaped(s string) string {
	var parts []string
	for _, r := range s {
		parts = append(parts, fmt.Sprintf("%04X", r))
	}
	return strings.Join(parts, " ")
}

// room is errata's column of the page.
func room(text string) string {
	width, mark := 0, ""
	about := ""
	for b := []byte(text); len(b) > 0; {
		g := Next(b, width)
		if g.Mark {
			mark = ", with a mark"
		} else if !First(g.Text).Sure {
			about = "~"
		}
		width, b = width+g.Width, b[g.Len:]
	}
	if g := Next([]byte(text), 0); g.Mark && g.Len == len(text) {
		return "mark"
	}
	return about + strconv.Itoa(width) + mark
}

// writeTold writes what each terminal answers to the probes.
func (m measured) writeTold(t *testing.T, b *bytes.Buffer) {
	t.Helper()
	b.WriteString("\nWhat they answer when errata asks, once, behind its first frame: which characters they draw in the cells of what\nstands before. Where all is drawn so, clusters get no more room than they show.\n\n")
	fmt.Fprintf(b, "| | probe | %s |\n|---|---|%s\n", strings.Join(m.names, " | "), strings.Repeat("---|", len(m.names)))
	for k, name := range []string{"skin tones", "sequences", "newer marks", "vowel signs", "final vowels", "conjuncts", "Hangul letters"} {
		fmt.Fprintf(b, "| %s | %s |", name, escaped(Probes[k]))
		for i := range m.names {
			said := "apart"
			if m.joins(t, i)&(1<<k) != 0 {
				said = "joined"
			}
			fmt.Fprintf(b, " %s |", said)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "| young characters | %s |", escaped(young))
	for i := range m.names {
		said := "shown"
		if m.joins(t, i)&Unknown != 0 {
			said = "left out"
		}
		fmt.Fprintf(b, " %s |", said)
	}
	b.WriteByte('\n')
}

// TestEveryTerminalHasRoom: no terminal takes more cells than a cluster gets, and those of a sure one exactly. That
// holds for what is known of every terminal, and for what each would say of itself.
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
