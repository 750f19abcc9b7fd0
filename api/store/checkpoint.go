package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// How many pages are committed before they are moved from the write-ahead log into the database. It
// is few if the last round was a while ago, because a commit during a round waits for the same
// disk, and more if much is written, because each round itself waits for the disk twice. Once the
// log holds more than that, it starts over at its beginning, and writing waits until the last pages
// are moved: a commit that makes its file longer costs the disk and the processor more than one
// that writes over what is there. The last number is how many pages there are before a commit moves
// them itself, if nobody else does.
const (
	walFew  = 200
	walSome = 1000
	walMost = "16384"
)

// walPause is how long ago the last round is for few pages to be moved.
const walPause = 250 * time.Millisecond

// checkpoints move what was committed from the write-ahead log of a file into the database, beside
// the writing: a commit is safe once it is in the log on disk, and need not wait for the rest.
type checkpoints struct {
	open   func() (*sql.DB, error) // its one connection puts on disk what it moves before the log is written over
	writer *sessions

	mu      sync.Mutex
	begun   bool // with the first round: most runs of the program need none
	pages   int  // about how many were committed since the last round
	last    time.Time
	wanted  chan struct{}
	ending  context.Context
	end     context.CancelFunc
	running sync.WaitGroup
}

func newCheckpoints(open func() (*sql.DB, error), writer *sessions) *checkpoints {
	k := &checkpoints{open: open, writer: writer, wanted: make(chan struct{}, 1)}
	k.ending, k.end = context.WithCancel(context.Background())
	return k
}

// wrote says that about so many pages were committed.
func (k *checkpoints) wrote(pages int) {
	if !k.due(pages, time.Now()) {
		return
	}
	k.begin()
	select {
	case k.wanted <- struct{}{}:
	default: // one is to come anyway
	}
}

// due counts pages, and reports whether it is time for a round.
func (k *checkpoints) due(pages int, now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pages += pages
	if k.pages < walFew || k.pages < walSome && now.Sub(k.last) < walPause {
		return false
	}
	k.pages, k.last = 0, now
	return true
}

// begin begins the moving, once.
func (k *checkpoints) begin() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.begun && k.ending.Err() == nil {
		k.begun = true
		k.running.Go(k.run)
	}
}

func (k *checkpoints) run() {
	db, err := k.open()
	if err != nil {
		return // a commit that finds the log long moves the pages itself
	}
	defer func() { _ = db.Close() }()
	for {
		select {
		case <-k.wanted:
		case <-k.ending.Done():
			return
		}
		in, moved, err := k.move(db)
		if err != nil || in < walSome || in-moved >= walSome {
			continue // what a reader still needs is as safe in the log, and moved the next time
		}
		k.moveAll(db)
	}
}

// move moves what no reader needs in the log any more, and gives how many pages the log held when
// it began, and how many of them are moved. Nobody waits for it.
func (k *checkpoints) move(db *sql.DB) (in, moved int, err error) {
	var busy int
	err = db.QueryRowContext(k.ending, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &in, &moved)
	return in, moved, err
}

// moveAll moves the few pages that came meanwhile, while nobody adds any.
func (k *checkpoints) moveAll(db *sql.DB) {
	ses, err := k.writer.take(k.ending)
	if err != nil {
		return
	}
	defer k.writer.give(ses)
	_, _, _ = k.move(db)
}

// stop ends the moving; what is left in the log is moved when the database is closed or opened.
func (k *checkpoints) stop() {
	k.mu.Lock()
	k.end()
	k.mu.Unlock()
	k.running.Wait()
}
