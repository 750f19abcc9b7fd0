package find

import (
	"slices"
	"strings"
	"testing"

	"errata/ui/editor"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// searched is an editor in whose text somebody searches.
type searched struct {
	InText
	t  *testing.T
	on *editor.Model
}

// searchIn opens the search on a text, the cursor at a byte.
func searchIn(t *testing.T, text string, cursor int) *searched {
	t.Helper()
	ed := editor.New([]byte(text), editor.Options{})
	ed.SetSize(40, 5)
	ed.GoToOffset(cursor)
	s := &searched{t: t, on: ed}
	s.Open(ed, theme.For("dark", theme.Terminal{}))
	return s
}

// press presses keys, and waits for what they begin. A word is typed.
func (s *searched) press(names ...string) *searched {
	s.t.Helper()
	for _, name := range names {
		keys := []string{name}
		if word, ok := strings.CutPrefix(name, "type "); ok {
			keys = strings.Split(word, "")
		}
		for _, key := range keys {
			used, cmd := s.Key(uitest.Key(key))
			if !used {
				s.t.Fatalf("%q is not used", key)
			}
			for cmd != nil {
				_, cmd = s.Update(cmd().(Msg))
			}
		}
	}
	return s
}

// at wants the cursor at a byte, and the words about it.
func (s *searched) at(offset int, says string) *searched {
	s.t.Helper()
	if got := s.on.Offset(); got != offset {
		s.t.Errorf("the cursor is at %d, want %d", got, offset)
	}
	if s.IsOpen() {
		if got := s.tally(); got != says {
			s.t.Errorf("it says %q, want %q", got, says)
		}
	}
	return s
}

func TestFindInText(t *testing.T) {
	t.Parallel()
	const text = "tide one\nTide two\nebb\ntide three"
	s := searchIn(t, text, 9)
	s.press("type tide").at(9, "2 of 3 hits")
	s.press("enter").at(9, "2 of 3 hits") // it confirms what came up while it was typed
	s.press("enter").at(22, "3 of 3 hits")
	s.press("enter").at(0, "1 of 3 hits, around the end")
	s.press("shift+tab").at(22, "3 of 3 hits, around the start")
	s.press("shift+tab").at(9, "2 of 3 hits")
	s.press("esc").at(9, "")
	if s.IsOpen() || *s.Last != (Last{Query: "tide"}) {
		t.Errorf("open %v, remembers %v", s.IsOpen(), *s.Last)
	}
	s.Open(s.on, theme.For("dark", theme.Terminal{}))
	s.at(9, "").press("enter").at(9, "2 of 3 hits").press("enter").at(22, "3 of 3 hits")
	s.press("esc")
	s.Open(s.on, theme.For("dark", theme.Terminal{}))
	s.press("type T").at(9, "1 of 1 hit, around the end") // a capital counts
	s.press("type x").at(9, "not found")
}

func TestFindInTextFollowsTheQuery(t *testing.T) {
	t.Parallel()
	s := searchIn(t, "b\nab\nabc", 0)
	s.press("type a").at(2, "1 of 2 hits").press("type bc").at(5, "1 of 1 hit")
	s.press("backspace").at(2, "1 of 2 hits").press("backspace", "backspace").at(0, "")
	s.press("alt+r", "type ^a.$").at(2, "1 of 1 hit").press("type (").at(2, "no regular expression: error parsing regexp: missing closing ): `(?i)^a.$(`")
	if used, _ := s.Key(uitest.Key("ctrl+s")); used {
		t.Error("ctrl+s is not its user's")
	}
}

// From the end of the text, where an editor opens, the search goes on at the start.
func TestFindInTextFromTheEnd(t *testing.T) {
	t.Parallel()
	s := searchIn(t, "needle and hay", 14)
	s.press("type needle").at(0, "1 of 1 hit, around the end").press("enter", "enter").at(0, "1 of 1 hit, around the end")
}

// A large text is searched away from the keys, from the cursor on and around.
func TestFindInLargeText(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("hay ", 20) + "\n"
	text := strings.Repeat(line, 20_000) + "a needle\n" + strings.Repeat(line, 20_000)
	s := searchIn(t, "needle first\n"+text, len(text))
	want := strings.Index("needle first\n"+text, "a needle") + 2
	_, cmd := s.Key(uitest.Key("n"))
	if cmd == nil || !strings.Contains(s.tally(), "searching") {
		t.Fatalf("it is not searched in the background, but says %q", s.tally())
	}
	s.press("type eedle").at(0, "1 of 2 hits, around the end")
	s.press("enter", "enter").at(want, "2 of 2 hits")
	s.press("enter").at(0, "1 of 2 hits, around the end")
}

// Steps that are asked for before there are hits are taken when these come.
func TestFindInTextGoesOnWhenItFinds(t *testing.T) {
	t.Parallel()
	s := searchIn(t, strings.Repeat(strings.Repeat("hay ", 50)+"needle\n", 5_000), 0)
	var cmd = s.look()
	for _, key := range "needle" {
		_, cmd = s.Key(uitest.Key(string(key)))
	}
	for range 4 {
		s.Key(uitest.Key("enter"))
	}
	for cmd != nil {
		_, cmd = s.Update(cmd().(Msg))
	}
	s.at(3*207+200, "4 of 5,000 hits")
}

// Window by window the same hits are found as at once, on the cut of two windows as well.
func TestWindowsHideNoHit(t *testing.T) {
	t.Parallel()
	re, _ := Pattern("seventeen letters", false)
	for _, unit := range []string{"seventeen letters", "seventeen letters\n", "seventeen letters and more\n\n"} {
		dense := strings.Repeat(unit, 1000)
		text := []byte(strings.Repeat(".", lineWindow-len(dense)/2-5) + dense + strings.Repeat(".", lineWindow-len(dense)) + dense)
		rope := editor.New(text, editor.Options{}).Text()
		var all, walked []Hit
		inLines(text, re, nil, func(h Hit) bool { all = append(all, h); return true })
		from := len(text) / 3
		take := func(h Hit) bool { walked = append(walked, h); return true }
		walkText(rope, re, 0, from, take, func(int) bool { return false })
		walkText(rope, re, from, len(text), take, func(int) bool { return false })
		same := func(a, b Hit) bool { return a.Start == b.Start && a.End == b.End }
		if !slices.EqualFunc(all, walked, same) {
			t.Errorf("%q: %d hits, at once %d", unit, len(walked), len(all))
		}
	}
}
