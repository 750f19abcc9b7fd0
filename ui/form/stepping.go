package form

import (
	"math/big"
	"strings"

	"errata/model"
)

// nudge steps a number, a time or a choice by one, up or down. It reports whether it could.
func (s *session) nudge(by int) bool {
	if !s.single {
		return false
	}
	text := string(s.ed.Text().Bytes())
	switch s.field.Kind {
	case model.Integer, model.Decimal:
		return s.rewrite(stepNumber(text, by))
	case model.Datetime:
		return s.rewrite(s.stepTime(text, by))
	case model.ToolChoice:
		return s.rewrite(stepChoice(text, by, s.aid.choices))
	}
	return false
}

// rewrite gives the editor another text, as one step of its undo; "" is none. The cursor stays in
// its place, or at the end.
func (s *session) rewrite(text string) bool {
	if text == "" {
		return false
	}
	_, col := s.ed.Position()
	atEnd := col > len(s.ed.Text().Bytes())
	s.ed.SetText([]byte(text))
	if atEnd {
		s.ed.GoToOffset(len(text))
	}
	return true
}

// stepNumber adds by to the last digit of a number written without an exponent, keeping its digits;
// "" for any other text.
func stepNumber(text string, by int) string {
	text = strings.TrimSpace(text)
	if text == "" {
		text = "0"
	}
	point := strings.IndexByte(text, '.')
	digits := strings.Replace(text, ".", "", 1)
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok || strings.HasPrefix(text, "+") || strings.ContainsAny(digits, "_.") {
		return ""
	}
	n.Add(n, big.NewInt(int64(-by)))
	if point < 0 {
		return n.String()
	}
	places := len(text) - point - 1
	sign, abs := "", new(big.Int).Abs(n).String()
	if n.Sign() < 0 {
		sign = "-"
	}
	if missing := places + 1 - len(abs); missing > 0 {
		abs = strings.Repeat("0", missing) + abs
	}
	return sign + abs[:len(abs)-places] + "." + abs[len(abs)-places:]
}

// stepTime steps the part of a time in which the cursor is: the second where it is at the end.
func (s *session) stepTime(text string, by int) string {
	t, err := model.ReadMoment(text)
	if err != nil {
		return ""
	}
	_, col := s.ed.Position()
	lead := len(text) - len(strings.TrimLeft(text, " \t"))
	t, ok := t.Step(model.UnitAt(col-1-lead), -by)
	if !ok {
		return ""
	}
	return t.String()
}
