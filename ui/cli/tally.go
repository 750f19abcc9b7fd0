package cli

import (
	"errata/model/figure"
)

// tally counts messages of one kind, and prints the first of them.
type tally struct {
	app  *console
	said int
	more int
}

// mostSaid is how many messages are printed.
const mostSaid = 100

// say prints a message while there are few.
func (t *tally) say(format string, args ...any) {
	if t.said == mostSaid {
		t.more++
		return
	}
	t.said++
	t.app.say(format, args...)
}

// close prints how many more there were.
func (t *tally) close() {
	if t.more > 0 {
		t.app.say("… and %s more like these", figure.Int(t.more))
		t.more = 0
	}
}

// were is a count with its noun and verb: "2 logs are".
func were(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return figure.Count(n, noun) + " are"
}
