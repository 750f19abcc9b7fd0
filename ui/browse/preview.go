package browse

import (
	"regexp"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/tree"
	"errata/ui/find"
	"errata/ui/pager"
	"errata/ui/reading"
	"errata/ui/theme"
)

// previewHeader is the lines above the preview: which log it is.
const previewHeader = 1

// quick is the size of a document, in bytes, that is prepared for the preview between two keys; a
// larger one is prepared meanwhile.
const quick = 128 << 10

// preview shows the log under the cursor.
type preview struct {
	pane  *pager.Model
	of    *model.Log // what it shows, or will when it is ready
	token int
}

// previewMsg brings a preview that took its time.
type previewMsg struct {
	token int
	digest
}

// look brings the preview to the log under the cursor.
func (m *Model) look() tea.Cmd {
	if m.parts().pane.W == 0 || m.cursor >= len(m.rows) {
		return nil
	}
	r, p := m.rows[m.cursor], &m.preview
	log := m.docs.get(r.id())
	switch {
	case log == nil:
		return m.missing(r)
	case p.of == log:
		return nil
	}
	p.of = log
	p.token++
	if len(log.Bytes()) <= quick {
		p.light(digestOf(log, m.th), m.searchedFor())
		return nil
	}
	p.pane.SetSource(pager.Plain("reading …", m.th))
	return prepare(log, m.th, p.token)
}

// missing says that the log is not at hand, and reads it.
func (m *Model) missing(r *row) tea.Cmd {
	p := &m.preview
	p.of = nil
	p.token++
	text := "reading …"
	if why, failed := m.again.failed[r.id()]; failed {
		text = why
	}
	p.pane.SetSource(pager.Plain(text, m.th))
	return m.readAgain(r)
}

// prepare is the command that makes a preview.
func prepare(log *model.Log, th *theme.Theme, token int) tea.Cmd {
	return func() tea.Msg { return previewMsg{token, digestOf(log, th)} }
}

func (p *preview) arrived(msg previewMsg, re *regexp.Regexp) {
	if msg.token == p.token {
		p.light(msg.digest, re)
	}
}

// digest is what a preview shows of a log. The number of each value is the byte at which it stands
// in them all, one behind the other.
type digest struct {
	source pager.Source
	values []find.Value
}

// digestOf shows the error, the output, and the conversation that led to it.
func digestOf(log *model.Log, th *theme.Theme) (d digest) {
	var parts []pager.Source
	size := 0
	show := func(f *model.Field) {
		v := log.Value(f)
		if !v.IsSet() {
			return
		}
		if len(parts) > 0 {
			parts = append(parts, pager.Plain("", th))
		}
		parts = append(parts, pager.Heading(f.Label, th.Heading), pager.At(reading.For(f, v, th), size))
		d.values = append(d.values, find.Value{Of: size, Root: tree.New(v.Bytes()), Options: reading.Searched(f, v)})
		size += len(v.Bytes())
	}
	show(model.ErrorText)
	if log.Value(model.OutputMessage).IsSet() {
		show(model.OutputMessage)
	} else {
		show(model.Output)
	}
	show(model.PromptMessages)
	if !log.Whole() {
		parts = append(parts, pager.Plain("", th), pager.Heading("large values are shown here in part; enter opens all of the log", th.Muted))
	}
	if len(parts) == 0 {
		parts = append(parts, pager.Heading("no messages, no output, no error", th.Muted))
	}
	d.source = pager.Join(parts...)
	return d
}
