package browse

import (
	"regexp"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
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
	token  int
	source pager.Source
}

// look brings the preview to the log under the cursor.
func (m *Model) look() tea.Cmd {
	if m.parts().pane.W == 0 || m.cursor >= len(m.rows) {
		return nil
	}
	log, p := m.rows[m.cursor].log, &m.preview
	if p.of == log {
		return nil
	}
	p.of = log
	p.token++
	if len(log.Bytes()) <= quick {
		p.light(digest(log, m.th), m.searchedFor())
		return nil
	}
	p.pane.SetSource(pager.Plain("reading …", m.th))
	return prepare(log, m.th, p.token)
}

// prepare is the command that makes a preview.
func prepare(log *model.Log, th *theme.Theme, token int) tea.Cmd {
	return func() tea.Msg { return previewMsg{token, digest(log, th)} }
}

func (p *preview) arrived(msg previewMsg, re *regexp.Regexp) {
	if msg.token == p.token {
		p.light(msg.source, re)
	}
}

// digest is what a preview shows of a log: the error, the output, and the conversation that led to
// it.
func digest(log *model.Log, th *theme.Theme) pager.Source {
	var parts []pager.Source
	show := func(f *model.Field) {
		if !log.Value(f).IsSet() {
			return
		}
		if len(parts) > 0 {
			parts = append(parts, pager.Plain("", th))
		}
		parts = append(parts, pager.Heading(f.Label, th.Heading), reading.For(f, log.Value(f), th))
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
	return pager.Join(parts...)
}
