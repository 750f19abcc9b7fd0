package index

import (
	"bytes"
	"slices"

	"errata/model"
)

// Place is a member of a log that is searched, and how its text is read.
type Place struct {
	Member string
	As     Reading
}

// Term is a word that is looked for in some members of logs. The zero Term is the empty word, which
// every log holds.
type Term struct {
	word    []rune // folded
	kind    Kind   // of the bits that a document with the word has; 0 when nothing is known of it
	places  []Place
	spelled [][]byte // see spellings
}

// NewTerm looks for a word, in any case, in some places. kind is that of the texts to which all
// these places belong, 0 if one of them is in no signature.
func NewTerm(word string, kind Kind, places ...Place) Term {
	return Term{word: Fold(word), kind: kind, places: places, spelled: spellings(word)}
}

// Empty reports whether the word has no letters.
func (t Term) Empty() bool { return len(t.word) == 0 }

// Folded is the term without the spelling that was typed.
func (t Term) Folded() Term {
	t.spelled = nil
	return t
}

// Letters are the letters of the word, folded.
func (t Term) Letters() []rune { return t.word }

// Places are where the word is looked for.
func (t Term) Places() []Place { return t.places }

// bits are the bits that every document which holds the word has.
func (t Term) bits() []Bit {
	if t.kind == 0 {
		return nil
	}
	return Word(t.kind, t.word)
}

// In reports whether one of the members of a document contains the word. It is what decides: that a
// document is a candidate does not mean that it holds the word.
func (t Term) In(doc []byte) bool {
	return t.Empty() || t.in(read(doc, t.places))
}

// in is In of the values of the places.
func (t Term) in(values [][]byte) bool {
	for i, value := range values {
		if value == nil {
			continue
		}
		as := t.places[i].As
		if as == Whole && holdsSpelling(value, t.spelled) || holds(value, as, t.word) {
			return true
		}
	}
	return false
}

// read finds the values of some places in a document; nil for one that it does not have.
func read(doc []byte, places []Place) [][]byte {
	var few [8]string
	names := few[:0]
	for _, p := range places {
		names = append(names, p.Member)
	}
	values := make([][]byte, len(places))
	if ScanMembers(doc, names, values) {
		return values
	}
	clear(values)
	log, err := model.ParseLog(doc)
	if err != nil {
		return values
	}
	for i, name := range names {
		if v := log.Member(name); v.IsSet() {
			values[i] = v.Bytes()
		}
	}
	return values
}

// spellings lists ways to write a word that mean just that wherever they are in JSON; none when it
// holds what JSON may write in another way.
func spellings(word string) [][]byte {
	letter := func(b byte) bool {
		return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
	}
	for i := range len(word) {
		inside := i > 0 && i < len(word)-1
		if !letter(word[i]) && (word[i] != ' ' || !inside || !letter(word[i-1]) || !letter(word[i+1])) {
			return nil
		}
	}
	return slices.CompactFunc([][]byte{[]byte(word), bytes.ToLower([]byte(word))}, bytes.Equal)
}

// longestEscape is the most that an escape has after its backslash.
const longestEscape = 5

// holdsSpelling reports whether a value surely holds one of some spellings: not as a part of an
// escape.
func holdsSpelling(value []byte, spelled [][]byte) bool {
	for _, word := range spelled {
		if at := bytes.Index(value, word); at >= 0 && bytes.IndexByte(value[max(at-longestEscape, 0):at], '\\') < 0 {
			return true
		}
	}
	return false
}
