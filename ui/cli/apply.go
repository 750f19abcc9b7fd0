package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/journal"
	"errata/api/logfile"
	"errata/model/figure"
)

func (a *app) applyCommand() *cobra.Command {
	var dryRun bool
	var from int
	cmd := &cobra.Command{
		Use:   "apply FILE",
		Short: "Change fields of many logs, as lines of JSON say",
		Long: `Carry out many changes, each a line {"id": LOG_ID, "set": {PATH: VALUE, ...}}. VALUE is any JSON, sent as it is given;
null clears a field. A path is the name of a field or leads into its value, as in errata set: messages[-1].content,
metadata.score. "append": {PATH: VALUE} adds to lists, "copy": {FROM: TO} and "move": {FROM: TO} put values elsewhere,
"remove": [PATH, ...] takes them out; they may stand beside "set" or instead of it, and follow it in this order.
The file may be compressed; - reads standard input.

Each line goes the way of errata set: only what becomes another value is sent, in one PATCH that is read back, compared
and written to the journal. A line that changes nothing sends nothing, so a file can be applied again after an
interruption; --from LINE saves the looking. On a terminal each change is shown and confirmed, unless --yes is given;
also when a pipe brings the lines.

A line that cannot be carried out is reported with its number and the others are; the exit code is the highest that a
line would have had by itself (3 conflict, 4 refused, 6 not found, 7 sent but not verified). When the server cannot be
reached or refuses the key, the rest is not tried. A server that asks to slow down is given the time that it asks for.`,
		Example: `  errata apply corrections.jsonl --dry-run
  errata apply corrections.jsonl
  jq -c '{id, set: {"metadata.reviewed": true}}' logs.jsonl | errata apply -
  errata apply corrections.jsonl --from 5000 --on-conflict theirs`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case from < 1:
				return fail(exitUsage, "--from wants the number of a line, not %d", from)
			case a.cfg.ReadOnly() && !dryRun:
				return fail(exitFailed, "nothing can be applied: errata is read-only here (--read-only, or read_only in the profile)")
			}
			return a.apply(cmd.Context(), args[0], from, dryRun)
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be sent, and send nothing")
	cmd.Flags().IntVar(&from, "from", 1, "begin at line `N`")
	return cmd
}

// batch is a file of changes being applied.
type batch struct {
	*app
	svc     *service
	journal *journal.Journal // nil when nothing is going to be sent
	name    string           // of the file
	from    int              // the first line
	ask     bool             // the next change has to be confirmed
	bar     *progressLine
	read    int64 // bytes of the lines
	size    int64 // of the file, 0 when it is not known

	sent, same, left int // lines, left ones because of an error or an answer
	met              int // lines, those before the first one included
	worst            int // exit code
}

// apply carries out the changes of a file.
func (a *app) apply(ctx context.Context, name string, from int, dryRun bool) error {
	in, size, err := a.openLines(name)
	if err != nil {
		return fmt.Errorf("cannot apply: %w", err)
	}
	defer func() { _ = in.Close() }()
	b := &batch{app: a, name: name, from: from, size: size, bar: a.newProgress("applying", "line"), ask: !dryRun && a.asks()}
	if !dryRun {
		if b.journal, err = a.past(ctx); err != nil {
			return err
		}
	}
	if b.svc, err = a.connect(ctx); err != nil {
		return err
	}
	defer b.svc.close()
	err = b.run(ctx, in)
	b.bar.clear()
	if b.met == 0 {
		return b.empty(err)
	}
	if dryRun {
		a.say("%s would change, %s as they are%s", figure.Count(b.sent, "log"), figure.Int(b.same), b.failures())
	} else {
		a.say("%s changed, %s as they were%s", figure.Count(b.sent, "log"), figure.Int(b.same), b.failures())
	}
	if err != nil {
		return err
	}
	if b.worst != exitDone {
		return said(b.worst)
	}
	return nil
}

// openLines opens a file of lines, or standard input for "-". The size is 0 where it says nothing
// of the length of the lines.
func (a *app) openLines(name string) (io.ReadCloser, int64, error) {
	a.takes(name)
	if name == "-" {
		return io.NopCloser(a.env.Stdin), 0, nil
	}
	f, err := os.Open(name) // it is the user's own choice
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil || logfile.Packed(name) {
		return f, 0, err
	}
	return f, info.Size(), nil
}

// emptyInput says that a pipe brought nothing.
const emptyInput = "standard input is empty; what writes into it may have failed"

