package store

import (
	"context"
	"slices"
	"sync"
	"time"
)

// changed is the numbers of the logs that this store has written, in the order of its commits: what
// was counted before is brought up to date by looking at these alone. It is safe for concurrent
// use.
type changed struct {
	mu    sync.Mutex
	first int64 // the place of the first of them that is still known
	seqs  []int64
}

// changedMost is how many numbers are kept.
const changedMost = 32768

// add appends what a transaction has written.
func (h *changed) add(seqs []int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seqs = append(h.seqs, seqs...)
	if over := len(h.seqs) - changedMost; over > 0 {
		over += changedMost / 2
		h.first += int64(over)
		h.seqs = slices.Clone(h.seqs[min(over, len(h.seqs)):])
	}
}

// lose forgets all, because somebody else has written as well.
func (h *changed) lose() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.first, h.seqs = h.first+int64(len(h.seqs))+1, nil
}

// end is the place behind the last.
func (h *changed) end() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.first + int64(len(h.seqs))
}

// between lists the numbers from one place to another, each once, none when the other one is
// before it; ok is false when they are not known any more, or are more than can be looked at at
// once.
func (h *changed) between(from, end int64) (seqs []int64, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if from < h.first || end-from > readAllMost || end > h.first+int64(len(h.seqs)) {
		return nil, false
	}
	if end > from {
		seqs = slices.Clone(h.seqs[from-h.first : end-h.first])
	}
	slices.Sort(seqs)
	return slices.Compact(seqs), true
}

// touched notes that a log is written.
func (c *conn) touched(seq int64) {
	if n := len(c.written); n == 0 || c.written[n-1] != seq {
		c.written = append(c.written, seq)
	}
}

// carried is the exact total of a selection that was counted before, with what was written here up
// to a place. ok is false if it has to be counted.
func (s *core) carried(ctx context.Context, c *conn, sel selection, at int64, first bool) (n int, ok bool, err error) {
	s.totals.mu.Lock()
	known := s.totals.known[sel.key()]
	s.totals.mu.Unlock()
	if known == nil || !known.ended() || known.err != nil {
		return 0, false, nil
	}
	// Others may write to a server unnoticed: there the first page of a list begins again.
	if !s.sql.single && (first || time.Since(known.counted) > trailAge) || s.sql.single && !s.noticeOthers(ctx) {
		return 0, false, nil
	}
	known.mu.Lock()
	defer known.mu.Unlock()
	seqs, ok := s.changed.between(known.at, at)
	switch {
	case !ok:
		return 0, false, nil
	case known.at >= at:
		return known.n, true, nil // somebody who came later has looked already
	}
	hits := map[int64]bool{}
	if err := c.each(ctx, &sel, slices.Values(seqs), func(p position) { hits[p.seq] = true }); err != nil {
		return 0, false, err
	}
	if len(seqs) > 0 {
		known.hits.Widen(seqs[len(seqs)-1] + 1)
	}
	for _, seq := range seqs {
		known.hits.Put(seq, hits[seq])
	}
	known.n, known.at = known.hits.Len(), at
	return known.n, true, nil
}

// others is what is known of the other programs that write to the file.
type others struct {
	mu      sync.Mutex
	version int64     // of the database, as the connection that writes counts: own commits do not
	checked time.Time // when it was read last
	tried   bool
}

// watched reports whether what others write is noticed from now on; it was tried, at least. A total
// that is counted before is not remembered.
func (o *others) watched() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.tried
}

// How long the version of the database may be unknown, because the connection that writes is in
// use, and how long that is waited for.
const (
	uncheckedMost = 10 * time.Second
	checkWait     = 5 * time.Millisecond
)

// noticeOthers forgets what was written here when another program has written, too. It is false
// when that could not be found out for a while.
func (s *core) noticeOthers(ctx context.Context) bool {
	o := &s.others
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tried = true
	if s.readers == s.writer {
		return true // in memory, or open for reading: there is nobody else
	}
	ses, err := s.writer.takeSoon(ctx, checkWait)
	if err != nil {
		return time.Since(o.checked) < uncheckedMost
	}
	defer s.writer.give(ses)
	var version int64
	if err := (reading{ses: ses, query: `PRAGMA data_version`}).Scan(&version); err != nil {
		return false
	}
	if version != o.version {
		s.changed.lose()
	}
	o.version, o.checked = version, time.Now()
	return true
}
