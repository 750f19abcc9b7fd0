package term

import (
	"bytes"

	tea "github.com/charmbracelet/bubbletea"
)

// The brackets around a paste.
const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// PasteMsg is a bracketed paste, byte for byte, but with the CR that terminals send for line
// breaks as LF. A CR before an LF stays: terminals that leave line breaks alone send the CRLF of
// the clipboard as it is.
type PasteMsg struct{ Text string }

// A paste is one that has started. It has no time limit: on a slow line the rest would be typed as
// keys.
type paste struct{ text []byte }

// pasted takes b as part of the paste; when the paste ends in it, it emits the message and returns
// what follows.
func (d *decoder) pasted(b []byte, emit func(tea.Msg)) (rest []byte) {
	p := d.paste
	// The end may straddle the old and the new bytes, no further back than its own length.
	from := max(0, len(p.text)-len(pasteEnd)+1)
	p.text = append(p.text, b...)
	at := bytes.Index(p.text[from:], []byte(pasteEnd))
	if at < 0 {
		return nil
	}
	end := from + at
	rest = b[len(b)-(len(p.text)-end-len(pasteEnd)):]
	d.paste = nil
	emit(PasteMsg{Text: lineBreaks(p.text[:end])})
	return rest
}

// lineBreaks turns each CR that is alone into LF. It changes b.
func lineBreaks(b []byte) string {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\r')
		if i < 0 {
			return string(b)
		}
		at += i + 1
		if at == len(b) || b[at] != '\n' {
			b[at-1] = '\n'
		}
	}
}
