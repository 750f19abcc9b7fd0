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

// isJSON reports whether a value of this kind is edited as JSON text.
func (k Kind) isJSON() bool { return k >= Map }

// IsText reports whether a value of this kind is a string whose text is edited as it is.
func (k Kind) IsText() bool { return k == Line || k == Text }

// IsExact reports whether a value of this kind is a number or a time, and so not a text that people
// write.
func (k Kind) IsExact() bool { return k == Integer || k == Decimal || k == Datetime }

// Suffix is the file name suffix for an external editor: ".txt", ".json".
func (k Kind) Suffix() string {
	if k.isJSON() {
		return ".json"
	}
	return ".txt"
}

// String names the kind in a word or two: "text", "whole number".
func (k Kind) String() string {
	return [...]string{"", "line of text", "text", "whole number", "decimal number", "time", "map", "message", "messages", "tool choice"}[k]
}

// wants names what a value of this kind must be, for a sentence.
func (k Kind) wants() string {
	switch k {
	case Line, Text:
		return "text"
	case Integer:
		return "a whole number"
	case Decimal:
		return "a number"
	case Datetime:
		return "a time such as 2024-07-19T08:30:00Z"
	case Map:
		return "a JSON object"
	case Message:
		return "a message, a JSON object with a role"
	case Messages:
		return "a list of messages"
	case ToolChoice:
		return "none, auto, required or a function object"
	}
	return "a value"
}
