package cli

import (
	"fmt"
	"strings"

	"errata/model"
	"errata/ui/change"
	"errata/ui/sanitize"
)

// quoted is the cells of a value that is in a sentence.
const quoted = 40

// review is what a change set would send: the change of each field in a sentence and line by line
// with what is odd about it, then the body of the PATCH. It holds text of the log.
func review(c *model.ChangeSet) string { return reviewWords(c) + string(c.Patch()) + "\n" }

// reviewWords is the review up to the body.
func reviewWords(c *model.ChangeSet) string {
	var b strings.Builder
	warnings := c.Warnings()
	for _, f := range c.Changed() {
		e, _ := c.Edit(f)
		if e.Err != nil {
			b.WriteString(f.Name + "\n  · no value yet: " + e.Err.Error() + "\n  + " + strings.ReplaceAll(e.Text, "\n", "\n  + ") + "\n")
			continue
		}
		before, after := c.Base().Value(f), c.Value(f)
		told := change.Told(f, before, after, quoted)
		b.WriteString(f.Name + ": " + told.Sentence + "\n")
		writeChange(&b, told.Lines)
		for _, w := range warnings {
			if w.Field == f {
				b.WriteString("  ! " + w.Msg + "\n")
			}
		}
	}
	head := c.Base().Head()
	fmt.Fprintf(&b, "\nPATCH /%ss/%s/log/%s\n", head.Owner(), head.PromptID, head.ID)
	return b.String()
}

// showWords writes text of a log to stderr; prompt a question.
func (a *console) showWords(s string) { _, _ = fmt.Fprint(a.env.Stderr, sanitize.Block(s)) }

func (a *console) prompt(s string) { _, _ = fmt.Fprint(a.env.Stderr, s) }

// report prints the changes as JSON when that was asked for: {"id", "changes": [{"field", "old",
// "new"}], "warnings": [{"field", "message"}], "patch", "entry", "outcome"}. Every value is the
// literal as it is; one that is absent is left out, and so are warnings where there are none, and
// the entry when nothing was sent.
func (c *correction) report(outcome string) error {
	if !c.cfg.JSON() {
		return nil
	}
	var changes [][]byte
	for _, f := range c.changes.Changed() {
		changes = append(changes, changed(f.Name, c.changes.Base().Value(f), c.changes.Value(f)).bytes())
	}
	var o object
	o.text("id", c.id)
	o.add("changes", array(changes))
	o.add("warnings", warned(c.changes))
	o.add("patch", c.changes.Patch())
	if c.entry != "" {
		o.text("entry", c.entry)
	}
	o.text("outcome", outcome)
	c.value(o.bytes())
	return nil
}

// warned is what is odd about a change, as JSON; nil when nothing is.
func warned(c *model.ChangeSet) []byte {
	var list [][]byte
	for _, w := range c.Warnings() {
		var o object
		o.text("field", w.Field.Name)
		o.text("message", w.Msg)
		list = append(list, o.bytes())
	}
	if list == nil {
		return nil
	}
	return array(list)
}
