package change

import (
	"testing"

	"errata/model"
)

// What is left out of a text stands within its quotes, at either end.
func TestATextThatIsCutKeepsItsQuotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, was, is, want string }{
		{"whole", `"At nine."`, `"At ten."`, `"At nine." → "At ten."`},
		{"the beginning", `"The water is high at nine."`, `"The water is high at nine. Or ten."`, `"…nine." → "…nine. Or ten."`},
		{"the end", `"Nine, and then low at three."`, `"Ten, and then low at three or four."`, `"Nine, and then low…" → "Ten, and then low …"`},
		{"both", `"The water is high at nine, and low at three."`, `"The water is high at ten, and low at three."`,
			`"…h at nine, and lo…" → "…h at ten, and low…"`},
	} {
		if got := TurnIn(model.Raw([]byte(c.was)), model.Raw([]byte(c.is)), 21); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
