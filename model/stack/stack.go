// Package stack makes the stack of a goroutine grow once instead of many times. It knows no log.
package stack

// room is what a call into SQLite takes, in bytes. Goroutines that do less gain nothing.
const room = 24 << 10

// Grow gives the stack of a goroutine that is about to reach deep the room for it, while little is
// on it. Otherwise it is doubled four times on the way: each time all frames are looked up and
// copied, which a short run of the program pays with a tenth of its time, and with memory for the
// tables of those frames. The room is asked for at the beginning of the function, and nothing is
// written to it.
//
//go:noinline
func Grow() byte {
	if none == "" {
		return 0
	}
	var frame [room]byte
	return frame[len(none)] // so that the frame is needed
}

var none string
