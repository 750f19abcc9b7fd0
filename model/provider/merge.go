package provider

import (
	"slices"
	"strings"
	"sync"

	"errata/model/jsonraw"
)

// A merger puts the events of one kind of stream together to the response that the provider would
// have sent at once. Counts in events are those up to there: a later one replaces, it does not add.
type merger struct {
	known []test // one event with one of these tells the kind
	merge func(events []*node) *object
}

// mergers are compared in this order. Choices come late: others have members of that name.
var mergers = sync.OnceValue(func() []merger {
	return []merger{
		{tests("type=message_start | type=content_block_delta | type=message_delta"), mergeBlocks},
		{tests("type^response."), mergeItems},
		{tests("event_type^interaction. | event_type^step. | event_type^content."), mergeSteps},
		{tests("type=message-start | type=content-delta | type=message-end"), mergeCohere},
		{tests("event_type=stream-start | event_type=text-generation | event_type=stream-end"), mergeCohere1},
		{tests("message_start.role | content_block_delta | message_stop.stop_reason"), mergeConverse},
		{tests("candidates | usage_metadata"), mergeCandidates},
		{tests("choices"), mergeChoices},
		{tests("outputs.0.text"), mergeFirst("outputs", "text")},
		{tests("results.0.generated_text"), mergeFirst("results", "generated_text")},
		{tests("is_finished"), mergeGenerate},
		{tests("message.content | response | generation | output_text | token.text | content | completion"), mergeTexts},
	}
})

// merge puts events together; nil when they are of no kind that is known.
func merge(list []node) *node {
	var events []*node
	for i := range list {
		if e := payload(&list[i]); e.is(jsonraw.Object) {
			events = append(events, e)
		}
	}
	for _, m := range mergers() {
		if slices.ContainsFunc(events, func(e *node) bool { return slices.ContainsFunc(m.known, func(t test) bool { return t.holds(e) }) }) {
			if o := m.merge(events); o != nil {
				return newNode(o.bytes())
			}
			return nil
		}
	}
	return nil
}

// payload is what an event carries: its data, where it was recorded with its name beside it.
func payload(e *node) *node {
	data := e.field("data")
	switch {
	case data.is(jsonraw.Object):
		return data
	case data.is(jsonraw.String):
		return newNode([]byte(strings.TrimSpace(data.word())))
	}
	for _, inner := range chunkWrappers.paths() {
		if bytes := e.get(inner); bytes.is(jsonraw.Object) {
			return bytes
		}
	}
	return e
}

// chunkWrappers are the names under which SDKs hand out the chunk of an event: Bedrock.
var chunkWrappers = lazyPaths{text: "chunk.bytes | chunk"}

// isEvent reports whether one object alone is an event and no response.
func isEvent(n *node) bool {
	return n.member("choices").at(0).field("delta").isSet() && !n.member("choices").at(0).field("message").isSet()
}

// object is a JSON object that is put together.
type object struct {
	names  []string
	values [][]byte
}

func (o *object) set(name string, value []byte) {
	if i := slices.Index(o.names, name); i >= 0 {
		o.values[i] = value
		return
	}
	o.names, o.values = append(o.names, name), append(o.values, value)
}

func (o *object) has(name string) bool { return slices.Contains(o.names, name) }

// take sets all members of n that are not null, but some.
func (o *object) take(n *node, but ...string) {
	if !n.is(jsonraw.Object) {
		return
	}
	n.open()
	for i, name := range n.names {
		if n.kids[i].isSet() && !slices.Contains(but, name) {
			o.set(name, n.kids[i].raw)
		}
	}
}

func (o *object) bytes() []byte {
	out := []byte("{")
	for i, name := range o.names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, quote(name)...), ':'), o.values[i]...)
	}
	return append(out, '}')
}

func array(values [][]byte) []byte {
	out := []byte("[")
	for i, v := range values {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, v...)
	}
	return append(out, ']')
}

// index is the position that an event names, or else one that is given.
func index(n *node, name string, otherwise int) int {
	if d, ok := n.field(name).number(); ok && d.IsWhole() && d.Sign() >= 0 {
		if i := atoi(d.String()); i >= 0 {
			return i
		}
	}
	return otherwise
}

func atoi(text string) int {
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' || n > 1<<16 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
