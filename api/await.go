package api

import (
	"context"
	"time"
)

// Await does what cannot be canceled, such as the work of a disk, and stops waiting for it at the
// end of ctx; the work goes on then, and its result is dropped. After that end it does not begin.
// After a second it says what is waited for, see WithNotices; an empty what says nothing. A panic
// of the work is one of the caller, who knows how to restore a terminal.
func Await[T any](ctx context.Context, what string, do func() (T, error)) (T, error) {
	var none T
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	type result struct {
		value T
		err   error
		fault any // of a panic
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			r.fault = recover()
			done <- r
		}()
		r.value, r.err = do()
	}()
	if what != "" {
		said := make(chan struct{})
		slow := time.AfterFunc(defaultSlow, func() {
			defer close(said)
			Notify(ctx, 0, "%s", what)
		})
		defer func() {
			if !slow.Stop() {
				<-said // nothing is said any more when Await has returned
			}
		}()
	}
	select {
	case r := <-done:
		if r.fault != nil {
			panic(r.fault)
		}
		return r.value, r.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// lingering is how long what has to be written is waited for after an interruption.
const lingering = 2 * time.Second

// Linger is a context that goes on for a moment when ctx has ended: for what must be written, but
// not at the price of waiting for a disk that does not answer.
func Linger(ctx context.Context) (longer context.Context, cancel func()) {
	longer, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lingering, end) })
	return longer, func() {
		stop()
		end()
	}
}
