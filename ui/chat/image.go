package chat

import (
	"bytes"
	"encoding/base64"
	"errors"
	goimage "image"
	_ "image/gif" // the kinds of image whose size in pixels is known
	_ "image/jpeg"
	_ "image/png"
	"net/url"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/frame"
)

// SaveMsg asks to save an image that a message holds, or to open it. Data takes as long as the image is large.
type SaveMsg struct {
	Name string // of a file that would fit
	Data func() ([]byte, error)
}

// addressBytes is how much of an image's address is shown; headBytes is how much of its data is decoded for its size.
const (
	addressBytes = 200
	headBytes    = 96 << 10
)

// picture describes an image by the literal of its address: kind, size and pixels of one that the message holds itself.
// What it costs is bounded, but for the counting of escapes.
func picture(n *tree.Node, detail string) string {
	address, whole := n.TextPrefix(addressBytes)
	words := address
	if !whole {
		words += "…"
	}
	if kind, coded, at, ok := dataURL(n.Bytes()); ok {
		words = held(n.Bytes()[at:len(n.Bytes())-1], kind, coded)
	}
	if detail != "" {
		words += ", detail " + detail
	}
	return "[image " + strings.Map(oneLine, words) + "]"
}

// oneLine keeps a description on its line.
func oneLine(r rune) rune {
	if r == '\n' || r == '\r' {
		return '␤'
	}
	return r
}

// dataURL takes the literal of a data: address apart: the media type, whether the data is base64, and where it begins.
func dataURL(raw []byte) (kind string, coded bool, at int, ok bool) {
	const longest = 300
	head := raw[min(1, len(raw)):min(len(raw), longest)]
	comma := bytes.IndexByte(head, ',')
	if comma < 0 || len(head) < 5 || !strings.EqualFold(string(head[:5]), "data:") {
		return "", false, 0, false
	}
	kind = strings.ReplaceAll(string(head[5:comma]), `\/`, "/")
	kind, coded = strings.CutSuffix(kind, ";base64")
	return kind, coded, comma + 2, true
}

// held describes the data of an image, which may have escapes.
func held(data []byte, kind string, coded bool) string {
	if kind == "" {
		kind = "data"
	}
	n := len(data)
	pixels := ""
	if coded {
		n = base64.RawStdEncoding.DecodedLen(len(bytes.TrimRight(data, "=")) - bytes.Count(data, []byte(`\`)))
		if c, _, err := goimage.DecodeConfig(bytes.NewReader(beginning(data))); err == nil {
			pixels = ", " + strconv.Itoa(c.Width) + "×" + strconv.Itoa(c.Height) + " pixels"
		}
	}
	return kind + ", " + bytesWord(n) + pixels
}

// beginning decodes the first bytes of base64 in a literal.
func beginning(data []byte) []byte {
	head := bytes.ReplaceAll(data[:min(len(data), headBytes)], []byte(`\/`), []byte("/"))
	head = bytes.TrimRight(head, `\=`)
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(head)))
	n, _ := base64.RawStdEncoding.Decode(out, head[:len(head)/4*4])
	return out[:n]
}

// save asks for the image under the cursor to be saved.
func (m *Model) save() tea.Cmd {
	p := m.part()
	if p.kind != image {
		m.say(frame.Info, "there is no image under the cursor")
		return nil
	}
	n := p.node
	kind, coded, _, ok := dataURL(n.Bytes())
	if !ok {
		m.say(frame.Info, "the message holds only the image's address: y copies it")
		return nil
	}
	name := "image-" + strconv.Itoa(m.at.message) + "-" + strconv.Itoa(m.at.part) + suffix(kind)
	return func() tea.Msg {
		return SaveMsg{Name: name, Data: func() ([]byte, error) { return imageData(n, coded) }}
	}
}

// imageData decodes the data of a data: address.
func imageData(n *tree.Node, coded bool) ([]byte, error) {
	address, ok := n.Text()
	_, data, found := strings.Cut(address, ",")
	switch {
	case !ok || !found:
		return nil, errors.New("the image's address cannot be read")
	case !coded:
		text, err := url.PathUnescape(data)
		return []byte(text), err
	}
	data = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == ' ' || r == '=' {
			return -1
		}
		return r
	}, data)
	if strings.ContainsAny(data, "-_") {
		return base64.RawURLEncoding.DecodeString(data)
	}
	return base64.RawStdEncoding.DecodeString(data)
}

// suffix is the file name suffix for a media type.
func suffix(kind string) string {
	kind, _, _ = strings.Cut(kind, ";")
	switch strings.ToLower(kind) {
	case "image/png":
		return ".png"
	case "image/jpeg", "image/jpg":
		return ".jpg"
	case "image/gif":
		return ".gif"
	case "image/webp":
		return ".webp"
	case "image/svg+xml":
		return ".svg"
	}
	return ".bin"
}
