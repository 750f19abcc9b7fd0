package form

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// onClock gives the form of a driver a clock that stands, and a zone.
func (d *driver) onClock(now string, zone *time.Location) *driver {
	d.t.Helper()
	at, err := time.Parse(time.RFC3339Nano, now)
	if err != nil {
		d.t.Fatal(err)
	}
	d.m.o.Now, d.m.o.Zone = func() time.Time { return at }, zone
	return d
}

// with presses keys with a modifier that press does not know.
func (d *driver) with(list ...tea.KeyMsg) *driver {
	for _, k := range list {
		d.send(k)
	}
	return d
}

func altLetter(r rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: true} }

var (
	altPgUp   = tea.KeyMsg{Type: tea.KeyPgUp, Alt: true}
	altPgDown = tea.KeyMsg{Type: tea.KeyPgDown, Alt: true}
	berlin    = time.FixedZone("", 3600)
)

const fourDaysLater = "2025-03-05T10:00:00.25Z"

func TestTimesStepAndStayAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys []tea.KeyMsg
		want string
	}{
		"a second later":    {[]tea.KeyMsg{{Type: tea.KeyUp, Alt: true}}, "2025-03-01T10:00:01.000001"},
		"a second earlier":  {[]tea.KeyMsg{{Type: tea.KeyShiftDown}}, "2025-03-01T09:59:59.000001"},
		"a minute later":    {[]tea.KeyMsg{altPgUp}, "2025-03-01T10:01:00.000001"},
		"a minute earlier":  {[]tea.KeyMsg{altPgDown}, "2025-03-01T09:59:00.000001"},
		"an hour, by place": {[]tea.KeyMsg{{Type: tea.KeyCtrlLeft}, {Type: tea.KeyHome}, right, right, right, right, right, right, right, right, right, right, right, {Type: tea.KeyUp, Alt: true}}, "2025-03-01T11:00:00.000001"},
		"a year, by place":  {[]tea.KeyMsg{{Type: tea.KeyHome}, {Type: tea.KeyUp, Alt: true}, {Type: tea.KeyUp, Alt: true}}, "2027-03-01T10:00:00.000001"},
		"in UTC":            {[]tea.KeyMsg{altLetter('u')}, "2025-03-01T10:00:00.000001Z"},
		"here":              {[]tea.KeyMsg{altLetter('l')}, "2025-03-01T11:00:00.000001+01:00"},
		"here and back":     {[]tea.KeyMsg{altLetter('l'), altLetter('u')}, "2025-03-01T10:00:00.000001Z"},
		"now":               {[]tea.KeyMsg{altLetter('n')}, "2025-03-05T10:00:00.250000"},
		"now, from here":    {[]tea.KeyMsg{altLetter('l'), altLetter('n')}, "2025-03-05T11:00:00.250000+01:00"},
	} {
		d := drive(t, document, 120, 40).onClock(fourDaysLater, berlin).at("created_at").press("enter").with(c.keys...)
		if got := string(d.m.edit.ed.Text().Bytes()); got != c.want {
			t.Errorf("%s: the text is %q, want %q", name, got, c.want)
		}
		d.press("enter").body(`{"created_at":"` + c.want + `"}`)
		d.press("u").body("{}")
	}
}

var right = tea.KeyMsg{Type: tea.KeyRight}

func TestSteppingBackIsNoChange(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("created_at").press("enter", "alt+up", "alt+down").with(altPgUp, altPgDown)
	d.body("{}")
	d.with(altLetter('u')).press("ctrl+z", "enter").body("{}")
}

func TestNowInAnEmptyTimeIsWrittenAsItsSiblings(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).onClock(fourDaysLater, berlin).at("start_time").press("enter").with(altLetter('n')).press("enter")
	d.body(`{"start_time":"2025-03-05T10:00:00.250000"}`)
	d = drive(t, `{"id":"log_1","prompt":{"id":"pr_1"}}`, 120, 40).onClock(fourDaysLater, berlin).at("end_time").press("enter").with(altLetter('n')).press("enter")
	d.body(`{"end_time":"2025-03-05T10:00:00.250000Z"}`)
}

func TestKeysOfTimesLeaveOtherTextAlone(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).onClock(fourDaysLater, berlin).at("start_time").press("enter").write("soon")
	d.shows("no time yet: a time is written like 2024-07-19T08:30:00Z")
	d.with(altLetter('u'), altLetter('l'), altPgUp, altPgDown).press("alt+up", "alt+down")
	if got := string(d.m.edit.ed.Text().Bytes()); got != "soon" {
		t.Errorf("the text became %q", got)
	}
	d = drive(t, document, 120, 40).at("output").press("enter").with(altLetter('u'), altLetter('l'), altLetter('n'), altPgUp)
	d.body("{}")
}

