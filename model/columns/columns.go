// Package columns says what a column of a table of logs shows: something derived from a log, named
// by a word such as time or cost, or the value at a path.
//
// It knows logs and paths. It must not know where a table is shown, nor how wide it is.
package columns

import (
	"errors"
	"slices"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
	"errata/model/path"
	"errata/model/spell"
	"errata/model/tree"
)

// The words for what is made of a log.
const (
	Time     = "time"
	Model    = "model"
	Prompt   = "prompt"   // the path of the prompt
	Question = "question" // the last message of the user
	Tokens   = "tokens"   // of the prompt and of the output
	Cost     = "cost"
	Latency  = "latency"
	Output   = "output" // the output, or the error where there is one
)

// Default lists the columns of a table where nothing else is asked for.
func Default() []Column {
	list := make([]Column, len(words))
	for i, word := range words {
		list[i] = Column{Name: word}
	}
	return list
}

// helps says what each of the words stands for.
var helps = map[string]string{
	Time: "when it was logged", Model: "the model", Prompt: "the path of the prompt", Tokens: "tokens of prompt and output", Cost: "what both cost",
	Latency: "how long the provider took", Question: "what the user said last", Output: "the output, or the error",
}

// Help says what a word stands for.
func Help(word string) string { return helps[word] }

var words = []string{Time, Model, Prompt, Tokens, Cost, Latency, Question, Output}

// Column is a column of a table.
type Column struct {
	Name string    // as it is written
	Path path.Path // nil for what is made of a log
}

// Parse reads one of the words, or a path. An error says where a path is wrong.
func Parse(name string) (Column, error) {
	name = strings.TrimSpace(name)
	if slices.Contains(words, name) {
		return Column{Name: name}, nil
	}
	p, err := path.Parse(name)
	if err != nil {
		return Column{}, err
	}
	return Column{Name: p.String(), Path: p}, nil
}

// ParseAll reads several columns, each of which may occur once. A word that is neither one of a
// log's members nor of those above is taken for a mistake.
func ParseAll(names []string) (list []Column, err error) {
	for _, name := range names {
		c, err := Parse(name)
		if err != nil {
			return nil, errors.New(name + ": " + err.Error())
		}
		if slices.ContainsFunc(list, func(other Column) bool { return other.Name == c.Name }) {
			return nil, errors.New(c.Name + " stands twice")
		}
		if meant := c.meant(); meant != "" {
			return nil, errors.New("there is no column " + c.Name + meant)
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, errors.New("name one column at least")
	}
	return list, nil
}

// meant is the word that was probably meant by a path of one word that no log has, "" if there is
// none.
func (c Column) meant() string {
	if len(c.Path) != 1 {
		return ""
	}
	known := slices.Clone(words)
	for _, f := range model.Form() {
		known = append(known, f.Name)
	}
	if slices.Contains(known, c.Name) {
		return ""
	}
	return spell.Meant(c.Name, known)
}

// Of is what a summary has for a column that is made of a log, as the log has it; ok is false for a
// path.
func (c Column) Of(s model.Summary) (text string, ok bool) {
	switch c.Name {
	case Time:
		return s.Created, true
	case Model:
		return s.Model, true
	case Prompt:
		return s.Prompt, true
	case Question:
		return s.Question, true
	case Tokens:
		return s.Tokens, true
	case Cost:
		return s.Cost, true
	case Latency:
		return s.Latency, true
	case Output:
		return s.Output, true
	}
	return "", false
}

// Text is what is at the path of a column: a text as it is, any other value as JSON, and nothing
// where nothing or null is.
func (c Column) Text(doc []byte) string { return Plain(Value(tree.New(doc), c.Path)) }

// Value is what is at a path of a log, nil if it has nothing there. judgment.NAME is what was
// judged last with the evaluator NAME. A word for what is made of a log means that, where the log
// has no member of this name.
func Value(log *tree.Node, p path.Path) *tree.Node {
	if evaluator, ok := Judged(p); ok {
		return judged(log.Bytes(), evaluator)
	}
	n, _, err := path.Get(log, p)
	var missing *path.Error
	if errors.As(err, &missing) {
		return made(log.Bytes(), p)
	}
	return n
}

// IsWord reports whether a path is one of the words for what is made of a log.
func IsWord(p path.Path) bool { return len(p) == 1 && slices.Contains(words, p[0].Name) }

// made is what is made of a log, nil for a path that is not a word for it.
func made(doc []byte, p path.Path) *tree.Node {
	if !IsWord(p) {
		return nil
	}
	log, err := model.ParseLog(doc)
	if err != nil {
		return nil
	}
	switch text, _ := (Column{Name: p[0].Name}).Of(log.Summarize()); p[0].Name {
	case Tokens, Cost, Latency:
		if text != "" {
			return tree.New([]byte(text))
		}
	default:
		if v, err := model.String(text); text != "" && err == nil {
			return tree.New(v.Bytes())
		}
	}
	return nil
}

// Plain is a value as text: "" for one that is missing or null.
func Plain(n *tree.Node) string {
	switch {
	case n == nil || n.Kind() == jsonraw.Null:
		return ""
	case n.Kind() == jsonraw.String:
		if s, ok := n.Text(); ok {
			return s
		}
	}
	return string(jsonraw.Compact(n.Bytes()))
}

// Judged returns the evaluator of a path such as judgment.rating, as a name, path or id. ok is
// false for other paths.
func Judged(p path.Path) (evaluator string, ok bool) {
	if len(p) != 2 || p[0].Name != judgment.Said || p[1].Name == "" {
		return "", false
	}
	return p[1].Name, true
}

// judged is the value of the newest judgment that a log has from an evaluator; nil when it has
// none.
func judged(doc []byte, evaluator string) *tree.Node {
	log, err := model.ParseLog(doc)
	if err != nil {
		return nil
	}
	var newest *judgment.Judgment
	for _, s := range judgment.Standings(judgment.Of(log)) {
		of := judgment.Filter{Evaluator: evaluator, Any: true}
		if !s.Withdrawn() && of.Of(s.Evaluator) && (newest == nil || !s.Newest.Before(*newest)) {
			newest = &s.Newest
		}
	}
	if newest == nil {
		return nil
	}
	return tree.New(newest.Value.Bytes())
}
