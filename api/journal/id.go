package journal

import (
	"math/rand/v2"
	"time"
)

// idDigits are in the order of their bytes, so that ids sort as their numbers do; i, l, o and u are
// left out.
const idDigits = "0123456789abcdefghjkmnpqrstvwxyz"

// idLen is the length of an id in bytes: 64 bits, five each.
const idLen = 13

// NewID makes an id of the microsecond and ten random bits. Ids are made under the lock, which no
// two writers hold in one microsecond; the random bits are for a clock that was set back.
func NewID(now time.Time) string {
	n := uint64(now.UnixMicro())<<10 | rand.Uint64N(1<<10)
	var id [idLen]byte
	for i := range id {
		id[idLen-1-i] = idDigits[n&31]
		n >>= 5
	}
	return string(id[:])
}
