package chat

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/tree"
)

// addressBytes is how much of an image's address is shown.
const addressBytes = 200

// data is what a part holds in itself; ok is false for one that holds words, an address, or other
// parts.
func (p *part) data() (d media.Data, ok bool) {
	switch {
	case p.held != nil:
		return *p.held, true
	case p.node == nil || p.node.Kind() != jsonraw.String:
		return media.Data{}, false
	}
	return media.Of(p.name, p.node.Bytes())
}

// picture describes an image by the literal of its address: what an image is that the message holds
// itself.
func picture(n *tree.Node, detail string) string {
	more := ""
	if detail != "" {
		more = ", detail " + detail
	}
	if d, ok := media.Of("image_url", n.Bytes()); ok {
		return strings.TrimSuffix(d.String(), "]") + more + "]"
	}
	address, whole := n.TextPrefix(addressBytes)
	if !whole {
		address += "…"
	}
	return "[image " + strings.Map(oneLine, address) + more + "]"
}

// oneLine keeps a description on its line.
func oneLine(r rune) rune {
	if r == '\n' || r == '\r' {
		return '␤'
	}
	return r
}

// fileName is a name for what a part holds.
func fileName(d media.Data, at stop) string {
	return d.Kind + "-" + strconv.Itoa(at.message) + "-" + strconv.Itoa(at.part) + d.Suffix()
}
