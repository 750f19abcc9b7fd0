package selection

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/pattern"
)

// bound reads --since and --until: a time, a date, or how long ago. It gives ISO 8601 for the API,
// "" for "". A date means its first instant, or with end its last.
func bound(typed string, now time.Time, end bool) (string, error) {
	if typed == "" {
		return "", nil
	}
	if ago, ok := Duration(typed); ok {
		return now.Add(-ago).UTC().Format("2006-01-02T15:04:05.000000Z"), nil
	}
	if day, err := time.Parse(time.DateOnly, typed); err == nil {
		if end {
			return day.Format(time.DateOnly) + "T23:59:59.999999Z", nil
		}
		return day.Format(time.DateOnly) + "T00:00:00Z", nil
	}
	if _, _, err := model.ParseTime(typed); err != nil {
		return "", fmt.Errorf("want a time like 2025-07-01T12:00:00Z, a date, or how long ago like 24h or 7d, not %q%s", typed, misdated(typed))
	}
	return typed, nil
}

// misdated is ": " and what is wrong with something that is meant for a date, or a length of time.
func misdated(typed string) string {
	if otherDate().MatchString(typed) {
		return ": a date is written year, month, day, like 2025-07-01"
	}
	if _, _, err := model.ParseTime(typed + "T00:00"); isoDate().MatchString(typed) && err != nil {
		return ": " + err.Error()
	}
	return jsonraw.Misspelled(typed)
}

// isoDate is a date, whether or not there is such a day; otherDate is one in another order, with
// other signs between its parts, or without zeros.
var (
	isoDate   = pattern.Of(`^\d{4}-\d{2}-\d{2}$`)
	otherDate = pattern.Of(`^(\d{1,2}[./-]\s?\d{1,2}[./-]\s?(\d{4}|\d{2})|\d{4}([./]\d{1,2}[./]\d{1,2}|-\d-\d{1,2}|-\d{2}-\d))$`)
)

// Duration reads 90m, 24h, 7d, 2w: what time.ParseDuration reads, and days and weeks.
func Duration(typed string) (time.Duration, bool) {
	for suffix, unit := range map[string]time.Duration{"d": 24 * time.Hour, "w": 7 * 24 * time.Hour} {
		if count, ok := strings.CutSuffix(typed, suffix); ok {
			n, err := strconv.ParseUint(count, 10, 16)
			return time.Duration(n) * unit, err == nil
		}
	}
	d, err := time.ParseDuration(typed)
	return d, err == nil && d >= 0
}
