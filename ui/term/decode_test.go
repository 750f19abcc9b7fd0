package term

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// events are byte sequences of terminals and what a model is told of each, as text.
var events = []struct{ name, in, want string }{
	{"letter", "a", "a"},
	{"capital", "G", "G"},
	{"space", " ", "space"},
	{"two letters", "gg", "g g"},
	{"umlaut", "ä", "ä"},
	{"han", "漢", "漢"},
	{"emoji", "👍", "👍"},
	{"replacement character typed", "\uFFFD", "\uFFFD"},
	{"enter", "\r", "enter"},
	{"newline", "\n", "ctrl+j"},
	{"tab", "\t", "tab"},
	{"backspace", "\x7f", "backspace"},
	{"ctrl+h", "\x08", "ctrl+h"},
	{"nul", "\x00", "ctrl+@"},
	{"ctrl+c", "\x03", "ctrl+c"},
	{"ctrl+s", "\x13", "ctrl+s"},
	{"ctrl+q", "\x11", "ctrl+q"},
	{"ctrl+z", "\x1a", "ctrl+z"},
	{"ctrl+backslash", "\x1c", "ctrl+\\"},
	{"ctrl+caret", "\x1e", "ctrl+^"},
	{"alt+r", "\x1br", "alt+r"},
	{"alt+umlaut", "\x1bä", "alt+ä"},
	{"alt+enter", "\x1b\r", "alt+enter"},
	{"alt+backspace", "\x1b\x7f", "alt+backspace"},
	{"alt+ctrl+a", "\x1b\x01", "alt+ctrl+a"},
	{"alt+space", "\x1b ", "alt+space"},
	{"up", "\x1b[A", "up"},
	{"down", "\x1b[B", "down"},
	{"right", "\x1b[C", "right"},
	{"left", "\x1b[D", "left"},
	{"application up", "\x1bOA", "up"},
	{"application left", "\x1bOD", "left"},
	{"shift+up", "\x1b[1;2A", "shift+up"},
	{"alt+up", "\x1b[1;3A", "alt+up"},
	{"alt+shift+left", "\x1b[1;4D", "alt+shift+left"},
	{"ctrl+left", "\x1b[1;5D", "ctrl+left"},
	{"ctrl+shift+right", "\x1b[1;6C", "ctrl+shift+right"},
	{"alt+up, rxvt", "\x1b\x1b[A", "alt+up"},
	{"shift+up, rxvt", "\x1b[a", "shift+up"},
	{"ctrl+right, rxvt", "\x1bOc", "ctrl+right"},
	{"home", "\x1b[H", "home"},
	{"home, numbered", "\x1b[1~", "home"},
	{"home, rxvt", "\x1b[7~", "home"},
	{"shift+home, rxvt", "\x1b[7$", "shift+home"},
	{"ctrl+end, rxvt", "\x1b[8^", "ctrl+end"},
	{"ctrl+shift+end, rxvt", "\x1b[8@", "ctrl+shift+end"},
	{"end", "\x1b[F", "end"},
	{"end, application", "\x1bOF", "end"},
	{"ctrl+home", "\x1b[1;5H", "ctrl+home"},
	{"shift+end", "\x1b[1;2F", "shift+end"},
	{"pgup", "\x1b[5~", "pgup"},
	{"pgdown", "\x1b[6~", "pgdown"},
	{"ctrl+pgdown", "\x1b[6;5~", "ctrl+pgdown"},
	{"alt+pgup", "\x1b[5;3~", "alt+pgup"},
	{"insert", "\x1b[2~", "insert"},
	{"delete", "\x1b[3~", "delete"},
	{"shift+tab", "\x1b[Z", "shift+tab"},
	{"f1", "\x1bOP", "f1"},
	{"f1, numbered", "\x1b[11~", "f1"},
	{"f1, Linux console", "\x1b[[A", "f1"},
	{"f5, Linux console", "\x1b[[E", "f5"},
	{"shift+f1", "\x1b[1;2P", "f13"},
	{"alt+f4", "\x1b[1;3S", "alt+f4"},
	{"f5", "\x1b[15~", "f5"},
	{"shift+f5", "\x1b[15;2~", "f17"},
	{"f12", "\x1b[24~", "f12"},
	{"f20", "\x1b[34~", "f20"},
	{"keypad enter", "\x1bOM", "enter"},
	{"keypad 7", "\x1bOw", "7"},
	{"ctrl+f1, old xterm", "\x1bO5P", "f1"},
	{"shift+enter told by number", "\x1b[13;2u", "enter"},
	{"ctrl+i told by number", "\x1b[105;5u", "tab"},
	{"shift+tab told by number", "\x1b[9;2u", "shift+tab"},
	{"ctrl+s told by number", "\x1b[27;5;115~", "ctrl+s"},
	{"alt+A told by number", "\x1b[97;4u", "alt+A"},
	{"nonsense told by number", "\x1b[16000000;5u", ""},
	{"wheel up", "\x1b[<64;10;5M", "mouse wheel up 9,4"},
	{"wheel down", "\x1b[<65;1;1M", "mouse wheel down 0,0"},
	{"click", "\x1b[<0;120;40M", "mouse left press 119,39"},
	{"release", "\x1b[<0;3;4m", "mouse left release 2,3"},
	{"ctrl+click", "\x1b[<16;3;4M", "mouse ctrl+left press 2,3"},
	{"drag", "\x1b[<32;3;4M", "mouse left motion 2,3"},
	{"motion", "\x1b[<35;3;4M", "mouse motion 2,3"},
	{"button 8", "\x1b[<128;3;4M", "mouse backward press 2,3"},
	{"click, X10", "\x1b[M !!", "mouse left press 0,0"},
	{"release, X10", "\x1b[M#!!", "mouse release 0,0"},
	{"wheel up, X10", "\x1b[M`!!", "mouse wheel up 0,0"},
	{"click far right, X10", "\x1b[M \xf0!", "mouse left press 207,0"},
	{"mouse with a word missing", "\x1b[<0;3M", ""},
	{"mouse at row 0", "\x1b[<0;3;0M", ""},
	{"focus", "\x1b[I", ""},
	{"blur", "\x1b[O", ""},
	{"device attributes", "\x1b[?62;4c", ""},
	{"secondary attributes", "\x1b[>0;276;0c", ""},
	{"cursor position", "\x1b[24;80R", ""},
	{"mode report", "\x1b[?2026;2$y", ""},
	{"ansi mode report", "\x1b[4;2$y", ""},
	{"window size report", "\x1b[8;24;80t", ""},
	{"keyboard report", "\x1b[?1u", ""},
	{"background, BEL", "\x1b]11;rgb:ffff/ffff/ffff\a", "dark false"},
	{"background, ST", "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "dark true"},
	{"background, short", "\x1b]11;rgb:f/f/f\a", "dark false"},
	{"background, alpha", "\x1b]11;rgba:00/00/00/ff\a", "dark true"},
	{"background, nonsense", "\x1b]11;rgb:zz/1/2\a", ""},
	{"background, seven digits", "\x1b]11;rgb:1234567/1/2\a", ""},
	{"foreground", "\x1b]10;rgb:0000/0000/0000\x1b\\", ""},
	{"clipboard", "\x1b]52;c;aGVsbG8=\a", ""},
	{"DCS answer", "\x1bP1+r544e=787465726d\x1b\\", ""},
	{"APC answer", "\x1b_Gi=31;OK\x1b\\", ""},
	{"string with ß", "\x1b]2;stra\u00dfe \u071c\x1b\\", ""},
	{"invalid byte", "\xff", ""},
	{"invalid byte between", "a\xffb", "a b"},
	{"raw C1", "\x9b", ""},
	{"overlong", "\xc0\x80", ""},
	{"surrogate", "\xed\xa0\x80", ""},
	{"alt+invalid", "\x1b\xffx", "x"},
	{"sequence broken off by a sequence", "\x1b[1;\x1b[A", "up"},
	{"sequence broken off by a control", "\x1b[1;5\x03", "ctrl+c"},
	{"mouse broken off", "\x1b[<\x03", "ctrl+c"},
	{"string broken off by ctrl+c", "\x1b]11;rgb\x03", "ctrl+c"},
	{"string broken off by a sequence", "\x1b]11;rgb\x1b[A", "up"},
	{"alt+O, then enter", "\x1bO\r", "alt+O enter"},
	{"esc twice, then a letter", "\x1b\x1bx", "esc alt+x"},
	{"empty paste", pasteStart + pasteEnd, `paste ""`},
	{"paste", pasteStart + "héllo" + pasteEnd, `paste "héllo"`},
	{"paste of lines", pasteStart + "a\rb\r\rc\r" + pasteEnd, `paste "a\nb\n\nc\n"`},
	{"paste of CRLF", pasteStart + "a\r\nb\nc" + pasteEnd, `paste "a\r\nb\nc"`},
	{"paste of invalid bytes", pasteStart + "\xff\x00\xc3" + pasteEnd, `paste "\xff\x00\xc3"`},
	{"paste of sequences", pasteStart + "\x1b[A\x1b]11;x\a\x1b[200~\x1b[201\x1b" + pasteEnd, `paste "\x1b[A\x1b]11;x\a\x1b[200~\x1b[201\x1b"`},
	{"paste between keys", "x" + pasteStart + "q\x11\n" + pasteEnd + "\x1b[A", `x paste "q\x11\n" up`},
	{"two pastes", pasteStart + "1" + pasteEnd + pasteStart + "2" + pasteEnd, `paste "1" paste "2"`},
	{"stray end of paste", pasteEnd + "x", "x"},
}

// say puts a message into words.
func say(msg tea.Msg) string {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return strings.ReplaceAll(msg.String(), " ", "space")
	case tea.MouseMsg:
		return fmt.Sprintf("mouse %s %d,%d", msg, msg.X, msg.Y)
	case PasteMsg:
		return fmt.Sprintf("paste %q", msg.Text)
	case BackgroundMsg:
		return fmt.Sprintf("dark %v", msg.Dark)
	}
	return fmt.Sprintf("%T", msg)
}

