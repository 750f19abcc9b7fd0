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
func (m *cards) look(i int, p *part) pager.Source {
	s := m.plain(i, p)
	if p.note != "" {
		return words(bodyIndent, p.note, m.th.Warning).over(s)
	}
	return s
}

func (m *cards) plain(i int, p *part) pager.Source {
	switch p.kind {
	case heading:
		return m.heading(i, p)
	case text:
		if d, ok := p.data(); ok {
			return words(bodyIndent, d.String(), m.th.Info).alone()
		}
		if p.name == "" {
			return m.text(i, p, bodyIndent)
		}
		return words(bodyIndent, "text", m.th.Faint).over(m.text(i, p, bodyIndent))
	case image:
		return m.image(i, p)
	case thinking:
		return m.thinking(i, p)
	case call:
		return m.call(i, p)
	case arguments:
		return m.arguments(i, p)
	case blank:
		return words(bodyIndent, "no content", m.th.Muted).alone()
	}
	return m.member(i, p)
}

// heading says who speaks, whom it answers, and how large the message is.
func (m *cards) heading(i int, p *part) pager.Source {
	closed := m.fold(i) == shut
	var l line
	if !m.single && !m.talk {
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
	if room := m.textWidth() - sanitize.Width(l.Text) - len(size) - 3; closed && room > 0 {
		l.say("  "+sanitize.Line(m.gist(i), room), m.th.Muted)
	}
	if !m.talk {
		l.say(size, m.th.Faint)
	}
	if i > 0 && !closed {
		return pager.Of(pager.Block{}, l.Block)
	}
	return l.alone()
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
	l.say("  answers "+sanitize.Line(function, nameCells), m.th.Muted)
	if !m.talk {
		l.say(" in ["+strconv.Itoa(at)+"]", m.th.Muted)
	}
}

// text is the text of a string: as it is written or rendered, or the beginning of it in a folded
// message.
func (m *cards) text(i int, p *part, indent int) pager.Source {
	if p.node.Size() <= len(`""`) {
		return words(indent, "empty text", m.th.Muted).alone()
	}
	var look pager.Look
	if m.rendered {
		look = m.markdown()
	}
	s := pager.Parted(m.parts(p.node), m.th, look)
	if m.fold(i) == brief {
		s = m.brief(s, p.node.Bytes())
	}
	return pager.At(pager.Indent(s, indent), m.start(i, p.place()))
}

// brief is the beginning of a text, and how much there is more of it; a short text is whole.
func (m *cards) brief(s pager.Source, raw []byte) pager.Source {
	var list []pager.Block
	at, size := pager.After(s, -1), 0
	for ; at < s.Len() && len(list) < briefLines && size < briefBytes; at = pager.After(s, at) {
		b := s.Block(at)
		if size += len(b.Text); size > briefBytes {
			cut := sanitize.Line(b.Text, max(briefBytes-size+len(b.Text), 1))
			return pager.Of(append(list, pager.Block{Text: cut}, m.more(s, raw, at))...)
		}
		list = append(list, b)
	}
	if at < s.Len() {
		list = append(list, m.more(s, raw, at))
	}
	return pager.Of(list...)
}

// more says how much of a text there is from a line on.
func (m *cards) more(s pager.Source, raw []byte, at int) pager.Block {
	const counted = 256 << 10
	rest, n := len(raw)-1-at, 0
	if rest > counted {
		return words(0, "… "+figure.Size(rest)+" more", m.th.Faint).Block
	}
	for ; at < s.Len(); at = pager.After(s, at) {
		n++
	}
	if n == 1 {
		return words(0, "… "+figure.Size(rest)+" in this line", m.th.Faint).Block
	}
	return words(0, "… "+figure.Int(n)+" more lines", m.th.Faint).Block
}

// thinking is a line that says what there is, and the words below it when somebody opened it.
func (m *cards) thinking(i int, p *part) pager.Source {
	if p.edit == nil {
		return words(bodyIndent, "redacted thinking, "+figure.Size(max(p.node.Size()-2, 0)), m.th.Muted).alone()
	}
	l := words(bodyIndent, "thinking", m.th.Muted).say("  "+figure.Size(max(p.node.Size()-2, 0)), m.th.Faint)
	if m.collapsed(p.node) {
		const glimpse = 60
		first, _ := p.node.TextPrefix(glimpse)
		first, _, _ = strings.Cut(first, "\n")
		return l.say("  "+sanitize.Line(first, glimpse), m.th.Faint).alone()
	}
	if p.node.Size() <= len(`""`) {
		return l.alone()
	}
	s := pager.Indent(pager.Parted(m.parts(p.node), m.th, pager.In(m.th.Muted)), 2*bodyIndent)
	return l.over(pager.At(s, m.start(i, p.place())))
}

// call is a row that says what is called, and whether anybody answers.
func (m *cards) call(i int, p *part) pager.Source {
	k, function := childAt(p.node, "function")
	l := words(bodyIndent, m.th.Calls(), m.th.Info)
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
	return l.alone()
}

// arguments are a tree when they are a string that holds JSON, else the text that they are.
func (m *cards) arguments(i int, p *part) pager.Source {
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
func (m *cards) value(i int, j shownJSON, indent int) pager.Source {
	raw := j.raw
	if !m.whole && len(raw) > treeBytes && (len(raw) > shownBytes || len(media.Shown(raw)) > treeBytes) {
		return words(indent, jsonraw.KindOf(raw).Word()+" of "+figure.Size(len(raw))+": enter opens it", m.th.Muted).alone()
	}
	all := j.source(m.th)
	if all.Len() > briefLines+1 && m.fold(i) == brief {
		var list []pager.Block
		for at := range briefLines {
			list = append(list, all.Block(at))
		}
		all = pager.Of(append(list, words(0, "… "+figure.Int(all.Len()-briefLines)+" more lines", m.th.Faint).Block)...)
	}
	return pager.Indent(all, indent)
}

// member is a name and its value: in one row, or below the name.
func (m *cards) member(i int, p *part) pager.Source {
	if p.name == "" {
		return m.value(i, m.jsonOf(i, p), bodyIndent)
	}
	name := indented(bodyIndent)
	if from, to, ok := m.message(i).NameSpan(p.path); ok {
		name.show(sanitize.Line(p.name, nameCells), m.th.JSONName, m.message(i).Bytes()[from:to], from)
	} else {
		name.say(sanitize.Line(p.name, nameCells), m.th.JSONName)
	}
	name.say(":", m.th.Faint)
	if d, ok := p.data(); ok {
		return name.say(" "+sanitize.Line(d.String(), -1), m.th.Info).alone()
	}
	switch k := p.node.Kind(); {
	case k == jsonraw.String && (p.node.Size() > longBytes || bytes.Contains(p.node.Bytes(), []byte(`\n`))):
		return name.over(m.text(i, p, 2*bodyIndent))
	case k == jsonraw.String:
		s, _ := p.node.TextPrefix(longBytes)
		m.show(name.say(` "`, m.th.JSONString), i, p.place(), sanitize.Line(s, -1), m.th.JSONString)
		name.say(`"`, m.th.JSONString)
	case k == jsonraw.Number:
		m.show(name.say(" ", m.th.JSONNumber), i, p.place(), sanitize.Line(string(p.node.Bytes()), longBytes), m.th.JSONNumber)
	case k == jsonraw.Object || k == jsonraw.Array:
		return name.over(m.value(i, m.jsonOf(i, p), 2*bodyIndent))
	default:
		m.show(name.say(" ", m.th.JSONWord), i, p.place(), string(p.node.Bytes()), m.th.JSONWord)
	}
	return name.alone()
}
