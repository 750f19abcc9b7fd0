package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/batch"
	"errata/api/logfile"
)

func (a *app) applyCommand() *cobra.Command {
	var dryRun bool
	var from int
	cmd := &cobra.Command{
		Use:   "apply FILE",
		Short: "Change fields of many logs, from lines of JSON",
		Long: `Carry out many changes, each a line {"id": LOG_ID, "set": {PATH: VALUE, ...}}. VALUE is any JSON, sent as it is given;
null clears a field. A path is the name of a field or leads into its value, as in errata set: messages[-1].content,
metadata.score. "append": {PATH: VALUE} adds to lists, "copy": {FROM: TO} and "move": {FROM: TO} put values elsewhere,
"remove": [PATH, ...] takes them out; they may stand beside "set" or instead of it, and follow it in this order.
The file may be compressed; - reads standard input.

Each line goes the way of errata set: only what becomes another value is sent, in one PATCH that is read back, compared
and written to the journal; several lines of one log go in their order. On a terminal all changes are reviewed first and
confirmed once, unless --yes is given; also when a pipe brings the lines. Together they are a batch: after an
interruption the same command goes on with what is left, errata batch resume does, and errata undo takes all of it back.

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
				return readOnlyHere("nothing can be applied")
			}
			return a.apply(cmd.Context(), args[0], from, dryRun)
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be sent, and send nothing")
	cmd.Flags().IntVar(&from, "from", 1, "begin at line `N`")
	return cmd
}

// applying is a file of changes that is read.
type applying struct {
	name string // of the file
	from int    // number of the first line to apply, from 1
	met  int    // lines so far, with those that are skipped
	sum  hash.Hash
}

// apply carries out the changes of a file.
func (a *app) apply(ctx context.Context, name string, from int, dryRun bool) error {
	in, err := a.openLines(name)
	if err != nil {
		return fmt.Errorf("cannot apply: %w", err)
	}
	defer func() { _ = in.Close() }()
	return a.bulk(ctx, dryRun, func(b *bulk) error {
		f := &applying{name: name, from: from, sum: sha256.New()}
		b.change = batch.Apply(name)
		b.begins, b.none = batch.Head{Recipe: b.change.Recipe}, "no line from line "+strconv.Itoa(from)+" on"
		return b.carry(ctx, dryRun, func() error {
			if err := f.gather(ctx, b, in); err != nil {
				return err
			}
			// the same lines are the same command, wherever they come from
			return b.batch.SetKey(batch.KeyOf(b.svc.id, batch.Apply("").Recipe, hex.EncodeToString(f.sum.Sum(nil))))
		})
	})
}

// gather reads the lines. Nothing is sent where they cannot be read to their end.
func (f *applying) gather(ctx context.Context, b *bulk, in io.Reader) error {
	_, err := api.Await(ctx, "", func() (struct{}, error) {
		return struct{}{}, b.batch.Gather(func(yield func(batch.Item, error) bool) {
			err := logfile.Lines(in, func(n int, line []byte) error {
				f.met++
				if ctx.Err() != nil || n >= f.from && !f.take(n, line, yield) {
					return errStop
				}
				return nil
			})
			if err != nil && !errors.Is(err, errStop) {
				yield(batch.Item{}, err)
			}
		})
	})
	switch {
	case err != nil && ctx.Err() == nil && f.met > 0:
		return fmt.Errorf("%s cannot be read on behind line %d, and nothing was sent: %w", f.source(), f.met, err)
	case err != nil && ctx.Err() == nil:
		return fmt.Errorf("cannot apply %s: %w", f.name, err)
	case err == nil && f.met == 0:
		return f.empty()
	}
	return err
}

// take hands a line on.
func (f *applying) take(n int, line []byte, yield func(batch.Item, error) bool) bool {
	_, _ = fmt.Fprintf(f.sum, "%d ", len(line))
	_, _ = f.sum.Write(line)
	return yield(batch.Line(n, line), nil)
}

func (f *applying) source() string {
	if f.name == "-" {
		return "standard input"
	}
	return f.name
}

// openLines opens a file, or standard input for "-".
func (a *app) openLines(name string) (io.ReadCloser, error) {
	a.takes(name)
	if name == "-" {
		return io.NopCloser(a.env.Stdin), nil
	}
	return os.Open(name) // a path that the user named
}

// emptyInput says that a pipe brought nothing.
const emptyInput = "standard input is empty; what writes into it may have failed"

// empty is the error for an input without any change. It is never a success: what was to write the
// input may have failed.
func (f *applying) empty() error {
	if f.name == "-" {
		return fail(exitUsage, "nothing to apply: %s", emptyInput)
	}
	return fail(exitUsage, "nothing to apply: %s is empty", f.name)
}
