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
		m.missing(r)
		return nil
	case p.of == log:
		return nil
	}
	p.of = log
	p.token++
	if log.Size() <= quick {
		p.light(digestOf(log, m.th), m.searchedFor())
		return nil
	}
	p.pane.SetSource(pager.Plain("reading …", m.th))
	return prepare(log, m.th, p.token)
}

// missing says that the log is not at hand; it is being read.
func (m *Model) missing(r *row) {
	p := &m.preview
	p.of = nil
	p.token++
	text := "reading …"
	if why, failed := m.again.failed[r.id()]; failed {
		text = why
	}
	p.pane.SetSource(pager.Plain(text, m.th))
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

// digest is what a preview shows of a log. The number of each value is the byte at which it is in
// them all, one behind the other.
type digest struct {
	source   pager.Source
	values   []find.Value
	question int // a byte at the beginning of what was asked last, -1 for none

	parts []pager.Source
	size  int // of the values
	th    *theme.Theme
}

// digestOf shows the error, the conversation, and what was answered.
func digestOf(log *model.Log, th *theme.Theme) digest {
	d := digest{question: -1, th: th}
	if v := log.Value(model.ErrorText); v.IsSet() {
		d.show(model.ErrorText, v, pager.Heading(model.ErrorText.Label, th.Error), reading.For(model.ErrorText, v, th))
	}
	talks := log.Value(model.PromptMessages)
	if talks.IsSet() {
		s, question := reading.Talk(model.PromptMessages, talks, th)
		if question >= 0 && len(d.parts) == 0 { // an error stays at the top
			d.question = d.size + question
		}
		d.show(model.PromptMessages, talks, s)
	}
	d.answer(log, talks.IsSet())
	if !log.Whole() {
		d.put(pager.Heading("large values are shown here in part; enter opens all of the log", th.Muted))
	}
	if len(d.parts) == 0 {
		d.put(pager.Heading("no messages, no output, no error", th.Muted))
	}
	d.source = pager.Join(d.parts...)
	return d
}

// answer shows what the model said: the last words of the conversation, where there is one.
func (d *digest) answer(log *model.Log, talks bool) {
	if v := log.Value(model.OutputMessage); v.IsSet() {
		s, _ := reading.Talk(model.OutputMessage, v, d.th)
		d.show(model.OutputMessage, v, s)
		return
	}
	v := log.Value(model.Output)
	switch s := reading.For(model.Output, v, d.th); {
	case !v.IsSet():
	case talks:
		d.show(model.Output, v, pager.Heading("assistant", d.th.Assistant), pager.Indent(s, 2))
	default:
		d.show(model.Output, v, pager.Heading(model.Output.Label, d.th.Heading), s)
	}
}

// put adds what shows no value, below a blank line.
func (d *digest) put(list ...pager.Source) {
	if len(d.parts) > 0 {
		d.parts = append(d.parts, pager.Plain("", d.th))
	}
	d.parts = append(d.parts, list...)
}

// show adds a value: the last of the sources shows it, and those before say what it is.
func (d *digest) show(f *model.Field, v model.Value, list ...pager.Source) {
	last := len(list) - 1
	list[last] = pager.At(list[last], d.size)
	d.put(list...)
	d.values = append(d.values, find.Value{Of: d.size, Root: tree.New(v.Bytes()), Options: reading.Searched(f, v)})
	d.size += len(v.Bytes())
}
