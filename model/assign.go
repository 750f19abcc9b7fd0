package model

// Assignment is one argument of errata set: what to give which field.
type Assignment struct {
	Field    *Field
	Key      string // the member of a map, when HasKey; everything between the first dot and the operator
	HasKey   bool
	JSON     bool   // := rather than =
	File     string // the name after @, when FromFile; "-" means standard input
	FromFile bool
	Text     string // what follows the operator, when not FromFile
}

// ParseAssignment reads FIELD=TEXT, FIELD:=JSON, FIELD=@FILE, FIELD:=@FILE, MAP.KEY=TEXT and
// MAP.KEY:=JSON. It reads no file. The error is a sentence that names what is wrong, a *ParseError when the
// field is known.
func ParseAssignment(arg string) (Assignment, error) { panic("todo") }

// Assign carries an assignment out on a change set; text is Text, or the content of the file. With = the
// text becomes a string for Line, Text and Datetime, a number for Integer and Decimal, a word or JSON for ToolChoice, and must be
// JSON for the other kinds; a map's key always becomes a string. The error is a *ParseError. A map that is
// absent or null is made when a key is set.
func (c *ChangeSet) Assign(a Assignment, text string) error { panic("todo") }
