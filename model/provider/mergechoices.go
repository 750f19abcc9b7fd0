package provider

import (
	"slices"
	"strings"

	"errata/model/jsonraw"
)

// mergeChoices puts the chunks of OpenAI's chat completions and completions together, and of all
// who follow them.
func mergeChoices(events []*node) *object {
	out, choices := &object{}, map[int]*choice{}
	var usage *node
	for _, e := range events {
		out.take(e, "choices", "usage")
		for _, told := range []*node{e.field("x_groq").field("usage"), e.field("usage")} {
			if told.is(jsonraw.Object) {
				usage = told
			}
		}
		list := e.field("choices").list()
		for i := range list {
			at := index(&list[i], "index", i)
			if choices[at] == nil {
				choices[at] = &choice{}
			}
			choices[at].add(&list[i])
		}
	}
	if kind := newNode(out.bytes()).field("object").word(); strings.HasSuffix(kind, ".chunk") {
		out.set("object", quote(strings.TrimSuffix(kind, ".chunk")))
	}
	var list [][]byte
	for _, at := range sorted(choices) {
		list = append(list, choices[at].bytes(at))
	}
	out.set("choices", array(list))
	if usage != nil {
		out.set("usage", usage.raw)
	}
	return out
}

func sorted[T any](m map[int]T) (keys []int) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// choice is one answer while its chunks come in.
type choice struct {
	rest    object // members of the choice itself
	texts   object // of the message: what is text, in one piece each
	beside  object // of the message: what is not a text, the last of each name
	content [][]byte
	text    strings.Builder // of the content since the last part
	calls   []*calling
	spoken  bool // it came as a message, whatever else is beside
}

// calling is a tool call while its arguments come in.
type calling struct {
	at       int
	id, name string
	args     strings.Builder
}

func (c *choice) add(n *node) {
	c.rest.take(n, "delta", "message", "index", "text", "logprobs")
	delta := n.field("delta")
	if !delta.is(jsonraw.Object) {
		delta = n.field("message")
	}
	if !delta.is(jsonraw.Object) {
		if text := n.field("text"); text.is(jsonraw.String) {
			c.append("", text)
		}
		return
	}
	c.spoken = true // Together has its content in text once more
	delta.open()
	for i, name := range delta.names {
		switch value := &delta.kids[i]; {
		case name == "tool_calls" || name == "toolCalls":
			for i := range value.list() {
				c.call(value.at(i))
			}
		case name == "function_call" || name == "functionCall":
			c.call(value)
		case name == "content" && value.is(jsonraw.Array):
			c.parts(value)
		case name == "content" && value.is(jsonraw.String):
			c.text.WriteString(value.word())
		case name == "role":
		case value.is(jsonraw.String):
			c.append(name, value)
		case value.isSet():
			c.beside.set(name, value.raw)
		}
	}
}

// append adds a piece to a text of the message; the name "" is the text of a completion.
func (c *choice) append(name string, piece *node) {
	before := ""
	if i := slices.Index(c.texts.names, name); i >= 0 {
		before = string(c.texts.values[i])
	}
	c.texts.set(name, []byte(before+piece.word()))
}

// parts adds a list of parts to the content, as Mistral sends its thinking.
func (c *choice) parts(list *node) {
	for i := range list.list() {
		part := list.at(i)
		if text := part.field("text"); text.is(jsonraw.String) {
			c.text.WriteString(text.word())
			continue
		}
		c.settle()
		c.content = append(c.content, part.raw)
	}
}

// settle makes a part of the text so far.
func (c *choice) settle() {
	if c.text.Len() > 0 {
		c.content = append(c.content, build(`{"type":"text","text":`, string(quote(c.text.String())), `}`))
		c.text.Reset()
	}
}

// call takes what one chunk brings of a call.
func (c *choice) call(one *node) {
	if !one.is(jsonraw.Object) {
		return
	}
	id, _ := one.first(callID.paths())
	name, _ := one.first(callName.paths())
	var args string
	if piece, _ := one.first(callArgs.paths()); piece.is(jsonraw.String) {
		args = piece.word()
	} else if piece != nil {
		args = string(piece.raw)
	}
	call := c.calling(index(one, "index", -1), id.word(), name.word(), args)
	if call.id == "" {
		call.id = id.word()
	}
	if call.name == "" {
		call.name = name.word()
	}
	call.args.WriteString(args)
}

// calling finds the call that a piece belongs to: the last of its index, or the last of all where
// no index is told. A new id begins a new call, also at an index that had one, which is how
// Gemini's calls come. If no id is told, so does a name behind a call that has all of its
// arguments, where it comes with arguments or is another one.
func (c *choice) calling(at int, id, name, args string) *calling {
	for _, call := range slices.Backward(c.calls) {
		if at >= 0 && call.at != at {
			continue
		}
		if id == "" {
			if name != "" && (args != "" || call.name != "" && name != call.name) && call.done() {
				break
			}
			return call
		}
		if call.id == id || at >= 0 && call.id == "" {
			return call
		}
		if at < 0 {
			break
		}
	}
	call := &calling{at: at}
	c.calls = append(c.calls, call)
	return call
}

// done reports whether the arguments so far are a whole object.
func (c *calling) done() bool {
	args := c.args.String()
	return strings.HasPrefix(args, "{") && strings.HasSuffix(args, "}") && jsonraw.Check([]byte(args)) == nil
}

func (c *choice) bytes(at int) []byte {
	message := &object{}
	message.set("role", []byte(`"assistant"`))
	if c.content != nil {
		c.settle()
		message.set("content", array(c.content))
	} else {
		message.set("content", quote(c.text.String()))
	}
	for i, name := range c.beside.names {
		message.set(name, c.beside.values[i])
	}
	for i, name := range c.texts.names {
		if name == "" {
			c.rest.set("text", quote(string(c.texts.values[i])))
			continue
		}
		message.set(name, quote(string(c.texts.values[i])))
	}
	if len(c.calls) > 0 {
		message.set("tool_calls", calls(c.calls))
	}
	c.rest.set("index", quoteInt(at))
	if c.spoken || !c.rest.has("text") {
		c.rest.set("message", message.bytes())
	}
	return c.rest.bytes()
}

// calls writes tool calls as OpenAI has them.
func calls(list []*calling) []byte {
	var out [][]byte
	for _, call := range list {
		out = append(out, build(`{"id":`, string(quote(call.id)), `,"type":"function","function":{"name":`, string(quote(call.name)),
			`,"arguments":`, string(quote(call.args.String())), `}}`))
	}
	return array(out)
}
