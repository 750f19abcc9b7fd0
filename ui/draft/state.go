package draft

import (
	"errors"
	"maps"
	"slices"
	"time"

	"errata/model"
	"errata/model/judgment"
)

// State is what a draft holds.
type State struct {
	Identity Identity
	Made     time.Time // of the first change; zero when there is none
	Changes  []Change  // the edited fields, in the order of the form
	History
	// what is to be said of the log and was not sent, in the order in which it was decided
	Said     []judgment.Decision
	Open     *Opened       // the editor that was open; nil when nothing was typed in one
	External *ExternalEdit // the text that another program has; nil when none has any
	// bytes of the file that could not be read; everything before them counts
	Lost int64
	// where those bytes are kept until the draft is cleared, "" when they are not
	LostFile string
	baseOf   map[*model.Field]model.Value
}

// Base is what the log held for a field when the draft was made; ok is false when the draft does
// not know.
func (s *State) Base(f *model.Field) (v model.Value, ok bool) {
	v, ok = s.baseOf[f]
	return v, ok
}

// Change is the edit of one field.
type Change struct {
	Field *model.Field
	Base  model.Value // what the log held when the edit was made
	Edit  model.Edit
}

// ErrTyping is the Err of an Edit that was still being typed.
var ErrTyping = errors.New("it was still being typed")

// live is the state of a draft, which events change. Values, texts and splices in it are never
// modified, so that a clone is cheap.
type live struct {
	History
	head  header
	bases map[*model.Field]model.Value
	edits map[*model.Field]*model.Edit
	said  []judgment.Decision
	open  *typing
	// an editor in which nothing was typed yet, and of which nothing is recorded
	quiet    *Open
	silent   *Enter // the same of an inner text
	external *ExternalEdit
}

func newLive(h header) *live {
	return &live{head: h, bases: map[*model.Field]model.Value{}, edits: map[*model.Field]*model.Edit{}}
}

func (l *live) clone() *live {
	c := *l
	c.bases, c.edits = maps.Clone(l.bases), maps.Clone(l.edits)
	c.History = l.History.Clone()
	if l.open != nil {
		c.open = l.open.clone()
	}
	return &c
}

// changed reports whether there is anything to keep.
func (l *live) changed() bool {
	return len(l.edits) > 0 || len(l.said) > 0 || l.open != nil && l.open.touched() || l.external != nil
}

// idle reports whether there is nothing at all that a file would be for.
func (l *live) idle() bool {
	return !l.changed() && l.open == nil && len(l.Done) == 0 && len(l.Undone) == 0
}

// date sets the time of the first change.
func (l *live) date(now time.Time) {
	if l.head.Made.IsZero() {
		l.head.Made = now
	}
}

// errEvent says that an event does not fit the state, which only a mistake in the program can
// cause.
var errEvent = errors.New("draft: an event does not fit what went before")

// apply carries an event out; after an error nothing is changed.
func (l *live) apply(e Event) error {
	switch e := e.(type) {
	case made:
		l.head = e.head
	case Moved:
		l.head.ETag = e.ETag
	case Base:
		l.move(e.Field, e.Value)
	case Put:
		l.put(e.Field, e.Edit)
	case Step:
		l.Add(e)
		l.travel(e, e.After, e.Said.after())
	case Undo:
		s, ok := l.Undo()
		if !ok {
			return errEvent
		}
		l.travel(s, s.Before, s.Said.before())
	case Redo:
		s, ok := l.Redo()
		if !ok {
			return errEvent
		}
		l.travel(s, s.After, s.Said.after())
	case opened:
		l.open = &typing{buffer: newBuffer(e.Text, e.typed), field: e.Field, base: e.Base, from: e.from, literal: e.Literal}
	case entered:
		if l.open == nil {
			return errEvent
		}
		at := e.Enter
		at.Text = nil
		l.open.inner = &inside{newBuffer(e.Text, e.typed), at}
	case Splice:
		if l.open == nil || !l.open.splice(e) {
			return errEvent
		}
	case Leave:
		if l.open == nil || !l.open.leave(e.Outer) {
			return errEvent
		}
	case Close:
		l.open = nil
	case ExternalEdit:
		l.external = &e
	case ExternalDone:
		l.external = nil
	case Say:
		l.decide(e.Evaluator, e.Decision)
	case Judged:
		l.decide(e.Evaluator, nil)
		l.Drop(e.Evaluator)
	}
	return nil
}

