package provider

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

func quoteInt(i int) []byte { return strconv.AppendInt(nil, int64(i), 10) }

// block is one part of a message while its pieces come in.
type block struct {
	start  object
	pieces map[string]*strings.Builder // texts by the name of the member that they make up
	json   strings.Builder             // the arguments of a call
}

// blocks are the parts of a message by their index.
type blocks map[int]*block

func (b blocks) at(i int) *block {
	if b[i] == nil {
		b[i] = &block{pieces: map[string]*strings.Builder{}}
	}
	return b[i]
}

// add appends a piece of text to a member of the block.
func (b *block) add(member string, piece *node) {
	if !piece.is(jsonraw.String) {
		return
	}
	if b.pieces[member] == nil {
		b.pieces[member] = &strings.Builder{}
	}
	b.pieces[member].WriteString(piece.word())
}

// bytes is the block with its texts, and its arguments under a name of their own.
func (b *block) bytes(arguments string) []byte {
	for _, member := range []string{"text", "thinking", "signature", "data"} {
		if text := b.pieces[member]; text != nil {
			b.start.set(member, quote(text.String()))
		}
	}
	if args := strings.TrimSpace(b.json.String()); args != "" {
		literal := []byte(args)
		if jsonraw.Check(literal) != nil {
			literal = quote(args)
		}
		b.start.set(arguments, literal)
	}
	return b.start.bytes()
}

// mergeBlocks puts the events of Anthropic's messages together. What message_delta tells supersedes
// what message_start told.
func mergeBlocks(events []*node) *object {
	out, usage, parts := &object{}, &object{}, blocks{}
	for _, e := range events {
		at := index(e, "index", 0)
		switch e.field("type").word() {
		case "message_start":
			out.take(e.field("message"), "content", "usage")
			usage.take(e.field("message").field("usage"))
		case "content_block_start":
			parts.at(at).start.take(e.field("content_block"), "text", "thinking", "signature")
			for _, member := range []string{"text", "thinking", "signature"} {
				parts.at(at).add(member, e.field("content_block").field(member))
			}
		case "content_block_delta":
			delta := e.field("delta")
			for _, member := range []string{"text", "thinking", "signature"} {
				parts.at(at).add(member, delta.field(member))
			}
			parts.at(at).json.WriteString(delta.field("partial_json").word())
		case "message_delta":
			out.take(e.field("delta"))
			usage.take(e.field("usage"))
		}
		out.take(e.only("amazon-bedrock-invocationMetrics"))
	}
	var content [][]byte
	for _, at := range sorted(parts) {
		content = append(content, parts[at].bytes("input"))
	}
	out.set("type", []byte(`"message"`))
	out.set("content", array(content))
	out.set("usage", usage.bytes())
	return out
}

// only is n with no member but one.
func (n *node) only(name string) *node {
	found := n.field(name)
	if found == nil {
		return nil
	}
	return newNode(build("{", string(quote(name)), ":", string(found.raw), "}"))
}

// mergeItems takes the response that the last event of OpenAI's responses holds, with the items that
// came before it where it has none itself.
func mergeItems(events []*node) *object {
	out := &object{}
	var items [][]byte
	text := &strings.Builder{}
	for _, e := range events {
		if response := e.field("response"); response.is(jsonraw.Object) {
			out.take(response)
		}
		switch e.field("type").word() {
		case "response.output_item.done":
			if item := e.field("item"); item.is(jsonraw.Object) {
				items = append(items, item.raw)
			}
		case "response.output_text.delta":
			text.WriteString(e.field("delta").word())
		}
	}
	if output := newNode(out.bytes()).field("output"); len(output.list()) > 0 {
		return out
	}
	if items == nil && text.Len() > 0 {
		items = [][]byte{build(`{"type":"message","content":[{"type":"output_text","text":`, string(quote(text.String())), `}]}`)}
	}
	out.set("output", array(items))
	return out
}

