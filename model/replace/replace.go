// Package replace finds texts and puts others in their place, within JSON values.
//
// It looks at what strings mean, also into those that hold JSON, and leaves every byte outside a
// hit as it is. Numbers, names of members, and what is held in base64 are not texts.
//
// It knows JSON alone. It must not know logs, their fields, or screens.
package replace

import (
	"errors"
	"fmt"
	"regexp"
	"unicode"
	"unicode/utf8"

	"errata/model/jsonraw"
	"errata/model/pattern"
)

// Rule says what is looked for, and what takes its place.
type Rule struct {
	Old string `json:"old"`
	New string `json:"new"`
	// Old is an expression of Go, and New may refer to its groups: $1, ${name}; $$ is a dollar
	Regexp     bool `json:"regexp,omitempty"`
	Whole      bool `json:"whole,omitempty"` // only where no letter, digit or _ stands beside it
	IgnoreCase bool `json:"ignore_case,omitempty"`
}

// Replacer is a rule that can be carried out. It may be used by several goroutines.
type Replacer struct {
	re     *regexp.Regexp
	with   string
	expand bool // with refers to groups
	whole  bool
}

// New reads a rule. The error says what is wrong with it, in a sentence.
func New(r Rule) (*Replacer, error) {
	switch {
	case r.Old == "":
		return nil, errors.New("there is nothing to look for")
	case !utf8.ValidString(r.Old), !utf8.ValidString(r.New):
		return nil, errors.New("what is looked for and what takes its place have to be UTF-8")
	}
	expr := r.Old
	if !r.Regexp {
		expr = regexp.QuoteMeta(expr)
	}
	if r.IgnoreCase {
		expr = "(?i)" + expr
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return nil, fmt.Errorf("no regular expression: %w", err)
	}
	return Of(re, r.New, r.Regexp, r.Whole)
}

// Of is the rule of an expression that was read already.
func Of(re *regexp.Regexp, with string, expand, whole bool) (*Replacer, error) {
	if matchesNothing(re) {
		return nil, fmt.Errorf("%s is found between any two letters: say what has to be there", re)
	}
	if expand {
		if err := groups(re, with); err != nil {
			return nil, err
		}
	}
	return &Replacer{re, with, expand, whole}, nil
}

// matchesNothing reports whether an expression matches where nothing is, and not only at the start
// or the end of something.
func matchesNothing(re *regexp.Regexp) bool {
	const between = "\uFFFD\uFFFD\uFFFD"
	for _, at := range re.FindAllStringIndex(between, -1) {
		if at[0] == at[1] && at[0] > 0 && at[0] < len(between) {
			return true
		}
	}
	return false
}

// reference is a group that a template refers to, in the syntax of regexp.Expand.
var reference = pattern.Of(`\$(?:\$|([A-Za-z0-9_]+)|\{([A-Za-z0-9_]+)\})`)

// groups refuses a template that refers to a group that there is not, which would be nothing.
func groups(re *regexp.Regexp, with string) error {
	for _, m := range reference().FindAllStringSubmatch(with, -1) {
		name := m[1] + m[2]
		if name == "" || re.SubexpIndex(name) >= 0 {
			continue
		}
		var n int
		if _, err := fmt.Sscanf(name, "%d", &n); err == nil && fmt.Sprint(n) == name && n <= re.NumSubexp() {
			continue
		}
		hint := ""
		if short := numbered().FindString(name); short != "" && short != name {
			hint = fmt.Sprintf("; ${%s}%s is the group and the text behind it", short, name[len(short):])
		}
		return fmt.Errorf("there is no group %s in %s%s", name, re, hint)
	}
	return nil
}

var numbered = pattern.Of(`^\d+`)

// Hit is one place in a text where the rule holds.
type Hit struct {
	Start, End int
	With       []byte // what takes its place, which is another text
}

// Hits lists where the rule holds in a text, in order. What would be replaced by itself is not a
// hit.
func (r *Replacer) Hits(text string) (list []Hit) {
	for _, at := range r.re.FindAllStringSubmatchIndex(text, -1) {
		if r.whole && !wholeWord(text, at[0], at[1]) {
			continue
		}
		with := []byte(r.with)
		if r.expand {
			with = r.re.ExpandString(nil, r.with, text, at)
		}
		if string(with) == text[at[0]:at[1]] {
			continue
		}
		list = append(list, Hit{at[0], at[1], with})
	}
	return list
}

// Text is a text with all hits replaced, and how many there were.
func (r *Replacer) Text(text string) (now string, n int) {
	hits := r.Hits(text)
	return string(jsonraw.Swapped([]byte(text), swaps(hits), 0)), len(hits)
}

func swaps(hits []Hit) []jsonraw.Swap {
	list := make([]jsonraw.Swap, len(hits))
	for i, h := range hits {
		list[i] = jsonraw.Swap{At: h.Start, Del: h.End - h.Start, Ins: h.With}
	}
	return list
}

// wholeWord reports whether a stretch of a text neither begins nor ends within a word.
func wholeWord(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	first, _ := utf8.DecodeRuneInString(text[start:])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return (start == 0 || !inWord(before) || !inWord(first)) && (end == len(text) || !inWord(last) || !inWord(after))
}

// inWord reports whether a character is part of a word.
func inWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
