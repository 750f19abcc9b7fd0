package path

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// SyntaxError says why a text is not a path.
type SyntaxError struct {
	Col int    // from 1, in characters
	Msg string // without a full stop; it says what was meant, where that can be told
}

// Error gives the sentence, with the column in front.
func (e *SyntaxError) Error() string { return fmt.Sprintf("column %d: %s", e.Col, e.Msg) }

// maxSteps bounds a path: JSON is not nested deeper than jsonraw reads it.
const maxSteps = 10_000

// Parse reads a path. The error is a *SyntaxError.
func Parse(text string) (Path, error) {
	p, rest, err := Cut(text)
	if err == nil && rest != "" {
		err = (&reader{text: text, at: len(text) - len(rest)}).stray()
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Cut reads the path that a text begins with, and gives what is behind it: nothing, or what begins
// with an operator: =, := or +=. The error is a *SyntaxError.
func Cut(text string) (p Path, rest string, err error) {
	r := &reader{text: text}
	for {
		s, more, err := r.step(len(p) == 0)
		switch {
		case err != nil:
			return nil, "", err
		case !more:
			return p, text[r.at:], nil
		}
		if p = append(p, s); len(p) > maxSteps {
			return nil, "", r.fault(r.at, fmt.Sprintf("a path has %d steps at most", maxSteps))
		}
	}
}

// reader reads a path from its text.
type reader struct {
	text string
	at   int // the byte that comes next
}

// next is the byte that comes next, 0 at the end.
func (r *reader) next() byte { return r.peek(0) }

func (r *reader) peek(ahead int) byte {
	if r.at+ahead < len(r.text) {
		return r.text[r.at+ahead]
	}
	return 0
}

// step reads a step; more is false if the path ends.
func (r *reader) step(first bool) (s Step, more bool, err error) {
	switch c := r.next(); {
	case c == '[':
		s, err = r.bracket()
	case c == '.' && r.peek(1) == '[': // jq takes .["a"] as ["a"]
		r.at++
		s, err = r.bracket()
	case c == '.' && r.peek(1) == '"':
		r.at++
		s, err = r.quoted()
	case c == '.':
		r.at++
		s, err = r.name()
	case first:
		s, err = r.name()
	case c == 0 && r.at == len(r.text), r.operator():
		return Step{}, false, nil
	default:
		err = r.stray()
	}
	return s, err == nil, err
}

// operator reports whether an operator comes next.
func (r *reader) operator() bool {
	return r.next() == '=' || r.peek(1) == '=' && (r.next() == ':' || r.next() == '+')
}

// name reads a name without quotes. Letters and digits of every script are taken.
func (r *reader) name() (Step, error) {
	from := r.at
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		if c != '_' && !unicode.In(c, unicode.L, unicode.M, unicode.Nd) || c == utf8.RuneError {
			break
		}
		r.at += size
	}
	name := r.text[from:r.at]
	switch {
	case name == "" && from == 0:
		return Step{}, r.fault(from, "a name is missing")
	case name == "" && (r.at == len(r.text) || r.operator() || r.next() == '.'):
		return Step{}, r.fault(from, "a name is missing after the dot")
	case name == "":
		return Step{}, r.stray()
	case '0' <= name[0] && name[0] <= '9':
		return Step{}, r.digits(from, name)
	case !r.ends():
		return Step{}, r.stray()
	}
	return Step{Name: name, Plain: true}, nil
}

// ends reports whether a step may end where the reader is.
func (r *reader) ends() bool {
	return r.at == len(r.text) || r.next() == '.' || r.next() == '[' || r.operator()
}

// digits is the error of a name that begins with a digit.
func (r *reader) digits(from int, name string) error {
	if _, err := strconv.Atoi(name); err == nil {
		return r.fault(from, fmt.Sprintf("an element is written [%s], and a member of this name [%q]", name, name))
	}
	return r.fault(from, fmt.Sprintf("a name that begins with a digit stands in brackets and quotes: [%s]", jsonraw.Literal(r.word(from))))
}

// bracket reads a position or a name in brackets.
func (r *reader) bracket() (s Step, err error) {
	from := r.at
	r.at++
	if r.next() == '"' {
		s, err = r.quoted()
	} else {
		s, err = r.position()
	}
	if err != nil {
		return s, err
	}
	if r.next() != ']' {
		return s, r.fault(from, "the closing bracket is missing")
	}
	r.at++
	if !r.ends() {
		return s, r.stray()
	}
	s.Plain = false
	return s, nil
}

// quoted reads a name as a JSON string.
func (r *reader) quoted() (Step, error) {
	from := r.at
	end := jsonraw.StringEnd([]byte(r.text), from)
	literal := []byte(r.text[from:end])
	name, ok := jsonraw.Text(literal)
	switch {
	case len(literal) < 2 || !strings.HasSuffix(r.text[from+1:end], `"`):
		return Step{}, r.fault(from, "the closing quote of the name is missing")
	case !ok || jsonraw.Check(literal) != nil:
		return Step{}, r.fault(from, "the name is not a string as JSON writes it")
	}
	r.at = end
	return Step{Name: name}, nil
}

// position reads the position of an element.
func (r *reader) position() (Step, error) {
	from := r.at
	end := strings.IndexByte(r.text[from:], ']')
	if end < 0 {
		return Step{}, r.fault(from-1, "the closing bracket is missing")
	}
	word := r.text[from : from+end]
	i, err := strconv.Atoi(word)
	switch plain := strings.TrimSpace(word); {
	case err == nil && !strings.HasPrefix(word, "+"):
		r.at = from + end
		return Element(i), nil
	case plain == "" || plain == "*":
		return Step{}, r.fault(from, "a path leads to one place: a position is missing in the brackets")
	case strings.Contains(plain, ":"):
		return Step{}, r.fault(from, "a path leads to one place, not to a part of a list")
	case strings.HasPrefix(plain, "'"):
		return Step{}, r.fault(from, "a name stands in double quotes, not in single ones")
	case strings.Trim(plain, "+-0123456789") == "":
		return Step{}, r.fault(from, clip(plain)+" is not a position")
	}
	return Step{}, r.fault(from, fmt.Sprintf("a name in brackets stands in double quotes, and for the shell in single ones around them: '[%s]'", jsonraw.Literal(clip(word))))
}

// stray is the error of a character that no path has.
func (r *reader) stray() error {
	c, size := utf8.DecodeRuneInString(r.text[r.at:])
	switch from := r.begin(); {
	case r.at > 0 && r.text[r.at-1] == ']':
		return r.fault(r.at, fmt.Sprintf("a dot is missing before %s", clip(r.word(r.at))))
	case c == utf8.RuneError && size < 2:
		return r.fault(r.at, "a byte is not UTF-8")
	case from < r.at || c != ' ':
		return r.fault(r.at, fmt.Sprintf("%s stands in no name without quotes; a name that has it is written [%s]", shown(c), jsonraw.Literal(r.word(from))))
	default:
		return r.fault(r.at, "a space stands in no path")
	}
}

// begin is where the name that is being read begins.
func (r *reader) begin() int {
	return strings.LastIndexAny(r.text[:r.at], ".[]") + 1
}

// word is what was probably meant as one name: from a place to the next step or operator.
func (r *reader) word(from int) string {
	rest := &reader{text: r.text, at: from}
	for rest.at < len(r.text) && rest.next() != '.' && rest.next() != '[' && !rest.operator() {
		rest.at++
	}
	return clip(r.text[from:rest.at])
}

// fault is the error for a byte of the text.
func (r *reader) fault(at int, msg string) *SyntaxError {
	return &SyntaxError{utf8.RuneCountInString(r.text[:at]) + 1, msg}
}

// clip shortens a word for a sentence.
func clip(word string) string { return spell.Clip(word, 40) }

// shown names a character in a sentence.
func shown(c rune) string {
	switch {
	case c == ' ':
		return "a space"
	case unicode.IsPrint(c):
		return string(c)
	}
	return fmt.Sprintf("U+%04X", c)
}
