package provider

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Dialect is how one API of one provider answers. Places are paths; see path. A place that begins
// with "@." is in the choice with the index 0 of the list Choices.
type Dialect struct {
	Provider string // as offers name it: "Anthropic"
	API      string // "messages"
	// Slug is the name of the provider before a model in a list of prices: "groq/llama-3.3-70b".
	Slug string
	// Like is the dialect that this one follows: what is empty here is as it is there, but for Slug
	// and Prompts. What is told here of Latency and Costs is before what is told there.
	Like *Dialect
	// Known is how a response is recognised: by all of these. "a.b" is there and not null, "a=x" is
	// that text, "a^x" begins so, "!a" is not there; alternatives have " | " between them.
	Known []string
	Also  []string // conditions ahead of those of Like

	Choices string // the list of alternative answers, "" if there is one
	// Prompts says that the list may answer several prompts: then it is not clear which answer is
	// meant where the one with the index 0 does not come first, and none is taken.
	Prompts bool
	// Counts are the ways in which this API counts. The first whose prompt and output come to the
	// total is right; if no total is told, the first.
	Counts    []Reading
	Total     string
	Reasoning string // inside the output
	// Kinds of tokens inside the prompt or the output that may have a price of their own.
	Cached, CacheWrite, CacheHour, Audio, CachedAudio, AudioOut string

	Finish string
	// Numbers are the words of a finish reason that is a number, a list for each place of Finish.
	Numbers [][]string
	Pending []string // words that are no reason yet

	Text     string // a text, or parts or items with text, thinking, refusals and calls among them
	Thinking string // thinking beside the text
	Refusal  string
	Calls    string // tool calls beside the text
	Beyond   string // what is said beside the text and has no place in a message: pictures, sounds

	Latency []Measure
	Costs   []Cost

	Checked string // with what the row was compared
}

// Reading is one way to count: what the prompt and the output are made of.
type Reading struct {
	Prompt, Output string
	AtLeast        string // the output is not below this
}

// Measure is a number and the power of ten that makes seconds or dollars of it.
type Measure struct {
	Place string
	Power int
}

// Cost is what the call cost according to the provider: in all, and by side if it says so.
type Cost struct {
	Total, Prompt, Output string
	Power                 int
}

// Name is the dialect in a few words: "OpenAI chat".
func (d *Dialect) Name() string { return strings.TrimSpace(d.Provider + " " + d.API) }

// whole is the dialect with what it has of the one that it follows.
func (d *Dialect) whole() *Dialect {
	if d.Like == nil {
		return d
	}
	row, base := *d, d.Like.whole()
	mine, theirs := reflect.ValueOf(&row).Elem(), reflect.ValueOf(base).Elem()
	for i := range mine.NumField() {
		if mine.Field(i).IsZero() {
			mine.Field(i).Set(theirs.Field(i))
		}
	}
	row.Slug, row.Prompts = d.Slug, d.Prompts
	row.Known = slices.Concat(d.Also, row.Known)
	row.Latency = slices.Concat(d.Latency, base.Latency)
	row.Costs = slices.Concat(d.Costs, base.Costs)
	return &row
}

// reader is a dialect with its places read.
type reader struct {
	*Dialect
	known                                       [][]test
	choices, finish, text, think, refuse, calls []path
	beyond                                      []path
	readings                                    []reading
	total                                       sum
	reasoning                                   sum
	kinds                                       [kinds]sum
	latency                                     []measure
	costs                                       []cost
}

type reading struct{ prompt, output, atLeast sum }

type measure struct {
	place sum
	power int
}

type cost struct {
	total, prompt, output sum
	power                 int
}

func newReader(d *Dialect) *reader {
	r := &reader{
		Dialect: d,
		choices: paths(d.Choices), finish: paths(d.Finish),
		text: paths(d.Text), think: paths(d.Thinking), refuse: paths(d.Refusal), calls: paths(d.Calls), beyond: paths(d.Beyond),
		total: newSum(d.Total), reasoning: newSum(d.Reasoning),
	}
	for _, known := range d.Known {
		r.known = append(r.known, tests(known))
	}
	for _, c := range d.Counts {
		r.readings = append(r.readings, reading{newSum(c.Prompt), newSum(c.Output), newSum(c.AtLeast)})
	}
	for i, text := range []string{d.Cached, d.CacheWrite, d.CacheHour, d.Audio, d.CachedAudio, d.AudioOut} {
		r.kinds[i] = newSum(text)
	}
	for _, m := range d.Latency {
		r.latency = append(r.latency, measure{newSum(m.Place), m.Power})
	}
	for _, c := range d.Costs {
		r.costs = append(r.costs, cost{newSum(c.Total), newSum(c.Prompt), newSum(c.Output), c.Power})
	}
	return r
}

// test is one condition by which a response is recognised.
type test struct {
	place path
	op    byte // 0 there, ! not there, = is the value, ^ begins with it
	value string
}

func tests(text string) (list []test) {
	for one := range strings.SplitSeq(text, " | ") {
		t := test{}
		if rest, not := strings.CutPrefix(one, "!"); not {
			t.op, one = '!', rest
		} else if i := strings.IndexAny(one, "=^"); i >= 0 {
			t.op, t.value, one = one[i], one[i+1:], one[:i]
		}
		t.place = newPath(one)
		list = append(list, t)
	}
	return list
}

func (t *test) holds(n *node) bool {
	found := n.get(t.place)
	switch t.op {
	case '!':
		return !found.isSet()
	case '=':
		return found.word() == t.value
	case '^':
		return strings.HasPrefix(found.word(), t.value)
	}
	return found.isSet()
}

// recognises reports whether a response is of this dialect.
func (r *reader) recognises(n *node) bool {
	for _, alternatives := range r.known {
		if !slices.ContainsFunc(alternatives, func(t test) bool { return t.holds(n) }) {
			return false
		}
	}
	return true
}

// dialects are the rows of the table, whole. They are made when they are first needed, because most
// runs of the program read no response.
var dialects = sync.OnceValue(func() (list []*Dialect) {
	for _, d := range table {
		list = append(list, d.whole())
	}
	return list
})

// readers are those of the dialects.
var readers = sync.OnceValue(func() (list []*reader) {
	for _, d := range dialects() {
		list = append(list, newReader(d))
	}
	return list
})

// recognise finds the dialect of a response, nil when none fits.
func recognise(n *node) *reader {
	all := readers()
	if i := slices.IndexFunc(all, func(r *reader) bool { return r.recognises(n) }); i >= 0 {
		return all[i]
	}
	return nil
}
