package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"errata/api"
	"errata/api/journal"
	"errata/model/figure"
)

// many is changes of many logs on their way, one by one.
type many struct {
	*app
	svc     *service
	journal *journal.Journal // nil when nothing is going to be sent
	ask     bool             // the next change has to be confirmed
	bar     *progressLine

	sent, same, left int // changes, left ones because of an error or an answer
	worst            int // exit code
}

// begin opens the journal, unless nothing is going to be sent, and connects to the server. The
// caller closes the service.
func (m *many) begin(ctx context.Context, dryRun bool) (err error) {
	if !dryRun {
		if m.journal, err = m.past(ctx); err != nil {
			return err
		}
	}
	m.svc, err = m.connect(ctx)
	return err
}

// one carries out one change, which may be wrong already. The error is one that ends the run.
func (m *many) one(ctx context.Context, c *correction, err error) error {
	if err == nil {
		err = m.carry(api.WithNotices(ctx, func(n api.Notice) { m.notice(c.label, n) }), c)
	}
	switch {
	case err == nil && c.changes != nil && len(c.changes.Changed()) == 0:
		m.same++
		return nil
	case err == nil:
		m.sent++
		return nil
	case errors.Is(err, errQuit):
		return said(max(m.worst, exitFailed))
	}
	m.left++
	m.worst = max(m.worst, codeOf(err))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	m.bar.clear()
	if err.Error() != "" {
		m.complain(fmt.Errorf("%s%w", c.label, err))
	}
	if hopeless(err) {
		return said(m.worst)
	}
	return nil
}

// notice says why a change takes long.
func (m *many) notice(label string, n api.Notice) {
	m.bar.clear()
	if n.For > 0 {
		n.Text = label + n.Text
	}
	m.app.notice(n)
}

// hopeless tells whether the next change would end the same way.
func hopeless(err error) bool {
	switch api.CodeOf(err) {
	case api.Unauthorized, api.Unreachable, api.Timeout, api.Unavailable, api.RateLimited, api.Redirected, api.Refused:
		return true
	}
	return codeOf(err) == exitUnauthorized
}

// errQuit is the answer that ends the run.
var errQuit = errors.New("stopped")

// carry carries out one change, as errata set does.
func (m *many) carry(ctx context.Context, c *correction) error {
	if err := c.prepare(ctx); err != nil {
		return err
	}
	c.warn()
	switch {
	case len(c.changes.Changed()) == 0:
		return c.nothing()
	case m.journal == nil:
		m.bar.clear()
		err := c.preview()
		if !m.cfg.JSON() {
			m.out.printf("\n")
		}
		return err
	case m.ask:
		if err := m.confirm(ctx, c); err != nil {
			return err
		}
	}
	return c.send(ctx)
}

// confirm shows a change and asks what to do about it and those to come.
func (m *many) confirm(ctx context.Context, c *correction) error {
	m.bar.clear()
	m.showWords(review(c.changes) + "\n")
	answer, err := m.answer(ctx, "send? [y]es, [n]o, [a]ll, [q]uit ")
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case err != nil, answer == "q", answer == "quit":
		return errQuit
	case answer == "y", answer == "yes":
		return nil
	case answer == "a", answer == "all":
		m.ask = false
		return nil
	}
	return fail(exitFailed, "not sent")
}

// total sums the run up, which ended with err, and gives the error that decides the exit code.
func (m *many) total(err error) error {
	left := ""
	if m.left > 0 {
		left = ", " + figure.Int(m.left) + " left out"
	}
	if m.journal == nil {
		m.say("%s would change, %s as they are%s", figure.Count(m.sent, "log"), figure.Int(m.same), left)
	} else {
		m.say("%s changed, %s as they were%s", figure.Count(m.sent, "log"), figure.Int(m.same), left)
	}
	switch {
	case err != nil:
		return err
	case m.worst != exitDone:
		return said(m.worst)
	}
	return nil
}
