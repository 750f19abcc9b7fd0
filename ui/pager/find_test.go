package pager

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"errata/model/jsonraw"
	nodes "errata/model/tree"
	"errata/ui/find"
	"errata/ui/paint"
	"errata/ui/stringlines"
	"errata/ui/theme"
)

// hitsIn lists what a search finds in a value.
func hitsIn(raw string, re *regexp.Regexp) (list []find.Hit) {
	find.Walk(nodes.New([]byte(raw)), re, find.Options{}, func(h find.Hit) bool {
		list = append(list, h)
		return true
	}, func(int) bool { return false })
	return list
}

// wordsOf are the words of a hit.
func wordsOf(root *nodes.Node, h find.Hit) string {
	n, _ := root.At(h.Path)
	switch {
	case h.Name:
		up, _ := root.At(h.Path[:len(h.Path)-1])
		return up.Name(h.Path[len(h.Path)-1])[h.Start:h.End]
	case n.Kind() == jsonraw.String:
		return stringlines.Parts{Text: n.Bytes()}.Line(h.Line)[h.Start:h.End]
	}
	return string(n.Bytes())[h.Start:h.End]
}

// isShown checks that each hit in a value is shown where the source says.
func isShown(t *testing.T, name string, s Source, raw string, re *regexp.Regexp) {
	t.Helper()
	root := nodes.New([]byte(raw))
	for i, h := range hitsIn(raw, re) {
		block, start, ok := Where(s, h.At)
		if !ok {
			t.Errorf("%s: hit %d of %s, at byte %d of %.60q, is not shown", name, i, re, h.At, raw)
			return
		}
		got, want := s.Block(block).Text[start:], wordsOf(root, h)
		// it may go on in the next block
		if !strings.HasPrefix(got, want) && !strings.HasPrefix(want, got) {
			t.Errorf("%s: hit %d of %s in %.60q is shown at %.20q", name, i, re, raw, got)
			return
		}
	}
}

// The expressions that are looked for: each has something that could be shown elsewhere.
var expressions = []string{
	`(?i)needle`, `needle`, `(?i)s`, `(?i)kelvin`, `n[^ ]*e`, `a|b`, `(?i)été`, `\d+`, `ab+c`, `line 1\b`, `x{3}`, `日本`, `"`, `\\`, `[[{]`, `null`, `😀`,
}

func TestHitsAreShownWhereTheyAre(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{"a":"b","needle":"a Needle","list":["NEEDLE",1234,{"deep":"n\u0065edle \u006Eeedle"}],"x":null}`,
		`{"text":"one\nneedle two\nthree needle\n\n\u212Aelvin di\u017Fk disk ÉTÉ \u00c9t\u00e9 日本語 \u65e5\u672c\ud83d\ude00 needle"}`,
		"{ \"arguments\" : \"{\\\"needle\\\":\\\"n\\\\u0065edle\\\"}\" ,\n\"s\":\t\"abbbc xxx\", \"\":{\"\":\"needle\"}, \"q\\\"needle\": \"say \\\"needle\\\" \\\\\" }",
		`{"many":"` + strings.Repeat(`line 1 with a needle\nline 2\n`, 500) + `","after":["needle"]}`,
		`"` + strings.Repeat(`line 1 with a needle and `, 1500) + `"`,
		`["` + strings.Repeat(`\u65e5\u672c needle`, 1500) + `","needle",` + strings.Repeat("123", 9000) + `]`,
	} {
		for _, e := range expressions {
			re := regexp.MustCompile(e)
			isShown(t, "the tree", Tree([]byte(raw), theme.None()), raw, re)
			if raw[0] == '"' {
				isShown(t, "the text", Text([]byte(raw), theme.None(), nil), raw, re)
			}
		}
	}
}

// Random values with many hits: names, texts of one line and of several, numbers.
func TestHitsInRandomValuesAreShown(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		raw := randomJSON(rand.New(rand.NewPCG(seed, 1)), 4)
		isShown(t, fmt.Sprint("seed ", seed), Tree([]byte(raw), theme.None()), raw, regexp.MustCompile("(?i)a1|é|b"))
	}
}

// randomJSON makes a value of words that are found in many places, as names and as texts.
func randomJSON(r *rand.Rand, depth int) string {
	words := []string{`a1`, `b`, `\n`, `\\`, `\"`, `é`, `\u00e9`, `\ud83d\ude00`, ` `, `A1b`, `\u0062`, `x`}
	text := func() string {
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteString(words[r.IntN(len(words))])
		}
		return `"` + b.String() + `"`
	}
	kind := r.IntN(6)
	if depth == 0 {
		kind = r.IntN(3)
	}
	var list []string
	for i := range r.IntN(5) {
		if kind == 3 {
			list = append(list, fmt.Sprintf(`"%d%s: %s`, i, text()[1:], randomJSON(r, depth-1)))
		} else if kind > 3 {
			list = append(list, randomJSON(r, depth-1))
		}
	}
	switch kind {
	case 0:
		return fmt.Sprint(r.IntN(3000))
	case 1, 2:
		return text()
	case 3:
		return "{" + strings.Join(list, " ,") + "}"
	}
	return "[" + strings.Join(list, ",\n") + "]"
}

