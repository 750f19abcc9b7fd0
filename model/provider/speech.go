package provider

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// The members in which providers say what a part of an answer is.
var (
	partThought  = lazyPaths{text: "reasoning_text.text | text"}
	partSigned   = lazyPaths{text: "reasoning_text.signature | signature | thought_signature"}
	partRedacted = lazyPaths{text: "redacted_content | data"}

	callID   = lazyPaths{text: "call_id | tool_call_id | tool_use_id | id"}
	callName = lazyPaths{text: "function.name | name"}
	callArgs = lazyPaths{text: "function.arguments | arguments.OfString | arguments | input | args | parameters"} // OfString: openai-go
)

// speech collects what an answer says.
type speech struct {
	texts    []*node
	thinking [][]byte // items of a message's thinking
	calls    [][]byte
	refusal  string
	unread   string // see Answer
	unsure   bool   // what was not read may hold text
}

// speech reads the text, the thinking, the refusal and the tool calls.
func (w *answering) speech(a *Answer) {
	if w.shuffled && w.Prompts {
		a.Unclear = w.choiceAt + " has the index 0 and does not come first"
		return
	}
	s := &speech{}
	if beside, _ := w.first(w.think); beside != nil {
		s.thought(beside)
	}
	if content, _ := w.first(w.text); content != nil {
		s.content(assembled(content))
	}
	refused, _ := w.first(w.refuse)
	s.refusal += refused.word()
	if calls, _ := w.first(w.calls); calls.is(jsonraw.Array) {
		for i := range calls.list() {
			s.call(calls.at(i))
		}
	} else if calls != nil {
		s.call(calls)
	}
	if more, at := w.first(w.beyond); more != nil && string(more.raw) != `""` { // openai-go writes an empty audio
		s.other(beyond, at)
	}
	a.Refusal, a.Unread = s.refusal, s.unread
	if !s.unsure {
		a.Text = s.text()
	}
	if s.unread == "" {
		a.Message = s.message()
	}
}

// content reads a text, a list of parts or items, or one of them.
func (s *speech) content(n *node) {
	switch n.kind {
	case jsonraw.String:
		s.texts = append(s.texts, n)
	case jsonraw.Array:
		for i := range n.list() {
			s.content(n.at(i))
		}
	case jsonraw.Object:
		s.part(n)
	}
}

// part reads one part. What a provider does on its own side, such as a search, is not a part of the
// message.
func (s *speech) part(n *node) {
	switch kind := n.member("type"); kind.word() {
	case "", "text", "output_text":
		s.untyped(n)
	case "message", "model_output":
		if content := n.member("content"); content != nil {
			s.content(content)
		}
	case "refusal":
		s.refusal += n.member("refusal").word()
	case "thinking", "redacted_thinking", "reasoning", "thought":
		s.reasoned(n)
	case "tool_use", "function_call", "function", "tool_call":
		s.call(n)
	default:
		s.other(rankOf(kind.word()), brief(kind.raw))
	}
}

// untyped reads a part that says by its members what it is, as Bedrock and Gemini have them.
func (s *speech) untyped(n *node) {
	call, function, reasoning, cited := n.field("tool_use"), n.field("function_call"), n.field("reasoning_content"), n.field("citations_content")
	switch {
	case call.is(jsonraw.Object):
		s.call(call)
	case function.is(jsonraw.Object):
		s.call(function)
	case reasoning.is(jsonraw.Object):
		s.reasoned(reasoning)
	case n.member("thought") != nil && string(n.member("thought").raw) == "true":
		s.reasoned(n)
	case n.member("text").is(jsonraw.String):
		s.texts = append(s.texts, n.member("text"))
	case cited.field("content") != nil:
		s.content(cited.field("content"))
	default:
		for i, name := range n.names {
			if n.kids[i].isSet() {
				s.other(rankOfMember(name), brief(quote(name)))
			}
		}
	}
}

