// Package selection is the words that say which logs a command or a screen means: flags of a
// command line, or the same words in one line of text.
//
// It knows the words and their values. It must not know where logs are, nor how the selected ones
// are found.
package selection

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"errata/model"
	"errata/model/spell"
)

// Selection says which logs are meant. Zero members do not select; the zero Selection is all logs,
// newest first.
type Selection struct {
	Prompt    string // the id of a prompt, or its path
	Model     string // the name of a model, in any case
	Search    string // what is looked for, see the package model/search
	Metadata  string // contained in the metadata
	Since     string // as it was typed, see Window; likewise Until
	Until     string
	Errors    bool   // only logs of calls that failed
	Corrected bool   // only logs that a PATCH has changed
	Judged    string // only logs that people judged: AnyJudgment, or EVALUATOR, or EVALUATOR=VALUE
	Where     string // a jq expression that is true of the log

	Limit  int  // at most so many
	Oldest bool // the oldest first
	Sample int  // so many, drawn by lot
	Seed   int  // of the lot, from 1; 0 lets one be chosen
	All    bool // all logs that the rest selects: said where many would be changed
}

// Flag is one of the words.
type Flag struct {
	Name string // without the dashes
	Arg  string // what help calls its value; empty for a switch
	Help string // one phrase

	Example string // a value, empty if the phrase is enough

	// what the word means without a value, which then is behind =; empty if a value may not be
	// missing
	Default string

	set func(s *Selection, value string) error
	get func(s *Selection) string // "" when it says nothing
}

// Set takes what the word says into a selection. The value of a switch is "true" or "false".
func (f Flag) Set(s *Selection, value string) error { return f.set(s, value) }

// Get is what a selection says with the word, "" for nothing.
func (f Flag) Get(s *Selection) string { return f.get(s) }

// The words whose values can be completed; all commands have PromptFlag.
const (
	PromptFlag = "prompt"
	ModelFlag  = "model"
	JudgedFlag = "judged"
)

// The words that a line treats in a way of their own.
const (
	searchFlag = "search"
	whereFlag  = "where"
)

// flags is the table of words. What is judged will be one more.
var flags = []Flag{
	text(PromptFlag, "ID", "only the logs of this prompt", func(s *Selection) *string { return &s.Prompt }),
	text(ModelFlag, "NAME", "only the logs of this model", func(s *Selection) *string { return &s.Model }),
	text(searchFlag, "TEXT", "only logs with `TEXT` in their messages, output, inputs, error, metadata, id or tools", func(s *Selection) *string { return &s.Search }),
	text(model.Metadata.Name, "TEXT", "only logs with `TEXT` in their metadata", func(s *Selection) *string { return &s.Metadata }),
	text("since", "TIME", "only logs from `TIME` on", func(s *Selection) *string { return &s.Since }),
	text("until", "TIME", "only logs up to `TIME`", func(s *Selection) *string { return &s.Until }),
	toggle("errors", "only logs of calls that failed", func(s *Selection) *bool { return &s.Errors }),
	toggle("corrected", "only logs that were corrected", func(s *Selection) *bool { return &s.Corrected }),
	text(JudgedFlag, "EVALUATOR=VALUE", "only logs that were judged: at all, with one evaluator, or so", func(s *Selection) *string { return &s.Judged }).lone(AnyJudgment),
	text(whereFlag, "EXPR", "only logs of which the jq expression `EXPR` is true", func(s *Selection) *string { return &s.Where }).filled().like(`'.prompt.model == "gpt-4o"'`),
	number("limit", 0, "at most `N` logs; 0 for all", func(s *Selection) *int { return &s.Limit }),
	toggle("oldest", "the oldest logs first", func(s *Selection) *bool { return &s.Oldest }),
	number("sample", 1, "`N` of the logs, drawn by lot", func(s *Selection) *int { return &s.Sample }),
	number("seed", 1, "the number `N` that an earlier --sample named: it draws the same logs again", func(s *Selection) *int { return &s.Seed }),
	toggle("all", "all logs", func(s *Selection) *bool { return &s.All }),
}

