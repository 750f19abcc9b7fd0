package browse

import (
	"context"
	"errors"
	"io"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/outfile"
	"errata/ui/query"
)

// Export writes logs into a file, step by step.
type Export interface {
	// Next goes on for a while and gives how far it is; io.EOF once the file is there. It is called
	// by one goroutine at a time.
	Next(ctx context.Context) (Exported, error)
	// Abandon leaves nothing of a file that is not complete.
	Abandon()
}

// Exported is how far an export is.
type Exported struct {
	Logs    int // that are written
	Missing int // logs that are not there any more
}

// exporting is the export that is under way.
type exporting struct {
	token  int
	cancel context.CancelFunc // nil when there is none
	ids    []string           // what is to be written, from the question for the name on
	name   string
	at     Exported
}

// exportMsg brings how far an export is.
type exportMsg struct {
	token int
	job   Export
	at    Exported
	err   error // io.EOF when the file is complete
}

// exportName is the file that is offered.
const exportName = "logs.jsonl"

// openExport asks for the file that the chosen logs are to be written to.
func (m *Model) openExport() {
	ids := m.Chosen()
	if m.o.Export == nil || len(ids) == 0 || m.exporting.cancel != nil {
		return
	}
	m.exporting = exporting{token: m.exporting.token, ids: ids}
	in := query.New(exportName, m.th)
	in.Select()
	m.line = &line{in: in, asks: exportFile, label: "write " + figure.Count(len(ids), "log") + " to: "}
}

// export begins to write the file that was named. A file that is there is replaced when its name is
// given twice.
func (m *Model) export(typed string) tea.Cmd {
	name := outfile.Name(typed)
	if name == "" || m.exporting.cancel != nil {
		return nil
	}
	replace := m.line.over == name
	ctx, cancel := context.WithCancel(context.Background())
	e := &m.exporting
	e.token++
	e.name, e.cancel, e.at = name, cancel, Exported{}
	return exportOn(ctx, exportMsg{token: e.token, job: m.o.Export(e.ids, name, replace)})
}

// exportOn is the command that writes for a while.
func exportOn(ctx context.Context, msg exportMsg) tea.Cmd {
	return func() tea.Msg {
		msg.at, msg.err = msg.job.Next(ctx)
		return msg
	}
}

// exported continues with an export. The line in which the file was named is closed when the file
// could be started.
func (m *Model) exported(msg exportMsg) tea.Cmd {
	e := &m.exporting
	if msg.token != e.token || e.cancel == nil {
		return func() tea.Msg { msg.job.Abandon(); return nil }
	}
	e.cancel()
	e.cancel, e.at = nil, msg.at
	asked := m.line != nil && m.line.asks == exportFile
	switch {
	case msg.err == nil:
		ctx, cancel := context.WithCancel(context.Background())
		e.cancel = cancel
		m.closeExport()
		return exportOn(ctx, msg)
	case errors.Is(msg.err, io.EOF):
		m.closeExport()
		m.news = bars.News{Level: bars.Good, Text: e.done()}
	case errors.Is(msg.err, outfile.ErrThere) && asked:
		m.line.over = e.name
		m.line.wrong = "there is a file of this name: enter again replaces it"
	case asked:
		m.line.wrong = msg.err.Error()
	default:
		m.news = bars.News{Level: bars.Bad, Text: "nothing was written: " + msg.err.Error()}
	}
	return nil
}

func (m *Model) closeExport() {
	if m.line != nil && m.line.asks == exportFile {
		m.closeLine()
	}
}

// stopExport gives the file up, and reports whether one was being written.
func (m *Model) stopExport() bool {
	e := &m.exporting
	if e.cancel == nil {
		return false
	}
	e.cancel()
	e.cancel = nil
	e.token++
	m.news = bars.News{Text: "nothing written"}
	return true
}

// words say how far it is.
func (e *exporting) words() string {
	return "wrote " + figure.Int(e.at.Logs) + " of " + figure.Count(len(e.ids), "log") + " … esc gives the file up"
}

// done says what was written.
func (e *exporting) done() string {
	text := "wrote " + figure.Count(e.at.Logs, "log") + " to " + e.name
	if e.at.Missing > 0 {
		text += "; " + figure.Count(e.at.Missing, "log") + " not there any more"
	}
	return text
}
