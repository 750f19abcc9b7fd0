package model

import (
	"slices"

	"errata/model/price"
)

// Fill is a fill-in: a value of a field that follows from the rest of the log.
type Fill struct {
	Field  *Field
	Member string // of the field, where only that is filled in: "total_cost"
	Value  Value  // of the whole field
	Old    Value  // what the field holds
	// where the value comes from, a few words: "usage.prompt_tokens in provider_response"
	Why string
	// Opposite is the field that could be changed instead to agree with this one, nil when there is
	// none. Of two texts that should be the same, the user decides which is right.
	Opposite *Field
}

// Name is what is filled in: "output", "metadata.total_cost".
func (f Fill) Name() string {
	if f.Member == "" {
		return f.Field.Name
	}
	return f.Field.Name + "." + f.Member
}

// Part is what is filled in: of a value of the field, the member alone where only that is.
func (f Fill) Part(v Value) Value {
	if f.Member == "" {
		return v
	}
	return v.member(f.Member)
}

// Fills lists what could be filled in from the log as edited, in the order of the form, only where
// that would change something. prices says what a model costs; nil knows no price. Values of more
// than 4 MB are not looked into.
func Fills(c *ChangeSet, prices Prices) []Fill {
	return fill(c, prices).list
}

// Unfilled says what is missing for the fill-ins that Fills cannot offer, one clause each:
// "provider_latency needs start_time and end_time". It is empty when nothing is missing: then the
// log agrees with all that Fills does not list.
func Unfilled(c *ChangeSet, prices Prices) []string {
	return fill(c, prices).missing
}

// fillable are the fields that may follow from others.
var fillable = []*Field{
	outputMessage, output, errorText, finishReason, promptTokens, reasonTokens, outputTokens, promptCost, outputCost, latency, metadata,
}

// FillField is the field that a fill-in of the name changes: a field's own name, or that of the one
// member that is filled in by itself, metadata.total_cost.
func FillField(name string) (f *Field, ok bool) {
	if name == metadata.Name+"."+totalMember {
		return metadata, true
	}
	f, ok = Lookup(name)
	return f, ok && f != metadata && Fillable(f)
}

// FillNames are the names of all fill-ins, in the order of the form.
func FillNames() (list []string) {
	for _, f := range form {
		switch {
		case f == metadata:
			list = append(list, f.Name+"."+totalMember)
		case Fillable(f):
			list = append(list, f.Name)
		}
	}
	return list
}

// Fillable reports whether there are fill-ins for a field at all.
func Fillable(f *Field) bool {
	return slices.Contains(fillable, f)
}

// Needs says what is missing for the fill-in of a field: "provider_latency needs start_time and
// end_time". It is "" when nothing is.
func Needs(c *ChangeSet, prices Prices, f *Field) string {
	return fill(c, prices).needs[f]
}

// FillIn makes the fill-ins of some fields in the change set, in the order of the form, so that one
// may follow from another, and gives those that there were.
func FillIn(c *ChangeSet, prices Prices, want []*Field) []Fill {
	var made []Fill
	list := Fills(c, prices)
	fresh, stale := list, false
	for _, f := range form {
		if !slices.Contains(want, f) {
			continue
		}
		from := list
		if slices.Contains(following, f) {
			if stale {
				fresh, stale = later(c, prices, true), false
			}
			from = fresh
		}
		if i := slices.IndexFunc(from, func(fill Fill) bool { return fill.Field == f }); i >= 0 {
			c.Set(f, from[i].Value)
			made, stale = append(made, from[i]), stale || slices.Contains(followed, f)
		}
	}
	return made
}

// followed are the fields from which fill-ins of other fields follow, following those that follow
// from such a field: the output and its message from each other, costs from counts.
var (
	followed  = []*Field{outputMessage, output, promptTokens, reasonTokens, outputTokens}
	following = []*Field{outputMessage, output, promptCost, outputCost, metadata}
)

