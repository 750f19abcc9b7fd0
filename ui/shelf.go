package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/draft"
)

// syncPatience is how long the end of the program waits for the disk.
const syncPatience = 2 * time.Second

// shelf has the drafts that this process has locked, by log id. It is used by the goroutine of the
// screens, by those that read logs, and at the end by the one that handles signals.
type shelf struct {
	// held while a draft is opened, so that two readings of one log do not lock each other out
	taking  sync.Mutex
	mu      sync.Mutex
	byID    map[string]taken
	closing chan struct{} // closed when all drafts that were given back are closed
}

func (s *shelf) put(id string, t taken) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = map[string]taken{}
	}
	s.byID[id] = t
}

func (s *shelf) get(id string) taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byID[id]
}

// open returns the draft of a log: one that a cancelled reading has left, otherwise what take
// returns.
func (s *shelf) open(id string, take func() taken) taken {
	s.taking.Lock()
	defer s.taking.Unlock()
	s.mu.Lock()
	closing := s.closing
	s.mu.Unlock()
	if closing != nil {
		<-closing
	}
	if t := s.get(id); t.draft != nil {
		return t
	}
	t := take()
	if t.draft != nil {
		s.put(id, t)
	}
	return t
}

// giveBack closes the draft of a log, if it is open.
func (s *shelf) giveBack(ctx context.Context, id string) {
	s.mu.Lock()
	d := s.byID[id].draft
	if d == nil {
		s.mu.Unlock()
		return
	}
	before, done := s.closing, make(chan struct{})
	s.closing = done
	delete(s.byID, id)
	s.mu.Unlock()
	go func() {
		defer close(done)
		_ = d.Close(ctx) // the log was not changed, or its work is written
		if before != nil {
			<-before
		}
	}()
	select {
	case <-done:
	case <-time.After(draft.Patience): // a later open of the log waits for it
	}
}

// late are the drafts that wait for the disk and were not reported yet.
func (s *shelf) late() map[string]<-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list map[string]<-chan struct{}
	for id, t := range s.byID {
		if done := t.draft.Late(); done != nil {
			if list == nil {
				list = map[string]<-chan struct{}{}
			}
			list[id] = done
		}
	}
	return list
}

// caughtUpMsg comes when a draft that waited for the disk is written.
type caughtUpMsg struct {
	id    string
	draft *draft.Writer
}

// awaitDisk is the command that waits until late drafts are written, nil when none is late.
func (s *shelf) awaitDisk() tea.Cmd {
	var cmds []tea.Cmd
	for id, done := range s.late() {
		msg := caughtUpMsg{id, s.get(id).draft}
		cmds = append(cmds, func() tea.Msg {
			<-done
			return msg
		})
	}
	return tea.Batch(cmds...)
}

// sync writes all drafts through to the disk, so that they survive a loss of power. It may be
// called from the goroutine that handles signals.
func (s *shelf) sync() {
	ctx, cancel := context.WithTimeout(context.Background(), syncPatience)
	defer cancel()
	s.mu.Lock()
	all := slices.Collect(maps.Values(s.byID))
	s.mu.Unlock()
	for _, t := range all {
		_ = t.draft.Sync(ctx) // the work is written, and nobody is left to be told
	}
}

// close closes every draft at the end. The error is a *draft.WaitingError when the disk does not
// answer.
func (s *shelf) close() (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), syncPatience)
	defer cancel()
	s.mu.Lock()
	all := s.byID
	s.byID = nil
	s.mu.Unlock()
	for _, t := range all {
		var waiting *draft.WaitingError
		if closed := t.draft.Close(ctx); errors.As(closed, &waiting) {
			err = closed
		}
	}
	return err
}

// taken is the draft of a log, or why there is none.
type taken struct {
	draft *draft.Writer // nil when there is none
	state *draft.State
	held  *draft.HeldError
	off   error // why drafts are not kept
}

// takeDraft opens the draft of a log, if drafts are kept at all.
func takeDraft(ctx context.Context, o Options, log *model.Log, etag string, over bool) (t taken) {
	if o.Drafts == nil || o.ReadOnly {
		return t
	}
	head := log.Head()
	id := draft.Identity{Server: o.ServerID, LogID: head.ID, PromptID: head.PromptID, ETag: etag}
	d, state, err := takeOthers(ctx, o.Drafts, id, over)
	if d != nil {
		t.draft, t.state = draft.NewWriter(d), state
	}
	if !errors.As(err, &t.held) {
		t.off = err
	}
	return t
}

// takeOthers takes a draft. If this program itself still holds it, because the disk is slow to
// close it, it waits instead of asking the user.
func takeOthers(ctx context.Context, drafts *draft.Store, id draft.Identity, over bool) (*draft.Draft, *draft.State, error) {
	const pause = 20 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		d, state, err := drafts.Take(ctx, id, over)
		var by *draft.HeldError
		if !errors.As(err, &by) || !by.Own {
			return d, state, err
		}
		if waited >= syncPatience || ctx.Err() != nil {
			return nil, nil, errors.New("drafts are off: the disk is still busy with the one that was closed")
		}
		time.Sleep(pause)
	}
}
