package jsonraw

// Kind is the first byte of a JSON value, with every number folded to '0': one of n t f " 0 { [, or 0
// for no value at all.
type Kind byte

// The kinds of a JSON value.
const (
	None   Kind = 0
	Null   Kind = 'n'
	True   Kind = 't'
	False  Kind = 'f'
	String Kind = '"'
	Number Kind = '0'
	Object Kind = '{'
	Array  Kind = '['
)

// Word names the kind for a sentence: "a string", "an object", "nothing".
func (k Kind) Word() string { panic("todo") }

// KindOf tells the kind of the value that raw starts with, leading white space skipped. It does not
// check the value.
func KindOf(raw []byte) Kind { panic("todo") }

// Span is a half-open range of bytes in a document.
type Span struct{ Start, End int }

// Of returns the bytes that the span covers in doc, sharing memory with doc.
func (s Span) Of(doc []byte) []byte { return doc[s.Start:s.End:s.End] }

// Member is one member of an object, as spans of the document it was read from.
type Member struct {
	Name string // decoded; a lone surrogate in its three-byte form
	Key  Span   // the name as written, with its quotes
	Val  Span   // the value as written, without the white space around it
	Kind Kind
	Err  error // why a strict reader refuses the value (bytes that are no UTF-8, a name twice); nil when it does not
}

// Element is one element of an array.
type Element struct {
	Val  Span
	Kind Kind
}

// Members lists the members of the object in doc, in order, duplicates included. doc must hold one
// JSON object and nothing after it; else the error is a *SyntaxError. A value that is well formed but
// that a strict reader refuses is listed with its Err; a byte order mark is refused.
func Members(doc []byte) ([]Member, error) { panic("todo") }

// Elements lists the elements of the array in doc, in order. Errors as for Members.
func Elements(doc []byte) ([]Element, error) { panic("todo") }

// Find returns the last member called name, which is the one that common readers take.
func Find(members []Member, name string) (Member, bool) { panic("todo") }

// SyntaxError says where a text stops being JSON.
type SyntaxError struct {
	Offset    int    // bytes from the start
	Line, Col int    // from 1; Col counts code points
	Msg       string // one clause, lower case, without position: "a comma is missing", `the name "a" stands twice`
}

// Error gives "line 3, column 7: a comma is missing".
func (e *SyntaxError) Error() string { panic("todo") }

// Check reads text strictly as one JSON value: no duplicate names, no bad UTF-8, nothing after it.
// Lone surrogate escapes are let through. The error is a *SyntaxError.
func Check(text []byte) error { panic("todo") }

// Text decodes a string literal. ok is false when raw is not a string literal, or holds bytes that
// are not UTF-8 and so cannot be encoded again as they were.
func Text(raw []byte) (text string, ok bool) { panic("todo") }

// TextPrefix decodes at least the first n bytes of a string literal, or all of it when it is
// shorter, at a cost that does not grow with the literal. It is for previews: bytes that are no UTF-8
// pass through, and the text may end one character late.
func TextPrefix(raw []byte, n int) (text string, whole bool) { panic("todo") }

// Quote encodes text as a string literal: short escapes and \u00XX below U+0020, everything else as it
// is, a surrogate in its three-byte form as \uD8XX. The error tells the first byte that is neither
// UTF-8 nor such a surrogate, as a *SyntaxError.
func Quote(text string) ([]byte, error) { panic("todo") }

// Equal compares two values by meaning: numbers as exact decimals of any size, strings by code point,
// objects without regard to the order of their members, arrays in order. Values that are byte-equal
// are equal; objects with a name twice are equal only when byte-equal up to white space.
func Equal(a, b []byte) bool { panic("todo") }

// Indent lays a value out over lines for editing: two spaces a level, empty containers and scalars on
// one line, literals as they are, but escapes in strings that stand for visible characters decoded.
func Indent(raw []byte) []byte { panic("todo") }

// Compact removes the white space between tokens. Literals stay as they are.
func Compact(raw []byte) []byte { panic("todo") }

// Graft returns edited, compacted, with the literals of old wherever the value at the same place means
// the same: members by name, elements by position from both ends. What was not edited keeps its digits,
// escapes and order.
func Graft(old, edited []byte) []byte { panic("todo") }

// Edit is one replacement for Set.
type Edit struct {
	Name string
	Val  []byte
}

// Set replaces the values of the named members of the object in doc and leaves every other byte alone. A
// name that occurs more than once has its last value replaced; one that does not occur is appended
// last, in the spacing of the members before it. doc is not modified.
func Set(doc []byte, edits []Edit) ([]byte, error) { panic("todo") }