// Flags lists the table of words. The caller must not modify it.
func Flags() []Flag { return flags }

// Lookup finds a word by its name.
func Lookup(name string) (Flag, bool) {
	for _, f := range flags {
		if f.Name == name {
			return f, true
		}
	}
	return Flag{}, false
}

// unknown is the error for a word that is none.
func unknown(name string) error {
	var known []string
	for _, f := range flags {
		known = append(known, f.Name)
	}
	if near := spell.Nearest(name, known); near != "" {
		return fmt.Errorf("there is no --%s; did you mean --%s", name, near)
	}
	return fmt.Errorf("there is no --%s; --where looks at any field, and there are --%s", name, strings.Join(known, " --"))
}

func text(name, arg, help string, of func(*Selection) *string) Flag {
	return Flag{Name: name, Arg: arg, Help: help,
		set: func(s *Selection, value string) error { *of(s) = value; return nil },
		get: func(s *Selection) string { return *of(s) }}
}

// AnyJudgment is what Selection.Judged says of logs that were judged at all.
const AnyJudgment = "*"

// like is the word with an example of a value.
func (f Flag) like(value string) Flag {
	f.Example = value
	return f
}

// lone is the word as one that may stand without a value, and then means one.
func (f Flag) lone(value string) Flag {
	f.Default = value
	return f
}

// filled is the word as one that has to say something: an expression that is empty is mostly a
// variable of a shell that is not set, and would select all logs.
func (f Flag) filled() Flag {
	set := f.set
	f.set = func(s *Selection, value string) error {
		if strings.TrimSpace(value) == "" {
			return errors.New("the expression is empty")
		}
		return set(s, value)
	}
	return f
}

func toggle(name, help string, of func(*Selection) *bool) Flag {
	return Flag{Name: name, Help: help,
		set: func(s *Selection, value string) error {
			yes, err := strconv.ParseBool(value)
			if *of(s) = yes; err != nil {
				return fmt.Errorf("want true or false, not %q", value)
			}
			return nil
		},
		get: func(s *Selection) string {
			if *of(s) {
				return "true"
			}
			return ""
		}}
}

func number(name string, least int, help string, of func(*Selection) *int) Flag {
	return Flag{Name: name, Arg: "N", Help: help,
		set: func(s *Selection, value string) error {
			n, err := strconv.ParseInt(value, 10, 0)
			if err != nil || n < int64(least) {
				return fmt.Errorf("want a number of at least %d, not %q", least, value)
			}
			*of(s) = int(n)
			return nil
		},
		get: func(s *Selection) string {
			if *of(s) == 0 {
				return ""
			}
			return strconv.Itoa(*of(s))
		}}
}

// Check says what of a selection makes no sense, by the name of the word. It does not look into
// expressions.
func (s Selection) Check(now time.Time) error {
	if _, _, err := s.Window(now); err != nil {
		return err
	}
	if s.Seed > 0 && s.Sample == 0 {
		return errors.New("--seed wants --sample beside it")
	}
	return nil
}

// Window is the time that Since and Until mean, as ISO 8601 and "" for none; both ends are
// included.
func (s Selection) Window(now time.Time) (from, to string, err error) {
	if from, err = bound(s.Since, now, false); err != nil {
		return "", "", fmt.Errorf("--since: %w", err)
	}
	if to, err = bound(s.Until, now, true); err != nil {
		return "", "", fmt.Errorf("--until: %w", err)
	}
	return from, to, nil
}

// Narrows reports whether a selection says which logs are meant, rather than how many of them and
// in what order.
func (s Selection) Narrows() bool {
	s.Limit, s.Oldest, s.Sample, s.Seed, s.All = 0, false, 0, 0, false
	return s != Selection{}
}

// Local is the part of a selection that no server of the v5 API can look for.
func (s Selection) Local() Selection {
	return Selection{Model: s.Model, Errors: s.Errors, Corrected: s.Corrected, Judged: s.Judged, Where: s.Where}
}
