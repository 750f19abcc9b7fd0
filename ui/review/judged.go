package review

import (
	"slices"
	"strings"

	"errata/model/figure"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/theme"
)

// Judged is a judgment of the log that is to be sent behind the PATCH.
type Judged struct {
	Evaluator string // the id of its evaluator
	Title     string // what people call that
	Was, Is   string // what stands, and what is to be said, in words
	Body      []byte // of its POST, exactly as it is sent
	Left      bool   // it is left out
}

// Judging adds judgments to what is shown.
func (c *Content) Judging(list []Judged) *Content {
	c.judged = list
	return c
}

// items counts the fields and the judgments.
func (c *Content) items() int { return len(c.fields) + len(c.judged) }

// judgedAt is the judgment at a place among the items, nil for a field.
func (c *Content) judgedAt(i int) *Judged {
	if i -= len(c.fields); i >= 0 && i < len(c.judged) {
		return &c.judged[i]
	}
	return nil
}

// patches reports whether a PATCH is sent.
func (c *Content) patches() bool { return len(c.sent.Changed()) > 0 }

func (c *Content) judges() bool {
	return slices.ContainsFunc(c.judged, func(j Judged) bool { return !j.Left })
}

func (c *Content) leavesAllOut() bool { return !c.patches() && !c.judges() }

// leftOut counts what is left out: fields and judgments, and places of other fields.
func (c *Content) leftOut() (fields, judged, places int) {
	for i := range c.fields {
		if c.fields[i].out {
			fields++
		}
		places += c.fields[i].some()
	}
	for _, j := range c.judged {
		if j.Left {
			judged++
		}
	}
	return fields, judged, places
}

// counts says how much is sent: "2 fields, 1 judgment".
func (c *Content) counts() string {
	var list []string
	fields, judged, places := c.leftOut()
	if len(c.fields) > 0 || len(c.judged) == 0 {
		list = append(list, figure.Count(len(c.fields)-fields, "field"))
	}
	if len(c.judged) > 0 {
		list = append(list, figure.Count(len(c.judged)-judged, "judgment"))
	}
	if n := fields + judged; n > 0 {
		list = append(list, figure.Int(n)+" left out")
	}
	if places > 0 {
		list = append(list, figure.Count(places, "place")+" left out")
	}
	return strings.Join(list, ", ")
}

// requests are the requests without their bodies, in w cells where they have room.
func (c *Content) requests(w int) string {
	var list []string
	if c.patches() || len(c.judged) == 0 {
		list = append(list, requestLine(c.changes.Base().Head(), w))
	}
	if len(c.judged) > 0 {
		list = append(list, "POST /evaluators/log")
	}
	return strings.Join(list, ", then ")
}

// copied is the bodies of all requests.
func (c *Content) copied() string {
	var list []string
	c.eachBody(func(_ string, _ int, body func() []byte) { list = append(list, string(body())) })
	return strings.Join(list, "\n")
}

// curl writes all requests as commands for a shell.
func (c *Content) curl(baseURL string) string {
	var list []string
	if c.patches() || len(c.judged) == 0 {
		list = append(list, curlCommand(baseURL, c.changes.Base().Head(), c.body()))
	}
	for _, j := range c.judged {
		if !j.Left {
			list = append(list, request("POST", baseURL, "/evaluators/log", j.Body))
		}
	}
	return strings.Join(list, " &&\n")
}

// summary is the judgment in a few words: "good → bad".
func (j *Judged) summary() string { return j.Was + " → " + j.Is }

// show adds what the judgment changes.
func (j *Judged) show(th *theme.Theme, add func(pager.Source) int) {
	if j.Left {
		add(pager.Heading(j.Title+": "+leftOut, th.Muted))
	} else {
		add(pager.Heading(j.Title, th.Heading))
		add(pager.Heading(pager.Sign(change.Removed, th)+j.Was, th.Removed))
		add(pager.Heading(pager.Sign(change.Added, th)+j.Is, th.Added))
	}
	add(pager.Plain("", th))
}
