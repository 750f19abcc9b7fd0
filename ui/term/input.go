package term

import (
	"errors"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// queueLimit is how many events wait at most before reading pauses, so that text poured into the
// terminal without the paste brackets cannot fill the memory.
const queueLimit = 1 << 14

var (
	errTimeout = errors.New("nothing arrived")
	errStopped = errors.New("reading was stopped")
)

// An event is a message on its way from the terminal to the model.
type event struct{ tea.Msg }

// A queue holds events in order between the reader and the signals, which never wait, and Update,
// which may.
type queue struct {
	mu     sync.Mutex
	change *sync.Cond
	msgs   []tea.Msg
	open   int // events pushed that Update has not seen
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.change = sync.NewCond(&q.mu)
	return q
}

// push appends msg. A size that nobody has seen yet is replaced by the next one.
func (q *queue) push(msg tea.Msg) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	if _, ok := msg.(tea.WindowSizeMsg); ok && len(q.msgs) > 0 {
		if _, ok := q.msgs[len(q.msgs)-1].(tea.WindowSizeMsg); ok {
			q.msgs[len(q.msgs)-1] = msg
			return
		}
	}
	q.msgs = append(q.msgs, msg)
	q.open++
	q.change.Broadcast()
}

// pop waits for the next event; ok is false once the queue is closed.
func (q *queue) pop() (msg tea.Msg, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.msgs) == 0 && !q.closed {
		q.change.Wait()
	}
	if q.closed {
		return nil, false
	}
	msg = q.msgs[0]
	q.msgs[0] = nil
	q.msgs = q.msgs[1:]
	q.change.Broadcast()
	return msg, true
}

// handled says that Update has one of the events.
func (q *queue) handled() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.open--
}

// more is whether events are waiting.
func (q *queue) more() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.open > 0
}

// room waits until the queue is below its limit, or closed.
func (q *queue) room() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.msgs) >= queueLimit && !q.closed {
		q.change.Wait()
	}
}

// close wakes everybody who waits and drops what comes later.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.change.Broadcast()
}

// pump hands the events to the program, one by one.
func (s *session) pump() {
	for {
		msg, ok := s.queue.pop()
		if !ok {
			return
		}
		s.program.Send(event{msg})
	}
}

// read turns the terminal's bytes into events until it is stopped, and closes done. A terminal
// that ends or fails has hung up.
func (s *session) read(done chan struct{}) {
	defer close(done)
	d := decoder{}
	buf := make([]byte, 64<<10)
	for {
		s.queue.room()
		n, err := s.tty.read(buf, d.patience())
		switch {
		case errors.Is(err, errStopped):
			return
		case errors.Is(err, errTimeout):
			d.expire(s.arrived)
		case err != nil || n == 0:
			go s.end(Hangup, "") // not from here: the session waits for this goroutine when it ends
			return
		default:
			d.feed(buf[:n], s.arrived)
		}
	}
}

// arrived queues a decoded event.
func (s *session) arrived(msg tea.Msg) {
	if _, ok := msg.(BackgroundMsg); ok && !s.colors.answer() {
		return // nobody asked
	}
	if column, ok := msg.(reportMsg); ok {
		s.report(int(column))
		return
	}
	s.queue.push(msg)
}
