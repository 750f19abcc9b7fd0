// Package search reads the language in which logs are searched.
//
// A search of plain words is one text, which a log has to contain, in any case:
//
//	gas mark                 the text "gas mark"
//	gas AND mark             both words, anywhere
//	gas OR electric          one of them
//	gas -oven                the first word and not the second; NOT oven is the same
//	"gas mark" oven          the text and the word; words that stand side by side are all wanted
//	error:timeout            the word in one field; error:"no answer" likewise a text
//	(gas OR wood) oven       parentheses put together; -(a b) and error:(a OR b) likewise
//
// AND binds stronger than OR. A text with none of these signs is never taken apart, so a search
// for a sentence finds the sentence; quotes keep a sign from being one. Parentheses alone are no
// sign, "f(x)" is a text, and so is one that closes what was never opened.
//
// The package knows only the language. It is given the fields that there are, and it does not know
// how a text is searched.
package search

import (
	"fmt"
	"strings"
)

// Word is a text that is looked for.
type Word struct {
	Text  string
	Field string // the field that it has to be in, "" for any that is searched
	Not   bool   // the log must not contain it
}

// Search is a parsed search: a log matches if it has all words of at least one of the groups. Any
// expression with parentheses can be written that way. The zero Search is empty, and every log
// matches it.
type Search struct{ Groups [][]Word }

// Error says at which column a text is not a search.
type Error struct {
	Col int // from 1, in characters
	Msg string
}

// Error gives the sentence, with the column in front.
func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Col, e.Msg) }

// Plain is the search for one text, whatever signs are in it.
func Plain(text string) Search {
	if text == "" {
		return Search{}
	}
	return Search{[][]Word{{{Text: text}}}}
}

// Empty reports whether nothing is looked for.
func (s Search) Empty() bool { return len(s.Groups) == 0 }

// Wanted lists the texts that a log matches because it contains them, for highlighting.
func (s Search) Wanted() []string {
	var texts []string
	for _, group := range s.Groups {
		for _, w := range group {
			if !w.Not {
				texts = append(texts, w.Text)
			}
		}
	}
	return texts
}

// Parse reads a search. isField says which words before a colon are fields; any other is a part of
// the text. The error is an *Error.
func Parse(text string, isField func(name string) bool) (Search, error) {
	tokens := split(text, isField)
	if !signed(text, tokens) {
		return Plain(strings.TrimSpace(text)), nil
	}
	groups, err := (&parser{tokens: tokens}).either(token{})
	if err != nil {
		return Search{}, err
	}
	return Search{groups}, nil
}

// signed reports whether one of the tokens is more than a plain word. A lone word with a minus is
// plain: it is a number, or an option of a command.
func signed(text string, tokens []token) bool {
	lone := len(strings.Fields(text)) < 2
	for _, t := range tokens {
		if t.quoted || t.word.Field != "" || !lone && (t.word.Not || t.joins != "") {
			return true
		}
	}
	return false
}
