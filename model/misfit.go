package model

import (
	"strings"

	"errata/model/jsonraw"
)

// Misfit reports whether v is of a type that the field cannot have: an object where text belongs, a
// text where a number does. Such a value is edited as the JSON that it is, and what takes its place
// must fit.
func (f *Field) Misfit(v Value) bool { return v.IsSet() && !f.fitsKind(v.Kind()) }

func (f *Field) fitsKind(k jsonraw.Kind) bool {
	switch f.Kind {
	case Integer, Decimal:
		return k == jsonraw.Number
	case Map, Message:
		return k == jsonraw.Object
	case Messages:
		return k == jsonraw.Array
	case ToolChoice:
		return k == jsonraw.Object || k == jsonraw.String
	}
	return k == jsonraw.String
}

// Mismatch says what a misfit is and what belongs there: "holds an object where text belongs".
func (f *Field) Mismatch(v Value) string {
	belongs := f.Kind.wants()
	switch f.Kind {
	case Datetime:
		belongs = "a time"
	case Message:
		belongs = "a message"
	}
	return "holds " + v.Kind().Word() + " where " + belongs + " belongs"
}

// EditText is the text that an editor shows for v, in bytes that must not be modified; base is the
// value as it was fetched, and Parse reads the text back. It is Format's, but JSON where base is of
// a wrong type: for base itself, and for what takes its place. The error is Format's.
func (f *Field) EditText(v, base Value) ([]byte, error) {
	if v.IsSet() && (f.Misfit(v) || f.Misfit(base)) && !f.Kind.isJSON() {
		return formatJSON(v)
	}
	return f.formatBytes(v)
}

// parseMisfit reads a text that takes the place of a value of a wrong type: JSON where it begins as
// an object, a list or a string does, or what the field's own kind is written as.
func (f *Field) parseMisfit(text string, old Value) (Value, error) {
	raw := []byte(text)
	written := strings.TrimSpace(text)
	if jsonraw.Check(raw) == nil && Raw(raw).Equal(old) {
		return old, nil
	}
	if written == "" || !strings.ContainsRune(`{["`, rune(written[0])) {
		return f.parseKind(text, Absent)
	}
	if err := jsonraw.Check(raw); err != nil {
		return Absent, f.fault(err)
	}
	return f.accept(Raw(raw), old, text)
}
