package batch

import (
	"errors"
	"fmt"

	"errata/api/journal"
	"errata/api/save"
	"errata/model"
)

// ErrOwnCommand is the error for a batch that cannot be made again of what its file holds.
var ErrOwnCommand = errors.New("only the command that began this batch can go on with it")

// Means is what changes are made again with.
type Means struct {
	Prices  model.Prices                     // what a model costs, for a fill
	Journal func() (*journal.Journal, error) // for an undo
	// of an undo, where somebody else has changed the log since
	Policy save.Policy
}

// Change makes the change of a recipe again. ErrOwnCommand is in the chain of the error where the
// recipe does not hold enough.
func (r Recipe) Change(m Means) (Change, error) {
	if r.Spec != nil {
		switch r.Kind {
		case SetKind:
			return ReadSet(r.Spec)
		case FillKind:
			return ReadFill(r.Spec, m.Prices)
		case ReplaceKind:
			return ReadReplace(r.Spec)
		case JudgeKind:
			return ReadJudge(r.Spec)
		case applyKind:
			return Apply(""), nil
		case UndoKind:
			j, err := m.Journal()
			return ReadUndo(r, j, m.Policy), err
		}
	}
	return Change{}, fmt.Errorf("%w: errata %s", ErrOwnCommand, r.Words)
}
