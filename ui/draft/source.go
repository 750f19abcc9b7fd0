package draft

import (
	"bytes"

	"errata/model"
	"errata/model/jsonraw"
)

// source says where the text of a recorded Open is found. What the base holds already is not
// written again.
type source byte

const (
	inRecord    source = iota // in the record itself
	baseLiteral               // it is the base's literal
	baseText                  // it is the text of the string that the base is
	sources                   // how many there are
)

// sourceOf finds where the text of an Open may be found; long ones only if they are worth the time.
func sourceOf(o *Open, thorough bool) source {
	switch {
	case len(o.Text) == 0:
		return inRecord
	case bytes.Equal(o.Text, o.Base.Bytes()):
		return baseLiteral
	case thorough && o.Base.Kind() == jsonraw.String && len(o.Text) <= len(o.Base.Bytes()):
		if jsonraw.Stands(o.Base.Bytes(), o.Text) {
			return baseText
		}
	}
	return inRecord
}

// record appends the source, and for a text that is found elsewhere its length and checksum.
func (s source) record(b, text []byte) (head, last []byte) {
	b = append(b, byte(s))
	if s == inRecord {
		return b, text
	}
	return number(number(b, len(text)), int(sum(text))), nil
}

// source reads a text.
func (r *reader) source(base model.Value) (text []byte, from source) {
	switch from = source(r.number()); from {
	case inRecord:
		return r.rest(), from
	case baseLiteral:
		text = base.Bytes()
	case baseText:
		text, _ = jsonraw.Decode(base.Bytes())
	}
	r.bad = r.bad || from >= sources || r.number() != len(text) || r.number() != int(sum(text))
	return text, from
}
