package sanitize

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// show joins the glyphs of s, each in brackets when it is a mark, with | between.
func show(s string) string {
	var out []string
	for b, col := []byte(s), 0; len(b) > 0; {
		g := Next(b, col)
		text := g.Text
		if g.Mark {
			text = "[" + text + "]"
		}
		if g.Break {
			text += "¶"
			col = -g.Width
		}
		out = append(out, text)
		col += g.Width
		b = b[g.Len:]
	}
	return strings.Join(out, "|")
}

func TestGlyphs(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"ascii", "a ~", "a| |~"},
		{"line breaks", "a\nb\r\nc\rd", "a|¶|b|[␍]¶|c|[␍]|d"},
		{"controls", "\x00\x07\x1b\x1f\x7f", "[␀]|[␇]|[␛]|[␟]|[␡]"},
		{"tab reaches the next stop", "\tab\tc", "[→       ]|a|b|[→     ]|c"},
		{"C1", "\u0080\u009b", "[<U+0080>]|[<U+009B>]"},
		{"raw C1 byte", "\x9b1m", "[<9B>]|1|m"},
		{"bidi", "a\u202eb\u2066\u200f\u061c", "a|[<U+202E>]|b|[<U+2066>]|[<U+200F>]|[<U+061C>]"},
		{"zero width", "a\u200bb\u200c\u2060\ufeff\u180e", "a|[<U+200B>]|b|[<U+200C>]|[<U+2060>]|[<U+FEFF>]|[<U+180E>]"},
		{"separators", "\u2028\u2029\u0085", "[<U+2028>]|[<U+2029>]|[<U+0085>]"},
		{"soft hyphen", "a\u00adb", "a|[<U+00AD>]|b"},
		{"tags", "x\U000e0041\U000e007f", "x|[<U+E0041>]|[<U+E007F>]"},
		{"blank letters", "\u3164\u115f\u034f", "[<U+3164>]|[<U+115F>]|[<U+034F>]"},
		{"private use and noncharacters", "\ue000\U0010fffd\ufffe\ufdd0", "[<U+E000>]|[<U+10FFFD>]|[<U+FFFE>]|[<U+FDD0>]"},
		{"variation selectors", "a\ufe0f漢\ufe00\U000e0100❤\ufe0e", "a|[<U+FE0F>]|漢|[<U+FE00>]|[<U+E0100>]|❤|[<U+FE0E>]"},
		{"bad bytes", "\xff\xc3(\xe4\xbd", "[<FF>]|[<C3>]|(|[<E4>]|[<BD>]"},
		{"bad byte after a letter", "é\xe4\xbd", "é|[<E4>]|[<BD>]"},
		{"surrogates", "\xed\xa0\x80\xed\xbf\xbf\xed\xa0", "[<U+D800>]|[<U+DFFF>]|[<ED>]|[<A0>]"},
		{"replacement character", "\ufffd", "\ufffd"},
		{"combining", "e\u0301x", "e\u0301|x"},
		{"combining without a base", "\u0301x\n\u0301\x00\u0301", "[<U+0301>]|x|¶|[<U+0301>]|[␀]|[<U+0301>]"},
		{"too many marks", "a" + strings.Repeat("\u0301", 6), "a\u0301\u0301\u0301\u0301|[<U+0301>]|[<U+0301>]"},
		{"scripts", "日本語한ไทย", "日|本|語|한|ไ|ท|ย"},
		{"right to left letters", "שָל", "שָ|ל"},
		{"devanagari", "नमस्ते", "न|म|स्ते"},
		{"thai vowel without a base", "กำ\xffำ", "กำ|[<FF>]|[<U+0E33>]"},
		{"joiner outside emoji", "क्\u200dष a\u200db", "क्|[<U+200D>]|ष| |a|[<U+200D>]|b"},
		{"family", "👨‍👩‍👧‍👦!", "👨‍👩‍👧‍👦|!"},
		{"skin and gender", "👍🏽👩🏽‍❤️‍💋‍👨🏽", "👍🏽|👩🏽‍❤️‍💋‍👨🏽"},
		{"flags", "🇩🇪🇫🇷🇩", "🇩🇪|🇫🇷|🇩"},
		{"heart and keycap", "❤️1️⃣", "❤️|1️⃣"},
		{"one selector only", "❤\ufe0f\ufe0f", "❤\ufe0f|[<U+FE0F>]"},
		{"selector after a skin tone", "👍🏽\ufe0f", "👍🏽|[<U+FE0F>]"},
		{"joiner at the end", "👨\u200d", "👨|[<U+200D>]"},
		{"joiner and letter", "👨\u200dx", "👨|[<U+200D>]|x"},
		{"skin tone on a letter", "a🏽🏽", "a|[<U+1F3FD>]|[<U+1F3FD>]"},
		{"jamo without a lead", "a\u1161", "a|[<U+1161>]"},
		{"prepended letter alone", "\u0d4e", "[<U+0D4E>]"},
		{"prepended letter and a bad byte", "\u0d4e\xff", "[<U+0D4E>]|[<FF>]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := show(tt.in); got != tt.want {
				t.Errorf("\ngot  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestOverlongClustersAreMarked(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]string{
		"jamo": "\u1100", "family": "👨\u200d", "conjunct": "क्", "prepended": "\u0d4e",
	} {
		s := strings.Repeat(part, 200)
		b := []byte(s)
		if g := Next(b, 0); !g.Mark {
			t.Errorf("%s: got %q, want a mark", name, g.Text)
		}
		for len(b) > 0 {
			g := Next(b, 0)
			if g.Len > MaxLen {
				t.Fatalf("%s: a glyph of %d bytes", name, g.Len)
			}
			b = b[g.Len:]
		}
	}
}

