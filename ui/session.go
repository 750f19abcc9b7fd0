package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/model/figure"
	"errata/ui/annotate"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/form"
	"errata/ui/layout"
)

// session is what the parts of the program share: the stage, the logs that are open, and what waits
// for its turn.
type session struct {
	stage
	ctx context.Context
	o   Options

	forms   map[string]*form.Model // by log id: the open one, and those with unsaved changes
	openID  string                 // the log that is open or being opened
	load    *loading               // nil when no log is being read
	walked  []string               // the marked logs that are walked; nil walks the list
	paired  []string               // the logs that are compared; nil when none are
	drafts  shelf                  // the drafts of the logs that are open or have changes
	rubric  form.Rubric            // what logs are judged with, as far as it is known
	queue   *annotate.Queue        // the logs that are annotated, nil when none are
	strip   *form.Annotating       // what their forms share
	flying  map[string]bool        // the logs of the queue that are being sent
	leaving bool                   // the program ends as soon as nothing is being sent
	place   form.Place             // where in the log of the queue that was left the cursor was
	// what is offered of what earlier runs left: it is not pushed away by what is only told
	offer string
	// where batches are kept while the program runs, if else nothing is; empty for nowhere
	scratch string
	last    find.Last // what was looked for last, in any log
	again   form.Repeated
	divided form.Dividers // where the rule of the forms stands
	rules   rules         // where those of other screens do
	failed  error         // why the program ends without having shown a log

	quiet func() bool      // reports whether nobody is in the middle of a text or a decision
	later []func() tea.Cmd // what waits for that
	// keys and pastes that wait until what they are for is there: see root.awaiting
	typed  []tea.Msg
	tokens int // numbers requests, so that late answers can be told
}

// rules are where somebody has put the rules of screens that come and go.
type rules struct{ review, conflict, history, bulk layout.Divider }

// loading is the reading of a log that is under way.
type loading struct {
	id     string
	token  int
	again  bool // the log is open and is read again
	over   bool // its draft is taken from whoever holds it
	cancel context.CancelFunc
	then   func() tea.Cmd // what the log is read for, beside being shown; nil for nothing
	amiss  func()         // what is done when it is not shown after all; nil for nothing
	doc    *api.Document  // the log, where it was read ahead
	why    string         // it takes long
}

// large is the size from which it matters how much memory is held.
const large = 4 << 20

// listening gives the context of a request with its token, the function that ends it, and the
// command that waits for its notices.
func (s *session) listening() (ctx context.Context, cancel context.CancelFunc, token int, why tea.Cmd) {
	s.tokens++
	token = s.tokens
	ctx, cancel = context.WithCancel(s.ctx)
	ctx, why = listen(ctx, func(why string, more tea.Cmd) tea.Msg { return waitMsg{token, why, more} })
	return ctx, cancel, token, why
}

// soon does something to a form as soon as nobody is in the middle of a text or a decision: what
// comes late must not change where the next key goes.
func (s *session) soon(do func() tea.Cmd) tea.Cmd {
	s.later = append(s.later, do)
	return s.catchUp()
}

// catchUp does what has had to wait.
func (s *session) catchUp() tea.Cmd {
	var cmds []tea.Cmd
	for len(s.later) > 0 && s.quiet() {
		do := s.later[0]
		s.later = s.later[1:]
		cmds = append(cmds, do())
	}
	return tea.Batch(cmds...)
}

// enter makes a form the open one. The form that is left is kept if it has changes, and they are
// named.
func (s *session) enter(id string, f *form.Model) {
	left := s.leave()
	s.openID, s.form, s.forms[id] = id, f, f
	f.SetTheme(s.th)
	f.SetSize(s.w, s.h)
	if at := slices.Index(s.walked, id); at >= 0 && s.queue == nil {
		s.say(bars.News{Text: figure.Int(at+1) + " of " + figure.Count(len(s.walked), "marked log") + ": ] next, [ previous"})
	}
	if left.Text != "" {
		s.say(left)
	}
}

// leave puts the open form aside, and says what of it was not sent.
func (s *session) leave() (left bars.News) {
	if s.form == nil {
		return left
	}
	left = s.putAside(s.openID, s.form)
	s.form, s.openID = nil, ""
	return left
}

// putAside keeps a form that has changes, and says what of it was not sent; another one is dropped.
func (s *session) putAside(id string, f *form.Model) (left bars.News) {
	f.Commit()
	if s.queue != nil {
		s.place = f.Place()
	}
	switch {
	case s.flying[id], s.isPaired(id): // it is kept until its outcome is known, or it is shown
	case s.notSent(id) != "": // whoever was about to see the next log is told
		left = bars.News{Level: bars.Bad, Text: s.notSent(id)}
	case f.Unsent() > 0:
		left = bars.News{Level: bars.Warning, Text: id + ": " + unsent(f.Count()) + " not sent"}
		if f.Kept() {
			left.Text += "; the draft stays"
		}
	default:
		s.drop(id)
	}
	return left
}

// notSent says of a log of the queue that it could not be sent, and why; "" of any other.
func (s *session) notSent(id string) string {
	if s.queue == nil {
		return ""
	}
	switch state, why := s.queue.Of(id); {
	case state == annotate.Skipped && why != "":
		return id + " " + why + ", and is skipped"
	case state != annotate.Failed:
		return ""
	case s.queue.FailedAgain(id):
		return id + " was not sent again, and comes back last: " + why
	default:
		return id + " comes back: " + why
	}
}

// isPaired reports whether a log is one of two that are compared.
func (s *session) isPaired(id string) bool { return slices.Contains(s.paired, id) }

// drop lets a form without changes go, and its draft. One that is compared stays.
func (s *session) drop(id string) {
	if s.isPaired(id) {
		return
	}
	delete(s.forms, id)
	s.release(id)
}

// release gives back the draft of a log that is not open and has no changes to keep.
func (s *session) release(id string) {
	if s.forms[id] != nil || s.load != nil && s.load.id == id && !s.load.again {
		return
	}
	s.drafts.giveBack(s.ctx, id)
}

// clearDraft empties the draft of a log that has nothing unsaved.
func (s *session) clearDraft(id string) {
	d := s.drafts.get(id).draft
	if d == nil {
		return
	}
	if err := d.Clear(s.ctx, ""); err != nil {
		s.say(bars.News{Level: bars.Warning, Text: "the draft could not be removed: " + err.Error()})
	}
}

// unsaved counts what has not been sent; kept reports whether all of it is in drafts.
func (s *session) unsaved() (fields, judgments, logs int, kept bool) {
	kept = true
	for _, f := range s.forms {
		if f.Unsent() > 0 {
			changed, judged := f.Count()
			fields, judgments = fields+changed, judgments+judged
			logs++
			kept = kept && f.Kept()
		}
	}
	return fields, judgments, logs, kept
}

// unsent says how much was not sent: "2 changed fields and 1 judgment".
func unsent(fields, judgments int) string {
	switch {
	case judgments == 0:
		return figure.Count(fields, "changed field")
	case fields == 0:
		return figure.Count(judgments, "judgment")
	}
	return figure.Count(fields, "changed field") + " and " + figure.Count(judgments, "judgment")
}