func TestTheHintSaysWhichMomentATimeNames(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 3, 5, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text string
		zone *time.Location
		want string
	}{
		{"2025-03-01T10:00:00.000001", berlin, "no zone: 1 Mar 2025 10:00:00 UTC · 11:00:00 +01:00 here · 4 days ago"},
		{"2025-03-01T10:00:00Z", time.UTC, "Z: 1 Mar 2025 10:00:00 UTC, here too · 4 days ago"},
		{"2025-03-01T23:00:00-02:00", berlin, "-02:00: 2 Mar 2025 01:00:00 UTC · 02:00:00 +01:00 here · 3 days ago"},
		{"2025-03-01T23:30:00Z", berlin, "Z: 1 Mar 2025 23:30:00 UTC · 2 Mar 00:30:00 +01:00 here · 3 days ago"},
		{"2025-03-05T12:00:00Z", time.UTC, "Z: 5 Mar 2025 12:00:00 UTC, here too · in 2 hours"},
	} {
		if got := (aid{now: now, zone: c.zone}).clockHint(c.text); got != c.want {
			t.Errorf("%s is hinted as\n%q\nwant\n%q", c.text, got, c.want)
		}
	}
}

// The relative time is that of the moment when the editor opened: a screen that nobody touches does
// not change.
func TestTheHintDoesNotChangeByItself(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).onClock(fourDaysLater, berlin).at("created_at").press("enter")
	before := d.screen()
	d.onClock("2026-03-05T10:00:00Z", berlin)
	d.send(nil)
	if d.screen() != before {
		t.Errorf("the screen changed with the clock:\n%s", d.screen())
	}
	d.shows("4 days ago")
	d.with(altLetter('n')).shows("here · now")
}

func TestTimesInTheListShowTheirZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		room int
		want string
	}{
		{"2025-03-01T10:00:00", 60, "2025-03-01 10:00:00 UTC, no zone"},
		{"2025-03-01T10:00:00.000001", 39, "2025-03-01 10:00:00.000001 UTC, no zone"},
		{"2025-03-01T10:00:00.000001", 38, "2025-03-01 10:00:00.000001 UTC"},
		{"2025-03-01T10:00:00.000001", 27, "2025-03-01 10:00:00 UTC"},
		{"2025-03-01T10:00:00.000001+02:00", 60, "2025-03-01 10:00:00.000001 +02:00"},
		{"2025-03-01T10:00:00.000001", 23, "2025-03-01 10:00:00 UTC"},
		{"2025-03-01T10:00:00.000001", 22, "2025-03-01 10:00:… UTC"},
		{"2025-03-01T10:00:00.000001+02:00", 27, "2025-03-01 10:00:00 +02:00"},
		{"2025-03-01T10:00:00Z", 60, "2025-03-01 10:00:00 Z"},
		{"2025-03-01T10:00:00Z", 3, "20…"},
		{"soon", 60, "soon"},
		{"null", 3, "nu…"},
	} {
		if clock, zone := fitted(c.text, c.room); clock+zone != c.want {
			got := clock + zone
			t.Errorf("%s in %d cells is %q, want %q", c.text, c.room, got, c.want)
		}
	}
	drive(t, document, 80, 40).shows("2025-03-01 10:00:00.000001 UTC, no zone")
}

func TestNumbersAreGroupedOnlyOnTheScreen(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 60)
	d.shows("$0.10")
	d.shows("$0.0000001")
	d.at("prompt_tokens").press("enter").write("345")
	d.shows("12,345")
	d.body(`{"prompt_tokens":12345}`)
	d.press("enter").shows("12,345 tokens")
	d.shows("12,348 tokens")
	d.shows("total cost          $0.1000001")
	d.press("y")
	d.body(`{"prompt_tokens":12345}`)
}

func TestNothingIsEvaluated(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"prompt_tokens", "prompt_cost"} {
		d := drive(t, document, 120, 40).at(name).press("enter", "ctrl+u").write("=1+1").press("enter")
		d.shows("1 changed, 1 invalid")
		d.body("{}")
	}
	d := drive(t, document, 120, 40).at("source").press("enter").write("=1+1").press("enter")
	d.body(`{"source":"=1+1"}`)
}

// A typed digit costs little on the line: of the other rows none changes, and below the text only
// the figure does.
func TestATypedDigitChangesTwoRows(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40).at("prompt_tokens").press("enter").write("34567")
	before := d.m.View()
	d.write("8")
	if n := differing(before, d.m.View()); n > 2 {
		t.Errorf("%d rows changed", n)
	}
}

// differing counts the rows in which two screens differ.
func differing(a, b string) (n int) {
	rows, others := ansi.Strip(a), ansi.Strip(b)
	for i, row := range splitRows(rows) {
		if row != splitRows(others)[i] {
			n++
		}
	}
	return n
}
