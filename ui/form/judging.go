package form

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/pager"
	"errata/ui/term"
)

// judging is a judgment that is being made: options to choose from, or a number or a text that is
// typed.
type judging struct {
	*fieldList
	of      *judged
	before  *judgment.Decision // what was decided when it began
	options []option           // nil if it is typed
	at, top int                // the option under the cursor, and the first one shown
	ed      *editor.Model      // nil if it is chosen
	opened  string             // the text that it began with
	wrong   string             // why what is typed is not a judgment
	aside   *pager.Model       // what stands, and the instructions
}

// option is one of the values that can be chosen.
type option struct {
	name    string
	value   model.Value // of one to choose alone
	valence judgment.Valence
	marked  bool
}

// judgeHere begins to judge with the evaluator under the cursor, or opens it for reading where
// nothing can be judged.
func (l *fieldList) judgeHere() {
	j := l.rows[l.cursor].of
	switch why := l.locked(l.rows[l.cursor]); {
	case why != "":
		l.Say(bars.News{Level: bars.Warning, Text: j.is.Title() + " opens for reading: " + why})
		l.reading, l.diff = true, false
		return
	case l.rubric.awaits(j.is):
		l.Say(bars.News{Level: bars.Warning, Text: "what " + j.is.Title() + " wants is not known yet"})
		return
	}
	l.reading, l.diff = false, false
	l.judging = newJudging(l, j)
}

// awaits reports whether what an evaluator wants is still to be read.
func (r Rubric) awaits(e judgment.Evaluator) bool {
	return e.Spec.Type == "" && e.Spec.Returns == "" && r.Note != ""
}

func newJudging(l *fieldList, j *judged) *judging {
	v := l.ownValue(j)
	m := &judging{fieldList: l, of: j, before: l.decision(j), options: optionsOf(j.is.Spec, v)}
	m.at = max(slices.IndexFunc(m.options, func(o option) bool { return o.marked }), 0)
	if m.options == nil {
		if v.IsSet() {
			m.opened = judgment.Words(v)
		}
		m.ed = editor.New([]byte(m.opened), editor.Options{Styles: bars.EditorStyles(l.th), Single: j.is.Spec.Returns == judgment.Number})
	}
	m.aside = pager.New(l.judgmentSource(j), l.th)
	m.fit()
	return m
}

// ownValue is what the user is to say, or has said; absent for nothing.
func (l *fieldList) ownValue(j *judged) model.Value {
	if d := l.decision(j); d != nil {
		return d.Value
	}
	if s, ok := l.mine(j); ok {
		return s.Newest.Value
	}
	return model.Absent
}

// optionsOf are the values to choose from, those of v marked; nil for what is typed.
func optionsOf(s judgment.Spec, v model.Value) (list []option) {
	switch s.Returns {
	case judgment.Boolean:
		for _, literal := range []string{"true", "false"} {
			value := model.Raw([]byte(literal))
			list = append(list, option{judgment.Words(value), value, s.ValenceOf(value), judgment.Same(value, v)})
		}
	case judgment.Select, judgment.MultiSelect:
		several, _ := judgment.Texts(v)
		for _, o := range s.Options {
			value, err := model.String(o.Name)
			if err != nil {
				continue
			}
			list = append(list, option{o.Name, value, o.Valence, judgment.Same(value, v) || slices.Contains(several, o.Name)})
		}
	case judgment.Number, judgment.Text: // are typed
	}
	return list
}

// several reports whether more than one option can be chosen.
func (m *judging) several() bool { return m.of.is.Spec.Returns == judgment.MultiSelect }

// keys are the tables that hold.
func (m *judging) keys() []keys.Map {
	switch {
	case m.several():
		return []keys.Map{keys.Judging, keys.JudgingSeveral}
	case m.ed == nil:
		return []keys.Map{keys.Judging}
	case m.number():
		return []keys.Map{keys.JudgingNumber, keys.Typing}
	}
	return []keys.Map{keys.JudgingText, keys.Typing}
}

func (m *judging) number() bool { return m.of.is.Spec.Returns == judgment.Number }

// key is a key while a judgment is made. It reports whether the key ends that; action is what is
// left to do then.
func (m *judging) key(msg tea.KeyMsg) (ends bool, action keys.Action) {
	if m.ed != nil {
		return m.typedKey(msg)
	}
	action = keys.Judging.Action(msg.String())
	if by, ok := action.Steps(len(m.options), m.optionRows()); ok {
		m.move(by)
		return false, ""
	}
	switch {
	case action == keys.Accept:
		m.choose()
		return true, ""
	case action == keys.Close:
		return true, ""
	case m.several() && keys.JudgingSeveral.Action(msg.String()) == keys.Mark:
		m.options[m.at].marked = !m.options[m.at].marked
	}
	return false, ""
}

func (m *judging) move(by int) {
	m.at = max(min(m.at+by, len(m.options)-1), 0)
	m.fit()
}

