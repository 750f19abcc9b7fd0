package model

// ChatMessage is a view of one message for display. It is never written back.
type ChatMessage struct {
	Role, Name, ToolCallID string
	Content                []Part
	Thinking               []Part
	ToolCalls              []ToolCall
	Other                  []EnvelopeMember // members that this view does not know
	Bad                    string           // why the message could not be read, "" when it could
}

// Part is one part of a message's content or thinking. Raw is the literal that a text was read from, so that
// a reader may decode it when it is shown.
type Part struct {
	Type string // text, image_url, thinking, redacted_thinking, or what the log says
	Raw  Value  // the string literal of the text, the url or the data; the whole part when the type is unknown
}

// ToolCall is a call that a message makes.
type ToolCall struct {
	ID, Function string
	Arguments    Value // a string, usually holding JSON; Absent when there is none
}

// ReadMessages views a value of kind Messages or Message, as a list. ok is false when the value is not
// of that shape.
func ReadMessages(v Value) (list []ChatMessage, ok bool) { panic("todo") }
