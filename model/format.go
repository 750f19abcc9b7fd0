package model

import (
	"errors"

	"errata/model/jsonraw"
)

// Format gives the text that an editor shows for v: a string's own text, a number's own digits,
// JSON laid out over lines; "" for absent and null. The error gives the reason when there is no
// text that could be parsed back without loss, in the words of Log.Locked.
func (f *Field) Format(v Value) (string, error) {
	text, err := f.formatBytes(v)
	return string(text), err
}

// formatBytes is Format, in bytes that must not be modified. It is for large values, which a string
// would copy.
func (f *Field) formatBytes(v Value) ([]byte, error) {
	if !v.IsSet() {
		return nil, nil
	}
	if f.Misfit(v) && !f.Kind.isJSON() {
		return nil, errors.New("it " + f.Mismatch(v))
	}
	if f.Kind == Integer || f.Kind == Decimal {
		return v.Bytes(), nil
	}
	if f.Kind.isJSON() {
		if word, ok := v.Text(); ok && f.Kind == ToolChoice && isChoice(word) {
			return []byte(word), nil
		}
		return formatJSON(v)
	}
	if err := jsonraw.Check(v.Bytes()); err != nil {
		return nil, errors.New(unreadable(err))
	}
	text, _ := jsonraw.Decode(v.Bytes())
	return text, nil
}

// formatJSON lays a value out over lines, whatever its type.
func formatJSON(v Value) ([]byte, error) {
	if err := jsonraw.Check(v.Bytes()); err != nil {
		return nil, errors.New(unreadable(err))
	}
	return jsonraw.Indent(v.Bytes()), nil
}
