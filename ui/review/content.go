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
	sent     *model.ChangeSet // what is sent of them
	fields   []field
	warnings []model.Warning
	judged   []Judged
	size     int           // of the body
	body     func() []byte // makes it once, which is put off until it is looked at or sent
}

// Read makes the content for a change set, which must not be changed after, and for what is left
// out of it. It reads all of the values that are sent, which takes a second for 100 MB; it may be
// called from any goroutine.
func Read(c *model.ChangeSet, left ...change.LeftOut) *Content {
	r := &Content{changes: c, sent: c.Clone()}
	for _, f := range c.Changed() {
		i := slices.IndexFunc(left, func(l change.LeftOut) bool { return l.Field == f })
		if i < 0 {
			r.fields = append(r.fields, told(c, f))
			continue
		}
		r.fields = append(r.fields, leave(r.sent, told(c, f), left[i]))
	}
	r.warnings, r.size, r.body = r.sent.Warnings(), r.sent.PatchSize(), sync.OnceValue(r.sent.Patch)
	return r
}

// Sent are the changes that are sent. The caller must not modify them.
func (c *Content) Sent() *model.ChangeSet { return c.sent }

// Size is how many bytes Read has to read.
func Size(c *model.ChangeSet) (n int) {
	for _, f := range c.Changed() {
		n += c.Base().Value(f).Len() + c.Value(f).Len()
	}
	return n
}

// starts are the blocks at which the parts of a review begin: each item with the places in it, and
// the bodies.
type starts struct {
	heads  []int
	places [][]int // by item
	bodies int
}

// source is every change with its warnings, then the bodies of the requests, each as one line while
// they are folded.
func (c *Content) source(th *theme.Theme, folded bool) (pager.Source, starts) {
	var parts []pager.Source
	var at starts
	n := 0
	add := func(s pager.Source) int {
		parts = append(parts, s)
		n += s.Len()
		return n - s.Len()
	}
	for i := range c.fields {
		at.heads = append(at.heads, n)
		at.places = append(at.places, c.fields[i].show(c.warnings, th, add))
	}
	for i := range c.judged {
		at.heads = append(at.heads, n)
		c.judged[i].show(th, add)
	}
	at.bodies = n
	if c.leavesAllOut() {
		add(pager.Heading("nothing would be sent: every change is left out, d takes one back in", th.Warning))
		return pager.Join(parts...), at
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
	return pager.Join(parts...), at
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