// hard holds clusters that width functions disagree on.
var hard = []string{
	"a", "é", "e\u0301", "日", "한", "각", "ﾞ", "ｶﾞ", "ไ", "กำ", "नि", "क्ष", "স্ত্রী", "ﷺ", "𒐫", "⸻", "─", "①", "™", "…",
	"👍", "👍🏽", "👨‍👩‍👧‍👦", "❤️", "❤", "🏳️‍🌈", "1️⃣", "🇩🇪", "🇩", "🏽", "☺", "©", "©️", "㊗️", "\u3000", "\u00a0", "ᄀ", "\u0e33", "\u0600",
	"\t", "\x00", "\u200b", "\xff", "\u0d4eക", "\U0001fae8", "\U0001fadf",
}

func TestWidthsAgreeWithTheScreen(t *testing.T) {
	t.Parallel()
	for _, s := range hard {
		text, sum := "", 0
		for b := []byte(s); len(b) > 0; {
			g := Next(b, sum)
			if got := Width(g.Text); got != g.Width || g.Width < 1 {
				t.Errorf("%q: glyph %q has width %d, the screen says %d", s, g.Text, g.Width, got)
			}
			text, sum, b = text+g.Text, sum+g.Width, b[g.Len:]
		}
		if got := Width(text); got != sum {
			t.Errorf("%q: width %d, the screen says %d", s, sum, got)
		}
	}
}

// FuzzNext checks what the package promises of any bytes.
func FuzzNext(f *testing.F) {
	for _, s := range hard {
		f.Add([]byte(s), 3)
	}
	f.Add([]byte(strings.Join(hard, "")), 0)
	f.Add([]byte("\x1b]52;c;aGk=\x07\x1b[31m\u009b0m\r\n\u202e"), 7)
	f.Add([]byte("\u0d4e\xff\u0d4e\u200d❤\u200d\ufe0f"), 7)
	f.Fuzz(func(t *testing.T, b []byte, col int) {
		col &= 0xFF
		var line strings.Builder
		sum := 0
		for at := 0; at < len(b); {
			g := Next(b[at:], col+sum)
			if g.Len < 1 || g.Len > MaxLen || at+g.Len > len(b) {
				t.Fatalf("at %d: length %d", at, g.Len)
			}
			if g.Width < 1 && !g.Break {
				t.Fatalf("at %d: %q has width %d", at, g.Text, g.Width)
			}
			if near := Next(b[at:min(len(b), at+Lookahead)], col+sum); near != g {
				t.Fatalf("at %d: %+v with the lookahead, %+v with all", at, near, g)
			}
			checkSafe(t, g.Text)
			line.WriteString(g.Text)
			sum += g.Width
			at += g.Len
		}
		if got := Width(line.String()); got != sum {
			t.Fatalf("glyphs take %d cells, the screen says %d: %q", sum, got, line.String())
		}
	})
}

// checkSafe fails when s holds anything that a terminal would obey or not show.
func checkSafe(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Fatalf("not UTF-8: %q", s)
	}
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case r < 0x20, r >= 0x7F && r < 0xA0:
			t.Fatalf("control in %q", s)
		case r == '\u200D':
			if i == 0 || i+1 == len(runes) || runes[i-1] < 0xA9 || runes[i+1] < 0xA9 || isLetter(runes[i-1]) || isLetter(runes[i+1]) {
				t.Fatalf("joiner outside emoji in %q", s)
			}
		case r == '\uFE0F':
			if i == 0 || isLetter(runes[i-1]) || runes[i-1] == '\uFE0F' {
				t.Fatalf("selector outside emoji in %q", s)
			}
		case r == 0xAD, r == 0x61C, r == 0x180E, r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E,
			r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r >= 0xFE00 && r <= 0xFE0E, r >= 0xE0000 && r <= 0xE0FFF:
			t.Fatalf("invisible U+%04X in %q", r, s)
		}
	}
}

// isLetter knows enough scripts to catch a joiner within words.
func isLetter(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0x370 && r < 0x1FFF || r >= 0x3041 && r < 0x3200 || r >= 0x4E00 && r < 0xD800
}

func BenchmarkNext(b *testing.B) {
	for name, text := range map[string]string{"ascii": "The quick brown fox ", "han": "日本語文字", "mixed": "日e\u0301👨‍👩‍👧‍👦 x❤️", "bad": "\xff", "bidi": "\u202e", "jamo": "ᄀ"} {
		b.Run(name, func(b *testing.B) {
			text := []byte(strings.Repeat(text, 100))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for rest := text; len(rest) > 0; {
					rest = rest[Next(rest, 0).Len:]
				}
			}
		})
	}
}
