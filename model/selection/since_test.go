package selection

import (
	"strings"
	"testing"
	"time"
)

func TestBound(t *testing.T) {
	now := time.Date(2025, 7, 10, 12, 30, 0, 0, time.FixedZone("", 2*3600))
	for _, c := range []struct {
		typed string
		end   bool
		want  string // "" for an error
	}{
		{"2025-07-01", false, "2025-07-01T00:00:00Z"},
		{"2025-07-01", true, "2025-07-01T23:59:59.999999Z"},
		{"2025-07-01T12:00:00.5", true, "2025-07-01T12:00:00.5"},
		{"2025-07-01T12:00:00+02:00", false, "2025-07-01T12:00:00+02:00"},
		{"30m", false, "2025-07-10T10:00:00.000000Z"},
		{"1h30m", false, "2025-07-10T09:00:00.000000Z"},
		{"1d", false, "2025-07-09T10:30:00.000000Z"},
		{"2w", true, "2025-06-26T10:30:00.000000Z"},
		{"2025-02-30", false, ""},
		{"yesterday", false, ""},
		{"-3h", false, ""},
		{"1.5d", false, ""},
		{"99999999999d", false, ""},
	} {
		got, err := bound(c.typed, now, c.end)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %v; want %q", c.typed, got, err, c.want)
		}
	}
	if got, err := bound("", now, true); got != "" || err != nil {
		t.Errorf("nothing: %q, %v", got, err)
	}
}

// What is written as elsewhere is told how dates are written here, and not how numbers are.
func TestMisdated(t *testing.T) {
	for typed, want := range map[string]string{
		"01.02.2025": "a date is written year, month, day, like 2025-07-01",
		"1. 2. 2025": "a date is written year, month, day, like 2025-07-01",
		"03/04/25":   "a date is written year, month, day, like 2025-07-01",
		"2025/03/04": "a date is written year, month, day, like 2025-07-01",
		"2025-3-4":   "a date is written year, month, day, like 2025-07-01",
		"2025-13-01": "the month 13 does not exist",
		"2025-02-30": "the day 30 does not exist",
		"1,5":        "the decimal sign is a point",
		"soon":       `not "soon"`,
	} {
		if _, err := bound(typed, time.Now(), false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", typed, err, want)
		}
	}
}
