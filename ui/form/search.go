package form

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
	"errata/ui/frame"
	"errata/ui/keys"
	"errata/ui/pager"
)

// search is the prompt and what was found.
type search struct {
	prompt  *editor.Model // nil when it is not open
	query   string
	regex   bool
	hits    []hit
	current int // index into hits
	ahead   int // hits to go on by, asked for while the search is running
	running context.CancelFunc
	token   int
}

// hit is a place: a row's name, or a place in what the pane shows for the row.
type hit struct {
	row  int
	name bool
	at   pager.Hit
}

// hitsMsg brings what a search found.
type hitsMsg struct {
	token int
	hits  []hit
}

// label stands before the prompt.
func (s *search) label() string {
	if s.regex {
		return "regexp/"
	}
	return "/"
}

// tally says which hit of how many is shown, "" without a search.
func (s *search) tally() string {
	switch {
	case s.running != nil:
		return "searching for " + s.query + " … esc cancels"
	case len(s.hits) > 0:
		return grouped(s.current+1) + " of " + grouped(len(s.hits)) + plural(len(s.hits), " hit") + " for " + s.query
	default:
		return ""
	}
}

// clear ends the search and its marks.
func (s *search) clear(pane *pager.Model) {
	s.cancel()
	s.hits = nil
	if pane != nil {
		pane.Highlight(nil, -1)
	}
}

func (s *search) cancel() {
	if s.running != nil {
		s.running()
		s.running = nil
		s.token++
	}
}

// openSearch opens the prompt with the last query.
func (m *Model) openSearch() {
	m.search.clear(m.pane)
	m.search.prompt = editor.New([]byte(m.search.query), editor.Options{Styles: frame.EditorStyles(m.th), Single: true})
	m.search.prompt.SetSize(max(m.w-len(m.search.label())-1, 1), 1)
}

// promptKey is a key while the query is being typed.
func (m *Model) promptKey(msg tea.KeyMsg) tea.Cmd {
	switch keys.Prompt.Action(msg.String()) {
	case keys.Close:
		m.search.prompt = nil
	case keys.Regexp:
		m.search.regex = !m.search.regex
	case keys.Accept:
		m.search.query = string(m.search.prompt.Text().Bytes())
		m.search.prompt = nil
		return m.find()
	default:
		m.search.prompt.Update(msg)
	}
	return nil
}

// pattern compiles a query: plain words unless regex; case counts only where the query has a capital.
func pattern(query string, regex bool) (*regexp.Regexp, error) {
	if !regex {
		query = regexp.QuoteMeta(query)
	}
	if strings.IndexFunc(query, unicode.IsUpper) < 0 {
		query = "(?i)" + query
	}
	return regexp.Compile(query)
}

// find searches the names and values of all rows, away from the keys.
func (m *Model) find() tea.Cmd {
	if m.search.query == "" {
		return nil
	}
	re, err := pattern(m.search.query, m.search.regex)
	if err != nil {
		m.Say(frame.News{Level: frame.Bad, Text: "no regular expression: " + err.Error()})
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.search.token++
	m.search.running, m.search.ahead = cancel, 0
	token, places := m.search.token, m.places()
	return func() tea.Msg {
		var hits []hit
		for _, p := range places {
			hits = append(hits, p.find(ctx, re)...)
		}
		return hitsMsg{token, hits}
	}
}

// place is a row as a search in another goroutine sees it.
type place struct {
	row    int
	names  []string
	source func() pager.Source
}

// places lists the rows to search.
func (m *Model) places() []place {
	var list []place
	for i, r := range m.rows {
		if !r.stop() {
			continue
		}
		f, v, th := r.field, m.value(i), m.th
		list = append(list, place{i, []string{r.name(), r.label()}, func() pager.Source { return pager.For(f, v, th) }})
	}
	return list
}

func (p place) find(ctx context.Context, re *regexp.Regexp) []hit {
	stop := func() bool { return ctx.Err() != nil }
	if stop() {
		return nil
	}
	var hits []hit
	for _, name := range p.names {
		if re.MatchString(name) {
			hits = append(hits, hit{row: p.row, name: true})
			break
		}
	}
	for _, at := range pager.Find(p.source(), re, stop) {
		hits = append(hits, hit{row: p.row, at: at})
	}
	return hits
}

// found takes the hits and goes to the first one at or after the cursor.
func (m *Model) found(msg hitsMsg) tea.Cmd {
	if msg.token != m.search.token {
		return nil
	}
	m.search.running = nil
	m.search.hits = msg.hits
	if len(msg.hits) == 0 {
		m.Say(frame.News{Level: frame.Warning, Text: "not found: " + m.search.query})
		return nil
	}
	m.search.current = 0
	for i, h := range msg.hits {
		if h.row >= m.cursor {
			m.search.current = i
			break
		}
	}
	n := len(msg.hits)
	m.search.current = ((m.search.current+m.search.ahead)%n + n) % n
	return m.show()
}

// walk goes to the next or the previous hit, around the ends.
func (m *Model) walk(by int) tea.Cmd {
	n := len(m.search.hits)
	if m.search.running != nil {
		m.search.ahead += by
		return nil
	}
	if n == 0 {
		m.Say(frame.News{Text: "no search yet: / begins one"})
		return nil
	}
	m.search.current = (m.search.current + by + n) % n
	return m.show()
}

// show puts the cursor on the current hit and scrolls the pane to it.
func (m *Model) show() tea.Cmd {
	h := m.search.hits[m.search.current]
	m.moveTo(h.row)
	if !h.name {
		m.reading = m.reading || !m.parts.Wide
	} else if !m.parts.Wide {
		m.reading = false
	}
	cmd := m.settle()
	m.highlight()
	return cmd
}

// highlight marks the hits in what the pane shows.
func (m *Model) highlight() {
	if m.pane == nil || len(m.search.hits) == 0 {
		return
	}
	var here []pager.Hit
	current := -1
	for i, h := range m.search.hits {
		if h.row != m.cursor || h.name {
			continue
		}
		if i == m.search.current {
			current = len(here)
		}
		here = append(here, h.at)
	}
	m.pane.Highlight(here, current)
}