// move gives a field another base. The steps that were made on the one before go along.
func (l *live) move(f *model.Field, to model.Value) {
	if from, ok := l.bases[f]; ok {
		l.Move(f, from, to)
	}
	l.bases[f] = to
}

func (l *live) put(f *model.Field, e *model.Edit) {
	if e == nil {
		delete(l.edits, f)
		return
	}
	l.edits[f] = e
}

// add carries an event out and adds the records that say so to b.
func (l *live) add(b *batch, e Event) error { return l.carry(b, l.plan(e)) }

// carry carries planned events out and adds a record of each to b; after an error that one is in
// neither.
func (l *live) carry(b *batch, planned []Event) error {
	for _, e := range planned {
		before := *b
		l.record(b, e)
		if err := l.apply(e); err != nil {
			*b = before
			return err
		}
	}
	return nil
}

// start adds the start of a file.
func (l *live) start(b *batch) {
	b.buf = append(b.buf, magic...)
	l.record(b, made{l.head})
}

// rest adds the fewest records that follow the start of a file to make l. A base that l does not
// know stays unknown: to say that it was absent would make a change by somebody else of what the
// log holds.
func (l *live) rest(b *batch) {
	s := newLive(l.head)
	// the events of a state that exists fit
	add := func(e Event) { _ = s.carry(b, slices.DeleteFunc(s.plan(e), isBase)) }
	for _, f := range model.Form() {
		if base, ok := l.bases[f]; ok {
			_ = s.carry(b, []Event{Base{f, base}})
		}
	}
	step := func(t Step) {
		t.Base = s.bases[t.Field]
		add(t)
	}
	for _, t := range l.Done {
		step(t)
	}
	for _, t := range slices.Backward(l.Undone) {
		step(t)
	}
	for range l.Undone {
		add(Undo{})
	}
	for _, f := range model.Form() {
		if !sameEdit(s.edits[f], l.edits[f]) {
			add(Put{f, l.bases[f], l.edits[f]})
		}
	}
	for _, e := range saying(s.said, l.said) {
		add(e)
	}
	if o := l.open; o != nil {
		for _, e := range o.events(l.bases[o.field]) {
			s.record(b, e)
		}
	}
	if l.external != nil {
		add(*l.external)
	}
}

func isBase(e Event) bool {
	_, yes := e.(Base)
	return yes
}

// size is about how many bytes of a file the state needs without its history.
func (l *live) size() int64 {
	n := 0
	for _, v := range l.bases {
		n += v.Len()
	}
	for _, e := range l.edits {
		n += e.Value.Len() + len(e.Text)
	}
	if l.open != nil {
		n += l.open.text.Len()
		if l.open.inner != nil {
			n += l.open.inner.text.Len()
		}
	}
	return int64(n)
}

// state is l for others.
func (l *live) state() *State {
	s := &State{
		Identity: l.head.Identity, Made: l.head.Made,
		History: l.History.Clone(), Said: l.said, baseOf: maps.Clone(l.bases),
	}
	for _, f := range model.Form() {
		if e := l.edits[f]; e != nil {
			s.Changes = append(s.Changes, Change{f, l.bases[f], *e})
		}
	}
	if l.open != nil {
		s.Open = l.open.opened(l.bases[l.open.field])
	}
	if l.external != nil {
		external := *l.external
		external.Base = l.bases[external.Field]
		s.External = &external
	}
	return s
}

// travel carries one side of a step out.
func (l *live) travel(s Step, edit *model.Edit, said *judgment.Decision) {
	if s.Said != nil {
		l.decide(s.Said.Evaluator, said)
		return
	}
	l.put(s.Field, edit)
}

func sameEdit(a, b *model.Edit) bool {
	switch {
	case a == nil || b == nil:
		return a == b
	case a.Err != nil && b.Err != nil:
		return a.Text == b.Text && a.Err.Error() == b.Err.Error()
	}
	return a.Err == nil && b.Err == nil && a.Value.Same(b.Value)
}
