package jsonraw

import (
	"fmt"
	"strings"
	"testing"
)

func TestIndent(t *testing.T) {
	tests := []struct{ raw, want string }{
		{` 1.50 `, `1.50`},
		{`[]`, `[]`},
		{`[ { } ]`, "[\n  {}\n]"},
		{`{"a":1,"b":[1,[2]],"c":{}}`, "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    [\n      2\n    ]\n  ],\n  \"c\": {}\n}"},
		{`{"caf\u00e9":"\u3053\ud83d\ude00\/\u003c"}`, "{\n  \"café\": \"こ😀\\/<\"\n}"},
		{`{"a":1,"a":2}`, "{\n  \"a\": 1,\n  \"a\": 2\n}"},
		{`[1,`, `[1,`},
		{`1 2`, `1 2`},
	}
	for _, test := range tests {
		if got := string(Indent([]byte(test.raw))); got != test.want {
			t.Errorf("Indent(%s) =\n%s\nwant\n%s", test.raw, got, test.want)
		}
	}
}

func TestIndentDeepStaysShort(t *testing.T) {
	raw := strings.Repeat("[", 5000) + strings.Repeat("1,", 10_000) + "1" + strings.Repeat("]", 5000)
	laid := Indent([]byte(raw))
	if len(laid) > 200*20_000 || !Equal([]byte(raw), laid) {
		t.Errorf("%d bytes become %d", len(raw), len(laid))
	}
}

// What would be invisible, unsafe or not JSON stays an escape.
func TestIndentKeepsEscapes(t *testing.T) {
	for _, r := range []rune{
		'"', '\\', 0, '\n', 0x1B, 0x7F, 0x85, 0x9F, 0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D,
		0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066, 0x2069, 0x2800, 0x3000, 0x3164, 0xD800, 0xDFFF,
		0xE000, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFFD, 0xFFFE, 0xFFFF,
	} {
		raw := fmt.Sprintf(`"a\u%04xb"`, r)
		if got := string(Indent([]byte(raw))); got != raw {
			t.Errorf("%s is laid out as %q", raw, got)
		}
	}
	// a tag, a non-character
	for _, raw := range []string{`"\udb40\udc41"`, `"\udbff\udfff"`, `"\u0022\u005C\\u0041"`, `"\b\f\n\r\t\/"`} {
		if got := string(Indent([]byte(raw))); got != raw {
			t.Errorf("%s is laid out as %q", raw, got)
		}
	}
}

func TestCompact(t *testing.T) {
	for raw, want := range map[string]string{
		" { \"a b\" : [ 1 , 2.50 ] ,\n\"\\u0041\":\" \" } ": `{"a b":[1,2.50],"\u0041":" "}`,
		`[]`:         `[]`,
		"\n true\t":  `true`,
		`{"a": 1,}`:  `{"a": 1,}`,
		"[1, 2] [3]": "[1, 2] [3]",
	} {
		if got := string(Compact([]byte(raw))); got != want {
			t.Errorf("Compact(%q) = %s, want %s", raw, got, want)
		}
	}
}
