package history

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"errata/api/journal"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// samples is a list with every outcome in it, a redacted entry and a damaged record.
func samples(t testing.TB) *shelf {
	s := &shelf{list: []record{
		sent(0, journal.Verified,
			changed(t, "prompt_tokens", `12`, `13`),
			changed(t, "output", `"High tide is at nine."`, `"High tide is at ten."`),
			changed(t, "metadata", `{"checked": false, "by": "tides"}`, `{"checked": true, "by": "tides"}`)),
		sent(1, journal.Pending, changed(t, "error", ``, `"no tide"`)),
		sent(2, journal.NotKept, changed(t, "prompt_cost", `0.10`, `1e-07`)),
		sent(3, journal.Refused, changed(t, "output", `"a"`, `"b"`)),
		damaged(),
		sent(5, journal.NotSaved, changed(t, "output", `"a"`, `"b"`)),
		sent(6, journal.Unknown, changed(t, "output", `"a"`, `"b"`)),
		sent(7, journal.Saved, changed(t, "output", `"a"`, `"b"`)),
		sent(8, journal.Verified, changed(t, "output", ``, ``), changed(t, "error", ``, ``)),
	}}
	s.list[2].entry.NotKept = append(s.list[2].entry.NotKept, s.list[2].entry.Changes[0].Field)
	e := &s.list[8].entry
	e.Redacted = true
	e.Changes[0].OldSum = &journal.Digest{SHA256: strings.Repeat("0a", 32), Length: 34}
	e.Changes[0].NewSum = &journal.Digest{SHA256: strings.Repeat("f1", 32), Length: 8}
	e.Changes[1].NewSum = &journal.Digest{SHA256: strings.Repeat("2b", 32), Length: 4}
	return s
}

// The frames are in testdata; UPDATE_GOLDEN=1 rewrites them.
func TestFrames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		w, h int
		keys []string
	}{
		"80x24":          {80, 24, nil},
		"120x40":         {120, 40, nil},
		"80x24-redacted": {80, 24, []string{"G"}},
		"40x10-damaged":  {40, 10, []string{"/damaged", "enter"}},
	} {
		d := drive(t, samples(t), c.w, c.h)
		got := d.press(c.keys...).frame() + "\n"
		uitest.Frame(t, name+".txt", got)
	}
}

func TestGeometryAndHostileText(t *testing.T) {
	t.Parallel()
	const bytes = "\x1b[2J\x1b]52;c;aGk=\x07\u202e\u200b\u2028\u009b31m 漢字 👩‍👩‍👧‍👦\t\r\n\xff"
	const literal = `"\u001b[2J\u001b]52;c;aGk=\u0007\u202e\u200b\u2028\u009b31m\ud800 漢字 👩‍👩‍👧‍👦\t\r\n` + "\xff" + `"`
	s := &shelf{}
	for i := range 120 {
		r := sent(i, journal.Outcome(bytes), changed(t, "output", literal, `"calm"`), changed(t, "metadata", `{"a":`+literal+`}`, `{`+literal+`:1}`))
		r.entry.LogID, r.entry.Server, r.entry.ID = bytes, bytes, bytes
		switch i % 3 {
		case 1:
			r.entry.Redacted = true
			r.entry.Changes[0].OldSum = &journal.Digest{SHA256: bytes}
		case 2:
			r = record{err: errors.New(bytes)}
		}
		s.list = append(s.list, r)
	}
	d := drive(t, s, 10, 10)
	d.o.Server, d.o.Title = bytes, bytes
	for _, w := range []int{0, 1, 39, 40, 41, 71, 72, 80, 120, 250} {
		for _, h := range []int{0, 1, 9, 10, 11, 15, 16, 24, 60} {
			d.SetSize(w, h)
			for _, k := range []string{"j", "pgdown", "u", "y", "/", "\x1b漢", "esc", "G", "ctrl+d", "g"} {
				d.press(k)
				if w > 0 && h > 0 {
					uitest.Fills(t, fmt.Sprintf("%q", k), d, w, h, sanitize.Width)
				} else if x, y, ok := d.Cursor(); ok {
					t.Errorf("at %d×%d the cursor is at %d,%d", w, h, x, y)
				}
			}
		}
	}
}

func TestBlankScreens(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{}, 80, 24)
	d.shows("nothing has been sent yet")
	d.press("j", "u", "y", "G", "/x", "enter")
	d.shows("nothing has been sent yet")
	if len(d.Said) > 0 {
		t.Errorf("an empty list says %v", d.Said)
	}

	d = drive(t, many(t, 3), 80, 24)
	d.press("/nowhere")
	d.shows("no entry is like that", "0 of 3 entries")
	d.press("enter", "u", "y")
	d.shows("no entry is like that")
	d.lacks("copied")
	if len(d.Said) > 0 {
		t.Errorf("an empty list says %v", d.Said)
	}
}

func TestTheListOfOneLogLeavesItsIDOut(t *testing.T) {
	t.Parallel()
	s := many(t, 3)
	m := New(s, theme.None(), Options{Title: "log_001", Filter: journal.Filter{LogID: "log_001"}})
	d := &driver{Model: m, Stage: uitest.Stage{On: m.Update}, t: t}
	d.SetSize(80, 24)
	d.Run(d.Init())
	if len(s.asked) != 1 || s.asked[0].LogID != "log_001" {
		t.Errorf("the source was asked for %v", s.asked)
	}
	d.shows("  time UTC         outcome   change\n▸ 2026-03-20 12:00 verified  Output: ")
}

func TestThemeChange(t *testing.T) {
	t.Parallel()
	d := drive(t, samples(t), 100, 30)
	d.press("j", "/o")
	before := d.frame()
	for _, th := range []*theme.Theme{theme.For("dark", theme.Terminal{}), theme.For("light", theme.Terminal{}), theme.None()} {
		d.SetTheme(th)
		if got := d.frame(); got != before {
			t.Errorf("the theme %s shows\n%s\nwant\n%s", th.Name, got, before)
		}
	}
}

func TestRowsOfEveryOutcomeAreToldApart(t *testing.T) {
	t.Parallel()
	d := drive(t, samples(t), 120, 40)
	for _, want := range []string{
		"11:00 pending ", "10:00 not kept ", "09:00 refused ", "07:00 not saved ", "06:00 unknown ", "05:00 saved ",
		"cannot be read: a damaged record in 00000001.jsonl", "redacted: Output, Error",
	} {
		d.shows(want)
	}
}
