package form

import (
	"regexp"
	"runtime"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/find"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/reading"
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

// largeEdit is the size from which the memory of an editor is wanted back when it was closed.
const largeEdit = 4 << 20

// valuePane shows the value under the cursor for reading.
type valuePane struct {
	*fieldList
	pane    *pager.Model     // nil until there was something to show
	shown   paneKey          // what pane was made for
	wanted  standing         // where the next pane begins
	looked  looking          // the locked value that is open as a structure
	sources map[paneKey]held // what a pane shows, kept until the value changes
	// what a search marks, nil for nothing, and the hit that it shows in the value under the cursor
	found func() (re *regexp.Regexp, shown *find.Hit)
}

// forget drops everything derived from values.
func (p *valuePane) forget() {
	p.fieldList.forget()
	p.sources, p.shown = map[paneKey]held{}, paneKey{row: -1}
}

// touchRow drops what was derived from the value of a row.
func (p *valuePane) touchRow(row int) {
	p.fieldList.touch(row)
	delete(p.sources, paneKey{row, false})
	delete(p.sources, paneKey{row, true})
	p.shown = paneKey{row: -1}
}

// renumber keeps what was made of the rows on them after rows have come or gone: before are the old
// ones. What was made of judgments is made again.
func (p *valuePane) renumber(before []row) {
	now := func(i int) int {
		if i < 0 || i >= len(before) || before[i].of != nil {
			return -1
		}
		return slices.IndexFunc(p.rows, before[i].is)
	}
	texts, sources := p.texts, p.sources
	p.texts, p.sources = map[int]firstWords{}, map[paneKey]held{}
	for i, words := range texts {
		p.texts[now(i)] = words
	}
	for key, h := range sources {
		p.sources[paneKey{now(key.row), key.diff}] = h
	}
	delete(p.texts, -1)
	delete(p.sources, paneKey{-1, false})
	delete(p.sources, paneKey{-1, true})
	p.shown.row, p.wanted.row, p.looked.row = now(p.shown.row), now(p.wanted.row), now(p.looked.row)
}

// mark shows the hits of a search.
func (p *valuePane) mark() {
	if p.pane != nil {
		p.pane.Highlight(p.found())
	}
}

// fit cuts the window into its parts.
func (p *valuePane) fit() {
	p.parts, p.share = layout.Compute(p.w, p.h, p.headerHeight()), p.sharing()
	switch p.share {
	case alone:
		p.parts = p.parts.Alone()
	case aside:
		p.parts = p.parts.Narrow(namesWidth)
	case beside:
	}
	p.parts = p.parts.At(p.o.Dividers[p.share])
	p.arrange()
}

// arrange fits the widgets to the parts of the window.
func (p *valuePane) arrange() {
	p.scroll()
	if p.edit != nil {
		p.edit.ed.SetSize(p.parts.Pane.W, p.editorHeight())
	}
	if p.built != nil {
		p.built.st.SetSize(p.parts.Pane.W, p.editorHeight())
	}
	if p.looked.st != nil {
		p.looked.st.SetSize(p.parts.Pane.W, p.paneHeight())
	}
	if p.pane != nil {
		p.pane.SetSize(p.parts.Pane.W, p.paneHeight())
	}
	if p.judging != nil {
		p.judging.fit()
	}
}

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
	token  int
	source pager.Source
}

// settle makes the pane show what is under the cursor. It is called after every message, so that
// View need not change anything; a large value is made ready by the command that it returns. If
// another screen is about to cover the form that waits for the next message.
func (p *valuePane) settle(covered bool) tea.Cmd {
	if p.looking() == nil {
		p.looked = looking{}
	}
	if p.share != p.sharing() {
		p.fit()
	}
	key := paneKey{p.cursor, p.diff}
	if p.shown == key || p.editing() != nil || !p.parts.Wide && !p.reading && !p.diff {
		return nil
	}
	source, cmd := p.source(key, covered)
	ready := source != nil
	if !ready {
		source = pager.Plain("reading "+figure.Size(p.value(p.cursor).Len())+" …", p.th)
	}
	p.pane = pager.New(source, p.th)
	p.pane.SetSize(p.parts.Pane.W, p.paneHeight())
	if p.shown = key; covered && !ready {
		p.shown = paneKey{row: -1}
	}
	if ready {
		if p.wanted.row == key.row && !p.diff {
			p.pane.GoTo(p.wanted.top)
		}
		p.wanted = standing{}
	}
	if !p.diff {
		p.mark()
	}
	return cmd
}

// source is what the pane shows: from the store of sources, made at once, or by the command, unless
// that is put off.
func (p *valuePane) source(key paneKey, putOff bool) (pager.Source, tea.Cmd) {
	if h, ok := p.sources[key]; ok {
		return h.source, nil
	}
	size, build := p.literal(key.row).Len(), p.readingOf(key.row)
	if key.diff {
		size, build = p.difference(key.row)
	}
	if size < backgroundSize {
		s := build()
		p.sources[key] = held{source: s}
		return s, nil
	}
	if putOff {
		return nil, nil
	}
	token := p.token()
	p.sources[key] = held{token: token}
	f := p.rows[key.row].field
	edited := f != nil && p.edited(f) != nil
	return nil, func() tea.Msg {
		if edited && size >= largeEdit {
			runtime.GC() // the value is put together in the memory of the editor that it came from
		}
		return sourceMsg{token, build()}
	}
}

