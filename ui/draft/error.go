package draft

import (
	"errors"
	"fmt"
	"time"
)

// ErrTaken is returned when another process has taken the draft over: it keeps the draft now, and
// this one no longer does.
var ErrTaken = errors.New("another errata has taken this draft over; changes made here are no longer kept on disk")

// ErrClosed is returned by a draft that was closed.
var ErrClosed = errors.New("the draft is closed")

// HeldError says that another process, or another Draft of this one, holds the draft.
type HeldError struct {
	PID        int // 0 when it is not known
	Since      time.Time
	Who, Where string // the user with the machine, and the terminal; "" when they are not known
	Own        bool   // it is held by this very store
}

// Error names the process.
func (e *HeldError) Error() string {
	if e.PID == 0 {
		return "another errata is editing this log"
	}
	return fmt.Sprintf("another errata (process %d) is editing this log since %s", e.PID, e.Since.Local().Format("2 Jan 15:04"))
}

// OffError says that changes are not kept on disk, and why. Editing may go on; the draft tries
// again now and then.
type OffError struct{ Err error }

// Error gives the reason.
func (e *OffError) Error() string { return "drafts are off, save soon: " + e.Err.Error() }

// Unwrap is the reason.
func (e *OffError) Unwrap() error { return e.Err }
