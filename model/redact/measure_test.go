package redact_test

import (
	"testing"

	"errata/model/redact"
)

// texts is how many texts are made with a thing of each kind, and without any.
const texts = 2000

// tally is how well one kind is found.
type tally struct{ planted, found, hits, right int }

func (t tally) recall() float64    { return 100 * float64(t.found) / float64(t.planted) }
func (t tally) precision() float64 { return 100 * float64(t.right) / float64(t.hits) }

// Of every kind nearly all is found, and little else is taken for it. A thing is found when every
// byte of it is within a hit; a hit is right when it holds some of a thing of its kind.
func TestRecallAndPrecision(t *testing.T) {
	t.Parallel()
	f, err := redact.New(redact.Options{Words: own})
	if err != nil {
		t.Fatal(err)
	}
	tallies := map[string]*tally{}
	for _, k := range redact.Kinds() {
		tallies[k.Name] = &tally{}
	}
	shown := map[string]int{}
	complain := func(kind, format string, args ...any) {
		if shown[kind]++; shown[kind] <= 5 {
			t.Logf(kind+" "+format, args...)
		}
	}
	c := newCorpus(20261128)
	things := c.things()
	for _, k := range redact.Kinds() {
		for range texts {
			p := c.plant(things[k.Name]())
			covered := false
			tallies[k.Name].planted++
			for _, h := range f.Find(p.text, "").Hits {
				tallies[h.Kind].hits++
				if h.Start < p.end && p.start < h.End && h.Kind == k.Name {
					tallies[h.Kind].right++
					covered = covered || h.Start <= p.start && p.end <= h.End
				} else {
					complain(h.Kind, "in a text with a %s: %q in %q", k.Name, p.text[h.Start:h.End], p.text)
				}
			}
			if covered {
				tallies[k.Name].found++
			} else {
				complain(k.Name, "was not found: %q in %q", p.text[p.start:p.end], p.text)
			}
		}
	}
	for range texts {
		text := c.plant(c.harmless()).text + " " + c.plant(c.harmless()).text
		for _, h := range f.Find(text, "").Hits {
			tallies[h.Kind].hits++
			complain(h.Kind, "was found: %q in %q", text[h.Start:h.End], text)
		}
	}
	for _, k := range redact.Kinds() {
		got := tallies[k.Name]
		t.Logf("%-12s recall %6.2f %%   precision %6.2f %%   (%d planted, %d hits)", k.Name, got.recall(), got.precision(), got.planted, got.hits)
		if got.recall() < 99.5 || got.precision() < 98.5 {
			t.Errorf("%s: recall %.2f %%, precision %.2f %%", k.Name, got.recall(), got.precision())
		}
	}
}
