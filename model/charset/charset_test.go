package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// in16 is a text as UTF-16 with its mark.
func in16(order binary.AppendByteOrder, text string) []byte {
	out := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestDecode(t *testing.T) {
	t.Parallel()
	const text = "{\"a\": \"é 漢 🙂\"}\r\n"
	for name, raw := range map[string][]byte{
		"UTF-8":                 []byte(text),
		"with a mark":           []byte(Mark + text),
		"little":                in16(binary.LittleEndian, text),
		"big":                   in16(binary.BigEndian, text),
		"little without a mark": in16(binary.LittleEndian, text)[2:],
		"big without a mark":    in16(binary.BigEndian, text)[2:],
	} {
		got, err := Decode(raw)
		if err != nil || string(got) != text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		r, err := NewReader(iotest.OneByteReader(bytes.NewReader(raw)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err = io.ReadAll(r); err != nil || string(got) != text {
			t.Errorf("%s, byte by byte: %q, %v", name, got, err)
		}
	}
}

func TestOddTexts(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("🙂é", 5000)
	if got, err := Decode(in16(binary.LittleEndian, long)); err != nil || string(got) != long {
		t.Errorf("a long text: %d bytes, %v", len(got), err)
	}
	for name, c := range map[string]struct{ raw, want string }{
		"empty":                    {"", ""},
		"a mark alone":             {Mark, ""},
		"bytes that are not UTF-8": {"caf\xe9", "caf\xe9"},
		"half a pair":              {"\xff\xfe\"\x00\x3d\xd8\"\x00", `"\ud83d"`},
		"half a pair at the end":   {"\xff\xfe\"\x00\x3d\xd8", `"\ud83d`},
		"halves in wrong order":    {"\xff\xfe\x42\xde\x3d\xd8", `\ude42\ud83d`},
	} {
		if got, err := Decode([]byte(c.raw)); err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
	if _, err := Decode([]byte("\xff\xfea\x00b")); !errors.Is(err, errHalf) {
		t.Errorf("half a character: %v", err)
	}
	if _, err := Decode([]byte("\xff\xfe\x00\x00a\x00\x00\x00")); !errors.Is(err, ErrWide) {
		t.Errorf("UTF-32: %v", err)
	}
	if IsUTF16([]byte("{}")) || !IsUTF16(in16(binary.BigEndian, "x")) {
		t.Error("UTF-16 is not told from UTF-8")
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	for most, want := range []string{"", "a", "a", "aä", "aä", "aä", "aä€", "aä€", "aä€"} {
		if got := Head("aä€", most); got != want {
			t.Errorf("%d: %q, want %q", most, got, want)
		}
	}
}
