package jsonraw

import (
	"errors"
	"io"
	"iter"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Member is one member of an object, as spans of the document it was read from.
type Member struct {
	Name string // decoded; a lone surrogate in its three-byte form
	Key  Span   // the name as written, with its quotes
	Val  Span   // the value as written, without the white space around it
	Kind Kind
	// Err is why a strict reader refuses the value (bytes that are not UTF-8, a name twice), as a
	// *SyntaxError with positions from the start of the value; nil when it does not.
	Err error
}

// Element is one element of an array.
type Element struct {
	Val  Span
	Kind Kind
}

var errShape = errors.New("not one value of the wanted kind")

// Members lists the members of the object in doc, in order, duplicates included. doc must hold one
// JSON object and nothing after it; else the error is a *SyntaxError. A value that is well formed
// but that a strict reader refuses is listed with its Err; a byte order mark is refused.
func Members(doc []byte) ([]Member, error) {
	q := quickly(doc)
	defer q.done()
	if list, ok := q.members(); ok {
		return list, nil
	}
	if utf8.Valid(doc) {
		if list, err := members(doc, strict); err == nil {
			return list, nil
		}
	}
	list, err := members(doc, lax)
	if err != nil {
		return nil, shapeFault(doc, Object)
	}
	for i := range list {
		list[i].Err = Check(list[i].Val.Of(doc))
	}
	return list, nil
}

func members(doc []byte, options []jsontext.Options) ([]Member, error) {
	var list []Member
	err := walk(doc, Object, options, func(dec *jsontext.Decoder) error {
		from := int(dec.InputOffset())
		if _, err := dec.ReadToken(); err != nil {
			return err
		}
		key := Span{skipDelimiters(doc, from), int(dec.InputOffset())}
		val, err := skipValue(dec, doc)
		if err != nil {
			return err
		}
		list = append(list, Member{Name: decode(key.Of(doc)), Key: key, Val: val, Kind: KindOf(val.Of(doc))})
		return nil
	})
	return list, err
}

// Elements lists the elements of the array in doc, in order. Errors as for Members.
func Elements(doc []byte) ([]Element, error) {
	q := quickly(doc)
	defer q.done()
	if list, ok := q.elements(); ok {
		return list, nil
	}
	list, err := slowElements(doc)
	if err != nil {
		return nil, shapeFault(doc, Array)
	}
	return list, nil
}

// EachElement iterates over the elements of the array in doc, without making a list of them. doc
// must be well formed; anything but an array has no elements.
func EachElement(doc []byte) iter.Seq[Element] {
	return func(yield func(Element) bool) {
		at := skipSpace(doc, 0)
		if at == len(doc) || doc[at] != '[' {
			return
		}
		for end := at + 1; ; {
			_, from, ok := NextItem(doc, end, false)
			if !ok {
				return
			}
			end = ValueEnd(doc, from)
			if !yield(Element{Val: Span{from, end}, Kind: KindOf(doc[from:end])}) {
				return
			}
		}
	}
}

// EachMember iterates over the members of the object in doc: the names as written, and the values.
// doc must be well formed; anything but an object has no members.
func EachMember(doc []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, val []byte) bool) {
		at := skipSpace(doc, 0)
		if at == len(doc) || doc[at] != '{' {
			return
		}
		for end := at + 1; ; {
			key, from, ok := NextItem(doc, end, true)
			if !ok {
				return
			}
			if end = ValueEnd(doc, from); !yield(key.Of(doc), doc[from:end:end]) {
				return
			}
		}
	}
}

func slowElements(doc []byte) ([]Element, error) {
	var list []Element
	err := walk(doc, Array, lax, func(dec *jsontext.Decoder) error {
		val, err := skipValue(dec, doc)
		if err != nil {
			return err
		}
		list = append(list, Element{Val: val, Kind: KindOf(val.Of(doc))})
		return nil
	})
	return list, err
}

// walk calls item for each item of the container in doc and makes sure that nothing comes after it.
func walk(doc []byte, kind Kind, options []jsontext.Options, item func(*jsontext.Decoder) error) error {
	dec := newDecoder(doc, options)
	if Kind(dec.PeekKind()) != kind {
		return errShape
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for end := jsontext.Kind(kind.closer()); dec.PeekKind() != end; {
		if err := item(dec); err != nil {
			return err
		}
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	if _, err := dec.ReadToken(); !errors.Is(err, io.EOF) {
		return errShape
	}
	return nil
}

func skipValue(dec *jsontext.Decoder, doc []byte) (Span, error) {
	from := int(dec.InputOffset())
	if err := dec.SkipValue(); err != nil {
		return Span{}, err
	}
	return Span{skipDelimiters(doc, from), int(dec.InputOffset())}, nil
}

// Find returns the last member called name, which is the one that common readers take.
func Find(members []Member, name string) (Member, bool) {
	for i := len(members) - 1; i >= 0; i-- {
		if members[i].Name == name {
			return members[i], true
		}
	}
	return Member{}, false
}

// Glimpse returns the start of the value of the first member called name in the object in doc,
// looking only at doc[:limit]: its cost does not grow with the document. The bytes run to the end
// of what was looked at, so they are for KindOf and TextPrefix only; nil when the member was not
// seen.
func Glimpse(doc []byte, name string, limit int) []byte {
	doc = doc[:min(limit, len(doc))]
	s := newScanner(doc)
	if open, err := s.next(); err != nil || open.kind != Object {
		return nil
	}
	for {
		key, err := s.next()
		if err != nil || !key.name {
			return nil
		}
		if decode(key.Of(doc)) == name {
			return doc[skipDelimiters(doc, key.End):]
		}
		if s.dec.SkipValue() != nil {
			return nil
		}
	}
}
