package api

import (
	"context"
	"time"

	"errata/model/stack"
)

// Await runs do, which cannot be canceled (a write to a disk, for instance), and stops waiting for
// it when ctx ends. The work goes on then, and its result is dropped; where ctx has ended before,
// it does not begin. After a second Await reports what it waits for, see WithNotices; an empty what
// reports nothing. A panic in do is raised again in the goroutine of the caller, where the terminal
// can be restored.
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
		stack.Grow()
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

// lingering is how long an interrupted command still waits for what it has to write.
const lingering = 2 * time.Second

// Linger is a context that ends two seconds after ctx. It is for what must still be written after
// an interruption, without waiting longer for a disk that does not answer.
func Linger(ctx context.Context) (longer context.Context, cancel func()) {
	longer, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lingering, end) })
	return longer, func() {
		stop()
		end()
	}
}
