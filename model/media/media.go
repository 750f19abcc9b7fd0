// Package media recognises the pictures, sounds and files that a log holds as text, in base64 or as
// a data: address, and says what they are: the type, the size, and the pixels or seconds if the
// header has them.
//
// It knows bytes of JSON and headers of formats. It must not know how anything is shown, nor
// fields.
package media

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"errata/model/figure"
)

// Data is what a string literal holds.
type Data struct {
	Kind string // image, audio, video or file
	Type string // the media type, "" when nothing tells it
	Name string // of a file, "" for none

	payload []byte // of the literal, its escapes among it
	plain   bool   // a data: address that is not in base64
}

// Of says what the string literal of a member holds, which may be called anything. ok is false for
// a text that is none. Of a long literal only the ends are looked at.
func Of(member string, literal []byte) (d Data, ok bool) {
	return of(member, literal, beside{})
}

// of is Of with the siblings of the member.
func of(member string, literal []byte, by beside) (d Data, ok bool) {
	if len(literal) < 2 || literal[0] != '"' {
		return Data{}, false
	}
	text := bytes.TrimSuffix(literal[1:], []byte(`"`))
	if d, ok = address(text); !ok {
		d = Data{payload: text}
		ok = d.isData(member, by)
	}
	if !ok {
		return Data{}, false
	}
	d.tell(member, by)
	return d, true
}

// tell finds out what the payload is.
func (d *Data) tell(member string, by beside) {
	if d.Type == "" {
		d.Type = by.mediaType
	}
	if d.Type == "" || d.Type == "application/octet-stream" {
		if known := sniff(d.head(64)); known != "" {
			d.Type = known
		}
	}
	d.Name = by.name
	d.Kind = kindOf(d.Type, member, by.kind)
}

// isData reports whether the payload, which is not an address, is base64 of something: by the type
// that is beside it, by its own header, or because it is longer than words and hashes are.
func (d *Data) isData(member string, by beside) bool {
	const word, long = 64, 1 << 10
	switch text := d.payload; {
	case by.text || len(text) < 4 || !isBase64(text):
		return false
	case holds(member) && by.mediaType != "" && !strings.HasPrefix(by.mediaType, "text/"):
		return true
	case len(text) >= word && sniff(d.head(64)) != "":
		return true
	case len(text) >= long || holds(member) && len(text) >= word:
		return mixed(text)
	}
	return false
}

// longest is the most of a data: address that is before its comma.
const longest = 300

// address reads a data: address.
func address(text []byte) (d Data, ok bool) {
	head := text[:min(len(text), longest)]
	comma := bytes.IndexByte(head, ',')
	if comma < 0 || len(head) < 5 || !strings.EqualFold(string(head[:5]), "data:") {
		return Data{}, false
	}
	kind := strings.ReplaceAll(string(head[5:comma]), `\/`, "/")
	kind, coded := strings.CutSuffix(kind, ";base64")
	if strings.ContainsAny(kind, " \"\\") {
		return Data{}, false
	}
	return Data{Type: kind, payload: text[comma+1:], plain: !coded}, true
}

// isBase64 reports whether the ends of a text are in either alphabet of base64; line breaks and
// escaped slashes may be among it.
func isBase64(text []byte) bool {
	const front, back = 4 << 10, 256
	if len(text) > front+back {
		return inAlphabet(text[:front]) && inAlphabet(text[len(text)-back:])
	}
	return inAlphabet(text)
}

func inAlphabet(text []byte) bool {
	text = unpadded(text)
	for i, c := range text {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("+/-_", c) >= 0:
		case c != '\\' || i+1 < len(text) && strings.IndexByte("/nr", text[i+1]) < 0:
			return false
		}
	}
	return true
}

// unpadded is base64 without the padding and the line breaks at its end.
func unpadded(text []byte) []byte {
	for n := len(text) + 1; len(text) < n; {
		n = len(text)
		text = bytes.TrimRight(text, "=")
		text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte(`\n`)), []byte(`\r`))
	}
	return text
}

// mixed reports whether the beginning of a text has capitals, small letters and digits, as words
// seldom do.
func mixed(text []byte) bool {
	var upper, lower, digit int
	for _, c := range text[:min(len(text), 256)] {
		switch {
		case 'a' <= c && c <= 'z':
			lower++
		case 'A' <= c && c <= 'Z':
			upper++
		case '0' <= c && c <= '9':
			digit++
		}
	}
	return upper >= 16 && lower >= 16 && digit >= 4
}

// String describes the data in a line: "[image image/png, 1,234 bytes, 640×480 pixels]".
func (d Data) String() string {
	words := d.Kind
	switch {
	case d.Type != "":
		words += " " + d.Type
	case d.Name == "" && d.Kind == "file":
		words = "base64"
	}
	words += ", " + figure.Size(d.Size())
	for _, more := range []string{d.extent(), d.Name} {
		if more != "" {
			words += ", " + more
		}
	}
	return "[" + strings.Map(oneLine, words) + "]"
}

// oneLine keeps a description on its line.
func oneLine(r rune) rune {
	if r == '\n' || r == '\r' {
		return '␤'
	}
	return r
}

// Size is the number of bytes that the data are.
func (d Data) Size() int {
	if d.plain {
		return len(d.payload)
	}
	text := unpadded(d.payload)
	n := len(text)
	if bytes.IndexByte(text, '\\') >= 0 {
		n -= bytes.Count(text, []byte(`\/`)) + 2*(bytes.Count(text, []byte(`\n`))+bytes.Count(text, []byte(`\r`)))
	}
	return base64.RawStdEncoding.DecodedLen(n)
}

// clean takes the escapes, the line breaks and the padding out of base64, and makes it of the usual
// alphabet.
var clean = strings.NewReplacer(`\/`, "/", `\n`, "", `\r`, "", "=", "", "-", "+", "_", "/")

// head is the first n bytes of the data, or somewhat less where there are escapes.
func (d Data) head(n int) []byte {
	chars := (n + 2) / 3 * 4
	text := d.payload[:min(len(d.payload), chars)]
	if d.plain {
		return text
	}
	if len(text) < len(d.payload) {
		text = bytes.TrimSuffix(text, []byte(`\`))
	}
	coded := clean.Replace(string(text))
	if len(text) < len(d.payload) || len(coded)%4 == 1 {
		coded = coded[:len(coded)/4*4]
	}
	out, _ := base64.RawStdEncoding.DecodeString(coded)
	return out
}

// Bytes decodes the data. It takes as long as they are many.
func (d Data) Bytes() ([]byte, error) {
	if !d.plain {
		out, err := base64.RawStdEncoding.DecodeString(clean.Replace(string(d.payload)))
		if err != nil {
			return nil, errors.New("the data are not base64: " + err.Error())
		}
		return out, nil
	}
	text, err := url.PathUnescape(strings.ReplaceAll(string(d.payload), `\/`, "/"))
	if err != nil {
		return nil, errors.New("the address cannot be read: " + err.Error())
	}
	return []byte(text), nil
}
