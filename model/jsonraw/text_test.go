package jsonraw

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	tests := []struct{ raw, text string }{
		{`""`, ""},
		{` "a" `, "a"},
		{`"\"\\\/\b\f\n\r\t"`, "\"\\/\b\f\n\r\t"},
		{`"\u0000\u001F\u00e9\u20AC"`, "\x00\x1fé€"},
		{`"\ud83d\ude00"`, "😀"},
		{`"\ud800"`, "\xed\xa0\x80"},
		{`"\udc00\ud800x"`, "\xed\xb0\x80\xed\xa0\x80x"},
		{`"\ud83d\ud83d\ude00"`, "\xed\xa0\xbd😀"},
		{`"\ufffd�"`, "\ufffd\ufffd"},
	}
	for _, test := range tests {
		text, ok := Text([]byte(test.raw))
		if !ok || text != test.text {
			t.Errorf("Text(%s) = %q, %t, want %q", test.raw, text, ok, test.text)
		}
		if decoded, ok := Decode([]byte(test.raw)); !ok || string(decoded) != test.text {
			t.Errorf("Decode(%s) = %q, %t, want %q", test.raw, decoded, ok, test.text)
		}
		for other, want := range map[string]bool{test.text: true, test.text + "x": false, "x" + test.text: false, strings.TrimSuffix(test.text, "a"): !strings.HasSuffix(test.text, "a")} {
			if Stands([]byte(test.raw), []byte(other)) != want {
				t.Errorf("Stands(%s, %q) = %t", test.raw, other, !want)
			}
		}
	}
	for _, raw := range []string{``, `"`, `1`, `null`, `["a"]`, "\"\xff\"", "\"\xed\xa0\x80\""} {
		if text, ok := Text([]byte(raw)); ok {
			t.Errorf("Text(%q) = %q", raw, text)
		}
		if _, ok := Decode([]byte(raw)); ok || Stands([]byte(raw), []byte("\xff")) || Stands([]byte(raw), nil) {
			t.Errorf("%q stands for a text", raw)
		}
	}
}

func TestTextPrefix(t *testing.T) {
	tests := []struct {
		raw   string
		n     int
		text  string
		whole bool
	}{
		{`"hello"`, 10, "hello", true},
		{`"hello"`, 5, "hello", true},
		{`"hello"`, 2, "he", false},
		{`"hello"`, 0, "", false},
		{`""`, 5, "", true},
		{`"aéb"`, 2, "aé", false},
		{`"\ud83d\ude00b"`, 1, "😀", false},
		{`"\ud83db"`, 1, "\xed\xa0\xbd", false},
		{`"\n\u0041\\"`, 9, "\nA\\", true},
		{"\"a\xffb\"", 9, "a\xffb", true},
		{`"cut`, 9, "cut", false},
		{`"cut\`, 9, "cut", false},
		{`"cut\u00`, 9, "cut00", false},
		{`{}`, 9, "", false},
		{``, 9, "", false},
	}
	for _, test := range tests {
		text, whole := TextPrefix([]byte(test.raw), test.n)
		if text != test.text || whole != test.whole {
			t.Errorf("TextPrefix(%q, %d) = %q, %t, want %q, %t", test.raw, test.n, text, whole, test.text, test.whole)
		}
	}
}

func TestTextPrefixIsCheap(t *testing.T) {
	raw := []byte(`"` + strings.Repeat(`\u00e9`, 1<<20) + `"`)
	allocated := testing.AllocsPerRun(10, func() { TextPrefix(raw, 100) })
	if allocated > 10 {
		t.Errorf("a prefix takes %v allocations", allocated)
	}
	if text, _ := TextPrefix(raw, 100); len(text) > 104 {
		t.Errorf("a prefix of 100 bytes is %d long", len(text))
	}
}

func TestQuote(t *testing.T) {
	tests := []struct{ text, raw string }{
		{"", `""`},
		{"a\"b\\c/d", `"a\"b\\c/d"`},
		{"\b\f\n\r\t\x00\x1f\x7f", `"\b\f\n\r\t\u0000\u001f` + "\x7f\""},
		{"é€😀\u2028<&>", `"é€😀` + "\u2028" + `<&>"`},
		{"x\xed\xa0\x80y", `"x\ud800y"`},
		{"\xed\xa0\xbd\xed\xb8\x80", `"\ud83d\ude00"`}, // two halves that met are a pair
		{"\ufffd", "\"\ufffd\""},
	}
	for _, test := range tests {
		raw, err := Quote(test.text)
		if err != nil || string(raw) != test.raw {
			t.Errorf("Quote(%q) = %s, %v, want %s", test.text, raw, err, test.raw)
		}
	}
}

func TestQuoteRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"a\nb\xffc":     "line 2, column 2: a byte is not UTF-8",
		"é\xed\xa0":     "line 1, column 2: a byte is not UTF-8",
		"\xc0\x80":      "line 1, column 1: a byte is not UTF-8",
		"\xf4\x90\x80a": "line 1, column 1: a byte is not UTF-8",
	} {
		if raw, err := Quote(text); err == nil || err.Error() != want {
			t.Errorf("Quote(%q) = %s, %v, want %s", text, raw, err, want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, seed := range []string{"", "a", "\x00\"\\", "é😀", "\xed\xa0\x80", "\xed\xa0\xbd\xed\xb8\x80", "\xff", "\xed\xa0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw, err := Quote(text)
		if err != nil {
			if utf8.ValidString(text) {
				t.Fatalf("Quote(%q): %v", text, err)
			}
			return
		}
		if err := Check(raw); err != nil {
			t.Fatalf("Quote(%q) = %s: %v", text, raw, err)
		}
		back, ok := Text(raw)
		again, err := Quote(back)
		if !ok || err != nil || !Equal(raw, again) {
			t.Fatalf("%q comes back as %q", text, back)
		}
		if utf8.ValidString(text) && back != text {
			t.Fatalf("%q comes back as %q", text, back)
		}
	})
}
