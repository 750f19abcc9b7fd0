package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Moment is a time and how it is written: with T or a space, with seconds or without, the digits of
// its fraction, with or without a zone. Changing the time keeps the notation.
type Moment struct {
	at       time.Time // in the zone that is written, in UTC where none is
	sep      string    // T or a space
	seconds  bool
	fraction string // its digits
	zone     string // as written: "", Z, +02:00, +0200, +02
}

// ReadMoment reads a time as ParseTime does, white space around it aside.
func ReadMoment(text string) (Moment, error) {
	text = strings.TrimSpace(text)
	at, _, err := ParseTime(text)
	if err != nil {
		return Moment{}, err
	}
	m := isoTime().FindStringSubmatchIndex(text)
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	end := max(m[2*5+1], m[2*6+1], m[2*7+1]) // of the minutes, the seconds, the fraction
	return Moment{at: at, sep: text[10:11], seconds: group(6) != "", fraction: group(7), zone: text[end:]}, nil
}

// Time is the instant, in the zone that is written; in UTC where none is.
func (m Moment) Time() time.Time { return m.at }

// Zone is the zone as written, "" if there is none and UTC is meant.
func (m Moment) Zone() string { return m.zone }

// String writes the time down.
func (m Moment) String() string {
	text := m.at.Format("2006-01-02") + m.sep + m.at.Format("15:04")
	if m.seconds {
		text += m.at.Format(":05")
	}
	if m.fraction != "" {
		text += "." + m.fraction
	}
	return text + m.zone
}

// At is another instant in the same notation: the zone stays, and what the digits of the fraction
// cannot hold is cut.
func (m Moment) At(t time.Time) Moment {
	if t.Nanosecond() != m.at.Nanosecond() {
		digits := fmt.Sprintf("%09d", t.Nanosecond()) + "000" // isoTime takes twelve
		m.fraction = digits[:len(m.fraction)]
	}
	m.at = t.In(m.at.Location())
	return m
}

// UTC is the same instant in UTC, with a Z.
func (m Moment) UTC() Moment {
	m.at, m.zone = m.at.UTC(), "Z"
	return m
}

// In is the same instant on the clocks of a place, with the offset from UTC in the style of the
// notation. ok is false if the offset there has seconds, which no time of the API can express.
func (m Moment) In(place *time.Location) (moved Moment, ok bool) {
	t := m.at.In(place)
	_, offset := t.Zone()
	if offset%60 != 0 {
		return m, false
	}
	layout := "-07:00"
	switch {
	case len(m.zone) == len("+0200"):
		layout = "-0700"
	case len(m.zone) == len("+02") && offset%3600 == 0:
		layout = "-07"
	}
	m.at, m.zone = t.In(time.FixedZone("", offset)), t.Format(layout)
	return m, true
}

// Unit is a part of a time that can be stepped.
type Unit int

// The units.
const (
	Second Unit = iota
	Minute
	Hour
	Day
	Month
	Year
)

// UnitAt is the unit that is written at a byte of String; the second for all that follows the
// minutes.
func UnitAt(offset int) Unit {
	for _, part := range []struct {
		end  int
		unit Unit
	}{{len("2006"), Year}, {len("2006-01"), Month}, {len("2006-01-02"), Day}, {len("2006-01-02T15"), Hour}, {len("2006-01-02T15:04"), Minute}} {
		if offset <= part.end {
			return part.unit
		}
	}
	return Second
}

// Step is the time some units later, or earlier. A month that is too short for the day ends it: a
// month after the 31st of January is the last of February. ok is false beyond the years 1 to 9999.
func (m Moment) Step(unit Unit, by int) (moved Moment, ok bool) {
	t := m.at
	switch unit {
	case Second:
		t, m.seconds = t.Add(time.Duration(by)*time.Second), true
	case Minute:
		t = t.Add(time.Duration(by) * time.Minute)
	case Hour:
		t = t.Add(time.Duration(by) * time.Hour)
	case Day:
		t = t.AddDate(0, 0, by)
	case Month:
		t = months(t, by)
	case Year:
		t = months(t, 12*by)
	}
	moved = m.At(t)
	return moved, 1 <= moved.at.Year() && moved.at.Year() <= 9999
}

// months adds months and stays in the month that this gives.
func months(t time.Time, by int) time.Time {
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, by, 0)
	last := first.AddDate(0, 1, -1).Day()
	return t.AddDate(0, 0, 1-t.Day()).AddDate(0, by, min(t.Day(), last)-1)
}

// Ago says how far a time is from now in one unit: "3 days ago", "in 2 hours", "now".
func Ago(t, now time.Time) string {
	seconds := now.Unix() - t.Unix()
	layout := "%s ago"
	if seconds < 0 {
		seconds, layout = -seconds, "in %s"
	}
	for _, u := range []struct {
		seconds int64
		name    string
	}{{365 * 86400, "year"}, {30 * 86400, "month"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}} {
		n := seconds / u.seconds
		switch {
		case n == 1:
			return fmt.Sprintf(layout, "1 "+u.name)
		case n > 1:
			return fmt.Sprintf(layout, strconv.FormatInt(n, 10)+" "+u.name+"s")
		}
	}
	return "now"
}
