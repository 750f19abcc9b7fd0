package term

import (
	"bytes"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A pen passes on what is written to a terminal, and sets a look only where something is drawn that
// shows it: a blank shows its ground alone, so the colour of the words around it can stay.
type pen struct {
	want uv.Style // what is to be drawn with
	have uv.Style // what the terminal draws with
	lost bool     // nobody knows what the terminal draws with
}

// pass appends text, which a renderer has written, to out.
func (p *pen) pass(out *bytes.Buffer, text string) {
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	for text != "" {
		n := textLen(text)
		if n > 0 {
			p.draw(out, text[:n])
			text = text[n:]
			continue
		}
		seq, n := text[:1], 1
		if text[0] == ansi.ESC {
			seq, _, n, _ = ansi.DecodeSequence(text, ansi.NormalState, parser)
		}
		text = text[n:]
		if ansi.HasCsiPrefix(seq) && parser.Command() == 'm' {
			uv.ReadStyle(parser.Params(), &p.want)
			continue
		}
		if uncovers(seq) {
			p.ground(out)
		}
		out.WriteString(seq)
	}
}

// textLen is how far text has no controls.
func textLen(text string) int {
	if i := strings.IndexFunc(text, control); i >= 0 {
		return i
	}
	return len(text)
}

// uncovers reports whether a sequence leaves cells that have the ground of the look: one that
// erases, shifts or scrolls, or repeats what was drawn.
func uncovers(seq string) bool {
	if seq == "\n" || seq == ansi.ReverseIndex {
		return true
	}
	return startsCSI(seq) && strings.ContainsRune("@JKLMPSTXb", rune(seq[len(seq)-1]))
}

// draw writes text without controls. A mark may follow on a blank: that one is drawn as a letter
// is.
func (p *pen) draw(out *bytes.Buffer, text string) {
	blanks := len(text) - len(strings.TrimLeft(text, " "))
	if blanks > 0 && blanks < len(text) && text[blanks] > ansi.DEL {
		blanks--
	}
	if blanks > 0 {
		p.ground(out)
		out.WriteString(text[:blanks])
	}
	if text = text[blanks:]; text != "" {
		p.look(out)
		out.WriteString(text)
	}
}

// ground sets the look where a blank would show that it is another.
func (p *pen) ground(out *bytes.Buffer) {
	want, have := uv.Style{Bg: p.want.Bg}, uv.Style{Bg: p.have.Bg}
	if p.lost || !bare(p.want) || !bare(p.have) || !want.Equal(&have) {
		p.look(out)
	}
}

// look sets the look, in the shorter of two ways.
func (p *pen) look(out *bytes.Buffer) {
	const anew = "\x1b[0;"
	switch whole := p.want.String(); {
	case p.lost:
		out.WriteString(ansi.ResetStyle)
		if !p.want.IsZero() {
			out.WriteString(whole)
		}
	case p.want.Equal(&p.have):
		return
	default:
		seq := p.want.Diff(&p.have)
		if short := anew + strings.TrimPrefix(whole, "\x1b["); len(short) < len(seq) {
			seq = short
		}
		out.WriteString(seq)
	}
	p.have, p.lost = p.want, false
}

// bare reports whether a blank in a style is nothing but its ground.
func bare(s uv.Style) bool {
	const seen = uv.AttrReverse | uv.AttrStrikethrough
	return s.Attrs&seen == 0 && s.Underline == uv.UnderlineNone
}
