package model

import (
	"errors"

	"errata/model/jsonraw"
)

// Format gives the text that an editor shows for v: a string's own text, a number's own digits, JSON
// laid out over lines; "" for absent and null. The error gives the reason when there is no text that
// could be parsed back without loss, in the words of Log.Locked.
func (f *Field) Format(v Value) (string, error) {
	if !v.IsSet() {
		return "", nil
	}
	if reason := f.misfit(v.Kind()); reason != "" {
		return "", errors.New(reason)
	}
	if f.Kind == Integer || f.Kind == Decimal {
		return string(v.raw), nil
	}
	if err := jsonraw.Check(v.raw); err != nil {
		return "", errors.New(unreadable(err))
	}
	if f.Kind.IsJSON() {
		if word, ok := v.Text(); ok && f.Kind == ToolChoice && isChoice(word) {
			return word, nil
		}
		return string(jsonraw.Indent(v.raw)), nil
	}
	text, _ := v.Text()
	return text, nil
}
