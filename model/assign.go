package model

import (
	"fmt"
	"strings"

	"errata/model/charset"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/model/spell"
)

// Target is a field, or a place within its value.
type Target struct {
	Field *Field
	Path  path.Path // from the log down: its first step is the name of the field
}

// String writes the target as ParseTarget reads it.
func (t Target) String() string { return t.Path.String() }

// whole reports whether the target is a field as a whole.
func (t Target) whole() bool { return len(t.Path) == 1 }

// Assignment is one argument of errata set: what to give which field, or what is in it.
type Assignment struct {
	Target
	JSON     bool   // := or += rather than =
	Append   bool   // +=
	File     string // the name after @, when FromFile; "-" means standard input
	FromFile bool
	Text     string // what follows the operator; with FromFile the content of the file, once read
}

// UnknownField is the error for a name that no field has.
type UnknownField struct{ Name string }

// Error names the field that was probably meant.
func (e *UnknownField) Error() string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return fmt.Sprintf("there is no field %s%s", quoted(e.Name), spell.Meant(e.Name, names))
}

// ParseAssignment reads PATH=TEXT, PATH:=JSON and PATH+=JSON, where a path is the name of a field
// or leads into its value, and @FILE may stand for the text. It reads no file. The error is a
// sentence that names what is wrong: an *UnknownField, a *path.SyntaxError, or a *ParseError when
// the field is known.
func ParseAssignment(arg string) (Assignment, error) {
	var a Assignment
	t, rest, err := cutTarget(arg)
	switch {
	case !strings.Contains(arg, "="), err == nil && rest == "":
		return a, fmt.Errorf("%s is not an assignment; write FIELD=TEXT or FIELD:=JSON", quoted(arg))
	case err != nil:
		return a, err
	}
	a.Target = t
	a.JSON, a.Append = rest[0] != '=', rest[0] == '+'
	_, text, _ := strings.Cut(rest, "=")
	if a.File, a.FromFile = strings.CutPrefix(text, "@"); a.FromFile {
		if a.File == "" {
			return Assignment{}, &ParseError{Field: t.Field, Msg: "a file name is missing after " + arg}
		}
		return a, nil
	}
	a.File, a.Text = "", text
	return a, nil
}

// ParseTarget reads a path that begins with the name of a field. The error is an *UnknownField or a
// *path.SyntaxError.
func ParseTarget(text string) (Target, error) {
	p, err := path.Parse(text)
	if err != nil {
		return Target{}, err
	}
	return targetOf(p)
}

// ParseTransfer reads FROM=TO. The errors are those of ParseTarget.
func ParseTransfer(arg string) (from, to Target, err error) {
	from, rest, err := cutTarget(arg)
	if err != nil {
		return from, to, err
	}
	goal, ok := strings.CutPrefix(rest, "=")
	if !ok {
		return from, to, fmt.Errorf("%s does not say where to; write FROM=TO", quoted(arg))
	}
	to, err = ParseTarget(goal)
	return from, to, err
}

// cutTarget reads the target that a text begins with.
func cutTarget(text string) (t Target, rest string, err error) {
	p, rest, err := path.Cut(text)
	if err != nil {
		return t, "", err
	}
	t, err = targetOf(p)
	return t, rest, err
}

// targetOf finds the field that a path begins with.
func targetOf(p path.Path) (Target, error) {
	f, ok := Lookup(p[0].Name)
	if p[0].Element || !ok {
		return Target{}, &UnknownField{p[:1].String()}
	}
	return Target{f, p}, nil
}

// exact reports whether the text becomes a string as it is, so that every byte of a file counts.
func (a Assignment) exact() bool { return !a.JSON && (!a.whole() || a.Field.Kind.IsText()) }

// Take is the content of a file as the assignment takes it. A text is taken byte for byte, with the
// line break at its end; for other kinds a byte order mark is removed and UTF-16 decoded.
func (a Assignment) Take(content []byte) (string, error) {
	if !a.exact() {
		plain, err := charset.Decode(content)
		return string(plain), err
	}
	if charset.IsUTF16(content) {
		return "", &ParseError{Field: a.Field, Msg: "the file is UTF-16, and its bytes would be taken exactly: write it as UTF-8 first"}
	}
	return string(content), nil
}

// assigned is the value of a field that is assigned as a whole. With = the text becomes a string
// for Line, Text and Datetime, a number for Integer and Decimal, a word or JSON for ToolChoice, and
// must be JSON for the other kinds. JSON is taken as it is given.
func (c *ChangeSet) assigned(a Assignment) (Value, error) {
	f, text, base := a.Field, a.Text, c.base.Value(a.Field)
	switch {
	case a.exact():
		return f.parseText(text, base)
	case blank(text):
		return Absent, &ParseError{Field: f, Msg: fmt.Sprintf("%s wants %s, not nothing; %s:=null makes it null", f.Name, f.Kind.wants(), f.Name)}
	case !a.JSON && (!f.Kind.isJSON() || f.Kind == ToolChoice && isChoice(strings.TrimSpace(text))):
		return f.Parse(text, base)
	}
	raw := []byte(text)
	if err := jsonraw.Check(raw); err != nil {
		if f.Kind == Integer || f.Kind == Decimal {
			return f.parseNumber(text, base) // whose words are about numbers
		}
		return Absent, f.fault(err)
	}
	v := Raw(raw)
	if v.Equal(base) {
		return base, nil
	}
	return f.accept(v, base, text)
}

// literal is the JSON that an assignment to a place within a field puts there.
func (a Assignment) literal() ([]byte, error) {
	if !a.JSON {
		raw, err := jsonraw.Quote(a.Text)
		if err != nil {
			return nil, a.Field.fault(err)
		}
		return raw, nil
	}
	raw := jsonraw.Trim([]byte(a.Text))
	if err := jsonraw.Check(raw); err != nil {
		return nil, a.Field.fault(err)
	}
	return raw, nil
}
