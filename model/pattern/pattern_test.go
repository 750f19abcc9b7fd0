package pattern_test

import (
	"testing"

	"errata/model/pattern"
)

func TestOf(t *testing.T) {
	t.Parallel()
	tide := pattern.Of(`^t[aio]de$`)
	if !tide().MatchString("tide") || tide().MatchString("tube") {
		t.Error("it matches something else")
	}
	if first := tide(); first != tide() {
		t.Error("it is compiled twice")
	}
	broken := pattern.Of(`(`) // nothing happens before it is used
	defer func() {
		if recover() == nil {
			t.Error("an expression that is not valid is taken")
		}
	}()
	broken()
}
