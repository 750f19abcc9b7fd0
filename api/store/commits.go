package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"errata/api/group"
)

// commits carries out changes of a SQLite database. Those that come while one is being committed
// share the next transaction, for the wait for the disk is most of what a commit takes. One that
// fails leaves nothing behind, and the others stay: each is a step of its own there, but for those
// that check before they write. Where such a one fails while it writes, or the database does while
// it reads, the transaction is undone, and what was in it is carried out change by change: for what
// hardly ever happens no step is started and ended with each of them. Nobody hears that a change
// was made before it is on the disk.
type commits struct {
	s       *core
	waiting *group.Group[*queued]
}

func newCommits(s *core) *commits {
	c := &commits{s: s}
	c.waiting = group.New(c.carryOut)
	return c
}

// queued is a change that waits for its turn.
type queued struct {
	ctx    context.Context
	check  func(*conn) error // reads, and writes nothing; nil if do does both
	do     func(*conn) error
	taken  atomic.Bool // by whoever carries it out, or gives it up
	err    error
	commit error // of the transaction: whether it was carried out may not be known
	fault  any   // of a panic
	done   chan struct{}
}

// change has a change carried out, and returns when it is on the disk.
func (g *commits) change(ctx context.Context, what string, check, do func(*conn) error) error {
	q := &queued{ctx: ctx, check: check, do: do, done: make(chan struct{})}
	g.waiting.Add(q)
	select {
	case <-q.done:
	case <-ctx.Done():
		if q.taken.CompareAndSwap(false, true) {
			return g.s.wrap(what, ctx.Err())
		}
		<-q.done
	}
	switch {
	case q.fault != nil:
		panic(q.fault)
	case q.err != nil:
		return g.s.wrap(what, q.err)
	}
	return unclear(g.s.wrap(what, q.commit))
}

// groupPages is about how many pages one transaction of several changes may write.
const groupPages = 2048

// carryOut carries changes out, as many in one transaction as fit.
func (g *commits) carryOut(list []*queued) {
	for len(list) > 0 {
		list = list[g.together(list):]
	}
}

// together carries out the first of some changes in one transaction, and says how many.
func (g *commits) together(list []*queued) (n int) {
	ctx := context.Background()
	if len(list) == 1 {
		ctx = list[0].ctx
	}
	c, err := g.s.beginWriting(ctx)
	if err != nil {
		end(list, func(q *queued) { q.err = err })
		return len(list)
	}
	defer c.rollback(ctx) // does nothing after a commit
	if len(list) > 1 {
		c.group = &found{}
	}
	var made []*queued
	for _, q := range list {
		n++
		if !q.taken.CompareAndSwap(false, true) {
			continue
		}
		q.err = q.within(c)
		switch {
		case q.err == nil:
			made = append(made, q)
		case errors.Is(q.err, errHalf):
			c.rollback(ctx)
			g.apart(append(made, q))
			return n
		default:
			close(q.done)
		}
		if errors.Is(q.err, errBroken) {
			finish(made, func(of *queued) { of.err = q.err })
			return n
		}
		if c.pages > groupPages {
			break
		}
	}
	g.commit(ctx, c, made)
	return n
}

// commit commits what was made in a transaction, and tells those that wait for it.
func (g *commits) commit(ctx context.Context, c *conn, made []*queued) {
	if len(made) == 0 {
		return
	}
	if err := g.s.settle(context.WithoutCancel(ctx), c); err != nil {
		finish(made, func(q *queued) { q.err = err })
		return
	}
	err := c.commit(ctx)
	if err == nil {
		g.s.wrote(c)
	}
	finish(made, func(q *queued) { q.commit = err })
}

// end ends changes that nobody has taken.
func end(list []*queued, with func(*queued)) {
	for _, q := range list {
		if q.taken.CompareAndSwap(false, true) {
			finish([]*queued{q}, with)
		}
	}
}

func finish(list []*queued, with func(*queued)) {
	for _, q := range list {
		with(q)
		close(q.done)
	}
}

// apart carries out changes whose transaction was undone, each in one of its own.
func (g *commits) apart(list []*queued) {
	for _, q := range list {
		q.err, q.fault = nil, nil
		q.taken.Store(false)
		g.together([]*queued{q})
	}
}

// within carries out the change. Among others, one that fails leaves nothing behind, unless the
// error is errHalf.
func (q *queued) within(c *conn) error {
	if q.check == nil {
		if c.group == nil {
			return q.guarded(q.do)(c)
		}
		defer c.group.forget()
		return step(q.ctx, c, q.guarded(q.do))
	}
	err := q.guarded(q.check)(c)
	half := primary(err) != 0 // SQLite may have undone all: it does where it cannot read the file
	if err == nil {
		err = q.guarded(q.do)(c)
		half = err != nil
	}
	if half && c.group != nil {
		return fmt.Errorf("%w: %w", errHalf, err)
	}
	return err
}

// guarded is f that notes a panic as a fault.
func (q *queued) guarded(f func(*conn) error) func(*conn) error {
	return func(c *conn) (err error) {
		defer func() {
			if q.fault = recover(); q.fault != nil {
				err = errFault
			}
		}()
		return f(c)
	}
}

var (
	// errBroken ends a transaction of which it is not known any more what is in it.
	errBroken = errors.New("the transaction cannot be gone on with")
	errFault  = errors.New("a fault")

	// errHalf is the error of a change of which a part may have been written, or with which the
	// transaction may have ended.
	errHalf = errors.New("the change was begun")
)
