package browse

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/query"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// panelKeys are the keys while the filters are open.
var panelKeys = keys.Map{Title: "Filters", Bindings: []keys.Binding{
	keys.Bind(keys.Accept, "list what the filters let through", "enter").Hinted("apply"),
	keys.Bind(keys.Down, "next filter", "down", "tab").As("↓ tab").Hinted("next"),
	keys.Bind(keys.Up, "previous filter", "up", "shift+tab").As("↑ shift+tab"),
	keys.Bind(keys.Mark, "turn a yes or no", " ").As("space").Hinted("yes or no"),
	keys.Bind(keys.Close, "close, changing nothing", "esc").Hinted("close"),
}}

// The lines of the panel.
const (
	linePrompt = iota
	lineSince
	lineUntil
	lineErrors
	lineMetadata
)

// panelLabels name the lines, all as wide as panelLabelWidth.
var panelLabels = []string{"prompt id", "since", "until", "errors only", "metadata"}

const panelLabelWidth = 13

// panel is the filters while they are being typed.
type panel struct {
	th     *theme.Theme
	query  Query
	inputs []*query.Line // one a line; that of a yes or no is nil
	line   int           // under the cursor
	wrong  string        // why they cannot be applied, "" when they can
}

func newPanel(q Query, th *theme.Theme) *panel {
	p := &panel{th: th, query: q}
	for line := range panelLabels {
		if line == lineErrors {
			p.inputs = append(p.inputs, nil)
			continue
		}
		p.inputs = append(p.inputs, query.New(*p.member(line), th))
	}
	return p
}

// member is the part of the query that a line edits.
func (p *panel) member(line int) *string {
	switch line {
	case linePrompt:
		return &p.query.Prompt
	case lineSince:
		return &p.query.Since
	case lineUntil:
		return &p.query.Until
	}
	return &p.query.Metadata
}

func (p *panel) setTheme(th *theme.Theme) {
	p.th = th
	for _, in := range p.inputs {
		if in != nil {
			in.SetTheme(th)
		}
	}
}

// read takes what was typed into the query.
func (p *panel) read() {
	for line, in := range p.inputs {
		if in != nil {
			*p.member(line) = strings.TrimSpace(in.Text())
		}
	}
}

// accept reads the filters and checks them; a date alone ends a range with its last instant.
func (p *panel) accept() bool {
	p.read()
	for _, line := range []int{lineSince, lineUntil} {
		text, ok := bound(*p.member(line), line == lineUntil)
		if !ok {
			p.line = line
			p.wrong = panelLabels[line] + " wants a date like 2025-07-01 or a time like 2025-07-01T12:00:00Z"
			return false
		}
		*p.member(line) = text
	}
	return true
}

func bound(typed string, last bool) (text string, ok bool) {
	if _, err := time.Parse(time.DateOnly, typed); err == nil {
		if last {
			typed += "T23:59:59.999999Z"
		}
		return typed, true
	}
	_, _, err := model.ParseTime(typed)
	return typed, typed == "" || err == nil
}

// take gives a key or a paste to the line under the cursor.
func (p *panel) take(msg tea.Msg) {
	if in := p.inputs[p.line]; in != nil {
		in.Update(msg)
		p.wrong = ""
	}
}

func (m *Model) panelKey(msg tea.KeyMsg) tea.Cmd {
	p := m.panel
	n := len(p.inputs)
	in := p.inputs[p.line]
	switch do := panelKeys.Action(msg.String()); {
	case in != nil && in.Pending():
		p.take(msg)
	case do == keys.Accept:
		if !p.accept() {
			return nil
		}
		m.panel = nil
		if p.query == m.query {
			return nil
		}
		return m.choose(p.query)
	case do == keys.Close:
		m.panel = nil
	case do == keys.Down:
		p.line = (p.line + 1) % n
	case do == keys.Up:
		p.line = (p.line + n - 1) % n
	case do == keys.Mark && p.line == lineErrors:
		p.query.Errors = !p.query.Errors
	default:
		p.take(msg)
	}
	return nil
}

// view draws the panel: h lines of w cells.
func (p *panel) view(w, h int) []string {
	lines := make([]string, 0, len(panelLabels)+1)
	for line, label := range panelLabels {
		style := p.th.Label
		if line == p.line {
			style = p.th.Cursor
		}
		label = style.Render(sanitize.Fit(label, panelLabelWidth-1)) + " "
		if in := p.inputs[line]; in != nil {
			typed, _ := in.View("", w-panelLabelWidth)
			lines = append(lines, label+typed)
			continue
		}
		answer := "no"
		if p.query.Errors {
			answer = "yes"
		}
		lines = append(lines, label+p.th.Text.Render(sanitize.Fit(answer, w-panelLabelWidth)))
	}
	lines = append(lines, bars.Bar(w, []bars.Piece{{Text: p.wrong, Style: p.th.Error}}, nil))
	return fill(lines, w, h)
}

// cursor is the cell of the terminal's cursor within the panel, which is w cells wide.
func (p *panel) cursor(w int) (x, y int, ok bool) {
	in := p.inputs[p.line]
	if in == nil {
		return 0, 0, false
	}
	_, x = in.View("", w-panelLabelWidth)
	return x + panelLabelWidth, p.line, true
}
