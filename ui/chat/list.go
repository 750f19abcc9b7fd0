package chat

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/rows"
	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
)

// listing is the list of the messages, a row each, and what filters it.
type listing struct {
	rows.Question
	m      *view
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

func (m *view) openList() {
	m.list++
	m.Open(&listing{Question: rows.Question{Of: m.Model, Table: keys.ChatList}, m: m, query: query.New("", m.th), token: m.list, cursor: m.at.message})
}

// listing is the list that is open, nil when it is closed.
func (m *view) listing() *listing {
	l, _ := m.Panel().(*listing)
	return l
}

// count is how many messages are listed.
func (l *listing) count() int {
	if l.filter == "" {
		return l.m.count()
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

// Update takes a key or a paste for the filter, the wheel, or a word to look on.
func (l *listing) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if !l.query.Pending() && l.key(keys.ChatList.Action(msg.String())) {
			return true, nil
		}
	case tea.MouseMsg:
		l.cursor += term.Wheel(msg) * term.WheelRows
		return term.Wheel(msg) != 0, nil
	case term.ClickMsg:
		return l.click(msg), nil
	case filterMsg:
		if l.token == msg.token {
			cmd = l.lookOn()
		}
		return true, cmd
	}
	return l.typed(msg)
}

// click puts the cursor on a message, or into the filter; a double click goes to the message.
func (l *listing) click(c term.ClickMsg) (used bool) {
	if l.query.Update(c) {
		return true
	}
	list := layout.Rect{Y: 1, W: l.m.w, H: l.m.Height - 1}
	at, ok := list.Row(c.X, c.Y, l.top, 1, l.count())
	if ok {
		l.cursor = at
	}
	return ok && (!c.Double || l.key(keys.Accept))
}

func (l *listing) key(action keys.Action) (used bool) {
	if by, ok := action.Steps(l.count(), l.m.Height-2); ok {
		l.cursor = max(min(l.cursor+by, l.count()-1), 0)
		return true
	}
	switch action {
	case keys.Accept:
		l.m.Close()
		if l.count() > 0 {
			l.m.jump(l.message(min(max(l.cursor, 0), l.count()-1)))
		}
	case keys.Close:
		l.m.Close()
	default:
		return false
	}
	return true
}

// SetTheme changes the looks.
func (l *listing) SetTheme(th *theme.Theme) { l.query.SetTheme(th) }

// typed gives a key to the filter and looks for what passes it.
func (l *listing) typed(msg tea.Msg) (used bool, cmd tea.Cmd) {
	if !l.query.Update(msg) {
		return false, nil
	}
	filter := strings.ToLower(l.query.Text())
	if filter == l.filter {
		return true, nil
	}
	at := 0
	if l.count() > 0 && filter == "" {
		at = l.message(min(l.cursor, l.count()-1))
	}
	l.m.list++
	l.filter, l.hits, l.looked, l.cursor, l.token = filter, nil, 0, at, l.m.list
	return true, l.lookOn()
}

// lookOn looks at some more messages, and asks to go on.
func (l *listing) lookOn() tea.Cmd {
	if l.filter == "" {
		return nil
	}
	for end := min(l.looked+filterStep, l.m.count()); l.looked < end; l.looked++ {
		if strings.Contains(strings.ToLower(l.m.summary(l.looked)), l.filter) {
			l.hits = append(l.hits, l.looked)
		}
	}
	if l.looked == l.m.count() {
		return nil
	}
	token := l.token
	return func() tea.Msg { return filterMsg{token} }
}

// summary is a row that says what a message is and how it begins.
func (m *cards) summary(i int) string {
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
func (m *cards) gist(i int) string {
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
		words = append(words, m.th.Calls()+c.function)
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

// draw draws the filter and the messages that pass it.
func (l *listing) draw() {
	m := l.m
	n, room := l.count(), max(m.Height-1, 0)
	l.cursor = min(max(l.cursor, 0), max(n-1, 0))
	l.top = layout.Scroll(l.top, l.cursor, n, room, 0)
	line, x := l.query.View("filter: ", m.w)
	m.cursorX, m.cursorY, m.cursorOn = x, 0, m.w > 0
	m.lines = append(m.lines, line)
	for k := l.top; k < n && len(m.lines) < m.Height; k++ {
		m.lines = append(m.lines, m.listRow(l.message(k), k == l.cursor))
	}
	if n == 0 && len(m.lines) < m.Height {
		word := "no message is like that"
		if l.looked < m.count() {
			word = "looking …"
		}
		m.lines = append(m.lines, m.th.Muted.Render(sanitize.Line(word, m.w)))
	}
}

func (m *cards) listRow(i int, on bool) string {
	look := m.th.Text
	if m.links != nil && !on && (m.links.dangling(i) || m.links.waiting(i)) {
		look = m.th.Warning
	}
	return bars.Row(m.w, m.th, on, []bars.Piece{bars.Point(m.th, on), {Text: " "}, {Text: m.summary(i), Style: look}}, nil)
}
