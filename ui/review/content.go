package review

import (
	"slices"
	"unsafe"

	"errata/model"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/theme"
)

// Content is what a review shows of a change set: its changed fields, the warnings, and the body.
// What is left out of the request is listed all the same, and adds nothing to the rest.
type Content struct {
	changes  *model.ChangeSet
	fields   []*model.Field
	left     []*model.Field  // of the fields, those left out
	lines    [][]change.Line // by field
	warnings []model.Warning
	judged   []Judged
	body     []byte
}

// Read makes the content for a change set, which must not be changed after, and for the fields of
// it that are left out. It reads all of the values that are sent, which takes a second for 100 MB;
// it may be called from any goroutine.
func Read(c *model.ChangeSet, left ...*model.Field) *Content {
	sent := Without(c, left)
	r := &Content{changes: c, fields: c.Changed(), left: left, warnings: sent.Warnings(), body: sent.Patch()}
	for _, f := range r.fields {
		var lines []change.Line
		if !r.leavesOut(f) {
			lines = change.Lines(f, c.Base().Value(f), c.Value(f))
		}
		r.lines = append(r.lines, lines)
	}
	return r
}

// Without is a change set but for the changes of some fields.
func Without(c *model.ChangeSet, left []*model.Field) *model.ChangeSet {
	rest := c.Clone()
	for _, f := range left {
		rest.Revert(f)
	}
	return rest
}

func (c *Content) leavesOut(f *model.Field) bool { return slices.Contains(c.left, f) }

// leftOut says what becomes of a change that is not sent.
const leftOut = "left out, it stays changed in the form"

// Size is how many bytes Read has to read.
func Size(c *model.ChangeSet) (n int) {
	for _, f := range c.Changed() {
		n += len(c.Base().Value(f).Bytes()) + len(c.Value(f).Bytes())
	}
	return n
}

// source is every change with its warnings, then the body. starts are the blocks at which each
// change and then the body begins.
func (c *Content) source(th *theme.Theme) (s pager.Source, starts []int) {
	var parts []pager.Source
	n := 0
	add := func(s pager.Source) {
		parts = append(parts, s)
		n += s.Len()
	}
	for i, f := range c.fields {
		starts = append(starts, n)
		if c.leavesOut(f) {
			add(pager.Heading(f.Name+": "+leftOut, th.Muted))
			add(pager.Plain("\n", th))
			continue
		}
		add(pager.Heading(f.Name, th.Heading))
		add(pager.Changes(c.lines[i], th))
		for _, w := range c.warnings {
			if w.Field == f {
				add(pager.Heading("! "+w.Msg, th.Warning))
			}
		}
		add(pager.Plain("\n", th))
	}
	for i := range c.judged {
		starts = append(starts, n)
		c.judged[i].show(th, add)
	}
	starts = append(starts, n)
	if c.patches() || len(c.judged) == 0 {
		add(pager.Heading("Body, exactly as it is sent", th.Heading))
		// it may be 100 MB, and nobody modifies it
		add(pager.Plain(unsafe.String(unsafe.SliceData(c.body), len(c.body)), th))
	}
	for _, j := range c.judged {
		if !j.Left {
			add(pager.Heading("Judgment of "+j.Title+", exactly as it is sent", th.Heading))
			add(pager.Plain(string(j.Body)+"\n", th))
		}
	}
	return pager.Join(parts...), starts
}
