// Package charset gives the text of files as UTF-8: it takes byte order marks away and reads
// UTF-16, which Windows PowerShell writes. Bytes that are not UTF-8 pass through. It also cuts
// UTF-8 between characters.
//
// It knows encodings. It must not know what a text says.
package charset

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// Mark is the byte order mark of UTF-8.
const Mark = "\xef\xbb\xbf"

// ErrWide is the error for a text in UTF-32.
var ErrWide = errors.New("the text is UTF-32, which is not read: write it as UTF-8")

// errHalf is the error for UTF-16 of an odd number of bytes.
var errHalf = errors.New("the UTF-16 text ends in the middle of a character")

// encoding is how a text begins, and the order of the bytes of its units; none for UTF-8.
type encoding struct {
	mark  string
	order binary.ByteOrder
}

// detect tells the encoding from the first four bytes, or fewer of a shorter text. Without a mark
// it is UTF-16 when a character that JSON can begin with is beside a zero byte.
func detect(start []byte) (encoding, error) {
	little, big := encoding{"", binary.LittleEndian}, encoding{"", binary.BigEndian}
	begins := func(b byte) bool { return bytes.IndexByte([]byte("{[\" \t\r\n"), b) >= 0 }
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(start, []byte("\x00\x00\xfe\xff")):
		return encoding{}, ErrWide
	case bytes.HasPrefix(start, []byte(Mark)):
		return encoding{mark: Mark}, nil
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		little.mark = "\xff\xfe"
		return little, nil
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		big.mark = "\xfe\xff"
		return big, nil
	case len(start) > 3 && begins(start[0]) && start[1] == 0 && start[2] != 0 && start[3] == 0:
		return little, nil
	case len(start) > 3 && start[0] == 0 && begins(start[1]) && start[2] == 0 && start[3] != 0:
		return big, nil
	}
	return encoding{}, nil
}

// IsUTF16 reports whether a text is UTF-16.
func IsUTF16(text []byte) bool {
	e, err := detect(text[:min(4, len(text))])
	return err == nil && e.order != nil
}

// IsWide reports whether a text is UTF-16 or UTF-32.
func IsWide(text []byte) bool {
	e, err := detect(text[:min(4, len(text))])
	return err != nil || e.order != nil
}

// NewReader gives the text of r as UTF-8, without a byte order mark. Half of a surrogate pair
// becomes the JSON escape that stands for it. The error is ErrWide.
func NewReader(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	start, _ := in.Peek(4) // an error comes again with the first read
	e, err := detect(start)
	if err != nil {
		return nil, err
	}
	_, _ = in.Discard(len(e.mark))
	if e.order == nil {
		return in, nil
	}
	return &reader{in: in, order: e.order}, nil
}

// Decode is NewReader for a text that is in memory. One that is UTF-8 is not copied.
func Decode(text []byte) ([]byte, error) {
	e, err := detect(text[:min(4, len(text))])
	if err != nil {
		return nil, err
	}
	if text = text[len(e.mark):]; e.order == nil {
		return text, nil
	}
	return io.ReadAll(&reader{in: bytes.NewReader(text), order: e.order})
}

// reader makes UTF-8 of UTF-16.
type reader struct {
	in     io.Reader
	order  binary.ByteOrder
	raw    [4 << 10]byte
	kept   int    // bytes of raw that are not decoded yet: half a unit, or half a pair
	room   []byte // for UTF-8
	out    []byte // UTF-8 that was not handed out yet, a part of room
	failed error
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.failed != nil {
			return 0, r.failed
		}
		r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill decodes what can be read at once.
func (r *reader) fill() {
	n, err := r.in.Read(r.raw[r.kept:])
	units := r.raw[:r.kept+n]
	r.out = r.room[:0]
	for len(units) >= 2 {
		unit := rune(r.order.Uint16(units))
		if !utf16.IsSurrogate(unit) {
			r.out, units = utf8.AppendRune(r.out, unit), units[2:]
			continue
		}
		if len(units) < 4 && err == nil {
			break
		}
		if pair := r.pair(unit, units[2:]); pair != utf8.RuneError {
			r.out, units = utf8.AppendRune(r.out, pair), units[4:]
			continue
		}
		r.out, units = fmt.Appendf(r.out, `\u%04x`, unit), units[2:]
	}
	r.room, r.kept = r.out, copy(r.raw[:], units)
	if r.failed = err; errors.Is(err, io.EOF) && r.kept > 0 {
		r.failed = errHalf
	}
}

// pair is the character of a surrogate and the unit behind it, utf8.RuneError when they are no
// pair.
func (r *reader) pair(first rune, rest []byte) rune {
	if len(rest) < 2 {
		return utf8.RuneError
	}
	return utf16.DecodeRune(first, rune(r.order.Uint16(rest)))
}

// Head is the beginning of a UTF-8 text: at most so many bytes, and no part of a character.
func Head(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
