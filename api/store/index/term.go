package index

import (
	"bytes"
	"slices"

	"errata/model"
)

// Term is a word that is looked for in some members of logs. The zero Term is the empty word, which
// every log holds.
type Term struct {
	word    []rune   // folded
	members []string // their names
	spelled [][]byte // see spellings
}

// NewTerm looks for a word, in any case, in members with these names.
func NewTerm(word string, members ...string) Term {
	return Term{word: Fold(word), members: members, spelled: spellings(word)}
}

// Empty tells whether the word has no letters.
func (t Term) Empty() bool { return len(t.word) == 0 }

// Letters are the letters of the word, folded.
func (t Term) Letters() []rune { return t.word }

// In tells whether one of the members of a document contains the word. It is what decides: that a
// document is a candidate does not mean that it holds the word.
func (t Term) In(doc []byte) bool {
	if t.Empty() {
		return true
	}
	var few [4][]byte
	values := few[:0]
	for range t.members {
		values = append(values, nil)
	}
	if !scanMembers(doc, t.members, values) {
		log, err := model.ParseLog(doc)
		if err != nil {
			return false
		}
		for i, name := range t.members {
			if v := log.Member(name); v.IsSet() {
				values[i] = v.Bytes()
			}
		}
	}
	return slices.ContainsFunc(values, func(value []byte) bool {
		return holdsSpelling(value, t.spelled) || Contains(value, t.word)
	})
}

// spellings lists ways to write a word that mean just that wherever they stand in JSON; none when
// it holds what JSON may write in another way.
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
	return [][]byte{[]byte(word), bytes.ToLower([]byte(word))}
}

// longestEscape is the most that an escape has after its backslash.
const longestEscape = 5

// holdsSpelling tells whether a value surely holds one of some spellings: not as a part of an
// escape.
func holdsSpelling(value []byte, spelled [][]byte) bool {
	for _, word := range spelled {
		if at := bytes.Index(value, word); at >= 0 && bytes.IndexByte(value[max(at-longestEscape, 0):at], '\\') < 0 {
			return true
		}
	}
	return false
}
