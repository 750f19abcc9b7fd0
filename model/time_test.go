package model

import (
	"testing"
	"time"
)

func moment(t *testing.T, text string) Moment {
	t.Helper()
	m, err := ReadMoment(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// notations are times in every way of writing them.
var notations = []string{
	"2025-03-01T10:00:00", "2025-03-01T10:00:00.000001", "2025-03-01T10:00:00Z", "2025-03-01 10:00:00.250+02:00", "2025-03-01T10:00-0330",
	"2025-03-01T10:00:00.123456789012+02", "2025-03-01T10:00Z", "0001-01-01T00:00:00", "9999-12-31T23:59:59.999999Z",
}

func TestMomentWritesWhatItRead(t *testing.T) {
	t.Parallel()
	for _, text := range notations {
		if got := moment(t, " "+text+"\n").String(); got != text {
			t.Errorf("%q is written back as %q", text, got)
		}
	}
	if _, err := ReadMoment("yesterday"); err == nil {
		t.Error("a word was read as a time")
	}
}

func TestMomentStepsKeepTheNotation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		unit Unit
		by   int
		want string
	}{
		{"2025-03-01T10:00:00", Second, 1, "2025-03-01T10:00:01"},
		{"2025-03-01T10:00:00.000001", Second, -1, "2025-03-01T09:59:59.000001"},
		{"2025-03-01T10:00", Second, 1, "2025-03-01T10:00:01"},
		{"2025-03-01T10:00", Minute, 1, "2025-03-01T10:01"},
		{"2025-03-01 23:30:00.250+02:00", Hour, 1, "2025-03-02 00:30:00.250+02:00"},
		{"2025-03-01T10:00:00.123456789012+02", Second, 1, "2025-03-01T10:00:01.123456789012+02"},
		{"2025-02-28T10:00:00Z", Day, 1, "2025-03-01T10:00:00Z"},
		{"2025-01-31T10:00:00Z", Month, 1, "2025-02-28T10:00:00Z"},
		{"2025-01-31T10:00:00Z", Month, -1, "2024-12-31T10:00:00Z"},
		{"2025-05-31T10:00:00Z", Month, -1, "2025-04-30T10:00:00Z"},
		{"2024-02-29T10:00:00Z", Year, 1, "2025-02-28T10:00:00Z"},
	} {
		got, ok := moment(t, c.text).Step(c.unit, c.by)
		if !ok || got.String() != c.want {
			t.Errorf("%s by %d of unit %d is %s, %v, want %s", c.text, c.by, c.unit, got, ok, c.want)
		}
	}
	if _, ok := moment(t, "9999-12-31T23:59:59").Step(Second, 1); ok {
		t.Error("a step left the years that can be written")
	}
	if _, ok := moment(t, "0001-01-01T00:00:00").Step(Year, -1); ok {
		t.Error("a step left the years that can be written")
	}
}

func TestMomentMovesToAnotherZone(t *testing.T) {
	t.Parallel()
	india, lmt := time.FixedZone("here", 5*3600+1800), time.FixedZone("old", 561)
	for _, c := range []struct{ text, utc, local string }{
		{"2025-03-01T10:00:00", "2025-03-01T10:00:00Z", "2025-03-01T15:30:00+05:30"},
		{"2025-03-01T10:00:00.000001Z", "2025-03-01T10:00:00.000001Z", "2025-03-01T15:30:00.000001+05:30"},
		{"2025-03-01 23:00-0200", "2025-03-02 01:00Z", "2025-03-02 06:30+0530"},
		{"2025-03-01T10:00:00+02", "2025-03-01T08:00:00Z", "2025-03-01T13:30:00+05:30"},
	} {
		m := moment(t, c.text)
		if got := m.UTC().String(); got != c.utc {
			t.Errorf("%s in UTC is %s, want %s", c.text, got, c.utc)
		}
		if got, ok := m.In(india); !ok || got.String() != c.local {
			t.Errorf("%s in +05:30 is %s, want %s", c.text, got, c.local)
		}
	}
	if got, ok := moment(t, "2025-03-01T10:00:00+02").In(time.FixedZone("", -3600)); !ok || got.String() != "2025-03-01T07:00:00-01" {
		t.Errorf("hours alone became %s", got)
	}
	if _, ok := moment(t, "2025-03-01T10:00:00").In(lmt); ok {
		t.Error("an offset with seconds was written")
	}
}

func TestMomentTakesAnotherInstant(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 8, 9, 10, 11, 123456789, time.UTC)
	for text, want := range map[string]string{
		"2025-03-01T10:00:00":                 "2026-07-08T09:10:11",
		"2025-03-01T10:00:00.000001":          "2026-07-08T09:10:11.123456",
		"2025-03-01T10:00:00Z":                "2026-07-08T09:10:11Z",
		"2025-03-01 10:00:00.250+02:00":       "2026-07-08 11:10:11.123+02:00",
		"2025-03-01T10:00-0330":               "2026-07-08T05:40-0330",
		"2025-03-01T10:00:00.123456789012+02": "2026-07-08T11:10:11.123456789012+02",
	} {
		if got := moment(t, text).At(now).String(); got != want {
			t.Errorf("%s now is %s, want %s", text, got, want)
		}
	}
}

func TestUnitAtIsWhatStandsThere(t *testing.T) {
	t.Parallel()
	text := "2025-03-01T10:20:30.5Z"
	for offset, want := range map[int]Unit{0: Year, 4: Year, 5: Month, 7: Month, 8: Day, 10: Day, 11: Hour, 13: Hour, 14: Minute, 16: Minute, 17: Second, len(text): Second} {
		if got := UnitAt(offset); got != want {
			t.Errorf("at byte %d stands unit %d, want %d", offset, got, want)
		}
	}
}

func TestAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 3, 4, 10, 0, 0, 0, time.UTC)
	for offset, want := range map[time.Duration]string{
		0: "now", -time.Second: "1 second ago", 59 * time.Second: "in 59 seconds", -90 * time.Second: "1 minute ago",
		2 * time.Hour: "in 2 hours", -72 * time.Hour: "3 days ago", -45 * 24 * time.Hour: "1 month ago", -800 * 24 * time.Hour: "2 years ago",
	} {
		if got := Ago(now.Add(offset), now); got != want {
			t.Errorf("%v is %q, want %q", offset, got, want)
		}
	}
	if got := Ago(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), now); got != "2025 years ago" {
		t.Errorf("the year 1 is %q", got)
	}
}
