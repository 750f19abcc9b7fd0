package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a search, or an operator between words.
type token struct {
	word   Word
	joins  string // AND, OR or NOT; then there is no word
	quoted bool
	col    int // from 1, in characters
}

// scanner takes a search apart.
type scanner struct {
	text    string
	at      int
	isField func(name string) bool
}

// split lists the tokens of a text.
func split(text string, isField func(name string) bool) (tokens []token) {
	s := &scanner{text: text, isField: isField}
	for s.skip(); s.at < len(text); s.skip() {
		tokens = append(tokens, s.next())
	}
	return tokens
}

// skip passes white space.
func (s *scanner) skip() {
	rest := strings.TrimLeftFunc(s.text[s.at:], unicode.IsSpace)
	s.at = len(s.text) - len(rest)
}

// next takes one token.
func (s *scanner) next() token {
	t := token{col: utf8.RuneCountInString(s.text[:s.at]) + 1}
	from := s.at
	if s.text[s.at] == '-' && s.at+1 < len(s.text) && !s.spaceAt(s.at+1) {
		t.word.Not = true
		s.at++
	}
	t.word.Field = s.field()
	if s.at < len(s.text) && s.text[s.at] == '"' {
		t.word.Text, t.quoted = s.quoted(), true
		if t.word.Text != "" {
			return t
		}
	}
	if !t.quoted {
		t.word.Text = s.plain()
	}
	whole := s.text[from:s.at]
	switch whole {
	case "AND", "OR", "NOT":
		t.joins = whole
	}
	if t.word.Text == "" || whole == "--" { // a sign without a word is a text
		t.word, t.quoted = Word{Text: whole}, false
	}
	return t
}

// field takes the name of a field and its colon, when a word follows them.
func (s *scanner) field() string {
	name, _, ok := strings.Cut(s.text[s.at:], ":")
	end := s.at + len(name) + 1
	if !ok || !s.isField(name) || end >= len(s.text) || s.spaceAt(end) {
		return ""
	}
	s.at = end
	return name
}

// quoted takes a text in quotes. Without a closing one it goes on to the end: somebody is typing
// it.
func (s *scanner) quoted() string {
	text, _, closed := strings.Cut(s.text[s.at+1:], `"`)
	s.at += 1 + len(text)
	if closed {
		s.at++
	}
	return text
}

// plain takes a word up to the next white space.
func (s *scanner) plain() string {
	rest := s.text[s.at:]
	n := strings.IndexFunc(rest, unicode.IsSpace)
	if n < 0 {
		n = len(rest)
	}
	s.at += n
	return rest[:n]
}

func (s *scanner) spaceAt(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return unicode.IsSpace(r)
}
