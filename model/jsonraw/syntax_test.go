package jsonraw

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCheckAccepts(t *testing.T) {
	for _, text := range []string{
		`null`, ` true `, `0`, `-0.0e-0`, `1E+2`, `"\ud800"`, `"\udc00\ud800"`, `"\/\b\u0000"`, "\"\u2028\x7f\"",
		`{"\ud800":1,"\ud801":2}`, `[[],{},[{}]]`, "{\"a\":1,\r\n\t\"A\":1}", `9007199254740993`, `1e400`,
	} {
		if err := Check([]byte(text)); err != nil {
			t.Errorf("Check(%q): %v", text, err)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	tests := []struct {
		text      string
		line, col int
		msg       string
	}{
		{"", 1, 1, "the text is empty"},
		{" \n ", 2, 2, "the text is empty"},
		{"\ufeff{}", 1, 1, "a byte order mark stands before the text"},
		{`{"a":1 "b":2}`, 1, 8, "a comma is missing"},
		{"{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3, "a comma is missing"},
		{"[1 2]", 1, 4, "a comma is missing"},
		{`{"a":1`, 1, 7, "the closing brace is missing"},
		{"{", 1, 2, "the closing brace is missing"},
		{`{"a":1,`, 1, 8, "the closing brace is missing"},
		{`{"a":1]`, 1, 7, "the closing brace is missing"},
		{"[1", 1, 3, "the closing bracket is missing"},
		{"[1}", 1, 3, "the closing bracket is missing"},
		{`{"a":1,}`, 1, 7, "a comma stands before the closing brace"},
		{"[1,\n]", 1, 3, "a comma stands before the closing bracket"},
		{`{,"a":1}`, 1, 2, "a comma stands where a name is wanted"},
		{"[,1]", 1, 2, "a value is missing"},
		{`{"a":}`, 1, 6, "a value is missing"},
		{`{"a"`, 1, 5, "a colon is missing after the name"},
		{`{"a" 1}`, 1, 6, "a colon is missing after the name"},
		{`{"a":`, 1, 6, "the text ends where a value is wanted"},
		{"{a:1}", 1, 2, "a name in double quotes is missing"},
		{"{'a':1}", 1, 2, "a name stands in double quotes, not in single ones"},
		{`{"a":'b'}`, 1, 6, "a string stands in double quotes, not in single ones"},
		{`{"é": hello}`, 1, 7, "hello is not a JSON value; a string needs double quotes"},
		{`[True]`, 1, 2, "True is written true"},
		{`[None]`, 1, 2, "None is written null"},
		{"NaN", 1, 1, "NaN is not a JSON value; a string needs double quotes"},
		{"[01]", 1, 2, "01 is not a number as JSON writes it: a number has no zeros in front"},
		{"[-1.]", 1, 2, "-1. is not a number as JSON writes it: a digit stands on both sides of the point"},
		{"[+1]", 1, 2, "+1 is not a number as JSON writes it: a number has no plus sign in front"},
		{"[.5]", 1, 2, ".5 is not a number as JSON writes it: a digit stands on both sides of the point"},
		{"[1, 1.2.3]", 1, 5, "1.2.3 is not a number as JSON writes it: the decimal sign is a point, and digits are not grouped"},
		{"1,5", 1, 1, "1,5 is not a number as JSON writes it: the decimal sign is a point, and digits are not grouped"},
		{`{"a": 1,5}`, 1, 8, "a comma stands in a number: the decimal sign is a point, and digits are not grouped"},
		{`{"a": 1, 5}`, 1, 10, "a name in double quotes is missing"},
		{"[1_000]", 1, 2, "1_000 is not a number as JSON writes it: digits are not grouped"},
		{"[١٢٣]", 1, 2, "١٢٣ is not a number as JSON writes it: digits are 0 to 9"},
		{"1e", 1, 1, "1e is not a number as JSON writes it"},
		{"{} x", 1, 4, "something stands after the end of the value"},
		{"{}{}", 1, 3, "something stands after the end of the value"},
		{"1 \"", 1, 3, "something stands after the end of the value"},
		{`"abc`, 1, 1, "the closing quote of the string is missing"},
		{`{"a":"b`, 1, 6, "the closing quote of the string is missing"},
		{`"\`, 1, 1, "the closing quote of the string is missing"},
		{"[\"a\nb\"]", 1, 4, `a string runs over the end of its line; a line break inside it is written \n`},
		{"[\"a\tb\"]", 1, 4, `a tab stands in a string; there it is written \t`},
		{"[\"é\x01\"]", 1, 4, `a control character stands in a string; there it is written \u0001`},
		{`["a\q"]`, 1, 4, `a backslash before q is not an escape; a backslash itself is written \\`},
		{`["C:\"]`, 1, 2, "the closing quote of the string is missing"},
		{`["\u12x4"]`, 1, 3, `\u wants four hexadecimal digits`},
		{`{"a":1,"b":{"a":1,"\u0061":2}}`, 1, 19, `the name "\u0061" stands twice`},
		{"{\"a\": \"x\xff\"}", 1, 9, "a byte is not UTF-8"},
		{"[\"\xed\xa0\x80\"]", 1, 3, "a byte is not UTF-8"},
		{"[1,\u00a02]", 1, 4, "the character U+00A0 is out of place"},
		{"[1;2]", 1, 3, "a comma is missing"},
		{"]", 1, 1, "a value is missing"},
		{"// x", 1, 1, "the character / is out of place"},
	}
	for _, test := range tests {
		err := Check([]byte(test.text))
		var fault *SyntaxError
		if !errors.As(err, &fault) {
			t.Errorf("Check(%q): %v", test.text, err)
			continue
		}
		if fault.Line != test.line || fault.Col != test.col || fault.Msg != test.msg {
			t.Errorf("Check(%q): %v, want line %d, column %d: %s", test.text, err, test.line, test.col, test.msg)
		}
	}
}

func TestSyntaxErrorIsShort(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, text := range []string{long, "[1" + strings.Repeat("0.", 1<<20), `{"` + long + `":1,"` + long + `":2}`} {
		if err := Check([]byte(text)); err == nil || len(err.Error()) > 200 {
			t.Errorf("the error for %.20s… is %.300v", text, err)
		}
	}
}

// FuzzCheck holds Check against the standard library, which lets names stand twice and bad bytes
// through.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\ud800",null]}`, `{"a":1,"a":2}`, "\"\xff\"", `[01]`, `{"\ud800":1,"\ud801":2}`, "\ufeff1", `"\x"`, `[1,]`, "{} 1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		err := Check(text)
		if err == nil {
			if !json.Valid(text) || !utf8.Valid(text) {
				t.Fatalf("%q passes", text)
			}
			return
		}
		var fault *SyntaxError
		if !errors.As(err, &fault) || fault.Msg == "" || fault.Offset > len(text) || fault.Line < 1 || fault.Col < 1 {
			t.Fatalf("%q: %#v", text, err)
		}
		if !fault.Twice && !fault.Bytes && json.Valid(text) {
			t.Fatalf("%q is refused: %v", text, err)
		}
	})
}
