package chat

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/keys"
	"errata/ui/query"
	"errata/ui/sanitize"
	"errata/ui/term"
)

// listing is the list of the messages, a row each, and what filters it.
type listing struct {
	query  *query.Line
	filter string
	hits   []int // that pass the filter, as far as they were looked for; without one all pass
	looked int   // how many messages were looked at
	cursor int   // among those that pass
	top    int
	token  int // of the filter
}

// filterMsg asks to look on.
type filterMsg struct{ token int }

// filterStep is how many messages are looked at in one go.
const filterStep = 500

func (m *Model) openList() {
	m.token++
	m.list = &listing{query: query.New("", m.th), token: m.token}
	m.list.cursor = m.at.message
}

// count is how many messages are listed.
func (l *listing) count(m *Model) int {
	if l.filter == "" {
		return m.count()
	}
	return len(l.hits)
}

// message is the message of row k.
func (l *listing) message(k int) int {
	if l.filter == "" {
		return k
	}
	return l.hits[k]
}

func (m *Model) listKey(msg tea.KeyMsg) (bool, tea.Cmd) {
	l := m.list
	if !l.query.Pending() {
		action := keys.ChatList.Action(msg.String())
		if by, ok := action.Steps(l.count(m), m.h-2); ok {
			l.cursor = max(min(l.cursor+by, l.count(m)-1), 0)
			return true, nil
		}
		switch action {
		case keys.Accept:
			m.take()
		case keys.Close:
			m.list = nil
		default:
			return m.typed(msg)
		}
		return true, nil
	}
	return m.typed(msg)
}

// typed gives a key to the filter and looks for what passes it.
func (m *Model) typed(msg tea.Msg) (bool, tea.Cmd) {
	l := m.list
	if !l.query.Update(msg) {
		return false, nil
	}
	filter := strings.ToLower(l.query.Text())
	if filter == l.filter {
		return true, nil
	}
	at := 0
	if l.count(m) > 0 && filter == "" {
		at = l.message(min(l.cursor, l.count(m)-1))
	}
	m.token++
	l.filter, l.hits, l.looked, l.cursor, l.token = filter, nil, 0, at, m.token
	return true, m.lookOn()
}

// lookOn looks at some more messages, and asks to go on.
func (m *Model) lookOn() tea.Cmd {
	l := m.list
	if l.filter == "" {
		return nil
	}
	for end := min(l.looked+filterStep, m.count()); l.looked < end; l.looked++ {
		if strings.Contains(strings.ToLower(m.summary(l.looked)), l.filter) {
			l.hits = append(l.hits, l.looked)
		}
	}
	if l.looked == m.count() {
		return nil
	}
	token := l.token
	return func() tea.Msg { return filterMsg{token} }
}

// take goes to the message under the list's cursor.
func (m *Model) take() {
	if l := m.list; l.count(m) > 0 {
		m.jump(l.message(min(max(l.cursor, 0), l.count(m)-1)))
	}
	m.list = nil
}

// summary is a row that tells what a message is and how it begins.
func (m *Model) summary(i int) string {
	n := m.message(i)
	role := word(n, roleName)
	if role == "" {
		role = "no role"
	}
	words := []string{"[" + strconv.Itoa(i) + "] " + role}
	if m.links != nil && m.links.dangling(i) {
		words = append(words, "dangling")
	}
	if m.links != nil && m.links.waiting(i) {
		words = append(words, "unanswered")
	}
	if name := word(n, nameName); name != "" {
		words = append(words, name)
	}
	return strings.Join(append(words, m.gist(i)), "  ")
}

// gist is the first words of a message, and the first calls that it makes.
func (m *Model) gist(i int) string {
	const glimpse, calls = 160, 3
	words := strings.Fields(firstWords(m.message(i), glimpse))
	if m.links == nil {
		return strings.Join(words, " ")
	}
	for k, c := range m.links.list[i].calls {
		if k == calls {
			words = append(words, "…")
			break
		}
		words = append(words, "→ "+c.function)
	}
	return strings.Join(words, " ")
}

// firstWords is the beginning of what a message says.
func firstWords(n *tree.Node, limit int) string {
	_, content := childAt(n, contentName)
	switch {
	case content == nil:
		return ""
	case content.Kind() == jsonraw.String:
		s, _ := content.TextPrefix(limit)
		return s
	case content.Kind() != jsonraw.Array || content.Len() == 0:
		return ""
	}
	if _, s := stringAt(content.Child(0), "text"); s != nil {
		words, _ := s.TextPrefix(limit)
		return words
	}
	return "[" + word(content.Child(0), "type") + "]"
}

// drawList draws the filter and the messages that pass it.
func (m *Model) drawList() {
	l := m.list
	n, room := l.count(m), max(m.h-1, 0)
	l.cursor = min(max(l.cursor, 0), max(n-1, 0))
	l.top = min(max(l.top, l.cursor-room+1), l.cursor, max(n-room, 0))
	l.top = max(l.top, 0)
	line, x := l.query.View("filter: ", m.w)
	m.cursorX, m.cursorY, m.cursorOn = x, 0, m.w > 0
	m.lines = append(m.lines, line)
	for k := l.top; k < n && len(m.lines) < m.h; k++ {
		m.lines = append(m.lines, m.listRow(l.message(k), k == l.cursor))
	}
	if n == 0 && len(m.lines) < m.h {
		word := "no message is like that"
		if l.looked < m.count() {
			word = "looking …"
		}
		m.lines = append(m.lines, m.th.Muted.Render(sanitize.Line(word, m.w)))
	}
}

func (m *Model) listRow(i int, on bool) string {
	look, mark := m.th.Text, "  "
	if on {
		look, mark = m.th.Title, "▸ "
	}
	if m.w <= gutter {
		return sanitize.Line(mark, m.w)
	}
	if m.links != nil && !on && (m.links.dangling(i) || m.links.waiting(i)) {
		look = m.th.Warning
	}
	return look.Render(mark + sanitize.Line(m.summary(i), m.w-gutter))
}

// pasteList pastes into the filter.
func (m *Model) pasteList(msg term.PasteMsg) tea.Cmd {
	_, cmd := m.typed(msg)
	return cmd
}
