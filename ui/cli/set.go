package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/model"
)

const assignHelp = `An assignment is one of

  FIELD=TEXT       a text, a number, a time or a word, as the field wants
  FIELD:=JSON      any JSON, sent as it is given; FIELD:=null clears the field
  FIELD=@FILE      the content of a file, byte for byte; @- is standard input
  FIELD:=@FILE     JSON from a file
  PATH=TEXT        what stands at a path in a field, as a string
  PATH:=JSON       the same as JSON
  PATH+=JSON       one element more at the end of a list

A path is written as jq writes it: messages[2].content, messages[-1], metadata.score. A name that is more than letters,
digits and _ stands in brackets and quotes: 'metadata["a.b"]'. A path also leads into a string that holds a JSON object
or list, which stays a string: messages[1].tool_calls[0].function.arguments.city. Objects that are missing on the way
are made; every byte beside the path stays as it is.

--copy, --move and --remove follow the assignments, in this order. What is copied or moved to the position of an
element is inserted there. All paths of --remove name what stands there before any of it goes.

A text that begins with @ is given as JSON: FIELD:='"@home"'.`

func (a *app) setCommand() *cobra.Command {
	var dryRun bool
	var flags editFlags
	var l selected
	cmd := &cobra.Command{
		Use:   "set [LOG_ID...] ASSIGNMENT...",
		Short: "Change fields of a log",
		Long: `Change fields of a log. Only fields whose value becomes another are sent, in one PATCH; then the log is read
back and compared. On a terminal the changes are shown first and confirmed, unless --yes is given; also when a pipe
brings a value.

` + assignHelp + `

If the server's log changed meanwhile in a field that is also changed here, nothing is sent and the exit code is 3.
With --on-conflict mine the field is sent all the same, with theirs it is left as it is there.

What is sent is written to the journal before: errata history lists it, errata undo takes it back.

An argument with = is an assignment, every other one the id of a log. Several ids, or flags that select logs, change many:
which they are is settled first, the review is one for all, and then each goes the way of one. A log that cannot be
changed is named, the others are changed, and the exit code is the highest that one of them would have had by itself.

` + selectionHelp,
		Example: `  errata set log_0123 output='It is sunny.' metadata.reviewed:=true
  errata set log_0123 messages[-1].content=@corrected.txt --dry-run
  errata set log_0123 error:=null metadata.tags+='"checked"' --remove metadata.draft
  errata set log_0123 --copy output=metadata.captured --move messages[3]=messages[1]
  jq .messages fixed.json | errata set log_0123 messages:=@-
  errata set --prompt tides/today --errors metadata.reviewed:=true --dry-run
  errata list --where '.output == ""' --json | errata set - output:=null`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.cfg.ReadOnly() && !dryRun {
				return readOnlyHere("nothing can be set")
			}
			return a.set(cmd.Context(), &l, args, &flags, dryRun)
		},
		ValidArgsFunction: a.completeSet,
	}
	flags.add(cmd)
	a.completeTargets(cmd)
	a.selects(cmd, &l)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be sent, and send nothing")
	return cmd
}

// set changes the log that is named alone, or those that are selected.
func (a *app) set(ctx context.Context, l *selected, args []string, flags *editFlags, dryRun bool) error {
	names, assigned := apart(args)
	if len(assigned)+len(flags.removed)+len(flags.transfers) == 0 {
		return fail(exitUsage, "nothing to set: there is no assignment, FIELD=TEXT or FIELD:=JSON; see errata help set")
	}
	if len(names) == 1 && names[0] != "-" && !l.given() {
		return a.edit(ctx, names[0], assigned, flags, dryRun)
	}
	if slices.Contains(names, "-") && slices.ContainsFunc(assigned, func(arg string) bool { return strings.HasSuffix(arg, "=@-") }) {
		return fail(exitUsage, "standard input brings either the ids or a value")
	}
	e, err := a.edits(ctx, assigned, flags)
	if err != nil {
		return a.complainEach(err, exitRefused)
	}
	q, err := a.changing(ctx, l, names)
	if err != nil {
		return err
	}
	return a.changeEach(ctx, q, dryRun, batch.Set(e))
}

// correction is a change of one log on its way to the server.
type correction struct {
	*app
	svc     *service
	journal *journal.Journal // nil when nothing is going to be sent
	id      string
	derive  func(*model.Log) (*model.ChangeSet, error) // the changes to a reading of the log
	changes *model.ChangeSet
	etag    string // of the reading that they are changes to
	entry   string // of the journal, once something was sent
	label   string // what is before each word about it: empty, or which of many it is
}

