package jsonraw

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"errata/model/spell"
)

// SyntaxError says where a text stops being JSON.
type SyntaxError struct {
	Offset    int // bytes from the start
	Line, Col int // from 1; Col counts code points
	// one clause, lower case, without position: "a comma is missing", `the name "a" stands twice`
	Msg   string
	Twice bool // the text is JSON up to here, but a name stands twice in an object
	Bytes bool // the text is JSON up to here, but a byte of it is not UTF-8
}

// Error gives "line 3, column 7: a comma is missing".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Msg)
}

// InLine is an error of a text that is on one line: the column is enough.
func InLine(err error) error {
	var at *SyntaxError
	if errors.As(err, &at) && at.Line == 1 {
		return fmt.Errorf("column %d: %s", at.Col, at.Msg)
	}
	return err
}

// faultAt places an error in text.
func faultAt[T []byte | string](text T, offset int, msg string) *SyntaxError {
	line, col := Position(text, offset)
	return &SyntaxError{Offset: offset, Line: line, Col: col, Msg: msg}
}

// Position is the line and the column, from 1, of the byte at offset; columns count code points.
func Position[T []byte | string](text T, offset int) (line, col int) {
	before := string(text[:offset])
	start := strings.LastIndexByte(before, '\n') + 1
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[start:])
}

// Check reads text strictly as one JSON value: no duplicate names, no bad UTF-8, nothing after it.
// Lone surrogate escapes are let through. The error is a *SyntaxError.
func Check(text []byte) error {
	if q := (quick{doc: text}); q.whole() {
		return nil
	}
	if utf8.Valid(text) {
		dec := newDecoder(text, strict)
		if dec.SkipValue() == nil {
			if _, err := dec.ReadToken(); errors.Is(err, io.EOF) {
				return nil
			}
		}
	}
	// jsontext takes two names that differ only in their lone surrogates for the same: what it
	// refuses is read again here, and this reading counts.
	if fault := explain(text, true); fault != nil {
		return fault
	}
	return nil
}

// shapeFault explains why text is not one well-formed value of the wanted kind.
func shapeFault(text []byte, want Kind) error {
	if fault := explain(text, false); fault != nil {
		return fault
	}
	return faultAt(text, skipSpace(text, 0), want.Word()+" is wanted, not "+KindOf(text).Word())
}

// explain finds the first thing wrong with text and puts it into words; nil when nothing is. With
// strict false it lets duplicate names and bad bytes through.
func explain(text []byte, strict bool) *SyntaxError {
	s := newScanner(text)
	var seen []map[string]bool // the names of each open object, nil for a list
	for {
		kind, count := s.top()
		from := s.offset()
		t, err := s.next()
		switch {
		case errors.Is(err, io.EOF) && count > 0:
			return nil
		case err != nil:
			return (&clerk{text, kind, count}).fault(from)
		case kind == None && count > 0:
			return (&clerk{text, kind, count}).after(t.Start)
		case t.kind == Object:
			seen = append(seen, map[string]bool{})
		case t.kind == Array:
			seen = append(seen, nil)
		case t.closes():
			seen = seen[:len(seen)-1]
		}
		if !strict || t.kind != String {
			continue
		}
		if fault := badByte(text, t.Span); fault != nil {
			return fault
		}
		if t.name {
			name := decode(t.Of(text))
			if names := seen[len(seen)-1]; names[name] {
				fault := faultAt(text, t.Start, fmt.Sprintf("the name %s stands twice", clip(string(t.Of(text)))))
				fault.Twice = true
				return fault
			}
			seen[len(seen)-1][name] = true
		}
	}
}

func badByte(text []byte, span Span) *SyntaxError {
	literal := span.Of(text)
	for i := 0; i < len(literal); {
		if literal[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(literal[i:])
		if size == 1 {
			fault := faultAt(text, span.Start+i, "a byte is not UTF-8")
			fault.Bytes = true
			return fault
		}
		i += size
	}
	return nil
}

// NotUTF8 is the offset of the first byte of text that is not UTF-8, -1 when there is none.
func NotUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	return badByte(text, Span{0, len(text)}).Offset
}

// clip shortens a piece of the text for a message.
func clip(piece string) string { return spell.Clip(piece, 40) }
