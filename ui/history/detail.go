package history

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/model/figure"
	"errata/model/judgment"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/theme"
)

// quick is the size of an entry's values, in bytes, that are compared between two keys; larger ones
// are compared meanwhile.
const quick = 128 << 10

// none is the record of a detail that shows nothing.
const none = -1

// detail shows the record under the cursor.
type detail struct {
	pane  *pager.Model
	of    int // index into the records
	token int
}

// detailMsg brings a detail that took its time.
type detailMsg struct {
	from   *reader
	token  int
	source pager.Source
}

func newDetail(th *theme.Theme) detail {
	return detail{pane: pager.New(pager.Plain("", th), th), of: none}
}

// renew shows nothing, in another theme. What is being prepared is not waited for any more.
func (d *detail) renew(th *theme.Theme) {
	token := d.token + 1
	*d = newDetail(th)
	d.token = token
}

// compared takes in a detail, if it is still the one that is waited for.
func (m *Model) compared(msg detailMsg) {
	if msg.from == m.reader && msg.token == m.detail.token {
		m.detail.pane.SetSource(msg.source)
	}
}

// look brings the detail to the record under the cursor.
func (m *Model) look() tea.Cmd {
	d, at := &m.detail, none
	r, ok := m.selected()
	if ok {
		at = m.shown[m.cursor]
	}
	if d.of == at {
		return nil
	}
	d.of = at
	d.token++
	switch {
	case !ok:
		d.pane.SetSource(pager.Plain("", m.th))
	case r.size() <= quick:
		d.pane.SetSource(content(r, m.th))
	default:
		d.pane.SetSource(pager.Plain("comparing …", m.th))
		return prepare(r, m.th, detailMsg{from: m.reader, token: d.token})
	}
	return nil
}

// prepare is the command that makes a detail for an answer.
func prepare(r record, th *theme.Theme, msg detailMsg) tea.Cmd {
	return func() tea.Msg {
		msg.source = content(r, th)
		return msg
	}
}

// content is what is shown of a record: what was sent where and what became of it, then the change
// of each field.
func content(r record, th *theme.Theme) pager.Source {
	if r.err != nil {
		return pager.Join(
			pager.Heading("This record of the journal cannot be read", th.Error),
			pager.Plain(r.err.Error(), th),
			pager.Heading("What it told is lost; the log itself was not touched by that.", th.Muted),
		)
	}
	if r.batch != nil {
		return batchParts(r, th)
	}
	e := r.entry
	style, meaning := standing(e.Outcome, th)
	parts := []pager.Source{
		pager.Line(pager.Run{Text: string(e.Outcome), Style: style}, pager.Run{Text: ": " + meaning, Style: th.Muted}),
		facts(th, "entry ", e.ID, ", sent ", e.Time.UTC().Format("2 January 2006, 15:04:05 UTC")),
		facts(th, "log ", e.LogID, " on ", e.Server),
	}
	if e.Redacted {
		parts = append(parts, pager.Heading("the values were redacted; these are their SHA-256 and length", th.Warning))
	}
	if e.Judgment != nil {
		parts = append(parts, judgmentParts(e, th)...)
	}
	for _, c := range e.Changes {
		parts = append(parts, pager.Plain("", th), pager.Line(pager.Run{Text: c.Field.Label, Style: th.Heading}, pager.Run{Text: "  " + th.Words(said(e, c)), Style: th.Muted}))
		parts = append(parts, pager.Changes(lines(e, c), th))
		if c.Splice != nil {
			parts = append(parts, facts(th, "a piece, from byte ", figure.Int(c.Splice.At), " of ", figure.Size(c.OldSum.Length), ": the rest is the same in both"))
		}
		if slices.Contains(e.NotKept, c.Field) {
			parts = append(parts, pager.Heading("! the server did not keep this as it was sent", th.Warning))
		}
	}
	return pager.Join(parts...)
}

// batchParts are a batch as a whole.
func batchParts(r record, th *theme.Theme) pager.Source {
	return pager.Join(
		pager.Plain(r.batch.Words, th),
		facts(th, "batch ", r.entry.Batch, ", sent ", r.entry.Time.UTC().Format("2 January 2006, 15:04:05 UTC")),
		facts(th, "to ", figure.Count(r.batch.Logs, "log")+" of "+r.entry.Server, ": ", r.batch.Standing),
		pager.Heading("enter lists its entries, u takes all of it back", th.Muted),
	)
}

// judgmentParts are what an entry of a judgment said, or took back.
func judgmentParts(e journal.Entry, th *theme.Theme) []pager.Source {
	j := e.Judgment
	did := "said with "
	if j.Remove {
		did = "deleted what was said with "
	}
	parts := []pager.Source{pager.Plain("", th), facts(th, did, j.Evaluator.Title(), ", by ", cmp.Or(j.User, "nobody in particular"))}
	if j.Sum != nil {
		return append(parts, facts(th, "SHA-256 ", j.Sum.SHA256))
	}
	return append(parts, pager.Plain(judgment.Words(j.Value), th))
}

// facts is a line of words of ours and, after each, something of the entry.
func facts(th *theme.Theme, list ...string) pager.Source {
	runs := make([]pager.Run, len(list))
	for i, text := range list {
		style := th.Muted
		if i%2 == 1 {
			style = th.Text
		}
		runs[i] = pager.Run{Text: text, Style: style}
	}
	return pager.Line(runs...)
}

// said tells the change of one field in a sentence.
func said(e journal.Entry, c journal.Change) string {
	if e.Redacted {
		return "redacted"
	}
	old, sent := c.Shown()
	return change.Sentence(c.Field, old, sent, quoted)
}

// quoted is the cells of a value that is in a sentence.
const quoted = 40

// lines tells the change of one field.
func lines(e journal.Entry, c journal.Change) []change.Line {
	if e.Redacted {
		return []change.Line{
			{Kind: change.Removed, Text: digest(c.OldSum)},
			{Kind: change.Added, Text: digest(c.NewSum)},
		}
	}
	old, sent := c.Shown()
	return change.Around(c.Field, old, sent)
}

// digest words what a redaction left of a value.
func digest(d *journal.Digest) string {
	if d == nil {
		return "absent"
	}
	return d.SHA256 + ", " + figure.Count(d.Length, "byte")
}
