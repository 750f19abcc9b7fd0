package model

import (
	"strconv"
	"strings"
	"time"
)

// ReadEpoch reads a time that is counted from 1970, as many programs write it: in seconds, with or
// without a fraction, or in milliseconds, microseconds or nanoseconds, recognised by the number of
// digits. The moment is in UTC. ok is false for a number of another length, and for what is not a
// number.
func ReadEpoch(text string) (m Moment, ok bool) {
	whole, fraction, dotted := strings.Cut(strings.TrimSpace(text), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || strings.HasPrefix(whole, "+") {
		return Moment{}, false
	}
	// of the fraction in it
	digits := map[int]int{9: 0, 10: 0, 12: 3, 13: 3, 15: 6, 16: 6, 18: 9, 19: 9}
	places, known := digits[len(whole)]
	switch {
	case !known, dotted && (places > 0 || fraction == "" || len(fraction) > 9):
		return Moment{}, false
	case dotted:
		places = len(fraction)
	case places > 0:
		whole, fraction = whole[:len(whole)-places], whole[len(whole)-places:]
	}
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return Moment{}, false
	}
	written := time.Unix(seconds, 0).UTC().Format("2006-01-02T15:04:05")
	if places > 0 {
		written += "." + fraction
	}
	m, err = ReadMoment(written + "Z")
	return m, err == nil
}