// hear feeds the parts one after the other and says what became of them.
func hear(parts ...string) string {
	var d decoder
	var said []string
	emit := func(msg tea.Msg) { said = append(said, say(msg)) }
	for _, p := range parts {
		d.feed([]byte(p), emit)
	}
	return strings.Join(said, " ")
}

func TestDecodeWhole(t *testing.T) {
	for _, e := range events {
		t.Run(e.name, func(t *testing.T) {
			if got := hear(e.in); got != e.want {
				t.Errorf("%q: got %s, want %s", e.in, got, e.want)
			}
		})
	}
}

func TestDecodeSplitAnywhere(t *testing.T) {
	for _, e := range events {
		in := "<" + e.in + ">"
		want := strings.Join(strings.Fields("< "+e.want+" >"), " ")
		for i := range len(in) + 1 {
			for j := i; j <= len(in); j++ {
				got := strings.Join(strings.Fields(hear(in[:i], in[i:j], in[j:])), " ")
				if got != want {
					t.Fatalf("%s, %q | %q | %q: got %s, want %s", e.name, in[:i], in[i:j], in[j:], got, want)
				}
			}
		}
	}
}

func TestDecodeByteByByte(t *testing.T) {
	var in, want []string
	for _, e := range events {
		in = append(in, strings.Split(e.in, "")...)
		if e.want != "" {
			want = append(want, e.want)
		}
	}
	var bytewise []string
	for _, b := range []byte(strings.Join(in, "")) {
		bytewise = append(bytewise, string([]byte{b}))
	}
	if got := hear(bytewise...); got != strings.Join(want, " ") {
		t.Errorf("got  %s\nwant %s", got, strings.Join(want, " "))
	}
}

