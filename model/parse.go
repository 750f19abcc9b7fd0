package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// ParseError says why a text is not a value of its field.
type ParseError struct {
	Field     *Field
	Line, Col int // from 1; 0 when the position means nothing
	// a sentence without a full stop: "prompt_tokens wants a whole number, not \"12.5\""
	Msg string
	// nothing stands where it was to be changed
	Missing bool
}

// Error gives the sentence, with the position in front when there is one.
func (e *ParseError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Msg)
	}
	return e.Msg
}

// Parse reads the text of an editor. old is the value that the text was made from: where a part
// means the same, old's literals are kept, and text that means the same as old gives old itself.
// Blank text gives null for kinds other than Line and Text, and old where old is absent or null. In
// place of an old value of a wrong type the text may be JSON, see Misfit. The error is a
// *ParseError; a value of the wrong type is refused, and so is what else CheckEdit finds wrong.
func (f *Field) Parse(text string, old Value) (Value, error) {
	if !old.IsSet() && (text == "" || !f.Kind.IsText() && blank(text)) {
		return old, nil
	}
	if f.Misfit(old) && !f.Kind.isJSON() {
		return f.parseMisfit(text, old)
	}
	return f.parseKind(text, old)
}

// parseKind reads a text as the kind of the field is written.
func (f *Field) parseKind(text string, old Value) (Value, error) {
	switch f.Kind {
	case Line, Text:
		return f.parseText(text, old)
	case Integer, Decimal:
		return f.parseNumber(text, old)
	case Datetime:
		return f.parseTime(text, old)
	}
	return f.parseJSON(text, old)
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

func (f *Field) parseText(text string, old Value) (Value, error) {
	v, err := String(text)
	if err != nil {
		return Absent, f.fault(err)
	}
	if v.Equal(old) {
		return old, nil
	}
	return v, nil
}

func (f *Field) parseNumber(text string, old Value) (Value, error) {
	literal := strings.TrimSpace(text)
	if literal == "" {
		return Null, nil
	}
	v := Value{raw: []byte(literal)}
	n, ok := jsonraw.ParseDecimal(v.Bytes())
	switch {
	case ok && v.Equal(old):
		return old, nil
	case !ok || f.Kind == Integer && !n.IsWhole():
		return Absent, &ParseError{Field: f, Msg: f.Name + " wants " + f.Kind.wants() + ", not " + quoted(literal) + jsonraw.Misspelled(literal)}
	}
	return v, nil
}

func (f *Field) parseTime(text string, old Value) (Value, error) {
	if was, ok := old.Text(); ok && was == text {
		return old, nil
	}
	written := strings.TrimSpace(text)
	if written == "" {
		return Null, nil
	}
	if _, _, err := ParseTime(written); err != nil {
		return Absent, &ParseError{Field: f, Msg: f.Name + " wants a time, not " + quoted(written) + ": " + err.Error()}
	}
	return f.parseText(written, old)
}

func (f *Field) parseJSON(text string, old Value) (Value, error) {
	if blank(text) {
		return Null, nil
	}
	raw := []byte(text)
	if word := strings.TrimSpace(text); f.Kind == ToolChoice && isChoice(word) {
		raw = []byte(`"` + word + `"`)
	} else if err := jsonraw.Check(raw); err != nil {
		return Absent, f.fault(err)
	}
	if !old.IsSet() {
		return f.accept(Raw(jsonraw.Compact(raw)), old, text)
	}
	if v := Raw(raw); v.Equal(old) {
		return old, nil
	}
	return f.accept(Raw(jsonraw.Graft(old.Bytes(), raw)), old, text)
}

// Fits says why a JSON literal cannot take the place of old as the value of f, nil when it can. The
// error is a *ParseError with the place in the literal.
func (f *Field) Fits(literal []byte, old Value) error {
	v := Raw(literal)
	if _, wrong := f.refusal(v, old); !wrong && !v.IsAbsent() {
		return nil
	}
	if err := jsonraw.Check(literal); err != nil {
		return f.fault(err)
	}
	_, err := f.accept(v, old, string(literal))
	return err
}

// accept refuses v for the first thing that is wrong with it and was not so in old, at its place in
// text.
func (f *Field) accept(v, old Value, text string) (Value, error) {
	p, wrong := f.refusal(v, old)
	if !wrong {
		return v, nil
	}
	line, col := jsonraw.Position(text, locate([]byte(text), p.Path))
	return Absent, &ParseError{Field: f, Line: line, Col: col, Msg: p.Msg}
}

// refusal is the first thing for which v cannot take the place of old.
func (f *Field) refusal(v, old Value) (Problem, bool) {
	list := f.CheckEdit(v, old)
	if i := refused(list); i >= 0 {
		return list[i], true
	}
	return Problem{}, false
}

// refused is where the first problem is that is not a warning, -1 for none.
func refused(list []Problem) int {
	return slices.IndexFunc(list, func(p Problem) bool { return !p.Warn })
}

// fault makes a ParseError of what jsonraw found wrong with a text.
func (f *Field) fault(err error) error {
	var syntax *jsonraw.SyntaxError
	if errors.As(err, &syntax) {
		return &ParseError{Field: f, Line: syntax.Line, Col: syntax.Col, Msg: f.Name + ": " + syntax.Msg}
	}
	return &ParseError{Field: f, Msg: f.Name + ": " + err.Error()}
}

// locate finds where the value at path starts in a JSON text; if there is none, the value that
// should hold it.
func locate(text []byte, path []any) int {
	at := len(text) - len(strings.TrimLeft(string(text), " \t\r\n"))
	for _, step := range path {
		rest := jsonraw.Trim(text[at:])
		var span jsonraw.Span
		switch step := step.(type) {
		case string:
			members, _ := jsonraw.Members(rest)
			m, ok := jsonraw.Find(members, step)
			if !ok {
				return at
			}
			span = m.Val
		case int:
			elements, _ := jsonraw.Elements(rest)
			if step >= len(elements) {
				return at
			}
			span = elements[step].Val
		}
		text, at = text[:at+span.End], at+span.Start
	}
	return at
}

// quoted shows a piece of what was typed in a sentence.
func quoted(text string) string { return `"` + spell.Clip(text, 40) + `"` }