// reasoned reads a part of thinking in any of its forms: Anthropic's, Bedrock's, Gemini's, the
// summary and the content of OpenAI's responses, Mistral's list of texts.
func (s *speech) reasoned(n *node) {
	if data, _ := n.first(partRedacted.paths()); data.is(jsonraw.String) && data.word() != "" {
		s.thinking = append(s.thinking, build(`{"type":"redacted_thinking","data":`, string(data.raw), `}`))
		return
	}
	signature, _ := n.first(partSigned.paths())
	var literal []byte
	if said := n.member("thinking"); said != nil {
		literal = joined(said)
	} else if said, _ := n.first(partThought.paths()); said.is(jsonraw.String) {
		literal = said.raw
	} else {
		literal = joined(n.member("summary"), n.member("content"))
	}
	s.think(literal, signature)
}

// thought reads thinking that is beside the text.
func (s *speech) thought(n *node) {
	if literal := joined(n); string(literal) != `""` {
		s.think(literal, nil)
	}
}

func (s *speech) think(literal []byte, signature *node) {
	signed := []byte(`""`)
	if signature.is(jsonraw.String) {
		signed = signature.raw
	}
	if string(literal) == `""` && string(signed) == `""` {
		return
	}
	s.thinking = append(s.thinking, build(`{"type":"thinking","thinking":`, string(literal), `,"signature":`, string(signed), `}`))
}

// joined is the text of strings and of lists of parts with a text, as one literal.
func joined(values ...*node) []byte {
	inner := &speech{}
	for _, v := range values {
		if v.is(jsonraw.String) {
			inner.texts = append(inner.texts, v)
			continue
		}
		for i := range v.list() {
			if text := v.at(i).member("text"); text.is(jsonraw.String) {
				inner.texts = append(inner.texts, text)
			}
		}
	}
	return inner.literal()
}

// call reads a tool call. Arguments that are an object become the text that the API wants; a call
// without an id, as Gemini has it, gets one by its place.
func (s *speech) call(n *node) {
	var id []byte
	paths := callID.paths()
	for i := range paths { // anthropic-sdk-go writes an empty tool_use_id beside the id
		if told := n.get(paths[i]); told.word() != "" {
			id = told.raw
			break
		}
	}
	name, _ := n.first(callName.paths())
	switch {
	case name.word() == "" && id == nil: // some write a call that there was not, with nothing in it
		return
	case name.word() == "": // OpenAI's custom tools have their names elsewhere, and no arguments
		s.other(beyond, "a call without the name of a function")
		return
	case id == nil:
		id = quote("call_" + strconv.Itoa(len(s.calls)))
	}
	arguments := ""
	if args, _ := n.first(callArgs.paths()); args.is(jsonraw.String) {
		arguments = `,"arguments":` + string(args.raw)
	} else if args != nil {
		arguments = `,"arguments":` + string(quote(string(jsonraw.Compact(args.raw))))
	}
	s.calls = append(s.calls, build(`{"id":`, string(id), `,"type":"function","function":{"name":`, string(name.raw), arguments, `}}`))
}

// literal is all of the text as one string literal: as the response writes it where it is one
// piece.
func (s *speech) literal() []byte {
	if len(s.texts) == 1 {
		return s.texts[0].raw
	}
	var b strings.Builder
	for _, t := range s.texts {
		b.WriteString(t.word())
	}
	return quote(b.String())
}

// text is the output, nil when nothing was said.
func (s *speech) text() []byte {
	if literal := s.literal(); string(literal) != `""` {
		return literal
	}
	return nil
}

// message is what was said as a message of the assistant in the v5 shape; nil when it would hold
// nothing. A refusal is not taken for its text.
func (s *speech) message() []byte {
	text := s.text()
	if text == nil && len(s.calls) == 0 && (len(s.thinking) == 0 || s.refusal != "") {
		return nil
	}
	if text == nil {
		text = []byte("null")
	}
	m := make([]byte, 0, len(text)+64)
	m = append(append(m, `{"role":"assistant","content":`...), text...)
	if len(s.calls) > 0 {
		m = append(append(m, `,"tool_calls":`...), array(s.calls)...)
	}
	if len(s.thinking) > 0 {
		m = append(append(m, `,"thinking":`...), array(s.thinking)...)
	}
	return append(m, '}')
}

// build is some pieces of JSON in a row.
func build(parts ...string) []byte {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	out := make([]byte, 0, size)
	for _, part := range parts {
		out = append(out, part...)
	}
	return out
}