// FillAll lists the fields that can be filled in after those of want, including those that follow
// only from another fill-in. If the output and its message have different texts it chooses neither,
// and returns one of them as open: the user decides.
func FillAll(c *ChangeSet, prices Prices, want []*Field) (all []*Field, open *Fill) {
	scratch := c.Clone()
	FillIn(scratch, prices, want)
	made, open := FillEverything(scratch, prices)
	all = slices.Clone(want)
	for _, fill := range made {
		if !slices.Contains(all, fill.Field) {
			all = append(all, fill.Field)
		}
	}
	return all, open
}

// FillEverything makes all fill-ins in the change set, also what only follows from others. Of two
// texts that differ it takes neither, and one of them comes back in open.
func FillEverything(c *ChangeSet, prices Prices) (made []Fill, open *Fill) {
	list := Fills(c, prices)
	for again := true; again; {
		again = false
		stale, texts := false, 0
		counted := c.Value(promptTokens).IsSet() || c.Value(outputTokens).IsSet()
		for _, fill := range list {
			switch {
			case fill.Opposite != nil:
				open = &fill
				continue
			case stale && slices.Contains(following, fill.Field) && !settled(c, fill, counted):
				again = true // the field that it follows from comes first
				continue
			}
			c.Set(fill.Field, fill.Value)
			made, stale = append(made, fill), stale || slices.Contains(followed, fill.Field)
			switch fill.Field {
			case output, outputMessage:
				texts++
			case promptTokens, outputTokens:
				again = again || counted
			}
		}
		// of two texts that were made neither follows from the other
		if again = again || texts == 1; again {
			list = later(c, prices, texts == 1)
		}
	}
	return made, open
}

// settled reports whether a fill-in still holds after others were made: the output where its
// message has that text now; costs where no count of tokens was replaced.
func settled(c *ChangeSet, fill Fill, counted bool) bool {
	if fill.Field == output || fill.Field == outputMessage {
		content, told := contentText(c.Value(outputMessage))
		return fill.Field == output && told && content.Equal(fill.Value)
	}
	return !counted
}

// filler collects the fill-ins of one change set, and what is missing for more.
type filler struct {
	changes  *ChangeSet
	prices   Prices
	answer   *answer
	list     []Fill
	missing  []string
	needs    map[*Field]string
	wordless bool // neither the output nor its message follows from the other
}

func fill(c *ChangeSet, prices Prices) *filler {
	f := newFiller(c, prices)
	f.texts()
	f.said()
	if c.Value(response).Len() > maxFill {
		f.lacks(response.Name+" is larger than 4 MB and is not looked into", promptTokens, reasonTokens, outputTokens, finishReason)
	} else {
		f.failure()
		f.reason()
		f.tokens()
	}
	f.costs()
	f.latency()
	f.sort()
	return f
}

// later lists only what may follow from a fill-in that was made: the costs and, where they are
// asked for, the texts.
func later(c *ChangeSet, prices Prices, texts bool) []Fill {
	f := newFiller(c, prices)
	if texts {
		f.texts()
		f.said()
	}
	f.costs()
	f.sort()
	return f.list
}

func newFiller(c *ChangeSet, prices Prices) *filler {
	if prices == nil {
		prices = func(string, string) (price.Price, bool) { return price.Price{}, false }
	}
	return &filler{changes: c, prices: prices, answer: c.answered(), needs: map[*Field]string{}}
}

// sort puts the offers into the order of the form.
func (f *filler) sort() {
	slices.SortStableFunc(f.list, func(a, b Fill) int { return slices.Index(form, a.Field) - slices.Index(form, b.Field) })
}

// offer adds a fill-in, unless the field has that value or could not take it.
func (f *filler) offer(field *Field, v Value, why string) {
	old := f.changes.Value(field)
	if v.Equal(old) || slices.ContainsFunc(field.Check(v), func(p Problem) bool { return !p.Warn }) {
		return
	}
	f.list = append(f.list, Fill{Field: field, Value: v, Old: old, Why: why})
}

// lacks notes what is missing for the fill-ins of some fields.
func (f *filler) lacks(what string, fields ...*Field) {
	if !slices.Contains(f.missing, what) {
		f.missing = append(f.missing, what)
	}
	for _, field := range fields {
		f.needs[field] = what
	}
}
