package model

// ChangeSet is a log and what somebody changed in it. It alone decides what has changed and what a
// PATCH says. It is not safe for concurrent use.
type ChangeSet struct {
	base  *Log
	edits map[*Field]Edit
}

// Edit is the state of one edited field: a value, or a text that is not a value yet.
type Edit struct {
	Value Value
	Text  string // the text as typed, when Err is not nil
	Err   error  // why Text is no value; nil when Value counts
}

// NewChangeSet starts without changes.
func NewChangeSet(base *Log) *ChangeSet { panic("todo") }

// Base is the log as it was fetched.
func (c *ChangeSet) Base() *Log { panic("todo") }

// Value is the value of f as edited; the base's where it is not edited or its text is no value yet.
func (c *ChangeSet) Value(f *Field) Value { panic("todo") }

// Edit is the edit of f, if there is one. A value that means the same as the base's is no edit.
func (c *ChangeSet) Edit(f *Field) (Edit, bool) { panic("todo") }

// Set gives f a value. One that means the same as the base's removes the edit.
func (c *ChangeSet) Set(f *Field, v Value) { panic("todo") }

// SetText gives f the value that text stands for. Text that is no value is kept as an invalid edit, and
// its *ParseError returned.
func (c *ChangeSet) SetText(f *Field, text string) error { panic("todo") }

// Put restores an edit as Edit returned it; with had false it removes it. It is for undo.
func (c *ChangeSet) Put(f *Field, e Edit, had bool) { panic("todo") }

// Revert removes the edit of f.
func (c *ChangeSet) Revert(f *Field) { panic("todo") }

// Changed lists the fields that differ from the base, invalid ones included, in the order of Form.
func (c *ChangeSet) Changed() []*Field { panic("todo") }

// Invalid lists the fields whose text is no value yet, in the order of Form.
func (c *ChangeSet) Invalid() []*Field { panic("todo") }

// Patch is the body of the PATCH: an object with one member for each changed field, in the order of
// Fields, its literal as edited. "{}" when nothing changed. Invalid fields are left out: refuse to send while
// there are any.
func (c *ChangeSet) Patch() []byte { panic("todo") }

// Apply is what the log becomes when its server replaces just the members of the patch.
func (c *ChangeSet) Apply() (*Log, error) { panic("todo") }

// Rebase moves the change set onto a newer reading of the same log. moved lists the fields that
// differ between the two readings; conflicts those of them that are also edited here, to something else
// than what they moved to. When there are conflicts nothing is changed. An edit that the newer reading
// already holds is no change any more.
func (c *ChangeSet) Rebase(newer *Log) (moved, conflicts []*Field) { panic("todo") }

// Unkept compares a log that was read back after a PATCH with what was sent: the fields that the
// server did not keep, in the order of Form.
func (c *ChangeSet) Unkept(readBack *Log) []*Field { panic("todo") }
