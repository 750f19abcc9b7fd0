package batch

import (
	"errors"
	"time"

	"errata/api"
	"errata/api/journal"
	"errata/model"
	"errata/model/figure"
)

// Outcome is what became of one log.
type Outcome uint8

// The outcomes.
const (
	Todo     Outcome = iota // nothing yet
	Saved                   // sent, read back and found as sent
	Same                    // already so: there was nothing to send
	Refused                 // by a check here, or by the server's; nothing was written
	Conflict                // somebody else changed what was reviewed; nothing was sent
	Missing                 // there is no such log, or nothing is at a path in it
	Failed                  // nothing was written
	Unclear                 // sent, and it was not kept so, or what became of it cannot be told
	outcomes
)

// outcomeNames are what the file of a batch calls the outcomes, and --json.
var outcomeNames = [outcomes]string{"to do", "saved and verified", "already so", "refused", "conflict", "not found", "failed", "not verified"}

// String names the outcome.
func (o Outcome) String() string { return outcomeNames[min(o, outcomes-1)] }

// Again reports whether another attempt may end otherwise.
func (o Outcome) Again() bool { return o == Conflict || o == Failed || o == Unclear }

func outcomeNamed(name string) (Outcome, bool) {
	for o, known := range outcomeNames {
		if known == name {
			return Outcome(o), true //nolint:gosec // there are few
		}
	}
	return Todo, false
}

// outcomeOf is what an error means for a log: Refused where it does not say anything else.
func outcomeOf(err error) Outcome {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			if outcomeOf(one) == Missing {
				return Missing
			}
		}
	}
	var parse *model.ParseError
	var known *api.Error
	switch {
	case errors.As(err, &parse) && parse.Missing:
		return Missing
	case !errors.As(err, &known):
		return Refused
	}
	switch known.Code {
	case api.Invalid, api.Refused:
		return Refused
	case api.NotFound:
		return Missing
	case api.Conflict, api.Precondition:
		return Conflict
	}
	return Failed
}

// hopeless reports whether the next log would end the same way, after an error of the server or of
// the journal.
func hopeless(err error) bool {
	switch api.CodeOf(err) {
	case api.Unauthorized, api.Unreachable, api.Timeout, api.Unavailable, api.RateLimited, api.Redirected, api.Refused, api.Canceled:
		return true
	}
	return false
}

// Counts is how many logs of a batch have which outcome.
type Counts struct {
	By   [outcomes]int
	Left int // out of the review; they are counted nowhere else

	Fields map[*model.Field]int // how many logs each field was planned to change in
	Size   int64                // about how many bytes of the journal that takes, or took
}

// Beyond warns of a batch that takes more than the journal has room for, "" of any other: while it
// is sent nothing is dropped, and what is sent after it drops its oldest entries.
func (c Counts) Beyond() string {
	if c.Size <= journal.Room {
		return ""
	}
	return "the journal has room for " + figure.Size(int64(journal.Room)) + ", and this takes about " + figure.Size(c.Size) +
		": undo brings back all of it only until something else is sent"
}

// Match is how many logs the batch has.
func (c Counts) Match() int {
	n := c.Left
	for _, of := range c.By {
		n += of
	}
	return n
}

// Refused is how many logs nothing can be sent to.
func (c Counts) Refused() int { return c.By[Refused] + c.By[Missing] + c.By[Failed] + c.By[Conflict] }

// Progress is how far a run is.
type Progress struct {
	Counts
	Began time.Time // when the run began
	Total int       // logs that the run has to see to
	Done  int       // those of them that it has seen to
}

// Rate is logs a second, 0 before the first.
func (p Progress) Rate(now time.Time) float64 {
	if taken := now.Sub(p.Began).Seconds(); taken > 0 {
		return float64(p.Done) / taken
	}
	return 0
}

// Remaining is how long the rest takes at this rate; false when that cannot be told yet.
func (p Progress) Remaining(now time.Time) (time.Duration, bool) {
	if p.Done == 0 {
		return 0, false
	}
	return time.Duration(float64(now.Sub(p.Began)) * float64(p.Total-p.Done) / float64(p.Done)), true
}
