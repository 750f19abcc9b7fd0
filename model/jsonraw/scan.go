package jsonraw

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth is the nesting that jsontext reads; deeper text is refused, which bounds every recursion
// here.
const maxDepth = 10_000

var (
	// strict finds duplicate names. Bytes that are not UTF-8 are looked for apart from it, because
	// jsontext would refuse the escape of a lone surrogate together with them.
	strict = []jsontext.Options{jsontext.AllowInvalidUTF8(true)}
	lax    = []jsontext.Options{jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)}
)

// newDecoder reads doc in place: jsontext takes the memory of a bytes.Buffer as it is.
func newDecoder(doc []byte, options []jsontext.Options) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(doc), options...)
}

// token is a scalar, a name or a bracket.
type token struct {
	Span
	kind Kind // also '}' and ']'
	name bool
}

func (t token) opens() bool  { return t.kind == Object || t.kind == Array }
func (t token) closes() bool { return t.kind == '}' || t.kind == ']' }

// scanner reads a text token by token, letting duplicate names and bad bytes through.
type scanner struct {
	doc []byte
	dec *jsontext.Decoder
}

func newScanner(doc []byte) *scanner {
	return &scanner{doc: doc, dec: newDecoder(doc, lax)}
}

// next reads a token. At the end of the text the error is io.EOF.
func (s *scanner) next() (token, error) {
	name := s.nameNext()
	from := s.offset()
	read, err := s.dec.ReadToken()
	if err != nil {
		return token{}, err
	}
	t := token{kind: Kind(read.Kind()), Span: Span{skipDelimiters(s.doc, from), s.offset()}}
	t.name = name && t.kind == String
	return t, nil
}

// nameNext reports whether a member's name, or the end of an object, comes next.
func (s *scanner) nameNext() bool {
	kind, length := s.top()
	return kind == Object && length%2 == 0
}

// top is the innermost open container, None at the top level, and how many names and values were
// read in it.
func (s *scanner) top() (Kind, int) {
	kind, length := s.dec.StackIndex(s.dec.StackDepth())
	return Kind(kind), int(length)
}

// offset is the position after the last token read.
func (s *scanner) offset() int { return int(s.dec.InputOffset()) }

// skipDelimiters finds the start of the next token in a text that jsontext has let through.
func skipDelimiters(doc []byte, i int) int {
	for i < len(doc) && (isSpace(doc[i]) || doc[i] == ',' || doc[i] == ':') {
		i++
	}
	return i
}
