package keys

// The actions of an outline.
const (
	NodeAdd    Action = "add after"
	NodeInsert Action = "insert before"
	NodeInside Action = "add inside"
	NodeTwin   Action = "duplicate"
	NodeDelete Action = "delete"
	NodeUp     Action = "move up"
	NodeDown   Action = "move down"
	NodeRename Action = "rename"
	NodeRetype Action = "retype"
	Toggle     Action = "toggle"
	Unfold     Action = "unfold"
	Fold       Action = "fold"
	FoldLevel  Action = "fold level"
	HalfUp     Action = "half a page up"
	HalfDown   Action = "half a page down"

	Literally Action = "as a string"
	LineBreak Action = "line break"

	TypeString  Action = "string"
	TypeNumber  Action = "number"
	TypeBoolean Action = "boolean"
	TypeNull    Action = "make null"
	TypeObject  Action = "object"
	TypeArray   Action = "array"
)

// Outline is any JSON value as a tree, a row a member.
var Outline = Map{"Outline", &rows{moves: true, written: []row{
	{do: Edit, help: "edit the value; fold or unfold an object or a list", keys: "enter", hint: "edit"},
	{do: NodeAdd, help: "add after: name=text, name:=JSON, or just a name", keys: "a", hint: "add", changes: true},
	{do: NodeInside, help: "add inside the object or list under the cursor, at its end", keys: "A", changes: true},
	{do: NodeInsert, help: "insert before", keys: "i", changes: true},
	{do: NodeDelete, help: "delete, with all that is in it", keys: "x delete", hint: "delete", changes: true},
	{do: NodeRename, help: "rename", keys: "r", changes: true},
	{do: NodeRetype, help: "make it a string, number, boolean, null, object or list", keys: "T", hint: "type", changes: true},
	{do: NodeTwin, help: "duplicate", keys: "D", changes: true},
	{do: NodeDown, help: "move it down", keys: "J shift+down", label: "J shift+↓", changes: true},
	{do: NodeUp, help: "move it up", keys: "K shift+up", label: "K shift+↑", changes: true},
	{do: Undo, help: "undo", keys: "u ctrl+z", changes: true},
	{do: Redo, help: "redo", keys: "ctrl+r ctrl+y", changes: true},
	{do: Toggle, help: "switch between true and false; fold or unfold anything else", keys: "space", changes: true},
	{do: Unfold, help: "unfold, also a long text; then go inside", keys: "right l", label: "→ l"},
	{do: Fold, help: "fold; then go to the value around it", keys: "left h", label: "← h"},
	{do: FoldLevel, help: "unfold everything beside it by one level, or fold it", keys: "z"},
	{do: Search, help: "find in this value: names and text", keys: "/", hint: "find"},
	{do: NextHit, help: "next hit", keys: "n"},
	{do: PrevHit, help: "previous hit", keys: "N"},
	{do: Copy, help: "copy what is under the cursor", keys: "y"},
	{do: CopyPath, help: "copy its path, as errata set and get take it", keys: "c"},
	{do: SaveImage, help: "save or open an image, a sound or a file", keys: "O"},
	{do: HalfDown, help: "half a page down", keys: "ctrl+d"},
	{do: HalfUp, help: "half a page up", keys: "ctrl+u"},
}}}

// OutlineEntry is the line in which something new, or a name, is typed.
var OutlineEntry = Map{"Entry", &rows{written: []row{
	{do: Accept, help: "keep it: name=text is a string, name:=JSON anything else, a name alone an empty string to type into", keys: "enter", hint: "keep"},
	{do: Close, help: "give it up", keys: "esc", hint: "give up"},
}}}

// OutlineText is what an outline adds while a value is edited in its row.
var OutlineText = Map{"Value", &rows{written: []row{
	{do: Accept, help: "keep the value", keys: "enter", hint: "keep"},
	{do: Close, help: "keep the value; if it is not valid, press again to discard it", keys: "esc"},
	{do: LineBreak, help: "a line break, in a string", keys: "alt+enter ctrl+j", label: "alt+enter"},
	{do: Literally, help: "keep what is typed as a string, even if it replaces a number or a word", keys: "alt+s"},
	{do: Search, help: "find in this text", keys: "ctrl+f"},
}}}

// OutlineLines is what an outline adds while a text is edited below its rows.
var OutlineLines = Map{"Text", &rows{written: []row{
	{do: Close, help: "keep the text and return to the rows", keys: "esc", hint: "keep"},
	{do: Search, help: "find in this text", keys: "ctrl+f", hint: "find"},
}}}

// OutlineType is the choice of another type.
var OutlineType = Map{"Type", &rows{written: []row{
	{do: TypeString, help: "string: the digits, or the JSON of an object or a list, as text", keys: "s", hint: "string", changes: true},
	{do: TypeNumber, help: "number: of a text that is one, 1 of true", keys: "n", hint: "number", changes: true},
	{do: TypeBoolean, help: "true or false", keys: "b", hint: "boolean", changes: true},
	{do: TypeNull, help: "null", keys: "u 0", hint: "null", changes: true},
	{do: TypeObject, help: "object: a list with its numbers as names, a text of JSON", keys: "o {", hint: "object", changes: true},
	{do: TypeArray, help: "list: the values of an object, a text of JSON, a list of just this", keys: "a l [", hint: "list", changes: true},
	{do: Close, help: "leave it", keys: "esc q T", hint: "leave"},
}}}

// OutlineReading is an outline that changes nothing.
var OutlineReading = Map{"Outline", &rows{moves: true, written: []row{
	{do: Edit, help: "read a text, scrolling; fold or unfold an object or a list", keys: "enter", hint: "read"},
	{do: Toggle, help: "fold or unfold", keys: "space"},
	{do: Unfold, help: "unfold, also a long text; then go inside", keys: "right l", label: "→ l", hint: "unfold"},
	{do: Fold, help: "fold; then go to the value around it", keys: "left h", label: "← h", hint: "fold"},
	{do: FoldLevel, help: "unfold everything beside it by one level, or fold it", keys: "z"},
	{do: Search, help: "find in this value: names and text", keys: "/", hint: "find"},
	{do: NextHit, help: "next hit", keys: "n"},
	{do: PrevHit, help: "previous hit", keys: "N"},
	{do: Copy, help: "copy what is under the cursor", keys: "y", hint: "copy"},
	{do: CopyPath, help: "copy its path, as errata set and get take it", keys: "c"},
	{do: SaveImage, help: "save or open an image, a sound or a file", keys: "O"},
	{do: HalfDown, help: "half a page down", keys: "ctrl+d"},
	{do: HalfUp, help: "half a page up", keys: "ctrl+u"},
}}}

// OutlineLook is a text of an outline that is only looked at.
var OutlineLook = Map{"Text", &rows{moves: true, written: []row{
	{do: Close, help: "back to the rows", keys: "esc left h q enter", label: "esc ← q", hint: "back"},
	{do: Search, help: "find in this text", keys: "/", hint: "find"},
}}}