// readingOf makes what a row shows for reading. What it gives may be called in another goroutine.
func (p *valuePane) readingOf(row int) func() pager.Source {
	if j := p.rows[row].of; j != nil {
		made, _ := pager.Said(p.judgmentSource(j))
		return func() pager.Source { return made }
	}
	f, v, th := p.rows[row].field, p.literal(row), p.th
	if p.invalid(row) != nil {
		f = nil
	}
	return func() pager.Source { return reading.For(f, v, th) }
}

// literal is what is shown of a row for reading, and searched: its value, or the text that is not a
// value yet.
func (p *valuePane) literal(row int) model.Value {
	if j := p.rows[row].of; j != nil {
		_, said := pager.Said(p.judgmentSource(j))
		return model.Raw(said)
	}
	if edit := p.invalid(row); edit != nil {
		if text, err := model.String(edit.Text); err == nil {
			return text
		}
	}
	return p.value(row)
}

// invalid is the text of a row that is not a value yet, nil for none.
func (p *valuePane) invalid(row int) *model.Edit {
	if f := p.rows[row].field; f != nil {
		if edit := p.edited(f); edit != nil && edit.Err != nil {
			return edit
		}
	}
	return nil
}

// sourceReady takes a source that was made in the background, unless its value has changed
// meanwhile.
func (p *valuePane) sourceReady(msg sourceMsg) {
	for key, h := range p.sources {
		if h.source == nil && h.token == msg.token {
			p.sources[key] = held{source: msg.source}
			p.shown = paneKey{row: -1}
		}
	}
}

// difference makes the old and the new value of a row's field into a source; size is how much there
// is to compare.
func (p *valuePane) difference(row int) (size int, build func() pager.Source) {
	f, th := p.rows[row].field, p.th
	text := "this member is locked and cannot differ"
	if j := p.rows[row].of; j != nil {
		made := p.turnSource(j)
		return 0, func() pager.Source { return made }
	}
	if f != nil {
		edit, changed := p.changes.Edit(f)
		was, is := p.changes.Base().Value(f), edit.Value
		switch {
		case !changed:
			text = "no change: the value is the one that was fetched"
		case edit.Err != nil:
			text = edit.Err.Error()
		default:
			return was.Len() + is.Len(), func() pager.Source { return pager.Changes(change.Around(f, was, is), th) }
		}
	}
	return 0, func() pager.Source { return pager.Plain(text, th) }
}

// title names the value: its wire name, its kind, how it stands. It is a bar while the pane has the
// keys.
func (p *valuePane) title(w int, hasKeys bool) string {
	r := p.rows[p.cursor]
	left := []bars.Piece{{Text: r.name(), Style: p.th.Title}}
	if r.field != nil && r.field.Kind.String() != r.name() {
		left = append(left, bars.Piece{Text: "  " + r.field.Kind.String(), Style: p.th.Muted})
	}
	if p.diff {
		left = append(left, bars.Piece{Text: "  old and new", Style: p.th.Changed})
	}
	var right []bars.Piece
	switch v := p.value(p.cursor); {
	case p.edit != nil && p.edit.ed.Pending():
		right = []bars.Piece{{Text: "next key literally ", Style: p.th.Warning}}
	case p.editing() != nil:
		right = []bars.Piece{{Text: "editing ", Style: p.th.Changed}}
	case p.reading:
		right = []bars.Piece{{Text: p.passed() + "reading ", Style: p.th.Info}}
	case v.Len() > 80:
		right = []bars.Piece{{Text: figure.Size(v.Len()) + " ", Style: p.th.Faint}}
	}
	return bars.Head(w, p.th, hasKeys, left, right)
}

// help is a sentence about the field, or why it is locked.
func (p *valuePane) help(w int) string {
	r := p.rows[p.cursor]
	if why := p.locked(r); why != "" {
		return p.th.Warning.Render(sanitize.Line("locked: "+why, w))
	}
	switch {
	case r.of != nil:
		return p.th.Faint.Render(sanitize.Line(r.of.about(), w))
	case r.field == nil:
		return ""
	}
	if base := p.changes.Base().Value(r.field); r.field.Misfit(base) {
		return p.th.Warning.Render(sanitize.Line("edited as JSON: it "+r.field.Mismatch(base), w))
	}
	return p.th.Faint.Render(sanitize.Line(r.field.Help, w))
}

// passed says how much of the value that is read has been passed, "" if all of it is in sight.
func (p *valuePane) passed() string {
	if p.pane == nil || p.looking() != nil {
		return ""
	}
	if percent, ok := p.pane.Passed(); ok {
		return strconv.Itoa(percent) + " %  "
	}
	return ""
}
