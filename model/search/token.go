package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a search, an operator between words, or a parenthesis.
type token struct {
	word   Word   // of a parenthesis that opens, what is said of all within it
	joins  string // AND, OR or NOT; then there is no word
	opens  bool
	shuts  bool
	end    bool // there are no more
	quoted bool
	col    int // from 1, in characters
}

// name is an operator or a parenthesis that opens, for a sentence.
func (t token) name() string {
	if t.opens {
		return "("
	}
	return t.joins
}

// scanner takes a search apart.
type scanner struct {
	text    string
	at      int
	open    int // parentheses
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
	if s.shutAt(s.at) {
		s.at, s.open, t.shuts = s.at+1, s.open-1, true
		return t
	}
	if s.text[s.at] == '-' && s.at+1 < len(s.text) && !s.endAt(s.at+1) {
		t.word.Not = true
		s.at++
	}
	t.word.Field = s.field()
	if s.at < len(s.text) && s.text[s.at] == '(' {
		s.at, s.open, t.opens = s.at+1, s.open+1, true
		return t
	}
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
	if !ok || !s.isField(name) || end >= len(s.text) || s.endAt(end) {
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

// plain takes a word up to the next white space, or to the parenthesis that closes the one in which
// it stands. A word may hold pairs of parentheses.
func (s *scanner) plain() string {
	from, inner := s.at, 0
	for ; s.at < len(s.text) && !s.spaceAt(s.at); s.at++ {
		switch s.text[s.at] {
		case '(':
			inner++
		case ')':
			if inner == 0 && s.open > 0 {
				return s.text[from:s.at]
			}
			inner = max(inner-1, 0)
		}
	}
	return s.text[from:s.at]
}

// endAt reports whether a word ends at a byte.
func (s *scanner) endAt(i int) bool { return s.spaceAt(i) || s.shutAt(i) }

// shutAt reports whether a parenthesis that is open is closed at a byte.
func (s *scanner) shutAt(i int) bool { return s.open > 0 && s.text[i] == ')' }

func (s *scanner) spaceAt(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	return unicode.IsSpace(r)
}
