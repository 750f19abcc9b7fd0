package editor

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func TestFrames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		w, h       int
		options    Options
		want       string
		x, y       int
	}{
		{"empty", "", 10, 2, Options{}, "\n", 0, 0},
		{"lines", "one\ntwo", 10, 3, Options{}, "one\ntwo\n", 3, 1},
		{"after the last line break", "one\n", 10, 3, Options{}, "one\n\n", 0, 1},
		{"a space ends a full row", "hello world", 6, 3, Options{}, "hello \nworld\n", 5, 1},
		{"a full row and its end", "hello", 6, 2, Options{}, "hello\n", 5, 0},
		{"the row after a full row and a space", "hello ", 6, 2, Options{}, "hello \n", 0, 1},
		{"a long word fills rows", "abcdefghij", 6, 3, Options{}, "abcde\nfghij\n", 5, 1},
		{"a long word begins on the row", "a bcdefghij", 6, 3, Options{}, "a bcd\nefghi\nj", 1, 2},
		{"words go down whole", "one two three", 9, 3, Options{}, "one two \nthree\n", 5, 1},
		{"wide characters", "日本語", 6, 2, Options{}, "日本\n語", 2, 1},
		{"wide after words", "ab 日本語", 7, 2, Options{}, "ab 日\n本語", 4, 1},
		{"tab stops", "a\tb", 20, 1, Options{}, "a→      b", 9, 0},
		{"a tab below a wrap counts from its row", "aaaaaaaaa\tb", 10, 3, Options{}, "aaaaaaaaa\n→       b\n", 9, 1},
		{"CR LF", "a\r\nb", 10, 2, Options{}, "a␍\nb", 1, 1},
		{"controls and bad bytes", "\x00\x1b[31m\xff\u202e", 40, 1, Options{}, "␀␛[31m<FF><U+202E>", 18, 0},
		{"a mark wider than the row", "\u202e\u202e", 4, 3, Options{}, "<U+2\n<U+2\n", 3, 1},
		{"a wide character in one cell", "日", 1, 2, Options{}, " \n", 0, 0},
		{"emoji and combining", "👨‍👩‍👧‍👦e\u0301", 10, 1, Options{}, "👨‍👩‍👧‍👦e\u0301", 9, 0},
		{"right to left letters", "שלום x", 10, 1, Options{}, "שלום x", 6, 0},
		{"line numbers", "one\ntwo three four", 16, 4, Options{Gutter: true}, "  1 one\n  2 two three \n    four\n", 8, 2},
		{"no room for line numbers", "one", 6, 1, Options{Gutter: true}, "one", 3, 0},
		{"the end is in sight", "1\n2\n3\n4", 5, 2, Options{}, "3\n4", 1, 1},
		{"a viewer begins at the top", "1\n2\n3\n4", 5, 2, Options{ReadOnly: true}, "1\n2", -1, -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := sized(tt.text, tt.w, tt.h, tt.options)
			if got := m.View(); got != tt.want {
				t.Errorf("view:\n%q\nwant:\n%q", got, tt.want)
			}
			x, y, ok := m.Cursor()
			if ok != (tt.x >= 0) || ok && (x != tt.x || y != tt.y) {
				t.Errorf("cursor at %d, %d, %t; want %d, %d", x, y, ok, tt.x, tt.y)
			}
		})
	}
}

// coloured makes styles that tests can read.
func coloured() Styles {
	r := lipgloss.NewRenderer(nil)
	r.SetColorProfile(termenv.ANSI)
	s := func(c string) lipgloss.Style { return r.NewStyle().Foreground(lipgloss.Color(c)) }
	return Styles{Text: r.NewStyle(), Mark: s("1"), Match: s("2"), CurrentMatch: s("3"), Gutter: s("4"), Error: s("5")}
}

// tagged shows the colours of coloured as letters.
func tagged(view string) string {
	return strings.NewReplacer("\x1b[31m", "{m:", "\x1b[32m", "{s:", "\x1b[33m", "{c:", "\x1b[34m", "{g:", "\x1b[4;35m", "{e:",
		"\x1b[4;35;4m", "{e:", "\x1b[0m", "}").Replace(view)
}

