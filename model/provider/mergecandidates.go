package provider

// candidate is one answer of Gemini while its parts come in.
type candidate struct {
	rest  object
	parts [][]byte
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
			c[at].parts = append(c[at].parts, parts.at(j).raw)
		}
	}
}

func (c candidates) bytes() []byte {
	var all [][]byte
	for _, at := range sorted(c) {
		c[at].rest.set("content", build(`{"role":"model","parts":`, string(array(c[at].parts)), `}`))
		all = append(all, c[at].rest.bytes())
	}
	return array(all)
}

// mergeCandidates puts the chunks of Gemini together: parts one after the other, and the last
// counts that are told.
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
