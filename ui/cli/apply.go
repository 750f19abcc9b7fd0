package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"errata/api/logfile"
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

// applying is a file of changes being applied.
type applying struct {
	many
	name string // of the file
	from int    // number of the first line to apply, from 1
	read int64  // bytes of the lines so far
	size int64  // bytes of the file, 0 when not known
	met  int    // lines so far, with those that are skipped
}

// apply carries out the changes of a file.
func (a *app) apply(ctx context.Context, name string, from int, dryRun bool) error {
	in, size, err := a.openLines(name)
	if err != nil {
		return fmt.Errorf("cannot apply: %w", err)
	}
	defer func() { _ = in.Close() }()
	b := &applying{many: many{app: a, bar: a.newProgress("applying", "line"), ask: !dryRun && a.asks()}, name: name, from: from, size: size}
	if err := b.begin(ctx, dryRun); err != nil {
		return err
	}
	defer b.svc.close()
	err = b.run(ctx, in)
	b.bar.clear()
	if b.met == 0 {
		return b.empty(err)
	}
	return b.total(err)
}

// openLines opens a file, or standard input for "-". size is 0 when it does not tell how many bytes
// of lines will come: for a pipe, or a compressed file.
func (a *app) openLines(name string) (io.ReadCloser, int64, error) {
	a.takes(name)
	if name == "-" {
		return io.NopCloser(a.env.Stdin), 0, nil
	}
	f, err := os.Open(name) // a path that the user named
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
func (b *applying) empty(err error) error {
	switch {
	case err != nil:
		return err
	case b.name == "-":
		return fail(exitUsage, "nothing to apply: %s", emptyInput)
	}
	return fail(exitUsage, "nothing to apply: %s is empty", b.name)
}

// numbered is a line of the file with its number.
type numbered struct {
	n    int
	line []byte
}

// run applies line after line. An interruption lets the line that has begun come to its end.
func (b *applying) run(ctx context.Context, in io.Reader) error {
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
func (b *applying) unread(err error, line int) error {
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
func (b *applying) stop(n int, err error) error {
	b.bar.clear()
	b.say("stopped at line %d; errata apply %s --from %[1]d goes on there", n, b.name)
	return err
}

// line applies one line. The error is one that ends the run.
func (b *applying) line(ctx context.Context, n int, line []byte) error {
	ch, err := readChange(line)
	c := &correction{app: b.app, svc: b.svc, journal: b.journal, id: ch.id, derive: ch.on, label: fmt.Sprintf("line %d: ", n)}
	if ch.id != "" {
		c.label += ch.id + ": "
	}
	if err = b.one(ctx, c, err); err != nil {
		return b.stop(n, err)
	}
	return nil
}