// The blocks of small pieces are made when they are asked for, and must be the same each time.
func TestManyPieces(t *testing.T) {
	t.Parallel()
	list := make([]string, 300)
	for i := range list {
		list[i] = fmt.Sprintf(`"message %d\nneedle %[1]d"`, i)
	}
	list[7] = `"` + strings.Repeat(`long\n`, 5000) + `needle"`
	starts, all := make([]int, len(list)), "["
	for i, s := range list {
		starts[i] = len(all)
		all += s + ","
	}
	all = strings.TrimSuffix(all, ",") + "]"
	raw := func(i int) []byte { return []byte(list[i]) }
	source := func(i int) Source { return Indent(Text(raw(i), theme.None(), nil), 2) }
	s := Many(len(list), func(i int) int { return starts[i] }, func(i int) int { return len(list[i]) }, source)
	re := regexp.MustCompile("needle|message 29.")
	if n := len(hitsIn(all, re)); n != 310 {
		t.Errorf("%d hits", n)
	}
	isShown(t, "many", s, all, re)
	if _, _, ok := Where(s, 0); ok {
		t.Error("a bracket is shown")
	}
}

// The JSON that a string holds is shown as such, at the bytes of the string.
func TestPackedJSONIsShown(t *testing.T) {
	t.Parallel()
	literal := `"{\"a\": \"n\\u0065edle\\nneedle\", \"needle\": 1}"`
	text, _ := jsonraw.Text([]byte(literal))
	s := At(Packed(Tree([]byte(text), theme.None()), []byte(literal)), 10)
	for part, want := range map[string]string{`n\\u0065`: "needle", `needle\", `: "needle", `needle\":`: `needle": 1`} {
		block, start, ok := Where(s, 10+strings.Index(literal, part))
		if !ok || s.Block(block).Text[start:] != want && !strings.HasPrefix(s.Block(block).Text[start:], want) {
			t.Errorf("%s is shown in block %d at %d: %v", part, block, start, ok)
		}
	}
}

func TestHitsComeIntoViewAndStandOut(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	raw := `"` + strings.ReplaceAll(numbered(500)+"\nneedle\n"+numbered(20), "\n", `\n`) + `"`
	m := New(Text([]byte(raw), th, nil), th)
	m.SetSize(20, 9)
	re := regexp.MustCompile("needle|line 7$")
	hits := hitsIn(raw, re)
	m.Highlight(re, &hits[1])
	if got := strings.Split(frame(m), "\n")[3]; got != "needle" {
		t.Errorf("a third down stands %q", got)
	}
	if !strings.Contains(m.View(), paint.Of(th.CurrentMatch).Before+"needle") {
		t.Error("the current hit does not stand out")
	}
	top := m.window.Top
	m.Highlight(re, &hits[1])
	if m.window.Top != top {
		t.Error("a hit in view moves the window")
	}
	m.Highlight(re, &hits[0])
	if !strings.Contains(m.View(), paint.Of(th.CurrentMatch).Before+"line 7") {
		t.Errorf("the first hit is not shown:\n%s", frame(m))
	}
	m.Highlight(re, nil)
	if strings.Contains(m.View(), paint.Of(th.CurrentMatch).Before) || !strings.Contains(m.View(), paint.Of(th.Match).Before+"line 7") {
		t.Errorf("without a current hit:\n%q", m.View())
	}
	m.Highlight(nil, nil)
	if strings.Contains(m.View(), "\x1b") {
		t.Error("hits stay after they are taken away")
	}
}

// What is around the value is not marked: quotes, colons, the words of errata.
func TestOnlyTheValueIsMarked(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	m := New(Join(Heading(`"a": "b"`, th.Text), Tree([]byte(`{"a":"b"}`), th)), th)
	m.SetSize(20, 9)
	m.Highlight(regexp.MustCompile(`a|": "|b`), nil)
	if n := strings.Count(m.View(), paint.Of(th.Match).Before); n != 2 {
		t.Errorf("%d marks in\n%q", n, m.View())
	}
}

// A match that goes on behind the cut of a long line is marked as far as its block goes.
func TestAHitOnTheCutOfALongLineIsMarked(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	raw := `"` + strings.Repeat("seventeen-letters", 2000) + `"`
	s := Text([]byte(raw), th, nil)
	re := regexp.MustCompile("seventeen-letters")
	for _, h := range hitsIn(raw, re) {
		if block, start, _ := Where(s, h.At); start+len("seventeen-letters") > len(s.Block(block).Text) {
			m := New(s, th)
			m.SetSize(200, 9)
			m.Highlight(re, &h)
			if !strings.Contains(m.View(), paint.Of(th.CurrentMatch).Before+"s") {
				t.Errorf("the hit at %d is not marked", h.At)
			}
			return
		}
	}
	t.Error("no match stands on a cut")
}

func TestMatchKeepsClustersWhole(t *testing.T) {
	t.Parallel()
	th := theme.None() // it underlines
	m := New(Text([]byte(`"👩‍👩‍👧‍👦 family"`), th, nil), th)
	m.SetSize(20, 1)
	m.Highlight(regexp.MustCompile("👩"), nil)
	if !strings.Contains(m.View(), "👩‍👩‍👧‍👦") {
		t.Errorf("%q", m.View())
	}
}
