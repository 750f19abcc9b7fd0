package provider

import (
	"bytes"
	"strings"

	"errata/model/jsonraw"
)

// wrappers says where a response may be inside what was recorded: a line of a batch (OpenAI and
// those who follow it, Anthropic, Gemini and Vertex, Bedrock), an HTTP exchange.
var wrappers = lazyPaths{text: "response.body | result.message | response | model_output | body | result | data | completion | message"}

// recordings tells under which names the events of a stream are kept.
var recordings = lazyPaths{text: "events | chunks | stream | deltas | body | response | data | raw"}

// found is a response with its dialect.
type found struct {
	*node
	reader *reader
	stream bool // it was put together from the events of a stream
}

// find finds the response in what was recorded. If nothing is recognised there is no reader.
func find(n *node) found {
	if f := unwrap(n, 2); f.reader != nil {
		return f
	}
	if n.is(jsonraw.Array) && len(n.list()) == 1 {
		n = n.at(0)
	}
	return found{node: n}
}

// unwrap looks depth levels deep; there is no reader when nothing is recognised.
func unwrap(n *node, depth int) found {
	switch {
	case n.is(jsonraw.String):
		return spoken(n)
	case n.is(jsonraw.Array):
		return several(n)
	case !n.is(jsonraw.Object):
		return found{}
	}
	if r := recognise(n); r != nil || depth == 0 {
		return found{node: n, reader: r}
	}
	for _, places := range [][]path{wrappers.paths(), recordings.paths()} {
		for i := range places {
			if inner := n.get(places[i]); inner.isSet() {
				if f := unwrap(inner, depth-1); f.reader != nil {
					return f
				}
			}
		}
	}
	return n.inside()
}

// inside looks for the events of a stream under any other name.
func (n *node) inside() found {
	for i := range n.kids {
		inner := &n.kids[i]
		if inner.is(jsonraw.Array) || inner.is(jsonraw.String) && isEvents(inner.word()) {
			if f := unwrap(inner, 0); f.reader != nil && f.stream {
				return f
			}
		}
	}
	return found{}
}

// isEvents reports whether a text begins as those of server-sent events do.
func isEvents(text string) bool {
	return strings.HasPrefix(text, "data:") || strings.HasPrefix(text, "event:")
}

// several reads a list: one response in a list of its own, or the events of a stream.
func several(n *node) found {
	list := n.list()
	if len(list) == 1 && !isEvent(n.at(0)) {
		if r := recognise(n.at(0)); r != nil {
			return found{node: n.at(0), reader: r}
		}
	}
	if merged := merge(list); merged != nil {
		return found{node: merged, reader: recognise(merged), stream: true}
	}
	return found{}
}

// spoken reads a text that holds JSON, lines of JSON, or events as a server sends them.
func spoken(n *node) found {
	text := strings.TrimSpace(n.word())
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if jsonraw.Check([]byte(text)) == nil {
			return unwrap(newNode([]byte(text)), 0)
		}
	}
	events := eventData(text)
	if len(events) == 0 {
		return found{}
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