// Bubble Tea's own names are what screens bind to: a key that both know must be told alike.
func TestKeyShapes(t *testing.T) {
	for in, want := range map[string]tea.KeyMsg{
		" ":         {Type: tea.KeySpace, Runes: []rune{' '}},
		"\x1b ":     {Type: tea.KeySpace, Runes: []rune{' '}, Alt: true},
		"x":         {Type: tea.KeyRunes, Runes: []rune{'x'}},
		"\x1b[13u":  {Type: tea.KeyEnter},
		"\x1b[1;7H": {Type: tea.KeyCtrlHome, Alt: true},
	} {
		var got []tea.Msg
		var d decoder
		d.feed([]byte(in), func(m tea.Msg) { got = append(got, m) })
		if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%q: got %#v, want %#v", in, got, want)
		}
	}
}

func TestExpire(t *testing.T) {
	tests := []struct {
		name, in, want string
		patience       bool // something is pending
	}{
		{"esc", "\x1b", "esc", true},
		{"esc twice", "\x1b\x1b", "esc esc", true},
		{"alt+[", "\x1b[", "alt+[", true},
		{"alt+]", "\x1b]", "alt+]", true},
		{"alt+O", "\x1bO", "alt+O", true},
		{"alt+P", "\x1bP", "alt+P", true},
		{"half an arrow", "\x1b[1;", "", true},
		{"half an answer", "\x1b]11;rgb:ff", "", true},
		{"half a letter", "\xe6\xbc", "", true},
		{"half a mouse", "\x1b[M !", "", true},
		{"nothing", "a", "a", false},
		{"half a paste stays", pasteStart + "abc", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var d decoder
			var said []string
			emit := func(msg tea.Msg) { said = append(said, say(msg)) }
			d.feed([]byte(tt.in), emit)
			if got := d.patience() >= 0; got != tt.patience {
				t.Errorf("pending %v, want %v", got, tt.patience)
			}
			d.expire(emit)
			if got := strings.Join(said, " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if d.patience() >= 0 {
				t.Error("still pending")
			}
		})
	}
}

