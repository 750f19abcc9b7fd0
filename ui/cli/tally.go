package cli

import (
	"errata/model/figure"
)

// tally counts what happens, and says the first of it line by line.
type tally struct {
	app  *console
	said int
	more int
}

// mostSaid is how many lines of one kind are worth reading.
const mostSaid = 100

// say says a line unless there were many.
func (t *tally) say(format string, args ...any) {
	if t.said == mostSaid {
		t.more++
		return
	}
	t.said++
	t.app.say(format, args...)
}

// close says how many more there were.
func (t *tally) close() {
	if t.more > 0 {
		t.app.say("… and %s more like these", figure.Int(t.more))
		t.more = 0
	}
}

// were is a number of things that something was done to.
func were(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return figure.Count(n, noun) + " are"
}
