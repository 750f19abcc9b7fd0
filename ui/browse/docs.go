package browse

import (
	"context"

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

// get is the document of a log, nil where it is not held.
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
	c.size += len(log.Bytes())
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
		c.size -= len(log.Bytes())
		delete(c.byID, id)
	}
}

// rereading is the reading of a document that was let go.
type rereading struct {
	token  int
	id     string             // of the log that is being read
	cancel context.CancelFunc // nil when none is
	failed map[string]string  // why a log could not be read, by its id
}

// readMsg brings the document of a row again.
type readMsg struct {
	token int
	id    string
	log   *model.Log // nil where it is not there any more
	err   error
}

// readAgain reads the document of a row, in place of another that is being read.
func (m *logList) readAgain(r *row) tea.Cmd {
	g, id := &m.again, r.id()
	if _, failed := g.failed[id]; failed || g.cancel != nil && g.id == id || m.o.Read == nil {
		return nil
	}
	if g.cancel != nil {
		g.cancel()
	}
	g.token++
	ctx, cancel := context.WithCancel(context.Background())
	g.id, g.cancel = id, cancel
	token, prompt, read := g.token, r.promptID.Value(), m.o.Read
	return func() tea.Msg {
		logs, err := read(ctx, prompt, []string{id})
		msg := readMsg{token: token, id: id, err: err}
		if len(logs) > 0 {
			msg.log = logs[0]
		}
		return msg
	}
}

// arrived takes a document in.
func (g *rereading) arrived(msg readMsg, into *cache) {
	if msg.token != g.token || g.cancel == nil {
		return
	}
	g.cancel()
	g.cancel = nil
	if msg.log != nil {
		into.put(msg.id, msg.log)
		return
	}
	if g.failed == nil {
		g.failed = map[string]string{}
	}
	g.failed[msg.id] = "this log is not there any more"
	if msg.err != nil {
		g.failed[msg.id] = msg.err.Error()
	}
}
