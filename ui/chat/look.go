package chat

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/pager"
	"errata/ui/sanitize"
	"errata/ui/theme"

	"github.com/charmbracelet/lipgloss"
)

// treeBytes is the most of a JSON value that is laid out as a tree among the messages; a larger one
// is seen in its editor.
const treeBytes = 256 << 10

// shownBytes is the most of a JSON value that is looked through for pictures and sounds, without
// which it may be small enough.
const shownBytes = 16 << 20

// nameCells is the most of a name that a row shows.
const nameCells = 120

// look is how a part of message i is shown.
func (m *cards) look(i int, p *part) flow {
	var f flow
	switch p.kind {
	case heading:
		return m.heading(i, p)
	case text:
		if d, ok := p.data(); ok {
			return fixed{words(bodyIndent, d.String(), m.th.Info)}
		}
		if p.name == "" {
			return m.text(i, p, bodyIndent)
		}
		return titled{words(bodyIndent, "text", m.th.Faint), m.text(i, p, bodyIndent)}
	case image:
		f = m.image(i, p)
	case thinking:
		f = m.thinking(i, p)
	case call:
		f = m.call(i, p)
	case arguments:
		f = m.arguments(i, p)
	case blank:
		return fixed{words(bodyIndent, "no content", m.th.Muted)}
	default:
		f = m.member(i, p)
	}
	if p.note != "" {
		return titled{words(bodyIndent, p.note, m.th.Warning), f}
	}
	return f
}

// titled is a flow below a paragraph of its own.
type titled struct {
	title paragraph
	flow
}

func (t titled) first() int { return t.flow.first() - 1 }

func (t titled) after(at int) (int, bool) {
	if at < t.flow.first() {
		return t.flow.first(), true
	}
	return t.flow.after(at)
}

func (t titled) before(at int) (int, bool) {
	switch {
	case at < t.flow.first():
		return at, false
	case at == t.flow.first():
		return at - 1, true
	}
	return t.flow.before(at)
}

func (t titled) paragraph(at int) paragraph {
	if at < t.flow.first() {
		return t.title
	}
	return t.flow.paragraph(at)
}

// heading says who speaks, whom it answers, and how large the message is.
func (m *cards) heading(i int, p *part) flow {
	closed := m.fold(i) == shut
	var f fixed
	if i > 0 && !closed {
		f = append(f, paragraph{})
	}
	var l line
	if !m.single {
		l.say("["+strconv.Itoa(i)+"] ", m.th.Faint)
	}
	switch role := word(p.node, roleName); {
	case role == "":
		l.say("no role", m.th.Warning)
	case !slices.Contains(roles, role):
		m.showMember(&l, i, nil, roleName, role, m.th.RoleStyle("")).say("  not a role", m.th.Warning)
	default:
		m.showMember(&l, i, nil, roleName, role, m.th.RoleStyle(role))
	}
	if name := word(p.node, nameName); name != "" {
		m.showMember(l.say("  ", m.th.Text), i, nil, nameName, name, m.th.Text)
	}
	m.answer(&l, i, word(p.node, callIDName))
	size := "  " + figure.Size(p.node.Size())
	if room := m.textWidth() - sanitize.Width(l.text) - len(size) - 3; closed && room > 0 {
		l.say("  "+sanitize.Line(m.gist(i), room), m.th.Muted)
	}
	l.say(size, m.th.Faint)
	return append(f, l.paragraph)
}

// start is the byte of message i at which the value at a place within it begins.
func (m *cards) start(i int, at tree.Path) int {
	start, _, _ := m.message(i).Span(at)
	return start
}

// show adds text that shows the string at a place within message i.
func (m *cards) show(l *line, i int, at tree.Path, text string, style lipgloss.Style) *line {
	n, _ := m.message(i).At(at)
	return l.show(text, style, n.Bytes(), m.start(i, at))
}

// showMember adds a word that is a member of the object at a place within message i.
func (m *cards) showMember(l *line, i int, at tree.Path, name, word string, style lipgloss.Style) *line {
	object, _ := m.message(i).At(at)
	k, _ := childAt(object, name)
	return m.show(l, i, under(at, k), sanitize.Line(word, nameCells), style)
}

