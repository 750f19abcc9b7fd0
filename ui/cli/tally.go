package cli

import (
	"fmt"
	"strings"
)

// tally counts what happens, and says the first of it line by line.
type tally struct {
	app  *app
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
		t.app.say("… and %d more like these", t.more)
		t.more = 0
	}
}

// count is a number of things.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "ry"); ok {
		return fmt.Sprintf("%d %sries", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// were is a number of things that something was done to.
func were(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return count(n, noun) + " are"
}
