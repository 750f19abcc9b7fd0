package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"errata/api"
	"errata/model"
)

// applyKind is the kind of Apply.
const applyKind = "apply"

// Apply is the change that carries out what lines say, each of one log. Its items are those of
// Line; words say where they come from.
func Apply(words string) Change {
	return Change{
		Recipe: Recipe{Kind: applyKind, Words: applyKind + " " + words, Spec: json.RawMessage("{}")},
		Check: func(of Item) error {
			_, err := readItem(of)
			return err
		},
		Make: func(_ context.Context, log *model.Log, of Item) (Edit, error) {
			ch, err := readItem(of)
			if err != nil {
				return Edit{}, err
			}
			changes := model.NewChangeSet(log)
			err = changes.Carry(ch.edits)
			if joined, ok := err.(interface{ Unwrap() []error }); ok {
				return Edit{}, inOne(err, joined.Unwrap())
			}
			return Edit{Changes: changes}, err
		},
	}
}

// inOne is everything that is refused of a line, in one sentence.
func inOne(joined error, all []error) error {
	code := api.Invalid
	if outcomeOf(joined) == Missing {
		code = api.NotFound
	}
	return &api.Error{Code: code, Msg: sentence(all).Error()}
}

// lineSpec is a line as data, byte for byte.
type lineSpec struct {
	Line  string `json:"line,omitempty"`
	Bytes []byte `json:"bytes,omitempty"` // in place of a line that is not UTF-8
}

// Line is the item of line n, which need not be right: then it is refused when its turn comes.
func Line(n int, line []byte) Item {
	s := lineSpec{Line: string(line)}
	if !utf8.Valid(line) {
		s = lineSpec{Bytes: line}
	}
	ch, _ := readChange(line)
	of := Item{LogID: ch.id, Label: fmt.Sprintf("line %d", n)}
	of.Spec, _ = json.Marshal(s)
	return of
}

func readItem(of Item) (lineChange, error) {
	var s lineSpec
	if err := json.Unmarshal(of.Spec, &s); err != nil {
		return lineChange{}, err
	}
	if s.Bytes != nil {
		return readChange(s.Bytes)
	}
	return readChange([]byte(s.Line))
}
