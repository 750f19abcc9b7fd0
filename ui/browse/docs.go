package browse

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
)

// cache holds documents of rows: those that came last, which are the ones around the cursor.
type cache struct {
	byID map[string]held
	ids  []turn // in the order in which they came
	last int    // the last turn
	size int    // bytes
}

// held is a document, and when it came.
type held struct {
	log  *model.Log
	turn int
}

// turn is when the document of a log came.
type turn struct {
	id string
	n  int
}

// docsMost is how many documents are held, and docsBytes how large they may be together; one is
// always held.
const (
	docsMost  = 300
	docsBytes = 8 << 20
)

// get is the document of a log, nil if it is not held.
func (c *cache) get(id string) *model.Log { return c.byID[id].log }

// put holds a document, and lets go of what is too much.
func (c *cache) put(id string, log *model.Log) {
	if c.byID == nil {
		c.byID = map[string]held{}
	}
	c.drop(id)
	c.last++
	c.byID[id] = held{log, c.last}
	c.ids = append(c.ids, turn{id, c.last})
	c.size += log.Size()
	for len(c.byID) > 1 && (len(c.byID) > docsMost || c.size > docsBytes) {
		oldest := c.ids[0]
		c.ids = c.ids[1:]
		if c.byID[oldest.id].turn == oldest.n { // it did not come again since
			c.drop(oldest.id)
		}
	}
}

// drop lets go of a document, if it is held.
func (c *cache) drop(id string) {
	if log := c.get(id); log != nil {
		c.size -= log.Size()
		delete(c.byID, id)
	}
}

// rereading is the reading of documents that were let go.
type rereading struct {
	token  int
	ids    []string           // of the logs that are being read
	cancel context.CancelFunc // nil when none is
	failed map[string]string  // why a log could not be read, by its id
}

// readMsg brings documents of rows again.
type readMsg struct {
	token int
	logs  []*model.Log // those that are still there
	err   error
}

// readAgain reads the documents that the rows and the preview on the screen are made of, where they
// are not held any more: instead of others that are being read.
func (m *Model) readAgain() tea.Cmd {
	g := &m.again
	ids, prompt := m.lacking()
	if slices.Equal(ids, g.ids) || m.o.Read == nil {
		return nil
	}
	if g.cancel != nil {
		g.cancel()
		g.cancel = nil
	}
	g.token++
	if g.ids = ids; len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	g.cancel = cancel
	token, read := g.token, m.o.Read
	return func() tea.Msg {
		logs, err := read(ctx, prompt, ids)
		return readMsg{token, logs, err}
	}
}

// lacking lists the rows of one prompt whose documents are wanted and not held: that of the cursor
// for the preview, and those that were made without a column that is shown now.
func (m *Model) lacking() (ids []string, prompt string) {
	preview := m.parts().pane.W > 0
	for i, r := range m.shown() {
		wanted := r.made != m.shape.made || preview && m.top+i == m.cursor
		if !wanted || m.again.failed[r.id()] != "" {
			continue
		}
		if log := m.docs.get(r.id()); log != nil {
			m.remake(r, log)
			continue
		}
		if at := r.promptID.Value(); len(ids) == 0 || at == prompt {
			ids, prompt = append(ids, r.id()), at
		}
	}
	return ids, prompt
}

// remake makes what a row shows again, where it was made in another shape.
func (m *logList) remake(r *row, log *model.Log) {
	if r.made != m.shape.made {
		r.texts, r.made = newRow(log, m.shape).texts, m.shape.made
	}
}

// readArrived takes documents in.
func (m *Model) readArrived(msg readMsg) {
	g := &m.again
	if msg.token != g.token || g.cancel == nil {
		return
	}
	g.cancel()
	g.cancel = nil
	if g.failed == nil {
		g.failed = map[string]string{}
	}
	for _, id := range g.ids {
		g.failed[id] = "this log is not there any more"
		if msg.err != nil {
			g.failed[id] = msg.err.Error()
		}
	}
	g.ids = nil
	for _, log := range msg.logs {
		id := log.Head().ID
		delete(g.failed, id)
		m.docs.put(id, log)
	}
}
