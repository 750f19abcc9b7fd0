package chat

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// many is a conversation of n messages.
func many(n int) []byte {
	var b strings.Builder
	b.WriteByte('[')
	for i := range n / 4 {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `{"role":"user","content":"Question %d: when is high tide?"},`, i)
		fmt.Fprintf(&b, `{"role":"assistant","content":null,"tool_calls":[{"id":"c%d","type":"function","function":{"name":"tide","arguments":"{\"n\":%d}"}}]},`, i, i)
		fmt.Fprintf(&b, `{"role":"tool","tool_call_id":"c%d","content":"09:12"},`, i)
		fmt.Fprintf(&b, `{"role":"assistant","content":"%s"}`, strings.Repeat("It is at nine. ", 20))
	}
	b.WriteByte(']')
	return []byte(b.String())
}

// huge is a conversation with a text of so many bytes in the middle; one line when it has no line
// breaks.
func huge(n int, lines bool) []byte {
	end := " "
	if lines {
		end = `\n`
	}
	line := strings.Repeat(`Some w\u00f6rds about \"tides\". `, 3) + end
	return []byte(`[{"role":"user","content":"Hi"},{"role":"assistant","content":"` + strings.Repeat(line, n/len(line)) + `"},{"role":"user","content":"Bye"}]`)
}

// journeys are keys, each of which has to answer at once.
var journeys = []string{"j", "j", "pgdown", "pgdown", "G", "k", "pgup", "g", "}", "}", "{", " ", "j", "j", "pgdown", "pgdown", "pgup", "G", "pgup", "pgup", "k",
	"g", "}", "z", "j", "k", "m", "pgdown", "pgup", "m", "a", "x", "y", "esc", "u", "D", "u", "J", "u", "K", "u", "o", "down", "pgdown", "a", "backspace", "esc"}

// travel takes a journey and gives how long each key took to its frame.
func travel(t testing.TB, doc []byte) (took []time.Duration) {
	d := &driver{view: newView(tree.New(doc), false, rows.Options{Theme: theme.None()}), t: t}
	d.SetSize(120, 40)
	for _, k := range journeys {
		start := time.Now()
		_, cmd := d.Update(uitest.Key(k))
		d.View()
		took = append(took, time.Since(start))
		if k != "y" {
			d.run(cmd)
		}
	}
	return took
}

// The fastest of some journeys is compared, which other work on the machine disturbs least.
func TestAKeyCostsTheSameAtAnySize(t *testing.T) {
	best := func(doc []byte) []time.Duration {
		took := travel(t, doc)
		for range 2 {
			for i, d := range travel(t, doc) {
				took[i] = min(took[i], d)
			}
		}
		return took
	}
	var small time.Duration
	for _, doc := range [][]byte{many(40), huge(10<<10, true), huge(10<<10, false)} {
		small = max(small, slices.Max(best(doc)))
	}
	for name, doc := range map[string][]byte{"20,000 messages": many(20_000), "20 MB": huge(20<<20, true), "20 MB in a line": huge(20<<20, false)} {
		least := best(doc)
		for again := 0; again < 3 && slices.Max(least) > 40*small; again++ { // the machine was busy
			for i, took := range best(doc) {
				least[i] = min(least[i], took)
			}
		}
		for i, took := range least {
			if took > 40*small {
				t.Errorf("%s: key %d, %s, takes %v; the slowest in a small conversation %v", name, i, journeys[i], took, small)
			}
		}
	}
}

// BenchmarkJourney reports the slowest key, each at its fastest.
func BenchmarkJourney(b *testing.B) {
	for name, doc := range map[string][]byte{"50,000 messages": many(50_000), "50 MB": huge(50<<20, true), "50 MB in a line": huge(50<<20, false)} {
		b.Run(name, func(b *testing.B) {
			best := travel(b, doc)
			for b.Loop() {
				for i, d := range travel(b, doc) {
					best[i] = min(best[i], d)
				}
			}
			b.ReportMetric(float64(slices.Max(best).Microseconds()), "µs/slowest-key")
		})
	}
}
