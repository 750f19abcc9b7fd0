package journal

import (
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// idDigits are in the order of their bytes, so that ids sort as their numbers do; i, l, o and u are
// left out.
const idDigits = "0123456789abcdefghjkmnpqrstvwxyz"

// idLen is the length of an id in bytes: 64 bits, five each.
const idLen = 13

// NewID makes an id of the microsecond and ten random bits, which distinguish it from ids that
// other processes make in the same microsecond, or made before the clock was set back.
func NewID(now time.Time) string { return spelled(numbered(now)) }

// IsID reports whether a word has the form of an id.
func IsID(word string) bool {
	return len(word) == idLen && strings.Trim(word, idDigits) == ""
}

func numbered(now time.Time) uint64 { return uint64(now.UnixMicro())<<10 | rand.Uint64N(1<<10) }

func spelled(n uint64) string {
	var id [idLen]byte
	for i := range id {
		id[idLen-1-i] = idDigits[n&31]
		n >>= 5
	}
	return string(id[:])
}

// ids makes ids that never decrease, unless the clock is set back.
type ids struct {
	mu   sync.Mutex
	last uint64
}

// aMillisecond is how many ids there are in one: the clock does not show how many were made in
// the microsecond.
const aMillisecond = 1000 << 10

// newID is an id that this process has not made before.
func (j *Journal) newID(now time.Time) string {
	j.ids.mu.Lock()
	defer j.ids.mu.Unlock()
	n := numbered(now)
	if n <= j.ids.last && j.ids.last-n < aMillisecond {
		n = j.ids.last + 1
	}
	j.ids.last = n
	return spelled(n)
}
