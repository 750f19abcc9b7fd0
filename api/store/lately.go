package store

import (
	"bytes"
	"sync"
)

// lately are logs on a server as they were when they were last read or changed here. A PATCH of one
// that is still so takes one way to the server instead of two: it is made of what is known, and the
// server replaces the log provided that its hash is that of what is known.
type lately struct {
	mu    sync.Mutex
	known map[string]target // by id
	size  int               // bytes of their documents
}

// How many bytes of documents are known at most, and of one.
const (
	latelyMost    = 16 << 20
	latelyLargest = 64 << 10
)

// learn notes a log.
func (l *lately) learn(id string, t target) {
	if len(t.doc) > latelyLargest || len(t.doc) == 0 {
		return
	}
	t.doc = bytes.Clone(t.doc)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil {
		l.known = map[string]target{}
	}
	l.size += len(t.doc) - len(l.known[id].doc)
	l.known[id] = t
	for other, of := range l.known { // any of them makes room
		if l.size <= latelyMost {
			break
		}
		l.size -= len(of.doc)
		delete(l.known, other)
	}
}

// of is what is known of a log; its document may be changed.
func (l *lately) of(id string) (t target, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t, ok = l.known[id]
	t.doc = bytes.Clone(t.doc)
	return t, ok
}