// answer says which call a message answers.
func (m *cards) answer(l *line, i int, id string) {
	tool := m.links != nil && m.links.list[i].role == toolRole
	if id != "" {
		m.showMember(l.say("  (", m.th.Muted), i, nil, callIDName, id, m.th.Muted).say(")", m.th.Muted)
	}
	if !tool {
		return
	}
	if id == "" {
		l.say("  names no call", m.th.Warning)
		return
	}
	at, function, ok := m.links.asked(i)
	if !ok {
		l.say("  dangling: no message before makes this call", m.th.Warning)
		return
	}
	l.say("  answers "+sanitize.Line(function, nameCells)+" in ["+strconv.Itoa(at)+"]", m.th.Muted)
}

// text is the text of a string: as it is written or rendered, or the beginning of it in a folded
// message.
func (m *cards) text(i int, p *part, indent int) flow {
	if p.node.Size() <= len(`""`) {
		return fixed{words(indent, "empty text", m.th.Muted)}
	}
	l := m.passage(i, p, indent)
	if m.rendered {
		l.style = m.markdown()
	}
	if m.fold(i) == brief {
		return m.brief(l)
	}
	return l
}

// brief is the beginning of a text, and how much there is more of it; a short text is whole.
func (m *cards) brief(l *passage) flow {
	var f fixed
	at, more := l.first(), true
	for size := 0; more && len(f) < briefLines && size < briefBytes; {
		p := l.paragraph(at)
		if size += len(p.text); size > briefBytes {
			cut := sanitize.Line(p.text, max(briefBytes-size+len(p.text), 1))
			return append(f, paragraph{text: cut, indent: p.indent}, m.more(l, at))
		}
		f = append(f, p)
		at, more = l.after(at)
	}
	if more {
		f = append(f, m.more(l, at))
	}
	return f
}

// more says how much of a text there is from a line on.
func (m *cards) more(l *passage, at int) paragraph {
	const counted = 256 << 10
	rest := l.Text[at:l.End()]
	if len(rest) > counted {
		return words(l.indent, "… "+figure.Size(len(rest))+" more", m.th.Faint)
	}
	n := 1
	for ok := true; ok; n++ {
		if at, ok = l.after(at); !ok {
			break
		}
	}
	if n == 1 {
		return words(l.indent, "… "+figure.Size(len(rest))+" in this line", m.th.Faint)
	}
	return words(l.indent, "… "+figure.Int(n)+" more lines", m.th.Faint)
}

// thinking is a line that says what there is, and the words below it when somebody opened it.
func (m *cards) thinking(i int, p *part) flow {
	if p.edit == nil {
		return fixed{words(bodyIndent, "redacted thinking, "+figure.Size(max(p.node.Size()-2, 0)), m.th.Muted)}
	}
	l := (&line{paragraph{indent: bodyIndent}}).say("thinking", m.th.Muted)
	l.say("  "+figure.Size(max(p.node.Size()-2, 0)), m.th.Faint)
	if m.collapsed(p.node) {
		const glimpse = 60
		first, _ := p.node.TextPrefix(glimpse)
		first, _, _ = strings.Cut(first, "\n")
		return fixed{l.say("  "+sanitize.Line(first, glimpse), m.th.Faint).paragraph}
	}
	if p.node.Size() <= len(`""`) {
		return fixed{l.paragraph}
	}
	words := m.passage(i, p, 2*bodyIndent)
	words.look = &m.th.Muted
	return titled{l.paragraph, words}
}

// call is a row that says what is called, and whether anybody answers.
func (m *cards) call(i int, p *part) flow {
	k, function := childAt(p.node, "function")
	l := (&line{paragraph{indent: bodyIndent}}).say("→ ", m.th.Info)
	if name := word(function, nameName); name != "" {
		m.showMember(l, i, under(p.path, k), nameName, name, m.th.Label)
	} else {
		l.say("no function", m.th.Warning)
	}
	id := word(p.node, "id")
	if id != "" {
		m.showMember(l.say("  (", m.th.Muted), i, p.path, "id", id, m.th.Muted).say(")", m.th.Muted)
	} else {
		l.say("  no id", m.th.Warning)
	}
	if m.links != nil && !m.links.answered(i, id) {
		l.say("  unanswered", m.th.Warning)
	}
	return fixed{l.paragraph}
}

