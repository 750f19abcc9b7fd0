package pager

import (
	"bytes"

	"github.com/charmbracelet/lipgloss"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/stringlines"
	"errata/ui/theme"
)

// treeIndent is the cells that a level of a tree is moved to the right.
const treeIndent = 2

// Tree shows JSON indented, with names and literals in the theme's colours and strings decoded: a
// member or element a line, without commas. A string of several lines is below its name. raw is
// read as far as it goes when it is not JSON.
func Tree(raw []byte, th *theme.Theme) Source {
	return list(&tree{raw: raw, whole: media.Within(raw), th: th}, stop{})
}

// tree walks the lines of a JSON value.
type tree struct {
	raw   []byte
	whole [][2]int // the addresses of pictures and files within its strings
	th    *theme.Theme
}

func (t *tree) step(at stop) (line, stop, bool) {
	if !at.within.empty() {
		return t.passage(at)
	}
	i, _ := t.colon(at.off)
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
		value, named := t.colon(end)
		if !named || end-i > passageLen { // a name that is so long is above its value
			return t.quote(l, span{i, end}, lines)
		}
		l.key = span{i, end}
		i = value
	}
	if i < len(t.raw) && t.raw[i] == '"' {
		end, lines := t.quoted(i)
		return t.quote(l, span{i, end}, lines)
	}
	return t.value(l, i)
}

// passage gives a line of the string that the walk is in, or a part of one that is long.
func (t *tree) passage(at stop) (l line, after stop, ok bool) {
	from := at.within.start
	lines := stringlines.Parts{Text: t.raw[from:at.within.end], Base: from, Whole: t.whole}
	end, next := lines.Stop(at.off - from)
	l.val.start, l.val.end, l.depth, l.form = at.off, from+end, at.depth+1, passage
	after.off, after.depth, after.within = from+next, at.depth, at.within
	if l.more = end == next; l.more && end == lines.End() {
		l.more, after.off, after.within = false, at.within.end, span{}
	}
	if len(t.whole) > 0 {
		l.more = l.more && !lines.IsWhole(next)
		if lines.IsWhole(at.off - from) {
			l.form = whole
		}
	}
	return l, after, true
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
		return l, stop{off: s.start + 1, depth: l.depth, within: s}, true
	}
	return l, stop{off: s.end, depth: l.depth}, true
}

// held is what the string of a line holds, if that is a picture, a sound or a file.
func (t *tree) held(l line) (media.Data, bool) {
	name := string(bytes.Trim(t.raw[l.key.start:l.key.end], `"`))
	return media.Of(name, t.raw[l.val.start:l.val.end])
}

// value reads the value at i, which is not a string, into l.
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
		end := t.word(i)
		l.val = span{i, min(end, i+passageLen)}
		l.more = l.val.end < end
		after.off = l.val.end
	}
	return l, after, true
}

// colon passes over what is between values, and over the colon after a name.
func (t *tree) colon(i int) (value int, found bool) {
	if i = t.skip(i); i == len(t.raw) || t.raw[i] != ':' {
		return i, false
	}
	return t.skip(i + 1), true
}

// skip passes over what is between values but for the colon after a name.
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

// word is the end of the literal at i, which is not a string; it is never empty.
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
// several, or is long. One without an end is neither.
func (t *tree) quoted(i int) (end int, lines bool) {
	end = jsonraw.StringEnd(t.raw, i)
	if end-i < len(`""`) || t.raw[end-1] != '"' {
		return end, false
	}
	text := stringlines.Text(t.raw[i:end])
	return end, end-i > passageLen || text.Broken()
}

func (t *tree) block(l line) Block {
	b := Block{Indent: treeIndent * l.depth}
	switch l.form {
	case passage:
		raw := t.raw[l.val.start:l.val.end]
		b.Text = stringlines.Decode(raw)
		b.Shown = []Shown{{0, len(b.Text), l.val.start, raw}}
		b.Spans = []Span{{0, len(b.Text), t.th.JSONString}}
	case whole:
		d, _ := media.Address(t.raw[l.val.start:l.val.end])
		b.Text = d.String()
		b.Spans = []Span{{0, len(b.Text), t.th.Info}}
	default:
		t.render(&b, l)
	}
	return b
}

// render writes a line that is not a passage.
func (t *tree) render(b *Block, l line) {
	if !l.key.empty() {
		name := t.string(l.key)
		b.Spans = append(b.Spans, Span{0, len(name), t.th.JSONName})
		b.Shown = append(b.Shown, t.shown(l.key, name, 0))
		b.Text = name + ": "
	}
	val, style := t.look(l)
	b.Spans = append(b.Spans, Span{len(b.Text), len(b.Text) + len(val), *style})
	if l.form == scalar && val != "" && val[0] != '{' && val[0] != '[' {
		b.Shown = append(b.Shown, t.shown(l.val, val, len(b.Text)))
	}
	b.Text += val
}

// shown is the part of a block from a byte on that shows a name, or a literal.
func (t *tree) shown(s span, text string, from int) Shown {
	raw, to := t.raw[s.start:s.end], from+len(text)
	if raw[0] == '"' {
		from, to = from+1, max(to-1, from+1)
	}
	return Literal(from, to, raw, s.start)
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
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw)
	}
	return `"` + stringlines.Decode(bytes.TrimSuffix(raw[1:], []byte(`"`))) + `"`
}
