package form

import (
	"time"

	"errata/model"
	"errata/ui/draft"
	"errata/ui/layout"
	"errata/ui/theme"
)

// sheet is what the parts of the form share: the log with what is changed in it, how its value is
// looked at, and the window.
type sheet struct {
	edits
	head model.Head
	o    Options

	edit    *session  // the open text editor, nil when there is none
	built   *building // the open structure, nil when there is none
	judging *judging  // the judgment that is being made, nil when none is
	rubric  Rubric
	reading bool // the value has the keys
	diff    bool // old and new of the value are shown

	th     *theme.Theme
	w, h   int
	parts  layout.Screen
	alone  bool // the parts are those of a window that shows one thing
	tokens int  // numbers background work, so that late results can be told
}

// reset begins anew with the changes to a log.
func (s *sheet) reset(changes *model.ChangeSet) {
	s.changes, s.head = changes, changes.Base().Head()
	s.history, s.left = draft.History{}, nil
}

// editing is the field whose editor is open, nil when none is.
func (s *sheet) editing() *sitting {
	switch {
	case s.edit != nil:
		return &s.edit.sitting
	case s.built != nil:
		return &s.built.sitting
	default:
		return nil
	}
}

// locked is why the value of a row cannot be edited in place, "" when it can. A field that was
// given another value is open again.
func (s *sheet) locked(r row) string {
	switch {
	case r.of != nil && s.o.ReadOnly == "":
		return s.rubric.Locked
	case r.field == nil && r.of == nil:
		return "the API updates only the 21 fields above"
	case s.o.ReadOnly != "":
		return s.o.ReadOnly
	}
	if edit := s.edited(r.field); edit != nil && (edit.Err != nil || edit.Value.IsSet()) {
		return ""
	}
	return s.changes.Base().Locked(r.field)
}

// now reads the clock.
func (s *sheet) now() time.Time {
	if s.o.Now != nil {
		return s.o.Now()
	}
	return time.Now()
}

// token numbers work that is done away from the keys.
func (s *sheet) token() int {
	s.tokens++
	return s.tokens
}

func (s *sheet) paneHeight() int   { return max(s.parts.Pane.H-paneHeader, 1) }
func (s *sheet) editorHeight() int { return max(s.parts.Pane.H-paneHeader-paneFooter, 1) }
