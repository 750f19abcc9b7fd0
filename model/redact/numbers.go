package redact

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// Numbers numbers things, the same one always alike, without keeping them: it knows them by hashes
// with a salt. It is safe for concurrent use.
type Numbers struct {
	mu    sync.Mutex
	saved Saved
	known map[string]int // by hash
	count map[string]int // by kind
}

// Saved is what Numbers are made from again.
type Saved struct {
	Salt   []byte     `json:"salt"`
	Things [][]string `json:"things"` // kind and hash, in order
}

// NewNumbers makes Numbers: those that were saved, or with nil new ones.
func NewNumbers(saved *Saved) *Numbers {
	n := &Numbers{known: map[string]int{}, count: map[string]int{}}
	if saved == nil {
		n.saved.Salt = make([]byte, sha256.Size)
		_, _ = rand.Read(n.saved.Salt) // it never fails
		return n
	}
	n.saved.Salt = saved.Salt
	for _, thing := range saved.Things {
		if len(thing) == 2 {
			n.add(thing[0], thing[1])
		}
	}
	return n
}

// Of is the number of a thing, which may be a new one.
func (n *Numbers) Of(kind, thing string) int {
	mac := hmac.New(sha256.New, n.saved.Salt)
	_, _ = mac.Write([]byte(kind + "\x00" + thing))
	hash := hex.EncodeToString(mac.Sum(nil)[:16])
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, ok := n.known[hash]; ok {
		return known
	}
	return n.add(kind, hash)
}

func (n *Numbers) add(kind, hash string) int {
	n.count[kind]++
	n.known[hash] = n.count[kind]
	n.saved.Things = append(n.saved.Things, []string{kind, hash})
	return n.count[kind]
}

// Saved is what the same Numbers can be made from again.
func (n *Numbers) Saved() Saved {
	n.mu.Lock()
	defer n.mu.Unlock()
	return Saved{n.saved.Salt, n.saved.Things[:len(n.saved.Things):len(n.saved.Things)]}
}