// mergeSteps puts the events of Gemini's interactions together: the last interaction that an event
// holds, with the content of the steps where it has none itself.
func mergeSteps(events []*node) *object {
	out, parts := &object{}, blocks{}
	for _, e := range events {
		out.take(e.field("interaction"))
		start := e.field("step")
		if start == nil {
			start = e.field("content")
		}
		at := index(e, "index", 0)
		if start.is(jsonraw.Object) {
			parts.at(at).start.take(start, "text", "content")
			parts.at(at).add("text", start.field("text"))
		}
		if delta := e.field("delta"); delta.is(jsonraw.Object) {
			parts.at(at).delta(delta)
		}
	}
	merged := newNode(out.bytes())
	if len(merged.field("steps").list())+len(merged.field("outputs").list()) > 0 {
		return out
	}
	var steps [][]byte
	for _, at := range sorted(parts) {
		steps = append(steps, parts[at].bytes("arguments"))
	}
	out.set("object", []byte(`"interaction"`))
	out.set("steps", array(steps))
	return out
}

// delta adds what one event of an interaction brings: text, the signature of a thought, a call.
func (b *block) delta(delta *node) {
	switch delta.field("type").word() {
	case "text", "":
		b.add("text", delta.field("text"))
		if !b.start.has("type") || newNode(b.start.bytes()).field("type").word() == "model_output" {
			b.start.set("type", []byte(`"text"`))
		}
	case "arguments_delta", "arguments":
		b.json.WriteString(delta.field("arguments").word())
		b.json.WriteString(delta.field("partial_arguments").word())
	case "thought_summary":
		b.add("thinking", delta.field("content").field("text"))
	case "thought_signature":
		b.add("signature", delta.field("signature"))
	default:
		b.start.take(delta)
	}
}

// mergeCohere puts the events of Cohere's second API together.
func mergeCohere(events []*node) *object {
	out, parts := &object{}, blocks{}
	tools, plan := &choice{}, &strings.Builder{}
	for _, e := range events {
		message := e.field("delta").field("message")
		at := index(e, "index", 0)
		switch e.field("type").word() {
		case "content-start", "content-delta":
			content := message.field("content")
			parts.at(at).start.take(content, "text", "thinking")
			parts.at(at).add("text", content.field("text"))
			parts.at(at).add("thinking", content.field("thinking"))
		case "tool-plan-delta":
			plan.WriteString(message.field("tool_plan").word())
		case "tool-call-start", "tool-call-delta":
			call, _ := message.first(paths("tool_calls"))
			tools.call(newNode(build("[", withIndex(call, at), "]")))
		case "message-end":
			out.take(e.field("delta"))
		}
		out.take(e.only("id"))
	}
	message, content := &object{}, [][]byte(nil)
	for _, at := range sorted(parts) {
		content = append(content, parts[at].bytes("input"))
	}
	message.set("role", []byte(`"assistant"`))
	message.set("content", array(content))
	if plan.Len() > 0 {
		message.set("tool_plan", quote(plan.String()))
	}
	if len(tools.calls) > 0 {
		message.set("tool_calls", calls(tools.calls))
	}
	out.set("message", message.bytes())
	return out
}

// withIndex is a call with the index of its event.
func withIndex(call *node, at int) string {
	o := &object{}
	o.take(call)
	o.set("index", quoteInt(at))
	return string(o.bytes())
}

// mergeCohere1 takes the response that the last event of Cohere's first API holds.
func mergeCohere1(events []*node) *object {
	out, text := &object{}, &strings.Builder{}
	for _, e := range events {
		if e.field("event_type").word() == "text-generation" {
			text.WriteString(e.field("text").word())
		}
		out.take(e, "event_type", "is_finished", "text", "response", "eventType", "isFinished")
		out.take(e.field("response"))
	}
	if !out.has("text") && text.Len() > 0 {
		out.set("text", quote(text.String()))
	}
	return out
}

