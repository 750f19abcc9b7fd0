package provider

import (
	"bytes"
	"strings"

	"errata/model/jsonraw"
)

// wrappers tells where a response may stand inside what was recorded: a line of a batch (OpenAI and
// those who follow it, Anthropic, Gemini and Vertex, Bedrock), an HTTP exchange.
var wrappers = paths("response.body | result.message | response | model_output | body | result | data | completion | message")

// recordings tells under which names the events of a stream are kept.
var recordings = paths("events | chunks | stream | deltas | body | response | data | raw")

// find finds the response in what was recorded, and tells whether it was put together from a stream.
func find(n *node) (response *node, stream bool) {
	if found, stream := unwrap(n, 2); found != nil {
		return found, stream
	}
	if n.is(jsonraw.Array) && len(n.list()) == 1 {
		return n.at(0), false
	}
	return n, false
}

// unwrap looks depth levels deep; nil when nothing is recognised.
func unwrap(n *node, depth int) (response *node, stream bool) {
	switch {
	case n.is(jsonraw.String):
		return spoken(n)
	case n.is(jsonraw.Array):
		return several(n)
	case !n.is(jsonraw.Object):
		return nil, false
	case recognise(n) != nil:
		return n, false
	case depth == 0:
		return nil, false
	}
	for _, places := range [][]path{wrappers, recordings} {
		for i := range places {
			if inner := n.get(places[i]); inner.isSet() {
				if found, stream := unwrap(inner, depth-1); found != nil {
					return found, stream
				}
			}
		}
	}
	return nil, false
}

// several reads a list: one response in a list of its own, or the events of a stream.
func several(n *node) (response *node, stream bool) {
	list := n.list()
	if len(list) == 1 && recognise(n.at(0)) != nil && !isEvent(n.at(0)) {
		return n.at(0), false
	}
	if merged := merge(list); merged != nil && recognise(merged) != nil {
		return merged, true
	}
	return nil, false
}

// spoken reads a text that holds JSON, lines of JSON, or events as a server sends them.
func spoken(n *node) (response *node, stream bool) {
	text := strings.TrimSpace(n.word())
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if jsonraw.Check([]byte(text)) == nil {
			return unwrap(newNode([]byte(text)), 0)
		}
	}
	events := eventData(text)
	if len(events) == 0 {
		return nil, false
	}
	return several(newNode(build("[", string(bytes.Join(events, []byte(","))), "]")))
}

// eventData is the data of each event of a text of server-sent events, or each line of JSON.
func eventData(text string) (events [][]byte) {
	var data []byte
	flush := func() {
		if data = bytes.TrimSpace(data); len(data) > 0 && data[0] == '{' && jsonraw.Check(data) == nil {
			events = append(events, data)
		}
		data = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		piece, isData := strings.CutPrefix(line, "data:")
		switch {
		case isData:
			data = append(append(data, piece...), '\n')
		case line == "":
			flush()
		case strings.HasPrefix(line, "{"):
			flush()
			data = []byte(line)
			flush()
		}
	}
	flush()
	return events
}
