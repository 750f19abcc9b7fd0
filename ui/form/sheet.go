package form

import (
	"time"

	"errata/model"
	"errata/ui/bars"
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
	share  share // of the window, for which the parts are
	tokens int   // numbers background work, so that late results can be told
}

// reset begins again with the changes to a log.
func (s *sheet) reset(changes *model.ChangeSet) {
	s.changes, s.head = changes, changes.Base().Head()
	s.history, s.left = draft.History{}, nil
}

// share is how the list and the value share the window.
type share int

const (
	beside share = iota // on a wide window side by side
	aside               // the list shows only names
	alone               // one at a time
)

// Dividers are the places of the rule for each way in which list and value share the window.
type Dividers [alone + 1]layout.Divider

// sharing is how they share it just now. A value that is being read has all of it: a terminal
// scrolls whole lines by a few bytes, but would be sent every line of one part beside another. One
// that is edited in more than a line has what the names of the fields leave, unless there is room
// enough anyway.
func (s *sheet) sharing() share {
	switch {
	case s.reading:
		return alone
	case s.w >= layout.RoomyFrom:
		return beside
	case s.built != nil, s.edit != nil && !s.edit.single:
		return aside
	}
	return beside
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

// refusesEdits reports whether nothing can be edited, and says why.
func (s *sheet) refusesEdits() bool {
	if s.o.ReadOnly == "" {
		return false
	}
	s.Say(bars.News{Level: bars.Warning, Text: s.o.ReadOnly})
	return true
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
