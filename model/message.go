package model

import "errata/model/jsonraw"

// ChatMessage is a view of one message for display. It is never written back.
type ChatMessage struct {
	Role, Name, ToolCallID string
	Content                []Part
	Thinking               []Part
	ToolCalls              []ToolCall
	Other                  []EnvelopeMember // members that this view does not know
	Bad                    string           // why the message could not be read, "" when it could
}

// Part is one part of a message's content or thinking. Raw is the literal that a text was read
// from, so that a reader may decode it when it is shown.
type Part struct {
	Type string // text, image_url, thinking, redacted_thinking, or what the log says
	// the string literal of the text, the url or the data; the whole part when the type is unknown
	Raw Value
}

// ToolCall is a call that a message makes.
type ToolCall struct {
	ID, Function string
	Arguments    Value // a string, usually holding JSON; Absent when there is none
}

// ReadMessages views a value of kind Messages or Message, as a list. ok is false when the value is
// not of that shape: a list, whatever its elements, or an object. A message that is not an object,
// or whose known members are of another shape, says so in Bad; what could be read of it is there
// all the same, and what could not is among Other.
func ReadMessages(v Value) (list []ChatMessage, ok bool) {
	switch v.Kind() {
	case jsonraw.Object:
		return []ChatMessage{readMessage(v)}, true
	case jsonraw.Array:
		elements, err := jsonraw.Elements(v.Bytes())
		if err != nil {
			return nil, false
		}
		list = make([]ChatMessage, 0, len(elements))
		for _, e := range elements {
			list = append(list, readMessage(Value{raw: e.Val.Of(v.Bytes())}))
		}
		return list, true
	}
	return nil, false
}

func readMessage(v Value) ChatMessage {
	var m ChatMessage
	if v.Kind() != jsonraw.Object {
		m.Bad = "the message is " + v.Kind().Word() + ", not an object"
		m.Other = []EnvelopeMember{{Value: v}}
		return m
	}
	members, err := jsonraw.Members(v.Bytes())
	if err != nil {
		m.Bad = err.Error()
		return m
	}
	for _, member := range members {
		value := Value{raw: member.Val.Of(v.Bytes())}
		known, read := m.take(member.Name, value)
		if !read {
			m.Other = append(m.Other, EnvelopeMember{Name: member.Name, Value: value})
		}
		if known && !read && m.Bad == "" {
			m.Bad = "its " + member.Name + " is " + value.Kind().Word()
		}
	}
	if m.Role == "" && m.Bad == "" {
		m.Bad = "it has no role"
	}
	return m
}

// take reads one member into the view: whether the view knows it, and whether it could be read.
func (m *ChatMessage) take(name string, v Value) (known, read bool) {
	into, isText := m.text(name)
	switch {
	case !isText && name != "content" && name != "thinking" && name != "tool_calls":
		return false, false
	case !v.IsSet():
		return true, true
	case isText:
		*into, read = v.Text()
	case name == "content" && v.Kind() == jsonraw.String:
		m.Content, read = []Part{{Type: "text", Raw: v}}, true
	case name == "content":
		m.Content, read = readList(v, readPart)
	case name == "thinking":
		m.Thinking, read = readList(v, readPart)
	default:
		m.ToolCalls, read = readList(v, readCall)
	}
	return true, read
}

// text is where a member that is a text is kept, ok false for any other member.
func (m *ChatMessage) text(name string) (into *string, ok bool) {
	switch name {
	case "role":
		return &m.Role, true
	case "name":
		return &m.Name, true
	case "tool_call_id":
		return &m.ToolCallID, true
	}
	return nil, false
}

func readList[T any](v Value, read func(Value) T) ([]T, bool) {
	elements, err := jsonraw.Elements(v.Bytes())
	if err != nil {
		return nil, false
	}
	list := make([]T, 0, len(elements))
	for _, e := range elements {
		list = append(list, read(Value{raw: e.Val.Of(v.Bytes())}))
	}
	return list, true
}

// partText tells under which name a part of each known type holds its text.
var partText = map[string]string{
	"text":              "text",
	"thinking":          "thinking",
	"redacted_thinking": "data",
}

func readPart(v Value) Part {
	kind, _ := v.member("type").Text()
	raw := v.member(partText[kind])
	if kind == "image_url" {
		raw = v.member("image_url").member("url")
	}
	if raw.Kind() != jsonraw.String {
		raw = v
	}
	return Part{Type: kind, Raw: raw}
}

func readCall(v Value) ToolCall {
	var call ToolCall
	function := v.member("function")
	call.ID, _ = v.member("id").Text()
	call.Function, _ = function.member("name").Text()
	if arguments := function.member("arguments"); arguments.IsSet() {
		call.Arguments = arguments
	}
	return call
}

// member is what an object holds under name, Absent when v is not an object.
func (v Value) member(name string) Value {
	if v.Kind() != jsonraw.Object {
		return Absent
	}
	members, err := jsonraw.Members(v.Bytes())
	if err != nil {
		return Absent
	}
	m, ok := jsonraw.Find(members, name)
	if !ok {
		return Absent
	}
	return Value{raw: m.Val.Of(v.Bytes())}
}
