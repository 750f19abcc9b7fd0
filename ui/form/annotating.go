package form

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/annotate"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/keys"
)

// CompleteMsg asks for the log to be completed, what was changed and said to be sent, and the next
// log to be shown.
type CompleteMsg struct{}

// SkipMsg asks for the next log, this one to be left for later.
type SkipMsg struct{}

// Annotating is what the forms of a queue share: what is on which digit, and how far the queue is.
type Annotating struct {
	Slots    []annotate.Slot
	Progress string // "37 of 412 · 12 skipped"
	Note     string // why there are no slots, or what is wrong with them
	// why what was said of this log was not saved before, "" if it was not tried
	Failed string
	folds  map[*model.Field]any // what was unfolded of structures, see rows.Model.Folds
}

// annotateKey is a key while a queue is worked on. used is false for one that means what it means
// elsewhere.
func (m *Model) annotateKey(msg tea.KeyMsg) (cmd tea.Cmd, used bool) {
	action := keys.Annotating.Action(msg.String())
	switch {
	case m.elsewhere() || m.fill != nil:
		return nil, false
	case action == keys.CompleteLog:
		return m.completes(msg)
	case m.Capturing() || m.judging != nil:
		return nil, false
	case m.strip >= 0:
		return nil, m.stripKey(msg)
	}
	switch action {
	case keys.Say:
		return nil, m.press(msg.String())
	case keys.Again:
		m.again()
	case keys.SkipLog:
		m.leaveExternal()
		m.remember()
		m.want = SkipMsg{}
	case keys.Note:
		if m.built != nil || m.looking() != nil {
			return nil, false // there c copies a path
		}
		m.writeNote()
	case keys.NextField:
		return nil, m.entersStrip()
	case keys.NextLog, keys.PrevLog:
		if m.built != nil && m.built.st.Root() == nil {
			return nil, false // there a bracket begins a value
		}
		m.Commit()
		m.remember()
		return m.act(action), true
	default:
		return nil, false
	}
	return nil, true
}

// elsewhere reports whether the keys are for something beside the value: a search, a question, work
// that is waited for.
func (m *Model) elsewhere() bool {
	return m.busy != nil || m.search.prompt != nil || m.asking != nil || m.replacing.IsOpen()
}

// completes reads what is typed, and asks for the log to be completed.
func (m *Model) completes(msg tea.KeyMsg) (cmd tea.Cmd, used bool) {
	if m.edit != nil && (m.edit.field.Kind == model.ToolChoice || m.edit.ed.Pending()) {
		return nil, false
	}
	if cmd, wait := m.readFirst(msg); wait {
		return cmd, true
	}
	m.Commit()
	m.comesBack()
	saved, _ := m.collectSaved()
	switch {
	case waits(saved.err): // it is said
	case m.Fix():
	default:
		m.leaveExternal()
		m.remember()
		m.want = CompleteMsg{}
	}
	return nil, true
}

// press carries out what is on a digit. It reports whether anything does.
func (m *Model) press(digit string) bool {
	a := m.o.Annotating
	i := slices.IndexFunc(a.Slots, func(s annotate.Slot) bool { return s.Key == digit })
	if i < 0 && (m.built != nil || a.Note == "") {
		return false
	}
	if i < 0 {
		m.Say(bars.News{Level: bars.Warning, Text: "nothing stands on " + digit + ": " + a.Note})
		return true
	}
	m.carry(&a.Slots[i])
	return true
}

// carry makes the judgment of a slot for this log, or takes it back if it was made.
func (m *Model) carry(s *annotate.Slot) {
	switch {
	case m.refusesEdits():
		return
	case s.IsTag():
		m.tag(s, true)
	default:
		m.judgeWith(s, true)
	}
	m.o.Repeated.last, m.digits = s, len(m.history.Done)
}

// again repeats on this log the last judgment or change, whichever log that was made on.
func (m *Model) again() {
	m.remember()
	defer func() { m.digits = len(m.history.Done) }()
	switch s := m.o.Repeated.last; {
	case s == nil:
		m.Say(bars.News{Text: "nothing was said or changed yet that could be repeated"})
	case m.refusesEdits():
	case s.IsTag():
		m.tag(s, false)
	default:
		m.judgeWith(s, false)
	}
}

