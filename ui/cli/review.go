package cli

import (
	"bytes"
	"fmt"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/change"
	"errata/ui/glyph"
)

// review is what a change set would send: old and new of each field, then the body of the PATCH. It holds text of the log.
func review(c *model.ChangeSet) string {
	var b strings.Builder
	for _, f := range c.Changed() {
		b.WriteString(f.Name + "\n")
		for _, line := range change.Lines(f, c.Base().Value(f), c.Value(f)) {
			b.WriteString("  " + strings.TrimRight(line.Kind.Sign()+" "+line.Text, " ") + "\n")
		}
	}
	fmt.Fprintf(&b, "\nPATCH /prompts/%s/log/%s\n%s\n", c.Base().Head().PromptID, c.Base().Head().ID, c.Patch())
	return b.String()
}

// showWords writes text of a log to stderr; prompt a question.
func (a *app) showWords(s string) { _, _ = fmt.Fprint(a.env.Stderr, glyph.Block(s)) }

func (a *app) prompt(s string) { _, _ = fmt.Fprint(a.env.Stderr, s) }

// report prints the changes as JSON when that was asked for: {"id", "changes": [{"field", "old", "new"}], "patch", "outcome"}. Every value is the
// literal as it is; one that is absent is left out.
func (c *correction) report(outcome string) error {
	if !c.cfg.JSON() {
		return nil
	}
	var b bytes.Buffer
	b.WriteString(`{"id":`)
	b.Write(quote(c.id))
	b.WriteString(`,"changes":[`)
	for i, f := range c.changes.Changed() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"field":`)
		b.Write(quote(f.Name))
		splice(&b, `,"old":`, c.changes.Base().Value(f))
		splice(&b, `,"new":`, c.changes.Value(f))
		b.WriteByte('}')
	}
	b.WriteString(`],"patch":`)
	b.Write(c.changes.Patch())
	b.WriteString(`,"outcome":`)
	b.Write(quote(outcome))
	b.WriteByte('}')
	c.value(b.Bytes())
	return nil
}

func splice(b *bytes.Buffer, name string, v model.Value) {
	if v.IsAbsent() {
		return
	}
	b.WriteString(name)
	b.Write(v.Bytes())
}

// quote makes a JSON string of words that came as an argument; bytes that are no UTF-8 become U+FFFD.
func quote(s string) []byte {
	raw, err := jsonraw.Quote(s)
	if err != nil {
		raw, _ = jsonraw.Quote(strings.ToValidUTF8(s, "\uFFFD"))
	}
	return raw
}
