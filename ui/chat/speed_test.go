package chat

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"errata/model/tree"
	"errata/ui/theme"
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

// huge is a conversation with a text of so many bytes in the middle; one line when it has no line breaks.
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

func TestKeysAnswerAtAnySize(t *testing.T) {
	const limit = 100 * time.Millisecond // some 20 times what it takes, for a busy machine
	for name, doc := range map[string][]byte{"messages": many(50_000), "lines": huge(50<<20, true), "line": huge(50<<20, false)} {
		start := time.Now()
		d := &driver{Model: New(tree.New(doc), false, Options{Theme: theme.None()}), t: t}
		d.SetSize(120, 40)
		t.Logf("%s: opened in %v", name, time.Since(start))
		var worst time.Duration
		slowest := ""
		for i, k := range journeys {
			start := time.Now()
			_, cmd := d.Update(keyOf(k))
			d.View()
			took := time.Since(start)
			if took > worst {
				worst, slowest = took, fmt.Sprintf("%d %s", i, k)
			}
			if took > 3*time.Millisecond {
				t.Logf("%s: key %d, %s, took %v", name, i, k, took)
			}
			if took > limit {
				t.Errorf("%s: key %d, %s, took %v", name, i, k, took)
			}
			if cmd != nil && k != "y" {
				d.run(cmd)
			}
		}
		t.Logf("%s: the slowest key was %s: %v", name, slowest, worst)
	}
}
