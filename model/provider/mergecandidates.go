package provider

import "errata/model/jsonraw"

// candidate is one answer of Gemini while its parts come in.
type candidate struct {
	rest  object
	parts [][]byte
	call  *partial // a call that goes on in the next part
}

// partial is a call while its arguments come in.
type partial struct {
	part *node
	args arguments
}

// candidates are the answers by their index.
type candidates map[int]*candidate

// add takes what one chunk brings: parts come after those before them.
func (c candidates) add(list *node) {
	for i := range list.list() {
		one := list.at(i)
		at := index(one, "index", i)
		if c[at] == nil {
			c[at] = &candidate{}
		}
		c[at].rest.take(one, "content")
		parts := one.field("content").field("parts")
		for j := range parts.list() {
			c[at].add(parts.at(j))
		}
	}
}

// add takes a part: one of its own, or more of the call before it.
func (c *candidate) add(part *node) {
	call := part.field("function_call")
	if !call.is(jsonraw.Object) || call.field("args") != nil {
		c.end()
		c.parts = append(c.parts, part.raw)
		return
	}
	if call.field("name").isSet() {
		c.end()
		c.call = &partial{part: part}
	}
	if c.call != nil {
		c.call.args.add(call.field("partial_args"))
	}
}

// end makes a part of the call that came in.
func (c *candidate) end() {
	if c.call == nil {
		return
	}
	part, call := &object{}, &object{}
	part.take(c.call.part, "functionCall", "function_call")
	call.take(c.call.part.field("function_call"), "willContinue", "will_continue", "partialArgs", "partial_args")
	if len(c.call.args.kids) > 0 {
		call.set("args", c.call.args.bytes())
	}
	part.set("functionCall", call.bytes())
	c.parts = append(c.parts, part.bytes())
	c.call = nil
}

func (c candidates) bytes() []byte {
	var all [][]byte
	for _, at := range sorted(c) {
		c[at].end()
		c[at].rest.set("content", build(`{"role":"model","parts":`, string(array(c[at].parts)), `}`))
		all = append(all, c[at].rest.bytes())
	}
	return array(all)
}

// mergeCandidates puts the chunks of Gemini together: parts one after the other, and the last
// counts that are given.
func mergeCandidates(events []*node) *object {
	out, list := &object{}, candidates{}
	for _, e := range events {
		out.take(e, "candidates", "usageMetadata", "usage_metadata")
		usage := e.field("usage_metadata")
		if usage.isSet() && (usage.field("prompt_token_count") != nil || !out.has("usageMetadata")) {
			out.set("usageMetadata", usage.raw)
		}
		list.add(e.field("candidates"))
	}
	if len(list) > 0 {
		out.set("candidates", list.bytes())
	}
	return out
}
