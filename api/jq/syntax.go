package jq

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/itchyny/gojq"

	"errata/model/pattern"
	"errata/model/spell"
)

// SyntaxError says why a text is not an expression.
type SyntaxError struct {
	Col int    // from 1, in characters; 0 if it is not known
	Msg string // without a full stop
}

// Error gives the sentence, with the column in front.
func (e *SyntaxError) Error() string {
	if e.Col == 0 {
		return e.Msg
	}
	return fmt.Sprintf("column %d: %s", e.Col, e.Msg)
}

// unparsed words what gojq found wrong with the grammar of an expression.
func unparsed(text string, err error) *SyntaxError {
	var parse *gojq.ParseError
	if !errors.As(err, &parse) {
		return &SyntaxError{Msg: err.Error()}
	}
	at := parse.Offset
	if parse.Token == "" || !strings.HasSuffix(text[:at], parse.Token) {
		return &SyntaxError{column(text, at), strings.Replace(err.Error(), "unexpected EOF", "the expression ends too early", 1)}
	}
	at -= len(parse.Token)
	msg := err.Error()
	if parse.Token == "'" {
		msg = "a string stands in double quotes, not in single ones"
	}
	if parse.Token == "=" {
		msg = "values are compared with =="
	}
	return &SyntaxError{column(text, at), msg}
}

// column is the column of a byte, in characters.
func column(text string, at int) int {
	return utf8.RuneCountInString(text[:min(max(at, 0), len(text))]) + 1
}

// unknown is how gojq names a function or a variable that there is none of.
var unknown = pattern.Of(`^(function|variable) not defined: (\$?[\w:]+)(?:/(\d+))?$`)

// uncompiled words what gojq found wrong with the names in an expression, and finds the name.
func uncompiled(text string, err error) *SyntaxError {
	m := unknown().FindStringSubmatch(err.Error())
	if m == nil {
		return &SyntaxError{Msg: err.Error()}
	}
	what, name, count := m[1], m[2], m[3]
	msg := fmt.Sprintf("there is no %s %s", what, name)
	if what == "function" {
		msg += meant(name, count)
	}
	return &SyntaxError{find(text, name), msg}
}

// find is the column of the first place where a name is by itself, 0 when there is none.
func find(text, name string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return 0
		}
		at := from + i
		if from = at + len(name); !wordy(text[:at], true) && !wordy(text[from:], false) {
			return column(text, at)
		}
	}
}

// wordy reports whether a text goes on as a name at its end, or at its beginning.
func wordy(text string, end bool) bool {
	if text == "" {
		return false
	}
	c := text[0]
	if end {
		c = text[len(text)-1]
	}
	return c == '_' || c == '.' && end || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// meant is the end of the sentence about a function that there is none of: what was meant, how many
// arguments it takes, or that a member is written with a dot.
func meant(name, count string) string {
	all := functions()
	if takes, ok := all[name]; ok {
		return fmt.Sprintf(" of %s arguments; it takes %s", count, spell.Either(takes))
	}
	if near := spell.Nearest(name, names(all)); near != "" && count != "0" {
		return "; did you mean " + near
	}
	return "; a member is written ." + name
}

// functions is how many arguments each function of jq takes.
func functions() map[string][]string {
	list := map[string][]string{}
	query, err := gojq.Parse("builtins[]")
	if err != nil {
		return list
	}
	results := query.Run(nil)
	for v, more := results.Next(); more; v, more = results.Next() {
		if s, ok := v.(string); ok {
			name, count, _ := strings.Cut(s, "/")
			list[name] = append(list[name], count)
		}
	}
	for _, counts := range list {
		slices.Sort(counts)
	}
	return list
}

func names(all map[string][]string) []string {
	list := make([]string, 0, len(all))
	for name := range all {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
