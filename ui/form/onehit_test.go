package form

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/ui/paint"
	"errata/ui/theme"
)

// needles makes values with many words that a search finds, each another one.
type needles struct {
	*rand.Rand
	n int
}

// word is a needle, or hay.
func (g *needles) word() string {
	if g.IntN(2) == 0 {
		return []string{"hay", "é", `"quoted"`, `back\slash`, "one", "12"}[g.IntN(6)]
	}
	g.n++
	return fmt.Sprintf("ebb%03d", g.n)
}

// text is a text of a few lines.
func (g *needles) text() string {
	var b strings.Builder
	for range 1 + g.IntN(6) {
		b.WriteString(g.word() + []string{" ", "\n", " and "}[g.IntN(3)])
	}
	return b.String()
}

// json is a value, as it is written in the log.
func (g *needles) json(depth int) string {
	kind := g.IntN(5)
	if depth == 0 {
		kind = g.IntN(2)
	}
	switch kind {
	case 0, 1:
		return g.quoted(g.text())
	case 2:
		return "[" + g.json(depth-1) + ", 12, " + g.json(depth-1) + "]"
	}
	return g.object(depth, "same")
}

// object has members of a name, of names that are found, and of strings that hold JSON.
func (g *needles) object(depth int, name string) string {
	g.n++
	found := fmt.Sprintf("ebb%03d", g.n)
	return `{"` + name + `": ` + g.json(depth-1) + `, "` + found + `": ` + g.json(depth-1) + `, "packed": ` + g.quoted(`{"in": `+g.quoted(g.text())+`}`) + `}`
}

func (g *needles) quoted(text string) string {
	raw, _ := jsonraw.Quote(text)
	if g.IntN(3) == 0 {
		return strings.ReplaceAll(string(raw), "é", `\u00e9`)
	}
	return string(raw)
}

// message has all that a card shows, its members in a random order.
func (g *needles) message() string {
	list := []string{
		`"role": "assistant"`, `"content": ` + g.quoted(g.text()), `"extra": ` + g.object(1, "same"),
		`"thinking": [{"type": "thinking", "thinking": ` + g.quoted(g.text()) + `, "signature": "ebb999"}]`,
		`"tool_calls": [{"id": "c1", "type": "function", "function": {"name": "tide", "arguments": ` + g.quoted(g.object(2, "port")) + `}},
			{"id": "c2", "type": "function", "function": {"name": ` + g.quoted(g.word()) + `, "arguments": ` + g.quoted(g.text()) + `}}]`,
	}
	if g.IntN(2) == 0 {
		list[1] = `"content": [{"type": "text", "text": ` + g.quoted(g.text()) + `}, {"type": "odd", "why": ` + g.json(1) + `}]`
	}
	g.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	return "{" + strings.Join(list, ", ") + "}"
}

// lit is the hit that stands out on the screen.
func (d *driver) lit() string {
	ink := paint.Of(theme.For("dark", theme.Terminal{}).CurrentMatch)
	_, after, _ := strings.Cut(d.m.View(), ink.Before)
	text, _, _ := strings.Cut(after, ink.After)
	return text
}

// In every view the hit that stands out is the one at which enter opens the value: a text with its
// cursor there, a structure with the hit shown, whose text then opens there as well.
func TestEnterLandsOnTheHitThatIsShown(t *testing.T) {
	for seed := range uint64(3) {
		g := &needles{Rand: rand.New(rand.NewPCG(seed, 2))}
		doc := `{"id": "log_1", "prompt": {"id": "pr_1"}, "messages": [` + g.message() + ", " + g.message() + `], "output": ` + g.quoted(g.text()) +
			`, "output_message": ` + g.message() + `, "metadata": ` + g.object(3, "same") + `, "inputs": ` + g.json(2) + `, "of the future": ` + g.object(2, "same") + `}`
		d := drive(t, doc, 200, 60)
		d.m.SetTheme(theme.For("dark", theme.Terminal{}))
		d.press("/").write(`ebb\d\d\d`).press("alt+r", "enter")
		seen := map[string]bool{}
		for range len(d.m.search.hits) {
			word := d.lit()
			if seen[word] || !strings.HasPrefix(word, "ebb") || word == "ebb999" {
				t.Fatalf("seed %d: after %d hits %q stands out", seed, len(seen), word)
			}
			seen[word] = true
			if got := d.opensAt(); got != word {
				t.Fatalf("seed %d: %q stands out, and enter lands on %q\n%s", seed, word, got, doc)
			}
			d.body("{}")
			d.press("n")
		}
		if len(seen) < 10 {
			t.Errorf("seed %d: %d hits", seed, len(seen))
		}
	}
}

// opensAt opens the value under the cursor and what is in it, until there is a text with a cursor
// or nothing more to open, and closes all again. It gives the word that it landed on.
func (d *driver) opensAt() (word string) {
	d.t.Helper()
	d.press("enter")
	if d.m.edit != nil {
		text := string(d.m.edit.ed.Text().Bytes())
		word = text[d.m.edit.ed.Offset():]
		d.press("esc")
		return word[:min(len(word), 6)]
	}
	st := d.m.structure()
	if st == nil {
		return "nothing"
	}
	word = d.lit()
	if h, _ := st.Search().Current(); d.m.built != nil && !h.Name {
		d.press("enter")
		if _, typed := st.Inner(); typed {
			word = d.atCursor()
		} else if again := d.lit(); again != "" { // in a part that is edited as JSON
			word = again
		}
	}
	for range 9 {
		if d.m.structure() != nil {
			d.press("esc")
		}
	}
	return word
}

// atCursor is the word at the terminal's cursor.
func (d *driver) atCursor() string {
	x, y, _ := d.m.Cursor()
	line := strings.Split(d.screen(), "\n")[y]
	at := strings.IndexFunc(line, func(rune) bool {
		x--
		return x < 0
	})
	return line[at:min(at+6, len(line))]
}