// arguments are a tree when they are a string that holds JSON, else the text that they are.
func (m *cards) arguments(i int, p *part) flow {
	if p.node.Kind() != jsonraw.String {
		return m.value(i, m.jsonOf(i, p), 2*bodyIndent)
	}
	if raw, ok := inside(p.node); ok {
		return m.value(i, shownJSON{raw, m.start(i, p.place()), p.node.Bytes()}, 2*bodyIndent)
	}
	return m.text(i, p, 2*bodyIndent)
}

// inside is the JSON object or list that a string holds, if it is one and not too large to show.
func inside(n *tree.Node) ([]byte, bool) {
	if n.Size() > treeBytes {
		return nil, false
	}
	inner, ok := path.Inside(n)
	if !ok {
		return nil, false
	}
	return inner.Bytes(), true
}

// shownJSON is JSON that is shown as a tree.
type shownJSON struct {
	raw    []byte
	at     int    // the byte of the message at which it begins, or the string does that holds it
	packed []byte // the literal of that string, nil for none
}

// jsonOf is the value of a part of message i.
func (m *cards) jsonOf(i int, p *part) shownJSON {
	return shownJSON{raw: p.node.Bytes(), at: m.start(i, p.place())}
}

func (j shownJSON) source(th *theme.Theme) pager.Source {
	s := pager.Tree(j.raw, th)
	if j.packed != nil {
		s = pager.Packed(s, j.packed)
	}
	return pager.At(s, j.at)
}

// value is JSON as a tree; in a folded message its beginning.
func (m *cards) value(i int, j shownJSON, indent int) flow {
	raw := j.raw
	if !m.whole && len(raw) > treeBytes && (len(raw) > shownBytes || len(media.Shown(raw)) > treeBytes) {
		return fixed{words(indent, jsonraw.KindOf(raw).Word()+" of "+figure.Size(len(raw))+": enter opens it", m.th.Muted)}
	}
	all := pages{j.source(m.th), indent}
	if all.Len() <= briefLines+1 || m.fold(i) != brief {
		return all
	}
	var f fixed
	for at := range briefLines {
		f = append(f, all.paragraph(at))
	}
	return append(f, words(indent, "… "+figure.Int(all.Len()-briefLines)+" more lines", m.th.Faint))
}

// member is a name and its value: in one row, or below the name.
func (m *cards) member(i int, p *part) flow {
	if p.name == "" {
		return m.value(i, m.jsonOf(i, p), bodyIndent)
	}
	name := &line{paragraph{indent: bodyIndent}}
	if from, to, ok := m.message(i).NameSpan(p.path); ok {
		name.show(sanitize.Line(p.name, nameCells), m.th.JSONName, m.message(i).Bytes()[from:to], from)
	} else {
		name.say(sanitize.Line(p.name, nameCells), m.th.JSONName)
	}
	name.say(":", m.th.Faint)
	if d, ok := p.data(); ok {
		return fixed{name.say(" "+sanitize.Line(d.String(), -1), m.th.Info).paragraph}
	}
	switch k := p.node.Kind(); {
	case k == jsonraw.String && (p.node.Size() > longBytes || bytes.Contains(p.node.Bytes(), []byte(`\n`))):
		return titled{name.paragraph, m.text(i, p, 2*bodyIndent)}
	case k == jsonraw.String:
		s, _ := p.node.TextPrefix(longBytes)
		m.show(name.say(` "`, m.th.JSONString), i, p.place(), sanitize.Line(s, -1), m.th.JSONString)
		return fixed{name.say(`"`, m.th.JSONString).paragraph}
	case k == jsonraw.Number:
		m.show(name.say(" ", m.th.JSONNumber), i, p.place(), sanitize.Line(string(p.node.Bytes()), longBytes), m.th.JSONNumber)
	case k == jsonraw.Object || k == jsonraw.Array:
		return titled{name.paragraph, m.value(i, m.jsonOf(i, p), 2*bodyIndent)}
	default:
		m.show(name.say(" ", m.th.JSONWord), i, p.place(), string(p.node.Bytes()), m.th.JSONWord)
	}
	return fixed{name.paragraph}
}
