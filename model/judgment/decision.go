package judgment

import (
	"bytes"

	"errata/model"
)

// Decision is what somebody wants to say of a log with an evaluator, and has not sent yet.
type Decision struct {
	// ID is that of the judgment. It is chosen once for each decision, and stays when the same is
	// sent again.
	ID string
	// The spec is not kept with a draft: that of the server holds.
	Evaluator Evaluator
	User      string      // who judges, empty for nobody in particular
	Value     model.Value // null takes back what the same user said before
}

// SameAs reports whether both are the same decision; nil is none.
func (d *Decision) SameAs(other *Decision) bool {
	if d == nil || other == nil {
		return d == other
	}
	of, with := d.Evaluator, other.Evaluator
	return d.ID == other.ID && d.User == other.User && bytes.Equal(d.Value.Bytes(), other.Value.Bytes()) &&
		of.ID == with.ID && of.Path == with.Path && of.Name == with.Name && of.VersionID == with.VersionID
}

// By is what a user has said with an evaluator and not taken back; ok is false if that is nothing.
func By(user string, of Evaluator, list []Standing) (s Standing, ok bool) {
	for _, s := range list {
		if s.User == user && s.Evaluator.ID == of.ID && !s.Withdrawn() {
			return s, true
		}
	}
	return s, false
}
