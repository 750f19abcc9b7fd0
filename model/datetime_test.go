package model

import (
	"strings"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	tests := []struct {
		text  string
		want  string // in UTC
		naive bool
	}{
		{"2024-07-19T00:29:35.178992", "2024-07-19T00:29:35.178992Z", true},
		{"2024-07-08T22:40:39", "2024-07-08T22:40:39Z", true},
		{"2024-07-08 22:40", "2024-07-08T22:40:00Z", true},
		{"2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z", false},
		{"2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00Z", false},
		{"2024-05-01T12:00:00-0530", "2024-05-01T17:30:00Z", false},
		{"2024-05-01T12:00+01", "2024-05-01T11:00:00Z", false},
		{"2024-05-01T12:00:00.1Z", "2024-05-01T12:00:00.1Z", false},
		{"2024-05-01T12:00:00.123456789012Z", "2024-05-01T12:00:00.123456789Z", false},
		{"2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z", false},
		{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", false},
		{"9999-12-31T23:59:59-23:59", "10000-01-01T23:58:59Z", false},
	}
	for _, test := range tests {
		got, naive, err := ParseTime(test.text)
		if err != nil || got.UTC().Format(time.RFC3339Nano) != test.want || naive != test.naive {
			t.Errorf("ParseTime(%q) = %s, %t, %v, want %s, %t", test.text, got, naive, err, test.want, test.naive)
		}
	}
	for text, want := range map[string]string{
		"":                             "is written like",
		"2024-05-01":                   "time of day is missing",
		"1714564800":                   "is written like",
		"2024-05-01T12:00:00 Z":        "is written like",
		"2024-05-01T12:00:00.Z":        "is written like",
		"2024-05-01T12Z":               "is written like",
		"2024-5-1T12:00:00Z":           "is written like",
		"2024-05-01T12:00:00Z\n":       "is written like",
		"2024-13-01T12:00:00Z":         "the month 13",
		"2024-00-01T12:00:00Z":         "the month 00",
		"2023-02-29T12:00:00Z":         "the day 29",
		"2024-05-00T12:00:00Z":         "the day 00",
		"2024-05-01T24:00:00Z":         "the hour 24",
		"2024-05-01T23:60:00Z":         "the minute 60",
		"2024-05-01T23:59:60Z":         "the second 60",
		"2024-05-01T12:00:00+24:00":    "the hour of the offset 24",
		"2024-05-01T12:00:00+23:60":    "the minute of the offset 60",
		"0000-05-01T12:00:00Z":         "the year 00",
		"२०२४-05-01T12:00:00Z":         "is written like",
		"2024-05-01T12:00:00+02:00:00": "is written like",
	} {
		if got, _, err := ParseTime(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseTime(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

// TestPlainTimeIsReadAsAnyOtherIs compares times in the form that most have with the same ones in
// another: with an offset of nothing for Z, and with a blank for T.
func TestPlainTimeIsReadAsAnyOtherIs(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"0000-01-01", "0001-01-01", "2024-02-29", "2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "9999-12-31", "2024-1a-01"} {
		for _, clock := range []string{"00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", "12:00:0", "12-00-00"} {
			for _, fraction := range []string{"", ".", ".5", ".123456", ".123456789", ".1234567891", ".12x"} {
				for _, zone := range [][2]string{{"", ""}, {"Z", "+00:00"}} {
					got, naive, err := ParseTime(day + "T" + clock + fraction + zone[0])
					want, wantNaive, wantErr := ParseTime(day + " " + clock + fraction + zone[1])
					if !got.Equal(want) || naive != wantNaive || (err == nil) != (wantErr == nil) {
						t.Errorf("%s %s%s%s: %s, %t, %v, want %s, %t, %v", day, clock, fraction, zone[0], got, naive, err, want, wantNaive, wantErr)
					}
				}
			}
		}
	}
}
