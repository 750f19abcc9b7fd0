package model

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"errata/model/pattern"
)

// isoTime is a date, T or a space, a time with or without seconds and their fraction, and a zone or
// none.
var isoTime = pattern.Of(`^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$`)

// isoDate is a date alone.
var isoDate = pattern.Of(`^\d{4}-\d{2}-\d{2}$`)

// ParseTime reads an ISO 8601 time as the API writes it; one without a zone means UTC and naive is
// true. A fraction is read to the nanosecond. The error is a clause that says what is wrong: "the
// day 30 does not exist in that month".
func ParseTime(text string) (t time.Time, naive bool, err error) {
	if t, naive, ok := plainTime(text); ok {
		return t, naive, nil
	}
	m := isoTime().FindStringSubmatch(text)
	switch {
	case m == nil && isoDate().MatchString(text):
		return t, false, errors.New("a time of day is missing after the date")
	case m == nil:
		return t, false, errors.New("a time is written like 2024-07-19T08:30:00Z")
	}
	number := func(group int) int {
		n, _ := strconv.Atoi(m[group])
		return n
	}
	daysOfMonth := time.Date(number(1), time.Month(number(2)+1), 0, 0, 0, 0, 0, time.UTC).Day()
	for _, part := range []struct {
		name             string
		value, low, high int
	}{
		{"year", number(1), 1, 9999},
		{"month", number(2), 1, 12},
		{"day", number(3), 1, daysOfMonth},
		{"hour", number(4), 0, 23},
		{"minute", number(5), 0, 59},
		{"second", number(6), 0, 59},
		{"hour of the offset", number(10), 0, 23},
		{"minute of the offset", number(11), 0, 59},
	} {
		if part.value < part.low || part.value > part.high {
			return time.Time{}, false, fmt.Errorf("the %s %02d does not exist", part.name, part.value)
		}
	}
	zone := time.UTC
	if m[9] != "" {
		seconds := number(10)*3600 + number(11)*60
		if m[9] == "-" {
			seconds = -seconds
		}
		zone = time.FixedZone("", seconds)
	}
	nanos, _ := strconv.Atoi((m[7] + "000000000")[:9])
	t = time.Date(number(1), time.Month(number(2)), number(3), number(4), number(5), number(6), nanos, zone)
	return t, m[8] == "" && m[9] == "", nil
}

// plainTime is ParseTime for a time that is written as most are: to the second or finer, with Z or
// without a zone. ok is false for any other text, which may be a time all the same.
func plainTime(text string) (t time.Time, naive, ok bool) {
	const form = "0000-00-00T00:00:00.000000000"
	digits, zoned := strings.CutSuffix(text, "Z")
	if len(digits) > len(form) || len(digits) < len("0000-00-00T00:00:00") || len(digits) == len("0000-00-00T00:00:00.") {
		return t, false, false
	}
	for i := range len(digits) {
		if d := digits[i]; d != form[i] && (form[i] != '0' || d < '0' || d > '9') {
			return t, false, false
		}
	}
	number := func(from, to int) (n int) {
		for _, d := range []byte(digits[from:to]) {
			n = n*10 + int(d-'0')
		}
		return n
	}
	nanos := number(min(len("0000-00-00T00:00:00."), len(digits)), len(digits))
	for range len(form) - max(len(digits), len("0000-00-00T00:00:00.")) {
		nanos *= 10
	}
	year, month, day := number(0, 4), time.Month(number(5, 7)), number(8, 10)
	hour, minute, second := number(11, 13), number(14, 16), number(17, 19)
	t = time.Date(year, month, day, hour, minute, second, nanos, time.UTC)
	exists := t.Month() == month && t.Day() == day && hour < 24 && minute < 60 && second < 60
	return t, !zoned, year > 0 && exists
}

// sameInstant reports whether two values hold times that are the same instant.
func sameInstant(a, b Value) bool {
	t, ok := instant(a)
	if !ok {
		return false
	}
	u, ok := instant(b)
	return ok && t.Equal(u)
}

func instant(v Value) (time.Time, bool) {
	text, ok := v.Text()
	if !ok {
		return time.Time{}, false
	}
	t, _, err := ParseTime(strings.TrimSpace(text))
	return t, err == nil
}
