package provider

import (
	"strings"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// mergeItems takes the response that the last event of OpenAI's responses holds, with the items
// that came before it where it has none itself.
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

// mergeFirst puts chunks together that have their piece of the text in the first element of a list:
// Bedrock's Mistral, watsonx. After the first chunk watsonx tells zero for the tokens of the
// prompt, which is not a count.
func mergeFirst(list, text string) func(events []*node) *object {
	return func(events []*node) *object {
		out, first, said := &object{}, &object{}, &strings.Builder{}
		for _, e := range events {
			out.take(e, list)
			piece := e.field(list).at(0)
			if count, ok := piece.field("input_token_count").number(); ok && count.Sign() == 0 {
				first.take(piece, text, spell.Camel(text), "input_token_count", "inputTokenCount")
			} else {
				first.take(piece, text, spell.Camel(text))
			}
			said.WriteString(piece.field(text).word())
		}
		first.set(text, quote(said.String()))
		out.set(list, array([][]byte{first.bytes()}))
		return out
	}
}

// mergeGenerate puts the chunks of Cohere's oldest API together, those of the first text.
func mergeGenerate(events []*node) *object {
	out, first, said := &object{}, &object{}, &strings.Builder{}
	for _, e := range events {
		out.take(e.field("response"))
		out.take(e.only(invocation))
		if index(e, "index", 0) == 0 {
			first.take(e.only("finish_reason"))
			said.WriteString(e.field("text").word())
		}
	}
	if !out.has("generations") {
		first.set("text", quote(said.String()))
		out.set("generations", array([][]byte{first.bytes()}))
	}
	return out
}

// mergeTexts puts chunks together that are each a whole response with a piece of the text: Ollama,
// llama.cpp, TGI, the models of Bedrock. Texts are joined; of everything else the last counts.
func mergeTexts(events []*node) *object {
	out, message, texts := &object{}, &object{}, &choice{}
	for _, e := range events {
		out.take(e, "message", "response", "generation", "content", "output_text", "outputText", "completion", "thinking", "token")
		for _, name := range []string{"response", "generation", "content", "output_text", "completion", "thinking"} {
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
