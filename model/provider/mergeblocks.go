package provider

import (
	"slices"
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

// bytes are the parts in their order, the arguments of calls as input.
func (b blocks) bytes() []byte {
	var content [][]byte
	for _, at := range sorted(b) {
		content = append(content, b[at].bytes("input"))
	}
	return array(content)
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

// begin takes what is there of a block of Anthropic when it begins.
func (b *block) begin(n *node) {
	b.start.take(n, "text", "thinking", "signature")
	b.addAll(n)
}

// grow adds a piece to a block of Anthropic. A block with a piece that is not known is not known.
func (b *block) grow(piece *node) {
	switch kind := piece.field("type"); kind.word() {
	case "", "text_delta", "thinking_delta", "signature_delta", "input_json_delta", "citations_delta", "compaction_delta":
	default:
		b.start.set("type", kind.raw)
	}
	b.addAll(piece)
	b.json.WriteString(piece.field("partial_json").word())
}

func (b *block) addAll(n *node) {
	for _, member := range []string{"text", "thinking", "signature"} {
		b.add(member, n.field(member))
	}
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
			parts.at(at).begin(e.field("content_block"))
		case "content_block_delta":
			parts.at(at).grow(e.field("delta"))
		case "message_delta":
			out.take(e.field("delta"))
			usage.take(e.field("usage"))
		}
		out.take(e.only(invocation))
	}
	out.set("type", []byte(`"message"`))
	out.set("content", parts.bytes())
	out.set("usage", usage.bytes())
	return out
}

// assembled is the content of a message of Anthropic. Where the pieces of a stream stand in it as
// parts of their own, as Weave for JavaScript writes them, each is put to the part before it.
func assembled(content *node) *node {
	isPiece := func(part node) bool { return strings.HasSuffix(part.field("type").word(), "_delta") }
	list := content.list()
	if !slices.ContainsFunc(list, isPiece) {
		return content
	}
	parts, last := blocks{}, 0
	for i := range list {
		if isPiece(list[i]) {
			parts.at(last).grow(&list[i])
			continue
		}
		last = i
		parts.at(last).begin(&list[i])
	}
	return newNode(parts.bytes())
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
			b, begun := parts.at(index(start, "content_block_index", 0)), start.field("start")
			b.start.take(begun.field("tool_use"))
			b.start.take(begun, "toolUse", "tool_use")
		}
		if delta.is(jsonraw.Object) {
			b, piece := parts.at(index(delta, "content_block_index", 0)), delta.field("delta")
			b.add("text", piece.field("text"))
			b.add("thinking", piece.field("reasoning_content").field("text"))
			b.add("signature", piece.field("reasoning_content").field("signature"))
			b.add("data", piece.field("reasoning_content").field("redacted_content"))
			b.start.take(piece, "text", "reasoningContent", "reasoning_content", "toolUse", "tool_use", "citation")
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
	if b.pieces["thinking"] != nil || b.pieces["signature"] != nil || b.pieces["data"] != nil {
		b.start.set("type", []byte(`"thinking"`))
	}
	return b.bytes("input")
}
