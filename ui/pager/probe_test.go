package pager

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/ui/find"
	"errata/ui/theme"
)

// The expressions that are looked for: each has something that a quick search could get wrong.
var expressions = []string{
	`(?i)needle`, `needle`, `NEEDLE`, `(?i)s`, `(?i)kelvin`, `(?i)disk`, `n[^ ]*e`, `a|b`, `(?i)été`, `\d+`, `ab+c`, `line 1\b`, `(?i)"a": "b`, `x{3}`, `日本`, `^`, `n(eed)le`,
}

// plainFind is Find without a probe.
func plainFind(s Source, re *regexp.Regexp) []Hit {
	f := &finder{re: re, stop: never}
	f.source(s, 0)
	return f.hits
}

func TestQuickSearchFindsWhatASlowOneFinds(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{"a":"b","needle":"a Needle","list":["NEEDLE",1234,{"deep":"n\u0065edle \u006Eeedle"}],"x":null}`,
		`{"text":"one\nneedle two\nthree needle\n\n\u212Aelvin di\u017Fk disk ÉTÉ \u00c9t\u00e9 日本語 \u65e5\u672c"}`,
		`{"arguments":"{\"needle\":\"n\\u0065edle\"}","s":"abbbc xxx"}`,
		`{"many":"` + strings.Repeat(`line 1 with a needle\nline 2\n`, 500) + `"}`,
		`"` + strings.Repeat(`line 1 with a needle and `, 1500) + `"`,
		`["` + strings.Repeat(`\u65e5\u672c needle`, 1500) + `","needle"]`,
	} {
		for _, e := range expressions {
			re := regexp.MustCompile(e)
			sources := map[string]Source{"tree": Tree([]byte(raw), theme.None())}
			if raw[0] == '"' {
				sources["text"] = literal([]byte(raw), theme.None(), nil)
			}
			for name, s := range sources {
				want, got := inner(s, plainFind(s, re)), inner(s, Find(s, re, never))
				if !slices.Equal(got, want) {
					t.Errorf("%q in the %s of %.60q: %v, want %v", e, name, raw, clip(got), clip(want))
				}
				if len(want) > 0 && !find.MayHold([]byte(raw), re) {
					t.Errorf("%q is said not to be in %.60q", e, raw)
				}
			}
		}
	}
}

// inner leaves out the hits that end where their block does: a quick search sees there what goes on
// in the next one.
func inner(s Source, hits []Hit) []Hit {
	length := make([]int, s.Len())
	scan(s, func(i int, text string) bool {
		length[i] = len(text)
		return true
	})
	return slices.DeleteFunc(hits, func(h Hit) bool { return h.End == length[h.Block] })
}

func clip(hits []Hit) []Hit { return hits[:min(len(hits), 5)] }

// A line that is too long for one block is cut into several, and what stands on a cut is found all
// the same.
func TestHitsOnTheCutOfALongLine(t *testing.T) {
	t.Parallel()
	for pad := range 40 {
		text := strings.Repeat("x", pad) + strings.Repeat("seventeen letters", 2000)
		s := literal([]byte(`"`+text+`"`), theme.None(), nil)
		if s.Len() < 2 {
			t.Fatalf("%d blocks", s.Len())
		}
		if got := len(Find(s, regexp.MustCompile("seventeen"), never)); got != 2000 {
			t.Errorf("with %d bytes before them, %d of 2000 are found", pad, got)
		}
		if got := strings.Join(texts(t, s), ""); got != text {
			t.Errorf("with %d bytes before it, the text is another", pad)
		}
	}
}

func TestMayHoldRulesOutMostText(t *testing.T) {
	t.Parallel()
	raw := []byte(`{"stdout":"\u001b[1mbold\u001b[0m","a":"` + strings.Repeat(`no such thing\n`, 1000) + `"}`)
	for _, e := range []string{`(?i)zebra-needle`, `zebra`, `(?i)quartz`} {
		if find.MayHold(raw, regexp.MustCompile(e)) {
			t.Errorf("%s is looked for in vain", e)
		}
	}
}

// The blocks of small pieces are made when they are asked for, and must be the same each time and
// by any way.
func TestManyPieces(t *testing.T) {
	t.Parallel()
	var list []string
	for i := range 300 {
		list = append(list, fmt.Sprintf(`"message %d\nneedle %[1]d"`, i))
	}
	list[7] = `"` + strings.Repeat(`long\n`, 5000) + `needle"`
	raw := func(i int) []byte { return []byte(list[i]) }
	source := func(i int) Source { return Indent(Text(raw(i), theme.None(), nil), 2) }
	s := Many(len(list), raw, func(i int) int { return source(i).Len() }, source)
	texts(t, s)
	re := regexp.MustCompile("needle")
	if got, want := Find(s, re, never), plainFind(s, re); len(want) != 300 || !slices.Equal(got, want) {
		t.Errorf("%d hits %v, want %d %v", len(got), clip(got), len(want), clip(want))
	}
}

// What errata says itself is not found.
func TestOwnWordsAreNotFound(t *testing.T) {
	t.Parallel()
	s := Of(Block{Text: "needle, says the log: needle", Own: [][2]int{{0, 22}}})
	if got := Find(s, regexp.MustCompile("needle"), never); len(got) != 1 || got[0].Start != 22 {
		t.Errorf("found %v", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add(`a needle`+"\n"+`b`, "need")
	f.Add("k\u212a S\u017f", "ks")
	f.Fuzz(func(t *testing.T, text, query string) {
		raw, err := jsonraw.Quote(text)
		if err != nil || query == "" {
			return
		}
		for _, fold := range []string{"", "(?i)"} {
			re, err := regexp.Compile(fold + regexp.QuoteMeta(query))
			if err != nil {
				return
			}
			s := literal(raw, theme.None(), nil)
			if got, want := Find(s, re, never), plainFind(s, re); !slices.Equal(got, want) {
				t.Errorf("%q in %q: %v, want %v", re, text, got, want)
			}
		}
	})
}
