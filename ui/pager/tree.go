package pager

import (
	"bytes"

	"github.com/charmbracelet/lipgloss"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/theme"
)

// treeIndent is the cells that a level of a tree is moved to the right.
const treeIndent = 2

// Tree shows JSON indented, with names and literals in the theme's colours and strings decoded: a
// member or element a line, without commas. A string of several lines stands below its name. raw is
// read as far as it goes when it is no JSON.
func Tree(raw []byte, th *theme.Theme) Source {
	return list(&tree{raw: raw, th: th}, stop{})
}

// literal shows the text of a JSON string without decoding more of it than is shown. style is for
// all of it, nil for the theme's Text.
func literal(raw []byte, th *theme.Theme, style *lipgloss.Style) Source {
	return list(&tree{raw: raw, th: th, prose: style}, stop{off: bytes.IndexByte(raw, '"') + 1, depth: -1, text: true})
}

// tree walks the lines of a JSON value.
type tree struct {
	raw   []byte
	th    *theme.Theme
	prose *lipgloss.Style // of all lines of a string that stands alone
}

func (t *tree) step(at stop) (line, stop, bool) {
	if at.text {
		p := scanPassage(t.raw, at.off)
		return line{val: span{at.off, p.end}, depth: at.depth + 1, form: passage, more: p.more}, stop{p.after, at.depth, !p.last}, true
	}
	i := t.skip(at.off)
	if i == len(t.raw) {
		return line{}, at, false
	}
	if c := t.raw[i]; c == '}' || c == ']' {
		depth := max(at.depth-1, 0)
		return line{val: span{i, i + 1}, depth: depth, form: bracket}, stop{off: i + 1, depth: depth}, true
	}
	l := line{depth: at.depth}
	if t.raw[i] == '"' {
		end, lines := t.quoted(i)
		colon := t.skip(end)
		if colon == len(t.raw) || t.raw[colon] != ':' {
			return t.quote(l, span{i, end}, lines)
		}
		l.key = span{i, end}
		i = t.skip(colon + 1)
	}
	if i < len(t.raw) && t.raw[i] == '"' {
		end, lines := t.quoted(i)
		return t.quote(l, span{i, end}, lines)
	}
	return t.value(l, i)
}

// quote makes s, a string literal, the value of l.
func (t *tree) quote(l line, s span, lines bool) (line, stop, bool) {
	l.val = s
	if _, ok := t.held(l); ok {
		l.form = held
		return l, stop{off: s.end, depth: l.depth}, true
	}
	if lines {
		l.form = heading
		return l, stop{off: s.start + 1, depth: l.depth, text: true}, true
	}
	return l, stop{off: s.end, depth: l.depth}, true
}

// held is what the string of a line holds, if that is a picture, a sound or a file.
func (t *tree) held(l line) (media.Data, bool) {
	name := string(bytes.Trim(t.raw[l.key.start:l.key.end], `"`))
	return media.Of(name, t.raw[l.val.start:l.val.end])
}

// value reads the value at i, which is no string, into l.
func (t *tree) value(l line, i int) (line, stop, bool) {
	after := stop{depth: l.depth}
	if i == len(t.raw) {
		l.val, after.off = span{i, i}, i
		return l, after, true
	}
	switch t.raw[i] {
	case '{', '[':
		l.val = span{i, i + 1}
		if j := t.skip(i + 1); j < len(t.raw) && (t.raw[j] == '}' || t.raw[j] == ']') {
			after.off = j + 1
			return l, after, true
		}
		l.form = bracket
		after.off = i + 1
		after.depth++
	default:
		l.val = span{i, t.word(i)}
		after.off = l.val.end
	}
	return l, after, true
}

// skip passes over what stands between values; the colon after a name is left.
func (t *tree) skip(i int) int {
	for i < len(t.raw) {
		switch t.raw[i] {
		case ' ', '\t', '\r', '\n', ',':
			i++
		default:
			return i
		}
	}
	return i
}

// word is the end of the literal at i, which is no string; it is never empty.
func (t *tree) word(i int) int {
	for i++; i < len(t.raw); i++ {
		switch t.raw[i] {
		case ' ', '\t', '\r', '\n', ',', '{', '}', '[', ']', '"':
			return i
		}
	}
	return i
}

// quoted is the end of the string literal at i, and whether its text is shown line by line: it has
// several, or is long.
func (t *tree) quoted(i int) (end int, lines bool) {
	start := i
	for i++; ; i += 2 {
		if i = jsonraw.Special(t.raw, min(i, len(t.raw))); i == len(t.raw) {
			return i, lines || i-start > passageLen
		}
		if t.raw[i] == '"' {
			return i + 1, lines || i-start > passageLen
		}
		lines = lines || lineBreak(t.raw[i:]) > 0
	}
}

func (t *tree) text(l line) string {
	if l.form == passage {
		return decode(t.raw[l.val.start:l.val.end])
	}
	text, _ := t.render(l, false)
	return text
}

func (t *tree) block(l line) Block {
	b := Block{Indent: treeIndent * l.depth}
	if l.form != passage {
		b.Text, b.Spans = t.render(l, true)
		return b
	}
	b.Text = t.text(l)
	switch {
	case t.prose != nil:
		b.Spans = []Span{{0, len(b.Text), *t.prose}}
	case l.depth > 0:
		b.Spans = []Span{{0, len(b.Text), t.th.JSONString}}
	}
	return b
}

// render writes a line that is no passage.
func (t *tree) render(l line, styled bool) (text string, spans []Span) {
	if !l.key.empty() {
		name := t.string(l.key)
		text = name + ": "
		if styled {
			spans = append(spans, Span{0, len(name), t.th.JSONName})
		}
	}
	val, style := t.look(l)
	if styled {
		spans = append(spans, Span{len(text), len(text) + len(val), *style})
	}
	return text + val, spans
}

// look is the text of the value and its style.
func (t *tree) look(l line) (string, *lipgloss.Style) {
	switch l.form {
	case heading:
		return "|", &t.th.Faint
	case held:
		d, _ := t.held(l)
		return d.String(), &t.th.Info
	}
	raw := t.raw[l.val.start:l.val.end]
	if len(raw) == 0 {
		return "", &t.th.Text
	}
	switch c := raw[0]; {
	case l.form == bracket:
		return string(raw), &t.th.Text
	case c == '{':
		return "{}", &t.th.Text
	case c == '[':
		return "[]", &t.th.Text
	case c == '"':
		return t.string(l.val), &t.th.JSONString
	case c == '-' || '0' <= c && c <= '9':
		return string(raw), &t.th.JSONNumber
	}
	return string(raw), &t.th.JSONWord
}

// string is a string literal decoded, in its quotes.
func (t *tree) string(s span) string {
	raw := t.raw[s.start:s.end]
	if !escaped(raw) {
		return string(raw)
	}
	return `"` + decode(bytes.TrimSuffix(raw[1:], []byte(`"`))) + `"`
}

func escaped(raw []byte) bool { return bytes.IndexByte(raw, '\\') >= 0 }
