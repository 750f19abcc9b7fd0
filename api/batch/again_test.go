package batch_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"errata/api/batch"
)

// What a recipe does not hold, or no longer does, only its command knows: the words name that.
func TestWhatOnlyItsCommandMakesAgain(t *testing.T) {
	t.Parallel()
	for _, r := range []batch.Recipe{
		{Kind: "redact", Words: "redact --kinds mail", Irreversible: true},
		{Kind: batch.SetKind, Words: "set: redacted"}, // cleared by a redaction
		{Kind: "mend", Words: "mend", Spec: json.RawMessage("{}")},
	} {
		_, err := r.Change(batch.Means{})
		if !errors.Is(err, batch.ErrOwnCommand) || !strings.HasSuffix(err.Error(), "errata "+r.Words) {
			t.Errorf("%s: %v", r.Kind, err)
		}
	}
}