// mergeConverse puts the events of Bedrock's ConverseStream together.
func mergeConverse(events []*node) *object {
	out, parts := &object{}, blocks{}
	for _, e := range events {
		start, delta := e.field("content_block_start"), e.field("content_block_delta")
		if start.is(jsonraw.Object) {
			parts.at(index(start, "content_block_index", 0)).start.take(start.field("start").field("tool_use"))
		}
		if delta.is(jsonraw.Object) {
			b, piece := parts.at(index(delta, "content_block_index", 0)), delta.field("delta")
			b.add("text", piece.field("text"))
			b.add("thinking", piece.field("reasoning_content").field("text"))
			b.add("signature", piece.field("reasoning_content").field("signature"))
			b.json.WriteString(piece.field("tool_use").field("input").word())
		}
		out.take(e.field("message_stop"))
		out.take(e.field("metadata"))
	}
	var content [][]byte
	for _, at := range sorted(parts) {
		content = append(content, parts[at].converse())
	}
	out.set("output", build(`{"message":{"role":"assistant","content":`, string(array(content)), `}}`))
	return out
}

// converse is a block as Converse has it: what it is is told by the name of its only member.
func (b *block) converse() []byte {
	if b.start.has("name") {
		return build(`{"toolUse":`, string(b.bytes("input")), `}`)
	}
	if b.pieces["thinking"] != nil || b.pieces["signature"] != nil {
		b.start.set("type", []byte(`"thinking"`))
	}
	return b.bytes("input")
}

// mergeCandidates puts the chunks of Gemini together: parts one after the other, and the last counts
// that are told.
func mergeCandidates(events []*node) *object {
	out := &object{}
	type candidate struct {
		rest  object
		parts [][]byte
	}
	list := map[int]*candidate{}
	for _, e := range events {
		out.take(e, "candidates", "usageMetadata", "usage_metadata")
		usage, _ := e.first(paths("usage_metadata"))
		if counted, _ := usage.first(paths("prompt_token_count")); counted != nil || usage != nil && !out.has("usageMetadata") {
			out.set("usageMetadata", usage.raw)
		}
		candidates := e.field("candidates")
		for i := range candidates.list() {
			one := candidates.at(i)
			at := index(one, "index", i)
			if list[at] == nil {
				list[at] = &candidate{}
			}
			list[at].rest.take(one, "content")
			parts := one.field("content").field("parts").list()
			for j := range parts {
				list[at].parts = append(list[at].parts, parts[j].raw)
			}
		}
	}
	var all [][]byte
	for _, at := range sorted(list) {
		list[at].rest.set("content", build(`{"role":"model","parts":`, string(array(list[at].parts)), `}`))
		all = append(all, list[at].rest.bytes())
	}
	if all != nil {
		out.set("candidates", array(all))
	}
	return out
}

// mergeTexts puts chunks together that are each a whole response with a piece of the text: Ollama,
// llama.cpp, TGI, the models of Bedrock. Texts are joined; of everything else the last counts.
func mergeTexts(events []*node) *object {
	out, message, texts := &object{}, &object{}, &choice{}
	for _, e := range events {
		out.take(e, "message", "response", "generation", "content", "outputText", "completion", "thinking", "token")
		for _, name := range []string{"response", "generation", "content", "outputText", "completion", "thinking"} {
			if piece := e.field(name); piece.is(jsonraw.String) {
				texts.append(name, piece)
			}
		}
		if m := e.field("message"); m.is(jsonraw.Object) {
			message.take(m, "content", "thinking")
			for _, name := range []string{"content", "thinking"} {
				if piece := m.field(name); piece.is(jsonraw.String) {
					texts.append("message."+name, piece)
				}
			}
		}
	}
	for i, name := range texts.texts.names {
		literal := quote(string(texts.texts.values[i]))
		if inner, of := strings.CutPrefix(name, "message."); of {
			message.set(inner, literal)
		} else {
			out.set(name, literal)
		}
	}
	if len(message.names) > 0 {
		out.set("message", message.bytes())
	}
	return out
}
