package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/save"
	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
)

// tour leads through a first correction, a first judgment and the taking back of one of them, by a
// line at the foot of the window. It follows the state and what was saved, never the keys: if the
// user takes another way, it says what comes next from there. A nil tour does nothing.
type tour struct {
	*session
	sending    *sending
	annotating *annotating
	shown      bool // there is room for the line

	corrected, judged, undone bool
	sent                      []*model.ChangeSet // what was saved meanwhile
}

// height is the rows of the window that are left for the screens.
func (t *tour) height(window int) int {
	if t == nil {
		return window
	}
	if t.shown = window > layout.MinHeight; t.shown {
		return window - 1
	}
	return window
}

// below puts the line of the tour below a screen.
func (t *tour) below(view string) string {
	if t == nil || !t.shown || view == "" {
		return view
	}
	step, text := t.step()
	return view + "\n" + bars.Bar(t.w, []bars.Piece{{Text: "tour " + step + "/6  ", Style: t.th.Key}, {Text: text, Style: t.th.Text}}, nil)
}

// take looks at what was saved, and leaves every message to the part that it is for.
func (t *tour) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case savedMsg:
		if p := t.sending.saving; p != nil && p.token == msg.token {
			t.saved(p.sent, msg)
		}
	case flownMsg:
		if f, ok := t.annotating.flights[msg.token]; ok {
			t.saved(f.saving.sent, msg.savedMsg)
		}
	case retractedMsg:
		t.undone = t.undone || msg.result.Outcome == save.Verified
	}
	return nil, false
}

// saved takes note of what was sent, if the log holds it now.
func (t *tour) saved(sent *model.ChangeSet, msg savedMsg) {
	t.judged = t.judged || countDone(msg.judged) > 0
	if msg.result.Outcome != save.Verified || len(sent.Changed()) == 0 {
		return
	}
	t.undone = t.undone || slices.ContainsFunc(t.sent, func(before *model.ChangeSet) bool { return takenBack(before, msg.result.Got) })
	t.corrected = true
	t.sent = append(t.sent, sent.Clone())
}

// takenBack reports whether a log holds again what it held before a change.
func takenBack(change *model.ChangeSet, now *model.Log) bool {
	if now == nil || now.Head().ID != change.Base().Head().ID {
		return false
	}
	back := model.NewChangeSet(now)
	for _, f := range change.Changed() {
		back.Set(f, change.Base().Value(f))
	}
	return len(back.Changed()) == 0
}

// step is what comes next: its number, and how it is done.
func (t *tour) step() (number, text string) {
	switch {
	case !t.corrected:
		number, text = t.correct()
	case !t.judged:
		number, text = "4", t.judge()
	case !t.undone:
		number, text = "5", t.takeBack()
	default:
		return "6", "that was all, and is gone when you quit. Next: errata import PATH"
	}
	if t.aside() {
		text = "esc goes back; then " + text
	}
	return number, text
}

// aside reports whether something is open that the tour does not lead to.
func (t *tour) aside() bool {
	return t.help != nil || t.picker != nil || t.clash != nil || t.pair != nil || t.bulk != nil || t.past != nil && !t.judged
}

// correct leads to a change that was saved.
func (t *tour) correct() (number, text string) {
	switch {
	case t.review != nil:
		return "3", pressed(keys.ReviewScreen, keys.Send) + " sends this, no more, and reads the log back"
	case t.form != nil && t.form.Unsent() > 0:
		return "3", pressed(keys.Form, keys.Review) + " shows what would be sent"
	case t.form != nil && t.form.Capturing():
		return "2", "type: each key is in a draft on disk before you see it"
	case t.form != nil && !t.form.AtRest():
		return "2", "esc leaves this; " + pressed(keys.Form, keys.Down) + " goes to Output, " + pressed(keys.Form, keys.Edit) + " edits it"
	case t.form != nil:
		return "2", "go to Output with " + pressed(keys.Form, keys.Down) + "; " + pressed(keys.Form, keys.Edit) + " edits it: type something"
	}
	return "1", pressed(keys.Browse, keys.Open) + " opens the log under the cursor, any of them"
}

// judge leads to a judgment that was saved.
func (t *tour) judge() string {
	switch queued := t.queue != nil && t.queue.Has(t.openID); {
	case t.review != nil:
		return pressed(keys.ReviewScreen, keys.Send) + " sends this; esc goes back"
	case t.form == nil:
		return pressed(keys.Browse, keys.Annotate) + " annotates the listed logs, one after the other"
	case queued && t.form.Judges():
		return pressed(keys.Annotating, keys.CompleteLog) + " sends that, and shows the next log"
	case queued:
		return "the digits, at the top of the screen, say what you think of the log"
	}
	return "saved and verified; " + pressed(keys.Form, keys.Back) + " goes back to the list"
}

// takeBack leads to a change or a judgment that was taken back.
func (t *tour) takeBack() string {
	switch {
	case t.ask != nil:
		return "y takes it back"
	case t.review != nil:
		return "the old value is sent as any other: " + pressed(keys.ReviewScreen, keys.Send)
	case t.past != nil:
		return pressed(keys.HistoryScreen, keys.Undo) + " takes back what is under the cursor"
	case t.form != nil && t.form.Unsent() > 0:
		return pressed(keys.Form, keys.Review) + " shows what would be sent"
	case t.form != nil:
		return "all of it can be taken back: " + pressed(keys.Form, keys.Back) + " goes to the list"
	}
	return pressed(keys.Browse, keys.History) + " lists what was sent"
}

// pressed is the first key of an action in a table, as the footer names it.
func pressed(m keys.Map, do keys.Action) string {
	name, _, _ := strings.Cut(m.Of(do).Help().Key, " ")
	return name
}
