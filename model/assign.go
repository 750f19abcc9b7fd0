package model

import (
	"fmt"
	"strings"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// Assignment is one argument of errata set: what to give which field.
type Assignment struct {
	Field *Field
	// the member of a map, when HasKey; everything between the first dot and the operator
	Key      string
	HasKey   bool
	JSON     bool   // := rather than =
	File     string // the name after @, when FromFile; "-" means standard input
	FromFile bool
	Text     string // what follows the operator, when not FromFile
}

// ParseAssignment reads FIELD=TEXT, FIELD:=JSON, FIELD=@FILE, FIELD:=@FILE, MAP.KEY=TEXT and
// MAP.KEY:=JSON; a key takes a file as well. It reads no file. The error is a sentence that names
// what is wrong, a *ParseError when the field is known.
func ParseAssignment(arg string) (Assignment, error) {
	target, text, ok := strings.Cut(arg, "=")
	if !ok {
		return Assignment{}, fmt.Errorf("%s is no assignment; write FIELD=TEXT or FIELD:=JSON", quoted(arg))
	}
	var a Assignment
	target, a.JSON = strings.CutSuffix(target, ":")
	var name string
	name, a.Key, a.HasKey = strings.Cut(target, ".")
	if a.Field, ok = Lookup(name); !ok {
		return Assignment{}, unknownField(name)
	}
	if a.HasKey && a.Field.Kind != Map {
		return Assignment{}, &ParseError{Field: a.Field, Msg: a.Field.Name + " is no map: it has no " + quoted(a.Key) + " to set"}
	}
	if a.HasKey && a.Key == "" {
		return Assignment{}, &ParseError{Field: a.Field, Msg: "a key is missing after " + a.Field.Name + "."}
	}
	if a.File, a.FromFile = strings.CutPrefix(text, "@"); a.FromFile {
		if a.File == "" {
			return Assignment{}, &ParseError{Field: a.Field, Msg: "a file name is missing after " + arg}
		}
		return a, nil
	}
	a.File, a.Text = "", text
	return a, nil
}

// Exact tells whether the text becomes a string as it is, so that every byte of a file counts.
func (a Assignment) Exact() bool { return !a.JSON && (a.HasKey || a.Field.Kind.IsText()) }

// unknownField names the field that was probably meant.
func unknownField(name string) error {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return fmt.Errorf("there is no field %s%s", quoted(name), spell.Meant(name, names))
}

// Assign carries an assignment out on a change set; text is Text, or the content of the file. With
// = the text becomes a string for Line, Text and Datetime, a number for Integer and Decimal, a word
// or JSON for ToolChoice, and must be JSON for the other kinds; a map's key always becomes a
// string. The error is a *ParseError. A map that is absent or null is made when a key is set. After
// an error nothing is changed.
func (c *ChangeSet) Assign(a Assignment, text string) error {
	v, err := c.assigned(a, text)
	if err != nil {
		return err
	}
	c.Set(a.Field, v)
	return nil
}

func (c *ChangeSet) assigned(a Assignment, text string) (Value, error) {
	f, base := a.Field, c.base.Value(a.Field)
	switch {
	case a.HasKey:
		return c.assignKey(a, text)
	case a.Exact():
		return f.parseText(text, base)
	case blank(text):
		return Absent, &ParseError{Field: f, Msg: fmt.Sprintf("%s wants %s, not nothing; %s:=null makes it null", f.Name, f.Kind.wants(), f.Name)}
	case !a.JSON:
		return f.Parse(text, base)
	}
	raw := []byte(text)
	if err := jsonraw.Check(raw); err != nil {
		if f.Kind == Integer || f.Kind == Decimal {
			return f.parseNumber(text, base) // whose words are about numbers
		}
		return Absent, f.fault(err)
	}
	if f.Kind.IsJSON() {
		return f.parseJSON(text, base)
	}
	v := Raw(raw)
	if v.Equal(base) {
		return base, nil
	}
	return f.accept(v, base, text)
}

// assignKey gives the map with the key set, every other byte of it as it was.
func (c *ChangeSet) assignKey(a Assignment, text string) (Value, error) {
	f := a.Field
	var val []byte
	var err error
	if a.JSON {
		val = jsonraw.Trim([]byte(text))
		err = jsonraw.Check(val)
	} else {
		val, err = jsonraw.Quote(text)
	}
	if err != nil {
		return Absent, f.fault(err)
	}
	whole := c.Value(f)
	if !whole.IsSet() {
		whole = Value{raw: []byte("{}")}
	}
	if whole.Kind() != jsonraw.Object {
		return Absent, &ParseError{Field: f, Msg: fmt.Sprintf("%s holds %s, not an object: it has no keys to set", f.Name, whole.Kind().Word())}
	}
	raw, err := jsonraw.Set(whole.raw, []jsonraw.Edit{{Name: a.Key, Val: val}})
	if err != nil {
		return Absent, f.fault(err)
	}
	return f.accept(Value{raw: raw}, c.base.Value(f), string(raw))
}
