package chat

import (
	"bytes"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/pager"
	"errata/ui/stringlines"
)

// fenceReach is how far back a line is looked at to tell whether it is in a block of code.
const fenceReach = 256 << 10

// markdown renders Markdown line by line: headings, lists, quotes, emphasis, code. A line stays a
// line.
func (m *cards) markdown() pager.Look {
	f := &fences{}
	return func(raw []byte, at int, text string) (string, []pager.Span) {
		switch inside := f.inside(raw, at); {
		case isFence(text):
			return text, whole(text, m.th.Faint)
		case inside:
			return text, whole(text, m.th.Info)
		}
		return m.renderLine(text)
	}
}

func whole(text string, look lipgloss.Style) []pager.Span {
	return []pager.Span{{Start: 0, End: len(text), Style: look}}
}

func isFence(text string) bool {
	text = strings.TrimLeft(text, " ")
	return strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")
}

// fences remembers how many fences are before the line that was asked for last, as the next one is
// mostly beside it.
type fences struct {
	at   int // 0 for nothing yet
	open bool
}

// inside reports whether the line at byte at of a literal is within a block of code.
func (f *fences) inside(raw []byte, at int) bool {
	from, open := max(1, at-fenceReach), false
	if f.at > 0 && f.at <= at && f.at >= from {
		from, open = f.at, f.open
	}
	for i := from; i < at; {
		j := nearest(raw[i:at])
		if j < 0 {
			break
		}
		if i += j; opensLine(raw, i) {
			open = !open
		}
		i += 3
		for i < at && (raw[i] == '`' || raw[i] == '~') {
			i++
		}
	}
	f.at, f.open = at, open
	return open
}

// nearest finds the next mark of a fence.
func nearest(raw []byte) int {
	i, j := bytes.Index(raw, []byte("```")), bytes.Index(raw, []byte("~~~"))
	if i < 0 || j >= 0 && j < i {
		return j
	}
	return i
}

// opensLine reports whether nothing but spaces is before byte i on its line.
func opensLine(raw []byte, i int) bool {
	for i > 1 && raw[i-1] == ' ' {
		i--
	}
	return i == 1 || stringlines.Text(raw).BreakBefore(i) > 0
}

// rendered collects a line without its marks.
type rendered struct {
	out   strings.Builder
	spans []pager.Span
}

func (r *rendered) put(text string, look *lipgloss.Style) {
	if look != nil && text != "" {
		r.spans = append(r.spans, pager.Span{Start: r.out.Len(), End: r.out.Len() + len(text), Style: *look})
	}
	r.out.WriteString(text)
}

// renderLine renders a line that is not code.
func (m *cards) renderLine(text string) (string, []pager.Span) {
	body := strings.TrimLeft(text, " ")
	indent := text[:len(text)-len(body)]
	level := len(body) - len(strings.TrimLeft(body, "#"))
	var r rendered
	switch {
	case level > 0 && level <= 6 && strings.HasPrefix(body[level:], " "):
		title := strings.TrimSpace(body[level:])
		return title, whole(title, m.th.Heading)
	case isRule(body):
		return text, whole(text, m.th.Faint)
	case strings.HasPrefix(body, "- "), strings.HasPrefix(body, "* "), strings.HasPrefix(body, "+ "):
		r.put(indent, nil)
		r.put(m.th.Bullet(), &m.th.Muted)
		body = body[2:]
	case strings.HasPrefix(body, "> "):
		r.put(indent, nil)
		r.put(m.th.Quote(), &m.th.Faint)
		body = body[2:]
	default:
		r.put(indent, nil)
	}
	m.emphasis(&r, body)
	return r.out.String(), r.spans
}

// isRule reports whether a line is drawn across: three dashes or more, or stars.
func isRule(body string) bool {
	body = strings.TrimRight(body, " ")
	return len(body) >= 3 && (strings.Trim(body, "-") == "" || strings.Trim(body, "*") == "" || strings.Trim(body, "_") == "")
}

// emphasis renders what is between marks that close on the same line; other marks stay.
func (m *cards) emphasis(r *rendered, text string) {
	bold, slanted := m.th.Text.Bold(true), m.th.Text.Italic(true)
	marks := []struct {
		mark string
		look *lipgloss.Style
	}{{"**", &bold}, {"__", &bold}, {"`", &m.th.Info}, {"*", &slanted}, {"_", &slanted}}
	for text != "" {
		i := strings.IndexAny(text, "*_`")
		if i < 0 {
			break
		}
		inWord := i > 0 && isWord(text[i-1])
		r.put(text[:i], nil)
		text = text[i:]
		done := false
		for _, k := range marks {
			inner, rest, ok := between(text, k.mark)
			if k.mark[0] == '_' && (inWord || rest != "" && isWord(rest[0])) {
				continue // a name, such as snake_case
			}
			if ok {
				r.put(inner, k.look)
				text, done = rest, true
				break
			}
		}
		if !done {
			r.put(text[:1], nil)
			text = text[1:]
		}
	}
	r.put(text, nil)
}

// between is what is between a mark at the start of text and the next one: no space at its ends,
// unless it is code.
func between(text, mark string) (inner, rest string, ok bool) {
	after, ok := strings.CutPrefix(text, mark)
	if !ok {
		return "", "", false
	}
	inner, rest, ok = strings.Cut(after, mark)
	if !ok || inner == "" || mark != "`" && inner != strings.TrimSpace(inner) {
		return "", "", false
	}
	return inner, rest, true
}

func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
