package model

import (
	"bytes"

	"errata/model/jsonraw"
)

// Value is what a log holds for a field: absent, null, or any JSON, as written. The zero Value is
// absent. Values are immutable; they may share memory with the document they came from.
type Value struct {
	raw []byte // the literal, nil if that is in parts: Bytes gives either
	// the PATCH of this value alone, of which raw is a part; nil for most, see SetPieces
	body  []byte
	apart *apart // of a large value that was made of another, see Spliced
	// where the elements of a large list of messages stand; nil if that is not known
	list *listed
}

// Absent is the value of a member that is not there.
var Absent = Value{}

// Null is the JSON null.
var Null = Value{raw: []byte("null")}

// Raw makes a value of a JSON literal, which must be valid and stay unmodified. White space around
// it is left out.
func Raw(literal []byte) Value { return Value{raw: jsonraw.Trim(literal)} }

// String makes a value of text; see jsonraw.Quote for the text that cannot be encoded.
func String(text string) (Value, error) {
	raw, err := jsonraw.Quote(text)
	if err != nil {
		return Absent, err
	}
	return Value{raw: raw}, nil
}

// IsAbsent reports whether the member is not there.
func (v Value) IsAbsent() bool { return len(v.raw) == 0 && v.apart == nil }

// IsNull reports whether the value is the JSON null.
func (v Value) IsNull() bool { return bytes.Equal(v.raw, Null.raw) }

// IsSet reports whether the value is there and not null.
func (v Value) IsSet() bool { return !v.IsAbsent() && !v.IsNull() }

// Kind is the JSON kind, jsonraw.None when absent.
func (v Value) Kind() jsonraw.Kind {
	if v.apart != nil {
		return jsonraw.KindOf(v.apart.split()[0])
	}
	return jsonraw.KindOf(v.raw)
}

// Bytes is the literal as written, nil when absent. The caller must not modify it. One that is in
// parts is put together the first time.
func (v Value) Bytes() []byte {
	switch {
	case v.apart != nil:
		literal, _ := v.apart.together()
		return literal
	case v.IsAbsent():
		return nil
	}
	return v.raw
}

// Text is the decoded string of a string value; ok as in jsonraw.Text.
func (v Value) Text() (text string, ok bool) { return jsonraw.Text(v.Bytes()) }

// Equal compares by meaning, see jsonraw.Equal. Absent and null differ.
func (v Value) Equal(w Value) bool {
	switch {
	case v.IsAbsent() || w.IsAbsent():
		return v.IsAbsent() && w.IsAbsent()
	case v.list != nil && w.list != nil:
		return v.list.equal(w.list)
	case v.apart != nil:
		return v.Parts().Equal(w.Bytes())
	case w.apart != nil:
		return w.Parts().Equal(v.raw)
	}
	return jsonraw.Equal(v.raw, w.raw)
}

// shares reports whether both are the very same bytes in memory.
func (v Value) shares(w Value) bool {
	return v.apart == w.apart && len(v.raw) == len(w.raw) && (len(v.raw) == 0 || &v.raw[0] == &w.raw[0])
}