// empty is the error for an input without any change, whose reading ended with err. It is never a
// success: what was to write the input may have failed.
func (b *batch) empty(err error) error {
	switch {
	case err != nil:
		return err
	case b.name == "-":
		return fail(exitUsage, "nothing to apply: %s", emptyInput)
	}
	return fail(exitUsage, "nothing to apply: %s is empty", b.name)
}

func (b *batch) failures() string {
	if b.left == 0 {
		return ""
	}
	return ", " + figure.Int(b.left) + " left out"
}

// numbered is a line of the file.
type numbered struct {
	n    int
	line []byte
}

// run applies line after line. An interruption lets the line that has begun come to its end.
func (b *batch) run(ctx context.Context, in io.Reader) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	list, ended := make(chan numbered), make(chan error, 1)
	go func() {
		defer close(list)
		ended <- logfile.Lines(in, func(n int, line []byte) error {
			select {
			case list <- numbered{n, line}:
				return nil
			case <-inner.Done():
				return inner.Err()
			}
		})
	}()
	for next := b.from; ; {
		select {
		case <-ctx.Done():
			return b.stop(next, ctx.Err())
		case l, more := <-list:
			if ctx.Err() != nil {
				return b.stop(next, ctx.Err())
			}
			if !more {
				return b.unread(<-ended, next-1)
			}
			b.met++
			b.read += int64(len(l.line)) + 1
			if l.n < b.from {
				continue
			}
			if err := b.line(ctx, l.n, l.line); err != nil {
				return err
			}
			next = l.n + 1
			b.bar.update(b.read, b.size, l.n)
		}
	}
}

// unread words the error that the reading of the input ended with, behind a line.
func (b *batch) unread(err error, line int) error {
	switch {
	case err == nil:
		return nil
	case b.met == 0:
		return fmt.Errorf("cannot apply %s: %w", b.name, err)
	}
	name := b.name
	if name == "-" {
		name = "standard input"
	}
	return fmt.Errorf("%s cannot be read on behind line %d: %w", name, line, err)
}

// stop ends the run at a line, and says how to go on.
func (b *batch) stop(n int, err error) error {
	b.bar.clear()
	b.say("stopped at line %d; errata apply %s --from %[1]d goes on there", n, b.name)
	return err
}

// line applies one line. The error is one that ends the run.
func (b *batch) line(ctx context.Context, n int, line []byte) error {
	ch, err := readChange(line)
	c := &correction{app: b.app, svc: b.svc, journal: b.journal, id: ch.id, derive: ch.on, label: fmt.Sprintf("line %d: ", n)}
	if ch.id != "" {
		c.label += ch.id + ": "
	}
	if err == nil {
		err = b.carry(api.WithNotices(ctx, func(n api.Notice) { b.notice(c.label, n) }), c)
	}
	switch {
	case err == nil && c.changes != nil && len(c.changes.Changed()) == 0:
		b.same++
		return nil
	case err == nil:
		b.sent++
		return nil
	case errors.Is(err, errQuit):
		return b.stop(n, said(max(b.worst, exitFailed)))
	}
	b.left++
	b.worst = max(b.worst, codeOf(err))
	if ctx.Err() != nil {
		return b.stop(n, ctx.Err())
	}
	b.bar.clear()
	if err.Error() != "" {
		b.complain(fmt.Errorf("%s%w", c.label, err))
	}
	if hopeless(err) {
		return b.stop(n, said(b.worst))
	}
	return nil
}

// notice says why a line takes long.
func (b *batch) notice(label string, n api.Notice) {
	b.bar.clear()
	if n.For > 0 {
		n.Text = label + n.Text
	}
	b.app.notice(n)
}

// hopeless tells whether the next line would end the same way.
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
func (b *batch) carry(ctx context.Context, c *correction) error {
	if err := c.prepare(ctx); err != nil {
		return err
	}
	c.warn()
	switch {
	case len(c.changes.Changed()) == 0:
		return c.nothing()
	case b.journal == nil:
		b.bar.clear()
		err := c.preview()
		if !b.cfg.JSON() {
			b.out.printf("\n")
		}
		return err
	case b.ask:
		if err := b.confirm(ctx, c); err != nil {
			return err
		}
	}
	return c.send(ctx)
}

// confirm shows a change and asks what to do about it and those to come.
func (b *batch) confirm(ctx context.Context, c *correction) error {
	b.bar.clear()
	b.showWords(review(c.changes) + "\n")
	answer, err := b.answer(ctx, "send? [y]es, [n]o, [a]ll, [q]uit ")
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case err != nil, answer == "q", answer == "quit":
		return errQuit
	case answer == "y", answer == "yes":
		return nil
	case answer == "a", answer == "all":
		b.ask = false
		return nil
	}
	return fail(exitFailed, "not sent")
}
