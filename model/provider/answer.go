package provider

import (
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// The kinds of tokens that may have a price of their own, beside plain prompt, output and
// reasoning.
const (
	Cached      = iota // read from a cache
	CacheWrite         // written to a cache
	CacheHour          // written to a cache for an hour; among CacheWrite
	Audio              // heard
	CachedAudio        // heard, and read from a cache; among Audio and Cached
	AudioOut           // spoken
	kinds
)

// Answer is what was read from a response.
type Answer struct {
	Dialect *Dialect // nil when the response is of no kind that is known
	Stream  bool     // it was put together from the events of a stream

	Prompt, Output, Reasoning Count
	Kinds                     [kinds]Count
	// Odd is why the counts were not taken although they are there: "the parts come to 47, the
	// total says 109".
	Odd string

	Reason  Said   // the finish reason
	Pending string // the word of an answer that is not finished, "" when it is

	Text    []byte // the output as a string literal, nil when there is none
	Message []byte // the message of the assistant as the v5 API has it, nil when it would be empty
	Refusal string // what the provider said instead of an answer
	Unclear string // why of several answers none was taken: their order and their numbers disagree
	// Unread is why there is no Message although something was said: it would not be the whole one.
	// Where what was not read may hold text, there is no Text either.
	Unread string
	Error  Said // the text of an error

	Latency                           Amount // seconds
	PromptCost, OutputCost, TotalCost Amount // dollars

	Models []string // how the response calls the model
}

// Said is a text from the response.
type Said struct {
	Literal []byte // as a JSON string, nil when nothing is said
	Where   string
	Fault   string // why what is there was not taken
}

// Amount is a number from the response.
type Amount struct {
	Literal string // as the response writes it, or in another unit; "" when nothing is told
	Where   string
}

// Read reads a response: one JSON value.
func Read(response []byte) *Answer {
	n := find(newNode(response))
	a := &Answer{Stream: n.stream}
	a.models(n.node)
	if n.reader == nil {
		a.Error = n.failure()
		return a
	}
	a.Dialect = n.reader.Dialect
	w := n.reader.within(n.node)
	w.counts(a)
	w.reason(a)
	w.speech(a)
	w.amounts(a)
	a.Error = n.failureOf(failures.paths())
	return a
}

// called says where a response names the model that answered.
var called = lazyPaths{text: "model | model_version | model_id"}

func (a *Answer) models(n *node) {
	for _, place := range called.paths() {
		if name := n.get(place).word(); name != "" {
			a.Models = append(a.Models, name)
		}
	}
}

// answering is a response of a known dialect while it is read.
type answering struct {
	*reader
	root     *node
	choice   *node // the one with index 0
	choiceAt string
	shuffled bool // it does not come first
}

// within finds the answer with the index 0 among several, the first where none has it.
func (r *reader) within(n *node) *answering {
	w := &answering{reader: r, root: n}
	list, at := n.first(r.choices)
	for i := range list.list() {
		index, ok := list.at(i).member("index").number()
		zero := ok && index.Sign() == 0
		if w.choice == nil || zero {
			w.choice, w.choiceAt = list.at(i), at+"."+strconv.Itoa(i)
			w.shuffled = i > 0
		}
		if zero {
			break
		}
	}
	return w
}

// get is what is at a place of the table.
func (w *answering) get(p path) *node {
	if p.steps[0].name == "@" {
		return w.choice.get(path{p.text, p.steps[1:]})
	}
	return w.root.get(p)
}

// first is the first of the alternatives that is there and not null.
func (w *answering) first(list []path) (found *node, at string) {
	for i := range list {
		if found = w.get(list[i]); found.isSet() {
			if list[i].steps[0].name == "@" {
				inner := path{strings.TrimPrefix(list[i].text, "@."), list[i].steps[1:]}
				return found, w.choiceAt + "." + w.choice.spelled(inner)
			}
			return found, w.root.spelled(list[i])
		}
	}
	return nil, ""
}

// reason is why the provider stopped, in its own word.
func (w *answering) reason(a *Answer) {
	for i := range w.finish {
		found, at := w.first(w.finish[i : i+1])
		word, isText := found.str()
		switch {
		case found.is(jsonraw.Number) && i < len(w.Numbers):
			a.Reason = numbered(found, at, w.Numbers[i])
		case !isText || word == "":
			continue
		case contains(w.Pending, word):
			a.Pending = word
		default:
			a.Reason = Said{Literal: found.raw, Where: at}
		}
		return
	}
}

// numbered is the word for a finish reason that is a number. Zero is none.
func numbered(n *node, at string, words []string) Said {
	i, err := strconv.Atoi(string(n.raw))
	switch {
	case err == nil && i == 0:
		return Said{}
	case err == nil && i > 0 && i < len(words):
		return Said{Literal: quote(words[i]), Where: at}
	}
	return Said{Fault: at + " is the number " + brief(n.raw) + ", whose word is not known"}
}

func contains(list []string, word string) bool {
	for _, one := range list {
		if strings.EqualFold(one, word) {
			return true
		}
	}
	return false
}

// quote is a text as a string literal, nil when it holds bytes that are not UTF-8.
func quote(text string) []byte {
	literal, err := jsonraw.Quote(text)
	if err != nil {
		return nil
	}
	return literal
}
