package review

import (
	"slices"
	"sync"
	"unsafe"

	"errata/model"
	"errata/model/figure"
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
	says     []string        // by field: the change in a sentence
	lines    [][]change.Line // by field
	warnings []model.Warning
	judged   []Judged
	size     int           // of the body
	body     func() []byte // makes it once, which is put off until it is looked at or sent
}

// Read makes the content for a change set, which must not be changed after, and for the fields of
// it that are left out. It reads all of the values that are sent, which takes a second for 100 MB;
// it may be called from any goroutine.
func Read(c *model.ChangeSet, left ...*model.Field) *Content {
	sent := Without(c, left)
	r := &Content{changes: c, fields: c.Changed(), left: left, warnings: sent.Warnings(), size: sent.PatchSize(), body: sync.OnceValue(sent.Patch)}
	for _, f := range r.fields {
		before, after := c.Base().Value(f), c.Value(f)
		var says string
		var lines []change.Line
		if r.leavesOut(f) {
			says = change.Sentence(f, before, after, quoted)
		} else {
			says, lines = change.Told(f, before, after, quoted)
		}
		r.says, r.lines = append(r.says, says), append(r.lines, lines)
	}
	return r
}

// quoted is the cells of a value that stands in a sentence.
const quoted = 40

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

// source is every change with its warnings, then the bodies of the requests, each as one line while
// they are folded. starts are the blocks at which each change and then the bodies begin.
func (c *Content) source(th *theme.Theme, folded bool) (s pager.Source, starts []int) {
	var parts []pager.Source
	n := 0
	add := func(s pager.Source) {
		parts = append(parts, s)
		n += s.Len()
	}
	for i, f := range c.fields {
		starts = append(starts, n)
		c.show(i, f, th, add)
	}
	for i := range c.judged {
		starts = append(starts, n)
		c.judged[i].show(th, add)
	}
	starts = append(starts, n)
	if c.leavesAllOut() {
		add(pager.Heading("nothing would be sent: every change is left out, d takes one back in", th.Warning))
		return pager.Join(parts...), starts
	}
	c.eachBody(func(what string, size int, made func() []byte) {
		if folded {
			add(pager.Heading(what+": "+figure.Size(size)+", b shows it exactly as it is sent", th.Muted))
			return
		}
		body := made()
		add(pager.Heading(what+", exactly as it is sent", th.Heading))
		// it may be 100 MB, and nobody modifies it
		add(pager.Plain(unsafe.String(unsafe.SliceData(body), len(body)), th))
		add(pager.Plain("", th))
	})
	return pager.Join(parts...), starts
}

// show adds what changes in a field, with its warnings.
func (c *Content) show(i int, f *model.Field, th *theme.Theme, add func(pager.Source)) {
	if c.leavesOut(f) {
		add(pager.Heading(f.Label+": "+leftOut, th.Muted))
		add(pager.Plain("", th))
		return
	}
	add(pager.Heading(f.Label, th.Heading))
	add(pager.Changes(c.lines[i], th))
	for _, w := range c.warnings {
		if w.Field == f {
			add(pager.Heading("! "+w.Msg, th.Warning))
		}
	}
	add(pager.Plain("", th))
}

// eachBody gives the body of each request, with what it is called and its size.
func (c *Content) eachBody(do func(what string, size int, body func() []byte)) {
	if c.patches() || len(c.judged) == 0 {
		do("Body", c.size, c.body)
	}
	for _, j := range c.judged {
		if !j.Left {
			do("Judgment of "+j.Title, len(j.Body), func() []byte { return j.Body })
		}
	}
}
