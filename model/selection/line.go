package selection

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LineError says what is wrong in a line of words.
type LineError struct {
	Col int // from 1, in characters
	Err error
}

// Error gives the sentence.
func (e *LineError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *LineError) Unwrap() error { return e.Err }

// Parse reads a line of words: flags as on a command line, and beside them what is searched for. A
// value with blanks is in quotes; one of --where may do without, and then ends at the next flag. A
// line without flags is what is searched for, as it stands. The error is a *LineError.
func Parse(line string) (Selection, error) {
	var s Selection
	r := reader{line: line}
	var searched []string
	flagged := false
	for {
		r.skip()
		if r.at >= len(line) {
			break
		}
		begin := r.at
		if !begins(line[r.at:]) {
			_ = r.word()
			searched = append(searched, line[begin:r.at])
			continue
		}
		flagged = true
		if err := r.flag(&s); err != nil {
			return s, &LineError{utf8.RuneCountInString(line[:begin]) + 1, err}
		}
	}
	switch {
	case !flagged:
		s.Search = line
	case len(searched) > 0:
		s.Search = strings.Join(searched, " ")
	}
	return s, nil
}

const dashes = "--"

// reader goes through a line.
type reader struct {
	line string
	at   int // byte
}

func (r *reader) skip() {
	for r.at < len(r.line) && r.line[r.at] == ' ' {
		r.at++
	}
}

// word reads up to the next blank, or what is in quotes when it begins with one that is closed.
func (r *reader) word() string {
	rest := r.line[r.at:]
	if text, n, ok := quoted(rest); ok {
		r.at += n
		return text
	}
	end := strings.IndexByte(rest, ' ')
	if end < 0 {
		end = len(rest)
	}
	r.at += end
	return rest[:end]
}

// expression reads the value of --where, which may hold blanks.
func (r *reader) expression() string {
	rest := r.line[r.at:]
	if text, n, ok := quoted(rest); ok && (n == len(rest) || strings.HasPrefix(strings.TrimLeft(rest[n:], " "), dashes)) {
		r.at += n
		return text
	}
	end := 0
	for end < len(rest) && (!begins(rest[end:]) || end > 0 && rest[end-1] != ' ') {
		end++
	}
	r.at += end
	return strings.TrimSpace(rest[:end])
}

// begins reports whether a text begins with a flag.
func begins(text string) bool {
	name, ok := strings.CutPrefix(text, dashes)
	return ok && name != "" && unicode.IsLetter(rune(name[0]))
}

// flag reads a flag and its value into a selection.
func (r *reader) flag(s *Selection) error {
	begun := r.line[r.at+len(dashes):]
	end := strings.IndexAny(begun, " =")
	if end < 0 {
		end = len(begun)
	}
	name := begun[:end]
	r.at += len(dashes) + end
	f, ok := Lookup(name)
	if !ok {
		return unknown(name)
	}
	joined := strings.HasPrefix(r.line[r.at:], "=")
	switch {
	case f.Arg == "" && !joined:
		return f.Set(s, "true")
	case f.Default != "" && !joined:
		return f.Set(s, f.Default)
	}
	if joined {
		r.at++
	}
	r.skip()
	var value string
	if f.Name == whereFlag {
		value = r.expression()
	} else {
		value = r.word()
	}
	if value == "" {
		return fmt.Errorf("--%s wants a value", name)
	}
	if err := f.Set(s, value); err != nil {
		return fmt.Errorf("--%s: %w", name, err)
	}
	return nil
}

// quoted reads what is in quotes at the start of a text, up to a blank behind them; n is its bytes
// with the quotes. Within double quotes a backslash is before a quote or another one.
func quoted(text string) (value string, n int, ok bool) {
	if text == "" || text[0] != '\'' && text[0] != '"' {
		return "", 0, false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == text[0]:
			if ok := i+1 == len(text) || text[i+1] == ' '; ok {
				return b.String(), i + 1, true
			}
			return "", 0, false
		case c == '\\' && text[0] == '"' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, false
}

// String is the line that says the same.
func (s Selection) String() string {
	var words []string
	for _, f := range flags {
		value := f.Get(&s)
		switch {
		case value == "" || f.Name == searchFlag:
		case f.Arg == "":
			words = append(words, dashes+f.Name)
		case f.Default != "":
			words = append(words, dashes+f.Name+"="+Spelled(value))
		default:
			words = append(words, dashes+f.Name+" "+Spelled(value))
		}
	}
	rest := strings.Join(words, " ")
	if s.Search == "" {
		return rest
	}
	line := strings.TrimRight(s.Search+" "+rest, " ")
	if len(words) == 0 {
		line = s.Search
	}
	if read, err := Parse(line); err == nil && read == s {
		return line
	}
	return strings.TrimRight(dashes+searchFlag+" "+Spelled(s.Search)+" "+rest, " ")
}

// Spelled is a value as it is in a line: in quotes where it has to be.
func Spelled(value string) string {
	if !strings.ContainsAny(value, ` '"\`) && !strings.HasPrefix(value, "-") {
		return value
	}
	if !strings.Contains(value, "'") {
		return "'" + value + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// SearchEnd is the byte of a line behind what is searched for: where one types on.
func SearchEnd(line string) int {
	for at := range line {
		if begins(line[at:]) && (at == 0 || line[at-1] == ' ') {
			return max(at-1, 0)
		}
	}
	return len(line)
}
