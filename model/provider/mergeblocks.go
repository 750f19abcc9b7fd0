package provider

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// invocation is the member in which Bedrock adds what it measured to the last event of any stream.
const invocation = "amazon-bedrock-invocationMetrics"

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
// what message_start told. A second message_start begins again: what came before it was cut off, or
// was the turn before.
func mergeBlocks(events []*node) *object {
	out, usage, parts := &object{}, &object{}, blocks{}
	for _, e := range events {
		at := index(e, "index", 0)
		switch e.field("type").word() {
		case "message_start":
			out, usage, parts = &object{}, &object{}, blocks{}
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
		out.take(e.only(invocation))
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
		out.take(e.only(invocation))
	}
	var content [][]byte
	for _, at := range sorted(parts) {
		content = append(content, parts[at].converse())
	}
	out.set("output", build(`{"message":{"role":"assistant","content":`, string(array(content)), `}}`))
	return out
}

// converse is a block as Converse has it: the name of its only member says what it is.
func (b *block) converse() []byte {
	if b.start.has("name") {
		return build(`{"toolUse":`, string(b.bytes("input")), `}`)
	}
	if b.pieces["thinking"] != nil || b.pieces["signature"] != nil {
		b.start.set("type", []byte(`"thinking"`))
	}
	return b.bytes("input")
}
