package provider

import (
	"slices"

	"errata/model/jsonraw"
)

// failures says where an answer of a known dialect says that it failed.
var failures = lazyPaths{text: "error.message | error"}

// bodies says where the body of an error has its text: OpenAI and those who follow it, Anthropic,
// Gemini; then Ollama and TGI, watsonx, FastAPI and Replicate; then Bedrock, Cohere and Mistral.
var (
	bodies = lazyPaths{text: "error.error.message | error.message | error | error.0.message | error.0 | errors.0.message | errors.0 | " +
		"message.detail.0.msg | detail.0.msg | detail.message | detail"}
	message = lazyPaths{text: "message | Message | error_message"}
	beside  = []string{"message", "Message", "errorMessage", "error_message", "type", "__type", "code", "object", "status",
		"status_code", "statusCode", "raw_status_code", "request_id", "requestId", "id", "param", "name"}
)

// succeeded are the words of a status that is not an error's.
var succeeded = []string{"success", "ok", "accepted"}

// failure is the text of an error body: of the response, or of what it wraps.
func (n *node) failure() Said {
	if said := n.failureOf(bodies.paths()); said.Literal != nil {
		return said
	}
	if n.bare() {
		return n.failureOf(message.paths())
	}
	for _, w := range wrappers.paths() {
		if inner := n.get(w); inner.is(jsonraw.Object) {
			if said := inner.failureOf(bodies.paths()); said.Literal != nil {
				said.Where = n.spelled(w) + "." + said.Where
				return said
			}
		}
	}
	return Said{}
}

// failureOf is the first text at one of the places.
func (n *node) failureOf(places []path) Said {
	if n.is(jsonraw.Array) && len(n.list()) == 1 {
		n = n.at(0)
	}
	for i := range places {
		if found, at := n.first(places[i : i+1]); found.word() != "" {
			return Said{Literal: found.raw, Where: at}
		}
	}
	return Said{}
}

// bare reports whether an object holds nothing but what an error says: a message of its own,
// without the rest, may be anything.
func (n *node) bare() bool {
	if !n.is(jsonraw.Object) || contains(succeeded, n.member("status").word()) {
		return false
	}
	n.open()
	for _, name := range n.names {
		if !slices.Contains(beside, name) {
			return false
		}
	}
	return true
}
