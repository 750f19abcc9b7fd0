package sanitize

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

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

By how many cells each terminal moves its cursor for a cluster of characters. This was measured by writing the cluster
and asking where the cursor is. The column *errata* is the room that errata gives the cluster in a terminal that does not
answer its questions. A ~ marks numbers that differ between terminals: after such a cluster errata sets the column
explicitly. "mark" means that errata does not send the character, but shows its number.

Made by ` + "`UPDATE_TERMINALS=1 go test ./ui/sanitize -run TestTerminals`" + ` from the measures in ` + "`ui/sanitize/testdata`" + `.

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
	b.WriteString("\nWhat the terminals answer when errata asks, once, after its first frame: which characters they draw joined to those before\nthem. In a terminal that joins all of these, clusters get no more room than they need.\n\n")
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