// tag makes the assignments of a tag; with toggle they are taken back where they are made already.
func (m *Model) tag(s *annotate.Slot, toggle bool) {
	now := m.changes.Clone()
	if err := now.Carry(model.Edits{Assign: s.Tag}); err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: s.Label + ": " + bars.Reason(err)})
		return
	}
	fields := m.differing(now)
	switch {
	case len(fields) == 0 && !toggle:
		m.Say(bars.News{Text: s.Label + " is so already"})
		return
	case len(fields) == 0:
		m.untag(s)
		return
	}
	for _, f := range fields {
		m.set(f, now.Value(f))
	}
	m.Say(bars.News{Text: s.Label})
}

// untag takes the assignments of a tag back: to what was fetched where nothing else was changed
// beside, else what they have set goes.
func (m *Model) untag(s *annotate.Slot) {
	alone := model.NewChangeSet(m.changes.Base())
	_ = alone.Carry(model.Edits{Assign: s.Tag})
	was := m.changes.Clone()
	for _, a := range s.Tag {
		switch same := alone.Value(a.Field).Equal(m.changes.Value(a.Field)); {
		case same && len(alone.Changed()) > 0:
			was.Revert(a.Field)
		case len(a.Path) > 1:
			_ = was.Carry(model.Edits{Remove: []model.Target{a.Target}})
		default:
			was.Set(a.Field, model.Null)
		}
	}
	for _, f := range m.differing(was) {
		m.set(f, was.Value(f))
	}
	m.Say(bars.News{Text: "taken back: " + s.Label})
}

// differing are the fields whose values another change set has otherwise.
func (m *Model) differing(c *model.ChangeSet) []*model.Field {
	return slices.DeleteFunc(slices.Clone(model.Form()), func(f *model.Field) bool { return c.Value(f).Equal(m.changes.Value(f)) })
}

// judgeWith judges with an option, or opens the line for a number or a text.
func (m *Model) judgeWith(s *annotate.Slot, toggle bool) {
	row := m.rowOfEvaluator(s.Evaluator.ID)
	j := m.rows[row].of
	switch {
	case j == nil || j.is.ID != s.Evaluator.ID:
		m.Say(bars.News{Level: bars.Warning, Text: "the evaluators are still being read"})
		return
	case m.locked(m.rows[row]) != "":
		m.Say(bars.News{Level: bars.Warning, Text: m.locked(m.rows[row])})
		return
	case s.Opens():
		m.openLine(row)
		return
	}
	value := m.chosen(j, s)
	if judgment.Same(m.ownValue(j), value) {
		if !toggle {
			m.Say(bars.News{Text: j.is.Title() + " is " + judgment.Words(value) + " already"})
			return
		}
		if m.decision(j) != nil {
			m.unsay(j)
		} else {
			m.takeBack(j)
		}
		return
	}
	m.judge(j, m.decision(j), value)
	m.Say(bars.News{Text: j.is.Title() + ": " + m.says(j)})
}

// openLine opens the line of an evaluator for a number or a text. Once it is closed the cursor goes
// back to where it is now.
func (m *Model) openLine(row int) {
	m.Commit()
	m.from = m.Place()
	m.moveTo(row)
	m.judgeHere()
	if m.judging == nil { // it is said why, and what was said before is open for reading
		m.from = Place{}
	}
}

// comesBack puts the cursor back to where it was before a digit or the key of notes took it away.
func (m *Model) comesBack() {
	m.Stand(m.from)
	m.from = Place{}
}

// chosen is the value that an option comes to: of several it is put in or taken out.
func (m *Model) chosen(j *judged, s *annotate.Slot) model.Value {
	if !s.Several() {
		return s.Value
	}
	var list []model.Value
	for _, o := range optionsOf(j.is.Spec, m.ownValue(j)) {
		if o.marked != judgment.Same(o.value, s.Value) {
			list = append(list, o.value)
		}
	}
	return listOf(list)
}

// writeNote opens the text of a note: the first evaluator that takes a text, else the metadata.
func (m *Model) writeNote() {
	for _, j := range m.rubric.List {
		if j.Spec.Returns == judgment.Text {
			m.openLine(m.rowOfEvaluator(j.ID))
			return
		}
	}
	m.beginNote()
}

// takesBack takes the last edit back. If there is none in a log of a queue, what was meant may be
// the log before, which was sent.
func (m *Model) takesBack() (s draft.Step, ok bool) {
	if s, ok = m.undo(); !ok && m.o.Annotating != nil {
		m.Say(bars.News{Text: "nothing to undo in this log; for the one before: " + keys.Form.Of(keys.PrevLog).Help().Key + " and then " + keys.Form.Of(keys.History).Help().Key})
	}
	return s, ok
}