func TestLoneEscIsQuick(t *testing.T) {
	var d decoder
	d.feed([]byte("\x1b"), func(tea.Msg) { t.Error("too early") })
	if d.patience() != escWait {
		t.Errorf("ESC waits %v", d.patience())
	}
	d.feed([]byte("]11;rgb:"), func(tea.Msg) { t.Error("an answer was typed") })
	if d.patience() <= tailWait {
		t.Errorf("a slow answer is given %v only", d.patience())
	}
}

// A string that never ends neither fills the memory nor swallows the next key for ever.
func TestEndlessString(t *testing.T) {
	for _, intro := range []string{"\x1b]11;", "\x1bP", "\x1b[1"} {
		var d decoder
		var got []string
		emit := func(msg tea.Msg) { got = append(got, say(msg)) }
		d.feed([]byte(intro), emit)
		for range 100 {
			d.feed(bytes.Repeat([]byte("1"), 5000), emit)
		}
		if len(d.buf) > 2*maxHeld {
			t.Errorf("%q: holds %d bytes", intro, len(d.buf))
		}
		d.feed([]byte("\x03x"), emit)
		if strings.Join(got, " ") != "ctrl+c x" {
			t.Errorf("%q: got %.60s", intro, got)
		}
	}
}

func TestLargePaste(t *testing.T) {
	text := strings.Repeat("a line of the paste: é漢\n", 400_000) // 10 MB
	sent := pasteStart + strings.ReplaceAll(text, "\n", "\r") + pasteEnd + "x"
	var d decoder
	var got []tea.Msg
	for at := 0; at < len(sent); at += 4095 { // as a pseudo-terminal hands it over
		d.feed([]byte(sent[at:min(at+4095, len(sent))]), func(m tea.Msg) { got = append(got, m) })
	}
	if len(got) != 2 {
		t.Fatalf("%d events", len(got))
	}
	if p, ok := got[0].(PasteMsg); !ok || p.Text != text {
		t.Errorf("the paste differs")
	}
}

// FuzzDecode: whatever comes in whatever pieces never breaks the decoder, means the same in one
// piece as in two, and types no control character as text.
func FuzzDecode(f *testing.F) {
	for _, e := range events {
		f.Add([]byte(e.in), 1)
	}
	f.Add([]byte("\x1b[<0;1"), 3)
	f.Add([]byte("\x1b\x1b\x1b[\x1bO\x1b]"), 2)
	f.Fuzz(func(t *testing.T, in []byte, at int) {
		if at < 0 || at > len(in) {
			at = len(in) / 2
		}
		one, two := hear(string(in)), hear(string(in[:at]), string(in[at:]))
		if one != two {
			t.Errorf("in one piece %s\nin two       %s", one, two)
		}
		var d decoder
		d.feed(in, func(msg tea.Msg) {
			k, ok := msg.(tea.KeyMsg)
			if !ok || k.Type != tea.KeyRunes {
				return
			}
			if len(k.Runes) != 1 || k.Runes[0] < 0x20 || !utf8.ValidRune(k.Runes[0]) {
				t.Errorf("typed %q", k.Runes)
			}
		})
		d.expire(func(tea.Msg) {})
	})
}

func BenchmarkPaste10MB(b *testing.B) {
	in := []byte(pasteStart + strings.Repeat("0123456789abcdef", 640<<10) + pasteEnd)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		var d decoder
		for at := 0; at < len(in); at += 4095 {
			d.feed(in[at:min(at+4095, len(in))], func(tea.Msg) {})
		}
	}
}
