package form

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/sanitize"
)

// The lines of the pane besides its content: the name of what is shown and a line about it above,
// an error or a hint below.
const (
	paneHeader = 2
	paneFooter = 1
)

// backgroundSize is the size from which a value is made ready for the pane away from the keys.
const backgroundSize = 256 << 10

// paneKey says what the pane shows.
type paneKey struct {
	row  int
	diff bool
}

// held is a source that is ready, or being made.
type held struct {
	source pager.Source // nil while it is being made
	token  int
}

// sourceMsg brings a source that was made in the background.
type sourceMsg struct {
	key    paneKey
	token  int
	source pager.Source
}

func (m *Model) paneHeight() int   { return max(m.parts.Pane.H-paneHeader, 1) }
func (m *Model) editorHeight() int { return max(m.parts.Pane.H-paneHeader-paneFooter, 1) }

// settle makes the pane show what is under the cursor. It is called after every message, so that
// View need not change anything; a large value is made ready by the command that it returns.
func (m *Model) settle() tea.Cmd {
	if m.alone != m.reading {
		m.fit()
	}
	key := paneKey{m.cursor, m.diff}
	if m.shown == key || m.editing() != nil || !m.parts.Wide && !m.reading && !m.diff {
		return nil
	}
	source, cmd := m.source(key)
	if source == nil {
		source = pager.Plain("reading "+figure.Size(len(m.value(m.cursor).Bytes()))+" …", m.th)
	}
	m.pane = pager.New(source, m.th)
	m.pane.SetSize(m.parts.Pane.W, m.paneHeight())
	m.shown = key
	if !m.diff {
		m.highlight()
	}
	return cmd
}

// source is what the pane shows: from the store of sources, made at once, or by the command.
func (m *Model) source(key paneKey) (pager.Source, tea.Cmd) {
	if h, ok := m.sources[key]; ok {
		return h.source, nil
	}
	f, v, th := m.rows[key.row].field, m.value(key.row), m.th
	size, build := len(v.Bytes()), func() pager.Source { return pager.For(f, v, th) }
	if key.diff {
		size, build = m.difference(key.row)
	}
	if size < backgroundSize {
		s := build()
		m.sources[key] = held{source: s}
		return s, nil
	}
	m.tokens++
	token := m.tokens
	m.sources[key] = held{token: token}
	return nil, func() tea.Msg { return sourceMsg{key, token, build()} }
}

// sourceReady takes a source that was made in the background, unless its value has changed
// meanwhile.
func (m *Model) sourceReady(msg sourceMsg) {
	if h, ok := m.sources[msg.key]; ok && h.source == nil && h.token == msg.token {
		m.sources[msg.key] = held{source: msg.source}
		m.shown = paneKey{row: -1}
	}
}

// difference makes the old and the new value of a row's field into a source; size is how much there
// is to compare.
func (m *Model) difference(row int) (size int, build func() pager.Source) {
	f, th := m.rows[row].field, m.th
	text := "this member is locked and cannot differ"
	if f != nil {
		edit, changed := m.changes.Edit(f)
		was, is := m.changes.Base().Value(f), edit.Value
		switch {
		case !changed:
			text = "no change: the value is the one that was fetched"
		case edit.Err != nil:
			text = edit.Err.Error()
		default:
			return len(was.Bytes()) + len(is.Bytes()), func() pager.Source { return pager.Changes(change.Lines(f, was, is), th) }
		}
	}
	return 0, func() pager.Source { return pager.Plain(text, th) }
}

// paneLines draws the pane: its header, its content, its footer.
func (m *Model) paneLines() []string {
	p := m.parts.Pane
	if m.fill != nil {
		return m.fillLines(p.W, p.H)
	}
	lines := []string{m.paneTitle(p.W), m.paneHelp(p.W)}
	switch {
	case m.edit != nil:
		lines = append(lines, strings.Split(m.edit.ed.View(), "\n")...)
		lines = bars.Fill(lines, p.H-paneFooter)
		lines = append(lines, m.edit.footer(m, p.W))
	case m.built != nil:
		lines = append(lines, strings.Split(m.built.st.View(), "\n")...)
		lines = bars.Fill(lines, p.H-paneFooter)
		lines = append(lines, m.built.footer(m, p.W))
	case m.pane != nil:
		lines = append(lines, strings.Split(m.pane.View(), "\n")...)
	}
	return bars.Fill(lines, p.H)
}

// paneTitle names the value: its wire name, its kind, how it stands.
func (m *Model) paneTitle(w int) string {
	r := m.rows[m.cursor]
	left := []bars.Piece{{Text: r.name(), Style: m.th.Title}}
	if r.field != nil && r.field.Kind.String() != r.name() {
		left = append(left, bars.Piece{Text: "  " + r.field.Kind.String(), Style: m.th.Muted})
	}
	if m.diff {
		left = append(left, bars.Piece{Text: "  old and new", Style: m.th.Changed})
	}
	var right []bars.Piece
	switch v := m.value(m.cursor); {
	case m.edit != nil && m.edit.ed.Pending():
		right = []bars.Piece{{Text: "next key literally ", Style: m.th.Warning}}
	case m.editing() != nil:
		right = []bars.Piece{{Text: "editing ", Style: m.th.Changed}}
	case m.reading:
		right = []bars.Piece{{Text: "reading ", Style: m.th.Info}}
	case len(v.Bytes()) > 80:
		right = []bars.Piece{{Text: figure.Size(len(v.Bytes())) + " ", Style: m.th.Faint}}
	}
	return bars.Bar(w, left, right)
}

// paneHelp is a sentence about the field, or why it is locked.
func (m *Model) paneHelp(w int) string {
	r := m.rows[m.cursor]
	if why := m.locked(r); why != "" {
		return m.th.Warning.Render(sanitize.Line("locked: "+why, w))
	}
	if r.field == nil {
		return ""
	}
	if base := m.changes.Base().Value(r.field); r.field.Misfit(base) {
		return m.th.Warning.Render(sanitize.Line("edited as JSON: it "+r.field.Mismatch(base), w))
	}
	return m.th.Faint.Render(sanitize.Line(r.field.Help, w))
}

// locked is why the value of a row cannot be edited in place, "" when it can. A field that was
// given another value is open again.
func (m *Model) locked(r row) string {
	switch {
	case r.field == nil:
		return "the API updates only the 21 fields above"
	case m.o.ReadOnly != "":
		return m.o.ReadOnly
	}
	if edit, changed := m.changes.Edit(r.field); changed && (edit.Err != nil || edit.Value.IsSet()) {
		return ""
	}
	return m.changes.Base().Locked(r.field)
}
