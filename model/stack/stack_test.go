package stack

import (
	"testing"
	"unsafe"
)

// A stack that has grown has its room: it does not move when a call reaches that deep.
func TestGrowLeavesRoom(t *testing.T) {
	moved := make(chan bool)
	go func() {
		var here byte
		Grow()
		before := uintptr(unsafe.Pointer(&here)) //nolint:gosec // where the stack is
		deep(room / 2 / 64)
		moved <- before != uintptr(unsafe.Pointer(&here)) //nolint:gosec // as above
	}()
	if <-moved {
		t.Error("the stack moved although it had grown")
	}
}

// deep goes through so many frames.
//
//go:noinline
func deep(n int) byte {
	var frame [16]byte
	if n == 0 {
		return frame[0]
	}
	return deep(n-1) + frame[n%16]
}