// say says something about the change.
func (c *correction) say(format string, args ...any) {
	c.app.say("%s", c.label+fmt.Sprintf(format, args...))
}

// succeed says that all is well, which goes without saying where there are many.
func (c *correction) succeed(format string, args ...any) {
	if c.label == "" {
		c.say(format, args...)
	}
}

// edit is set, and diff with dryRun.
func (a *app) edit(ctx context.Context, id string, args []string, flags *editFlags, dryRun bool) error {
	e, err := a.edits(ctx, args, flags)
	if err != nil {
		return a.complainEach(err, exitRefused)
	}
	return a.change(ctx, id, dryRun, func(log *model.Log) (*model.ChangeSet, error) { return carried(log, e) })
}

// change makes changes to one log, or shows them with dryRun.
func (a *app) change(ctx context.Context, id string, dryRun bool, derive func(*model.Log) (*model.ChangeSet, error)) (err error) {
	c := &correction{app: a, id: id, derive: derive}
	if !dryRun {
		if c.journal, err = a.past(ctx); err != nil {
			return err
		}
		a.remind(ctx)
	}
	return c.carry(ctx, dryRun)
}

// carry makes the changes, shows them, asks where somebody can answer, and sends them.
func (c *correction) carry(ctx context.Context, dryRun bool) (err error) {
	if c.svc, err = c.connect(ctx); err != nil {
		return err
	}
	defer c.svc.close()
	if c.svc.readOnly && !dryRun {
		return fail(exitFailed, "nothing was changed: the store can only be read where it is")
	}
	if err := c.prepare(ctx); err != nil {
		return err
	}
	c.warn()
	switch {
	case len(c.changes.Changed()) == 0:
		return c.nothing()
	case dryRun:
		return c.preview()
	}
	if c.asks() {
		answered := c.readyToSend(ctx)
		c.showWords(review(c.changes) + "\n")
		err := c.confirm(ctx, "send?", "not sent")
		if answered(); err != nil {
			return err
		}
	}
	return c.send(ctx)
}

// readyToSend has the store make ready what a PATCH needs, while somebody reads what would be sent.
// The function that it returns ends that: who has answered waits for no other program that has the
// store.
func (c *correction) readyToSend(ctx context.Context) (answered func()) {
	if c.svc.ready == nil {
		return func() {}
	}
	ctx, end := context.WithCancel(ctx)
	var making sync.WaitGroup
	making.Go(func() { c.svc.ready(ctx) })
	return func() {
		end()
		making.Wait()
	}
}

// prepare reads the log and makes the changes to it.
func (c *correction) prepare(ctx context.Context) error {
	doc, err := c.svc.Log(ctx, c.id)
	if err != nil {
		return err
	}
	log, err := parse(doc)
	if err != nil {
		return err
	}
	switch kind := log.Head().Kind; api.FileKind(kind) {
	case "", api.PromptFile, api.AgentFile:
	default:
		return fail(exitRefused, "log %s is one of a %s, and only logs of prompts and agents can be changed", c.id, kind)
	}
	c.etag = doc.ETag
	if c.changes, err = c.derive(log); err != nil {
		return c.complainEach(err)
	}
	return nil
}

// complainEach is that of the program with the label of the log in front.
func (c *correction) complainEach(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || c.label == "" {
		return c.app.complainEach(err, exitRefused)
	}
	labelled := joined.Unwrap()
	for i, one := range labelled {
		labelled[i] = fmt.Errorf("%s%w", c.label, one)
	}
	return c.app.complainEach(errors.Join(labelled...), exitRefused)
}

// warn names what is odd about the new values, and how names with dots were taken.
func (c *correction) warn() {
	for _, note := range c.changes.Notes() {
		c.once(note) // of many logs it holds alike
	}
	for _, f := range c.changes.Changed() {
		for _, w := range c.changes.Odd(f) {
			c.say("warning: %s", w.Msg)
		}
	}
}

// nothing ends without a request.
func (c *correction) nothing() error {
	c.succeed("nothing to change")
	return c.report("nothing to change")
}

// preview prints what would be sent.
func (c *correction) preview() error {
	if c.cfg.JSON() {
		return c.report("not sent")
	}
	c.text(reviewWords(c.changes))
	for _, piece := range c.changes.PatchPieces() { // of 100 MB no copy is made
		c.raw(piece)
	}
	return c.out.WriteByte('\n')
}
