package redact

import (
	"fmt"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/rewrite"
)

// Redactor masks what its Finder finds in logs. It is safe for concurrent use where Number is.
type Redactor struct {
	Finder *Finder

	// Number numbers the things of a kind, the same thing always alike; nil for masks without
	// numbers.
	Number func(kind, thing string) int
}

// Log is the changes that mask what is found in the values of the fields of a log, and what was
// found. Fields that cannot be edited are left as they are, and reported as such. The error is one
// of a value that cannot be written.
func (r *Redactor) Log(log *model.Log) (*model.ChangeSet, *Report, error) {
	report := NewReport()
	changes := model.NewChangeSet(log)
	for _, f := range model.Form() {
		v := log.Value(f)
		if !v.IsSet() || f.Kind.IsExact() {
			continue
		}
		w := writer{Redactor: r, report: report, root: f.Name, locked: log.Locked(f)}
		now, changed, err := rewrite.Value(v.Bytes(), w.ask)
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("%s cannot be redacted: %w", f.Name, err)
		case changed && w.locked == "":
			changes.Set(f, model.Raw(now))
		}
	}
	for _, m := range log.Envelope() {
		w := writer{Redactor: r, report: report, root: m.Name, locked: Beyond}
		_, _, _ = rewrite.Value(m.Value.Bytes(), w.ask)
	}
	return changes, report, nil
}

// Value is a value with masks; changed reports whether it has any.
func (r *Redactor) Value(v model.Value) (now model.Value, changed bool, err error) {
	w := writer{Redactor: r, report: NewReport()}
	raw, changed, err := rewrite.Value(v.Bytes(), w.ask)
	if err != nil || !changed {
		return v, false, err
	}
	return model.Raw(raw), true, nil
}

// Holds reports whether anything is found in the values of the fields of a log.
func (r *Redactor) Holds(log *model.Log) bool {
	for _, f := range model.Form() {
		if v := log.Value(f); v.IsSet() && !f.Kind.IsExact() && r.In(v) {
			return true
		}
	}
	return false
}

// In reports whether anything is found in a value.
func (r *Redactor) In(v model.Value) bool {
	if !v.IsSet() {
		return false
	}
	_, changed, err := (&Redactor{Finder: r.Finder}).Value(v)
	return changed || err != nil
}

// Beyond is why what is in the envelope of a log is left.
const Beyond = "no PATCH reaches it"

// writer answers for the parts of one value.
type writer struct {
	*Redactor
	report *Report
	root   string // the name of the member of the log
	locked string // why nothing can be changed in it
}

func (w *writer) ask(at *rewrite.Place, text string) []jsonraw.Swap {
	found := w.Finder.Find(text, memberName(at))
	if at.Part == rewrite.Number {
		found = wholly(found, text)
	}
	if at.Tries == 0 {
		w.report.add(w, at, text, found)
	}
	swaps := make([]jsonraw.Swap, len(found.Hits))
	for i, h := range found.Hits {
		swaps[i] = jsonraw.Swap{At: h.Start, Del: h.End - h.Start, Ins: []byte(w.mask(h, text, at.Tries))}
	}
	return swaps
}

// memberName is the name of the member that a text is the value of.
func memberName(at *rewrite.Place) string {
	if n := len(at.Steps); n > 0 && at.Part != rewrite.Name {
		return at.Steps[n-1].Name
	}
	return ""
}

// wholly leaves of what was found in a number only what is all of it.
func wholly(found Found, text string) Found {
	if len(found.Hits) == 1 && found.Hits[0].End-found.Hits[0].Start == len(text) {
		return found
	}
	return Found{}
}

// mask is what takes the place of a hit: its kind, with its number. tries tells a name of a member
// that is taken from the next.
func (w *writer) mask(h Hit, text string, tries int) string {
	switch {
	case w.Number != nil && w.locked == "":
		text = fmt.Sprintf("[%s-%d]", h.Kind, w.Number(h.Kind, w.Finder.same(h.Kind, text[h.Start:h.End])))
	default:
		text = "[" + h.Kind + "]"
	}
	if tries > 0 {
		text = fmt.Sprintf("%s-%d]", strings.TrimSuffix(text, "]"), tries+1)
	}
	return text
}

// same writes a thing in the way in which the same thing is always written.
func (f *Finder) same(kind, text string) string {
	if i := f.rank(kind); i < len(kinds) {
		return kinds[i].canon(text)
	}
	return text
}
