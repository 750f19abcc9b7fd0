package chat

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/pager"
	"errata/ui/sanitize"
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

// image is a row that says what a picture, a sound or a file is, or the address of one, and the
// detail that is asked for.
func (m *cards) image(i int, p *part) pager.Source {
	l := indented(bodyIndent)
	if p.held != nil {
		return l.say(p.held.String(), m.th.Info).alone()
	}
	if d, ok := media.Of("image_url", p.node.Bytes()); ok {
		l.say(strings.TrimSuffix(d.String(), "]"), m.th.Info)
	} else {
		address, whole := p.node.TextPrefix(addressBytes)
		if !whole {
			address += "…"
		}
		m.show(l.say("[image ", m.th.Info), i, p.edit, sanitize.Line(address, -1), m.th.Info)
	}
	if p.name != "" {
		m.showMember(l.say(", detail ", m.th.Info), i, p.edit[:len(p.edit)-1], "detail", p.name, m.th.Info)
	}
	return l.say("]", m.th.Info).alone()
}

// fileName is a name for what a part holds.
func fileName(d media.Data, at stop) string {
	return d.Kind + "-" + strconv.Itoa(at.message) + "-" + strconv.Itoa(at.part) + d.Suffix()
}