func TestStyles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(m *Model)
		want string
	}{
		{"plain text has no codes", func(m *Model) { m.SetText([]byte("plain text")) }, "plain text"},
		{"marks next to each other are one run", func(m *Model) { m.SetText([]byte("a\x00\x01b")) }, "a{m:␀␁}b"},
		{"matches", func(m *Model) { m.Highlight([][2]int{{0, 2}, {4, 7}}, 1) }, "{s:on}e {c:two} \nthree"},
		{"a match over two rows", func(m *Model) { m.Highlight([][2]int{{6, 10}}, -1) }, "one tw{s:o }\n{s:th}ree"},
		{"a match within a cluster", func(m *Model) {
			m.SetText([]byte("e\u0301x"))
			m.Highlight([][2]int{{1, 3}}, -1)
		}, "{s:e\u0301}x"},
		{"a match of a line break", func(m *Model) {
			m.SetText([]byte("a\nb"))
			m.Highlight([][2]int{{1, 2}}, 0)
		}, "a{c: }\nb"},
		{"a change ends matches", func(m *Model) {
			m.Highlight([][2]int{{0, 2}}, 0)
			press(m, "backspace")
		}, "one two \nthre"},
		{"an error", func(m *Model) { m.MarkError(1, 5) }, "one {e:t}wo \nthree"},
		{"an error goes over a match", func(m *Model) { m.MarkError(1, 1); m.Highlight([][2]int{{0, 2}}, 0) }, "{e:o}{c:n}e two \nthree"},
		{"an error at the end", func(m *Model) { m.MarkError(1, 99) }, "one two \nthree{e: }"},
		{"an error at a line break", func(m *Model) { m.SetText([]byte("ab\nc")); m.MarkError(1, 3) }, "ab{e: }\nc"},
		{"no error any more", func(m *Model) { m.MarkError(1, 5); m.MarkError(0, 0) }, "one two \nthree"},
		{"an error beyond the last line", func(m *Model) { m.SetText([]byte("ab")); m.MarkError(9, 1) }, "ab{e: }"},
		{"an error counts code points", func(m *Model) { m.SetText([]byte("日本x")); m.MarkError(1, 3) }, "日本{e:x}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := sized("one two three", 11, 2, Options{Styles: coloured()})
			tt.do(m)
			if got := strings.TrimRight(tagged(m.View()), "\n"); got != tt.want {
				t.Errorf("\ngot  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestGutterIsStyled(t *testing.T) {
	t.Parallel()
	m := sized("a\nb", 30, 2, Options{Styles: coloured(), Gutter: true})
	if got, want := tagged(m.View()), "{g:  1} a\n{g:  2} b"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSetStyles(t *testing.T) {
	t.Parallel()
	m := sized("a\x00", 30, 1, Options{})
	m.SetStyles(coloured())
	if got, want := tagged(m.View()), "a{m:␀}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAnySize draws awkward text in every size, and goes from each to the next.
func TestAnySize(t *testing.T) {
	t.Parallel()
	text := "日本語 words and\ttabs \x00\x1b\u202e👨‍👩‍👧‍👦\r\n\n" + strings.Repeat("long", 60) + "\xff\n  e\u0301\nend"
	for _, o := range []Options{{}, {Gutter: true}, {ReadOnly: true}, {Single: true}} {
		m := New([]byte(text), o)
		m.GoTo(3, 100)
		for _, h := range []int{0, 1, 2, 3, 5, 9, 24, 60} {
			for w := 0; w <= 250; w += 1 + w/12 {
				m.SetSize(w, h)
				checkView(t, m)
				if _, _, ok := m.Cursor(); !ok && w > 0 && h > 0 && !o.ReadOnly {
					t.Fatalf("%d×%d: the cursor is out of sight", w, h)
				}
			}
		}
	}
}

func TestSizeKeepsTheCursorInSight(t *testing.T) {
	t.Parallel()
	m := sized(strings.Repeat("line\n", 100), 20, 30, Options{})
	for _, at := range []int{0, 250, 500} {
		m.GoToOffset(at)
		for _, size := range [][2]int{{20, 3}, {3, 3}, {80, 50}, {1, 1}} {
			m.SetSize(size[0], size[1])
			if _, _, ok := m.Cursor(); !ok {
				t.Errorf("byte %d at %v: out of sight", at, size)
			}
		}
	}
	m.SetSize(20, 50)
	press(m, "ctrl+end")
	if got := strings.Count(m.View(), "line"); got != 49 {
		t.Errorf("%d lines in sight at the end, want 49", got)
	}
}

func ExampleModel_View() {
	m := New([]byte("The bytes stay\x00as\nthey are."), Options{Gutter: true})
	m.SetSize(30, 2)
	fmt.Println(m.View())
	// Output:
	//   1 The bytes stay␀as
	//   2 they are.
}
