package rules

import (
	"fmt"
	"time"

	"errata/api"
	"errata/model"
)

// Window is the span of time that a list is limited to, both ends included. A zero time is no
// limit.
type Window struct{ From, To time.Time }

// WindowOf reads the dates of q. The error is an *api.Error of code Invalid with an entry for each
// wrong date.
func WindowOf(q api.LogQuery) (Window, error) {
	var w Window
	var bad []api.FieldError
	read := func(name, value string, into *time.Time) {
		if value == "" {
			return
		}
		t, err := Instant(value)
		if err != nil {
			bad = append(bad, entry(refusals[model.WantDatetime], inQuery, name))
		}
		*into = t
	}
	read("start_date", q.StartDate, &w.From)
	read("end_date", q.EndDate, &w.To)
	return w, Refuse(bad)
}

// Instant reads a time of a filter: ISO 8601, without a zone UTC, a bare date midnight.
func Instant(value string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, value); err == nil {
		return t, nil
	}
	t, _, err := model.ParseTime(value)
	if err != nil {
		return time.Time{}, fmt.Errorf("time %q: %w", value, err)
	}
	return t, nil
}
