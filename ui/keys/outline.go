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
var Outline = Table("Outline", func() []Binding {
	return moving(
		Bind(Edit, "edit the value; fold or unfold an object or a list", "enter").Hinted("edit"),
		Bind(NodeAdd, "add after: name=text, name:=JSON, or just a name", "a").Hinted("add").Changing(),
		Bind(NodeInside, "add inside the object or list under the cursor, at its end", "A").Changing(),
		Bind(NodeInsert, "insert before", "i").Changing(),
		Bind(NodeDelete, "delete, with all that is in it", "x", "delete").As("x delete").Hinted("delete").Changing(),
		Bind(NodeRename, "rename", "r").Changing(),
		Bind(NodeRetype, "make it a string, number, boolean, null, object or list", "T").Hinted("type").Changing(),
		Bind(NodeTwin, "duplicate", "D").Changing(),
		Bind(NodeDown, "move it down", "J", "shift+down").As("J shift+↓").Changing(),
		Bind(NodeUp, "move it up", "K", "shift+up").As("K shift+↑").Changing(),
		Bind(Undo, "undo", "u", "ctrl+z").As("u ctrl+z").Changing(),
		Bind(Redo, "redo", "ctrl+r", "ctrl+y").As("ctrl+r ctrl+y").Changing(),
		Bind(Toggle, "true or false the other way; fold or unfold anything else", " ").As("space").Changing(),
		Bind(Unfold, "unfold, also a long text; then go inside", "right", "l").As("→ l"),
		Bind(Fold, "fold; then go to what it is in", "left", "h").As("← h"),
		Bind(FoldLevel, "unfold everything beside it by one level, or fold it", "z"),
		Bind(Search, "find in this value: names and text", "/").Hinted("find"),
		Bind(NextHit, "next hit", "n"),
		Bind(PrevHit, "previous hit", "N"),
		Bind(Copy, "copy what is under the cursor", "y"),
		Bind(CopyPath, "copy its path, as errata set and get take it", "c"),
		Bind(SaveImage, "save or open an image, a sound or a file", "O"),
		Bind(HalfDown, "half a page down", "ctrl+d"),
		Bind(HalfUp, "half a page up", "ctrl+u"),
	)
})

// OutlineEntry is the line in which something new, or a name, is typed.
var OutlineEntry = Table("Entry", func() []Binding {
	return []Binding{
		Bind(Accept, "keep it: name=text is a string, name:=JSON anything else, a name alone an empty string to type into", "enter").Hinted("keep"),
		Bind(Close, "give it up", "esc").Hinted("give up"),
	}
})

// OutlineText is what an outline adds while a value is edited in its row.
var OutlineText = Table("Value", func() []Binding {
	return []Binding{
		Bind(Accept, "keep the value", "enter").Hinted("keep"),
		Bind(Close, "keep the value; one that is none: again to give it up", "esc"),
		Bind(LineBreak, "a line break, in a string", "alt+enter", "ctrl+j").As("alt+enter"),
		Bind(Literally, "keep what is typed as a string, where a number or a word stood", "alt+s"),
		Bind(Search, "find in this text", "ctrl+f"),
	}
})

// OutlineLines is what an outline adds while a text is edited below its rows.
var OutlineLines = Table("Text", func() []Binding {
	return []Binding{
		Bind(Close, "keep the text and return to the rows", "esc").Hinted("keep"),
		Bind(Search, "find in this text", "ctrl+f").Hinted("find"),
	}
})

// OutlineType is the choice of another type.
var OutlineType = Table("Type", func() []Binding {
	return []Binding{
		Bind(TypeString, "string: the digits, or the JSON of an object or a list, as text", "s").Hinted("string").Changing(),
		Bind(TypeNumber, "number: of a text that is one, 1 of true", "n").Hinted("number").Changing(),
		Bind(TypeBoolean, "true or false", "b").Hinted("boolean").Changing(),
		Bind(TypeNull, "null", "u", "0").Hinted("null").Changing(),
		Bind(TypeObject, "object: a list with its numbers as names, a text of JSON", "o", "{").Hinted("object").Changing(),
		Bind(TypeArray, "list: the values of an object, a text of JSON, a list of just this", "a", "l", "[").Hinted("list").Changing(),
		Bind(Close, "leave it", "esc", "q", "T").Hinted("leave"),
	}
})

// OutlineReading is an outline that changes nothing.
var OutlineReading = Table("Outline", func() []Binding {
	return moving(
		Bind(Edit, "read a text, scrolling; fold or unfold an object or a list", "enter").Hinted("read"),
		Bind(Toggle, "fold or unfold", " ").As("space"),
		Bind(Unfold, "unfold, also a long text; then go inside", "right", "l").As("→ l").Hinted("unfold"),
		Bind(Fold, "fold; then go to what it is in", "left", "h").As("← h").Hinted("fold"),
		Bind(FoldLevel, "unfold everything beside it by one level, or fold it", "z"),
		Bind(Search, "find in this value: names and text", "/").Hinted("find"),
		Bind(NextHit, "next hit", "n"),
		Bind(PrevHit, "previous hit", "N"),
		Bind(Copy, "copy what is under the cursor", "y").Hinted("copy"),
		Bind(CopyPath, "copy its path, as errata set and get take it", "c"),
		Bind(SaveImage, "save or open an image, a sound or a file", "O"),
		Bind(HalfDown, "half a page down", "ctrl+d"),
		Bind(HalfUp, "half a page up", "ctrl+u"),
	)
})

// OutlineLook is a text of an outline that is only looked at.
var OutlineLook = Table("Text", func() []Binding {
	return moving(
		Bind(Close, "back to the rows", "esc", "left", "h", "q", "enter").As("esc ← q").Hinted("back"),
		Bind(Search, "find in this text", "/").Hinted("find"),
	)
})
