package sanitize

import (
	"bytes"
	"fmt"
	"go/format"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

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

// only reports whether all of digits are n.
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
	b.WriteString("// Made from testdata by UPDATE_TERMINALS=1 go test ./ui/sanitize -run TestTerminals. Do not edit.\n\npackage sanitize\n\nimport \"unicode\"\n")
	writeTable(&b, "unsteadyTable", "holds the characters that terminals measure differently.", unsteady)
	writeTable(&b, "unsettledTable", "holds the marks that a terminal may give a cell, unlike others of their kind.", unsettled)
	writeTable(&b, "faintTable", "holds the characters that take one cell, or none.", faint)
	writeTable(&b, "youngTable", "holds the characters that take two cells, or none if they are not known.", young)
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