// choose decides for the option under the cursor, or for those that are marked.
func (m *judging) choose() {
	if !m.several() {
		m.conclude(m.options[m.at].value)
		return
	}
	var marked []model.Value
	for _, o := range m.options {
		if o.marked {
			marked = append(marked, o.value)
		}
	}
	m.conclude(listOf(marked))
}

// listOf is a list of values.
func listOf(values []model.Value) model.Value {
	list := []byte{'['}
	for i, v := range values {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, v.Bytes()...)
	}
	return model.Raw(append(list, ']'))
}

// conclude decides for a value, and says so.
func (m *judging) conclude(v model.Value) {
	m.judge(m.of, m.before, v)
	title := m.of.is.Title()
	switch d := m.decision(m.of); {
	case d == nil:
		m.Say(bars.News{Text: title + " is as it was fetched"})
	case !d.SameAs(m.before):
		m.Say(bars.News{Text: title + ": " + m.turn(m.of, d) + "; ctrl+s reviews and sends"})
	}
}

// typedKey is a key while a number or a text is typed.
func (m *judging) typedKey(msg tea.KeyMsg) (ends bool, action keys.Action) {
	table := keys.JudgingText
	if m.number() {
		table = keys.JudgingNumber
	}
	if !m.ed.Pending() {
		action = table.Action(msg.String())
	}
	switch action {
	case keys.Accept:
		return m.keepTyped(), ""
	case keys.Close:
		m.giveUpWrong()
		return true, ""
	case keys.Review, keys.NextField, keys.PrevField:
		m.giveUpWrong()
		return true, action
	case keys.Up, keys.Down:
		by := 1
		if action == keys.Down {
			by = -1
		}
		if text := m.of.is.Spec.Stepped(string(m.ed.Text().Bytes()), by); text != "" {
			m.ed.SetText([]byte(text))
			m.ed.GoToOffset(len(text))
			m.typed()
		}
	default:
		m.input(msg)
	}
	return false, ""
}

// input gives the editor a key or a paste.
func (m *judging) input(msg tea.Msg) {
	if m.ed.Update(msg) {
		m.typed()
	}
}

// typed tells the draft what is in the editor, if that is a judgment. It becomes a step of undo
// when the editor is closed.
func (m *judging) typed() {
	m.wrong = ""
	v, err := m.value()
	if err != nil {
		return
	}
	d := m.deciding(m.of, m.last(v), v)
	if now := m.decision(m.of); !now.SameAs(d) {
		m.keep(draft.Say{Evaluator: m.of.is.ID, Decision: d})
		m.say(m.of.is.ID, d)
	}
}

// last is the decision whose id a value continues with: that of the same editor.
func (m *judging) last(v model.Value) *judgment.Decision {
	now := m.decision(m.of)
	if now == nil || now.SameAs(m.before) || m.before != nil && judgment.Same(m.before.Value, v) {
		return m.before
	}
	same := *now
	same.Value = v
	return &same
}

// value is what is in the editor. An emptied text takes back what was said.
func (m *judging) value() (model.Value, error) {
	text := string(m.ed.Text().Bytes())
	if text == m.opened {
		return m.openedValue(), nil
	}
	if text == "" {
		return model.Null, nil
	}
	return m.of.is.Spec.Parse(text)
}

// openedValue is what the editor was opened on.
func (m *judging) openedValue() model.Value {
	if m.before != nil {
		return m.before.Value
	}
	if s, ok := m.mine(m.of); ok {
		return s.Newest.Value
	}
	return model.Null
}

// keepTyped decides for what is in the editor. It reports whether that is a judgment; why it is
// none is shown.
func (m *judging) keepTyped() bool {
	v, err := m.value()
	if err != nil {
		m.wrong = m.of.is.Title() + " wants " + wants(m.of.is.Spec)
		return false
	}
	after := m.deciding(m.of, m.last(v), v)
	m.decide(m.of.is.ID, m.before, after)
	if !after.SameAs(m.before) {
		m.Say(bars.News{Text: m.of.is.Title() + ": " + m.says(m.of) + "; ctrl+s reviews and sends"})
	}
	return true
}

// giveUpWrong decides for what is in the editor; what is not a judgment is dropped, which is said.
func (m *judging) giveUpWrong() {
	if !m.keepTyped() {
		m.decide(m.of.is.ID, m.before, m.before)
		m.Say(bars.News{Level: bars.Warning, Text: "not judged: " + m.wrong})
	}
}

// wheel scrolls the editor, the options or, below them, what stands of the log.
func (m *judging) wheel(msg tea.MouseMsg) {
	switch {
	case msg.Y > m.parts.Pane.Y+paneHeader+m.optionRows():
		m.aside.Update(msg)
	case m.ed != nil:
		m.ed.Update(msg)
	default:
		m.move(term.Wheel(msg))
	}
}

// commitJudging keeps what is typed for a judgment, and closes it.
func (s *sheet) commitJudging() {
	if s.judging != nil && s.judging.ed != nil {
		s.judging.giveUpWrong()
	}
	s.judging = nil
}
