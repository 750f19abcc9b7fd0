package chat

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/outline"
)

// SaveMsg asks to save a picture, a sound or a file that a message holds, or to open it. Data takes
// as long as it is large.
type SaveMsg = outline.SaveMsg

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

// save asks for what is under the cursor to be saved.
func (m *Model) save() tea.Cmd {
	p := m.part()
	d, ok := p.data()
	switch {
	case ok:
		name := d.Kind + "-" + strconv.Itoa(m.at.message) + "-" + strconv.Itoa(m.at.part) + d.Suffix()
		return outline.Save(d, name)
	case p.kind == image:
		m.say(bars.Info, "the message holds only the image's address: y copies it")
	default:
		m.say(bars.Info, "there is no image, sound or file under the cursor")
	}
	return nil
}
