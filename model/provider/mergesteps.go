package provider

import (
	"strings"

	"errata/model/jsonraw"
)

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
		b.extra(delta)
	}
}

// extra adds what else an event brings, such as annotations. The type of the step stays.
func (b *block) extra(delta *node) {
	if b.start.has("type") {
		b.start.take(delta, "type")
		return
	}
	b.start.take(delta)
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
			tools.call(withIndex(call, at))
		case "message-end":
			out.take(e.field("delta"))
		}
		out.take(e.only("id"))
	}
	out.set("message", cohereMessage(parts, tools.calls, plan.String()))
	return out
}

// cohereMessage is the message that content, calls and plan make up.
func cohereMessage(parts blocks, list []*calling, plan string) []byte {
	message := &object{}
	message.set("role", []byte(`"assistant"`))
	message.set("content", parts.bytes())
	if plan != "" {
		message.set("tool_plan", quote(plan))
	}
	if len(list) > 0 {
		message.set("tool_calls", calls(list))
	}
	return message.bytes()
}

// withIndex is a call with the index of its event.
func withIndex(call *node, at int) *node {
	o := &object{}
	o.take(call)
	o.set("index", quoteInt(at))
	return newNode(o.bytes())
}
