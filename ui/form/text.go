package form

import (
	"errors"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/find"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// session is the editing of one field's value as text.
type session struct {
	sitting
	ed     *editor.Model
	single bool
	kept   editor.Text // what the draft has
	opened opened
	aid    aid
	find   find.InText
}

func (s *session) version() version { return s.ed.Version() }

func (s *session) size() int { return s.ed.Text().Len() }

func (s *session) setter(f *model.Field) func(*model.ChangeSet) error {
	text, opened := s.ed.Text(), s.opened
	return func(c *model.ChangeSet) error {
		if size := text.Len(); size > largeText && f.Kind.IsText() && !f.Misfit(c.Base().Value(f)) {
			if opened.set(c, f, text) {
				return nil
			}
			return c.SetPieces(f, size, text.Parts())
		}
		var whole strings.Builder
		whole.Grow(text.Len())
		_, _ = text.WriteTo(&whole)
		return setText(c, f, whole.String())
	}
}

// opened is the value that an editor was opened on, and its text, which is empty if that was not
// read: a draft has the text that was typed. The value is absent if it is not a text.
type opened struct {
	value model.Value
	text  editor.Text
}

// set gives a field what a text makes of that value, of which it shares what was not edited. ok is
// false if so much was edited that nothing is gained.
func (o opened) set(c *model.ChangeSet, f *model.Field, text editor.Text) (ok bool) {
	if o.value.IsAbsent() {
		return false
	}
	if o.text.Len() == 0 {
		was, _ := jsonraw.Decode(o.value.Bytes())
		o.text = editor.New(was, editor.Options{}).Text()
	}
	const few = 16 // the part of a text, as a divisor, that may be new
	changes, ok := text.Changes(o.text, text.Len()/few)
	if !ok {
		return false
	}
	swaps := make([]jsonraw.Swap, 0, len(changes))
	for _, ch := range changes {
		swaps = append(swaps, jsonraw.Swap(ch))
	}
	return c.SetSpliced(f, o.value, swaps)
}

// taken shows in the text where it stops being a value.
func (s *session) taken(_ *fieldList, err error) { s.ed.MarkError(position(err)) }

// setText gives a field the value of a text that was typed. A text that was emptied is the empty
// string, which only null and absent values that nobody typed on are not.
func setText(c *model.ChangeSet, f *model.Field, text string) error {
	if text == "" && f.Kind.IsText() {
		empty, err := model.String("")
		c.Set(f, empty)
		return err
	}
	return c.SetText(f, text)
}

// position is where a text stops being a value, 0 and 0 if that says nothing.
func position(err error) (line, col int) {
	var at *model.ParseError
	if errors.As(err, &at) {
		return at.Line, at.Col
	}
	return 0, 0
}

// written is what the last key made of the text, for the draft.
func (s *session) written() []draft.Event {
	now := s.ed.Text()
	if now.Same(s.kept) {
		return nil
	}
	at, del, ins := now.Since(s.kept)
	s.kept = now
	return []draft.Event{draft.Splice{At: at, Del: del, Ins: ins}}
}

// footer is the line under the editor: what is wrong with the text, or what it means.
func (s *session) footer(th *theme.Theme, w int) string {
	if s.err != nil && s.read == s.ed.Version() {
		return th.Error.Render(sanitize.Line(s.trouble(), w))
	}
	words, live := s.hint()
	return bars.Bar(w, []bars.Piece{{Text: th.Words(words), Style: th.Faint}, {Text: th.Words(live), Style: th.Text}}, nil)
}
