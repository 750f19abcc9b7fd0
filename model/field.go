package model

// Kind says how the value of a field is read, written and checked.
type Kind int

// The kinds of field.
const (
	Line       Kind = iota + 1 // a string that is usually one line
	Text                       // a string of any length
	Integer                    // a whole number
	Decimal                    // a finite number, exact
	Datetime                   // a string: ISO 8601, with or without a zone
	Map                        // a JSON object
	Message                    // one chat message
	Messages                   // a list of chat messages
	ToolChoice                 // none, auto, required, or the function object
)

// Group is a heading of the form.
type Group int

// The groups, in the order of the form.
const (
	Conversation Group = iota + 1
	Outcome
	Usage
	Timing
	Context
	Provider
)

// String is the heading: "Conversation".
func (g Group) String() string { panic("todo") }

// Field is one row of the table of updatable fields. Fields are compared by pointer: there is one of each.
type Field struct {
	Name  string // on the wire and on the command line
	Label string // on the form
	Group Group
	Kind  Kind
	Unit  string // "tokens", "USD", "s", or ""
	Help  string // one sentence
}

// Fields lists the 21 fields in the order of the API's documentation. The caller must not modify it.
func Fields() []*Field { panic("todo") }

// Form lists the 21 fields in the order of the form, group by group.
func Form() []*Field { panic("todo") }

// Lookup finds a field by its wire name.
func Lookup(name string) (*Field, bool) { panic("todo") }

// IsJSON tells whether a value of this kind is edited as JSON text.
func (k Kind) IsJSON() bool { return k >= Map }

// IsText tells whether a value of this kind is a string whose text is edited as it is.
func (k Kind) IsText() bool { return k == Line || k == Text }

// Suffix is the file name suffix for an external editor: ".txt", ".json".
func (k Kind) Suffix() string { panic("todo") }

// Format gives the text that an editor shows for v: a string's own text, a number's own digits, JSON
// laid out over lines; "" for absent and null. The error gives the reason when there is no text that
// could be parsed back without loss.
func (f *Field) Format(v Value) (string, error) { panic("todo") }

// Parse reads the text of an editor. old is the value that the text was made from: where a part means
// the same, old's literals are kept, and text that means the same as old gives old itself. Blank text
// gives null for kinds other than Line and Text. The error is a *ParseError; a value of the wrong type
// is refused, see Check.
func (f *Field) Parse(text string, old Value) (Value, error) { panic("todo") }

// ParseError says why a text is no value of its field.
type ParseError struct {
	Field     *Field
	Line, Col int    // from 1; 0 when the position means nothing
	Msg       string // a sentence without a full stop: "prompt_tokens wants a whole number, not \"12.5\""
}

// Error gives the sentence, with the position in front when there is one.
func (e *ParseError) Error() string { panic("todo") }

// Rule is a reason for which a value is refused or odd. The server maps it to its 422 entries.
type Rule string

// The rules.
const (
	WantString   Rule = "string"
	WantInteger  Rule = "integer"
	WantNumber   Rule = "number"
	WantDatetime Rule = "datetime"
	WantObject   Rule = "object"
	WantList     Rule = "list"
	WantMember   Rule = "missing"   // a required member is missing
	WantOneOf    Rule = "enum"      // not one of the allowed words
	NotNull      Rule = "null"      // null where a value is required
	Duplicate    Rule = "duplicate" // a name twice
	OddRange     Rule = "odd"       // allowed, but unlikely: a warning
)

// Problem is one thing wrong, or odd, with a value.
type Problem struct {
	Path []any // string and int steps from the value down: [1, "role"]
	Rule Rule
	Msg  string // a sentence without a full stop that names the field
	Warn bool   // odd, not wrong
}

// Check lists what is wrong or odd with v as a value of f. Absent and null are always right.
func (f *Field) Check(v Value) []Problem { panic("todo") }

// Kept tells whether a server that was sent one value and returned another kept what it was sent: equal by
// meaning, or different only in what servers normalise: datetimes that are the same instant (naive
// means UTC), members of a message that are null in one and absent in the other.
func (f *Field) Kept(sent, got Value) bool { panic("todo") }
