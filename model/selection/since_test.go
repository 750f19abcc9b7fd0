package selection

import (
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
