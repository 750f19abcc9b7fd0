package jsonraw

import "testing"

func TestKindOf(t *testing.T) {
	for raw, want := range map[string]struct {
		kind Kind
		word string
	}{
		"null":        {Null, "null"},
		" \t\r\ntrue": {True, "true"},
		"false":       {False, "false"},
		`"x"`:         {String, "a string"},
		"-1":          {Number, "a number"},
		"9e9":         {Number, "a number"},
		"[]":          {Array, "a list"},
		"{}":          {Object, "an object"},
		"":            {None, "nothing"},
		"  ":          {None, "nothing"},
		"NaN":         {None, "nothing"},
		"+1":          {None, "nothing"},
	} {
		got := KindOf([]byte(raw))
		if got != want.kind || got.Word() != want.word {
			t.Errorf("KindOf(%q) = %q %q, want %q %q", raw, got, got.Word(), want.kind, want.word)
		}
	}
}

func TestTrim(t *testing.T) {
	for raw, want := range map[string]string{
		"":            "",
		" \n":         "",
		" \t1 2\r\n":  "1 2",
		"\u00a01\f":   "\u00a01\f", // JSON knows four kinds of white space only
		"{ \"a\": 1}": "{ \"a\": 1}",
	} {
		if got := string(Trim([]byte(raw))); got != want {
			t.Errorf("Trim(%q) = %q, want %q", raw, got, want)
		}
	}
}
