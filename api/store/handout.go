package store

import (
	"context"
	"sync"
	"weak"

	"errata/api"
	"errata/model"
)

// handedOut is the large log of a file that a client in this process was given last. While the
// client holds it, a PATCH of that log is made of it: the pieces need not be put together again,
// and the memory holds the document once. What is written is told by hashes all the same: the
// transaction takes the changed log only where the hash of the row is still that of this one.
type handedOut struct {
	mu   sync.Mutex
	id   string
	hash string
	log  weak.Pointer[model.Log]
}

// learn notes a log that is given to a client, if that is in this process and the log is large.
func (h *handedOut) learn(ctx context.Context, id string, hash []byte, log *model.Log) {
	if log.Size() < piecesFrom || !api.HandsOver(ctx) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.id, h.hash, h.log = id, string(hash), weak.Make(log)
}

// of is the log with this hash if somebody still holds it, else nil.
func (h *handedOut) of(id string, hash []byte) *model.Log {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.id != id || h.hash != string(hash) {
		return nil
	}
	return h.log.Value()
}
