package form

import (
	"math/big"
	"strings"

	"errata/model"
)

// choices are the words that a tool choice may be; the function object is a fourth, to be filled in.
var choices = []string{"none", "auto", "required", `{"type": "function", "function": {"name": ""}}`}

// nudge steps a number or a choice by one, up or down. It tells whether it could.
func (s *session) nudge(by int) bool {
	if !s.single {
		return false
	}
	text := string(s.ed.Text().Bytes())
	var next string
	switch s.field.Kind {
	case model.Integer, model.Decimal:
		next = stepNumber(text, by)
	case model.ToolChoice:
		next = stepChoice(text, by)
	}
	if next == "" {
		return false
	}
	s.ed.SetText([]byte(next))
	return true
}

// stepNumber adds by to the last digit of a number written without an exponent, keeping its digits; "" for any other text.
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

// stepChoice gives the choice after or before text, the first one when text is none of them.
func stepChoice(text string, by int) string {
	text = strings.Trim(strings.TrimSpace(text), `"`)
	for i, c := range choices {
		if c == text {
			return choices[(i+by+len(choices))%len(choices)]
		}
	}
	if text == "" {
		return choices[0]
	}
	return ""
}
