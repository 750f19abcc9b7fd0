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
	NodePath   Action = "copy path"
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
var Outline = Map{Title: "Outline", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Edit, Keys: []string{"enter"}, Help: "edit the value; fold or unfold an object or a list", Hint: "edit"},
	Binding{Do: NodeAdd, Keys: []string{"a"}, Help: "add after: name=text, name:=JSON, or just a name", Hint: "add"},
	Binding{Do: NodeInside, Keys: []string{"A"}, Help: "add inside the object or list under the cursor, at its end"},
	Binding{Do: NodeInsert, Keys: []string{"i"}, Help: "insert before"},
	Binding{Do: NodeDelete, Keys: []string{"x", "delete"}, Show: "x delete", Help: "delete, with all that is in it", Hint: "delete"},
	Binding{Do: NodeRename, Keys: []string{"r"}, Help: "rename"},
	Binding{Do: NodeRetype, Keys: []string{"T"}, Help: "make it a string, number, boolean, null, object or list", Hint: "type"},
	Binding{Do: NodeTwin, Keys: []string{"D"}, Help: "duplicate"},
	Binding{Do: NodeDown, Keys: []string{"J", "shift+down"}, Show: "J shift+↓", Help: "move it down"},
	Binding{Do: NodeUp, Keys: []string{"K", "shift+up"}, Show: "K shift+↑", Help: "move it up"},
	Binding{Do: Undo, Keys: []string{"u"}, Help: "undo"},
	Binding{Do: Redo, Keys: []string{"ctrl+r"}, Help: "redo"},
	Binding{Do: Toggle, Keys: []string{" "}, Show: "space", Help: "true or false the other way; fold or unfold anything else"},
	Binding{Do: Unfold, Keys: []string{"right", "l"}, Show: "→ l", Help: "unfold, also a long text; then go inside"},
	Binding{Do: Fold, Keys: []string{"left", "h"}, Show: "← h", Help: "fold; then go to what it is in"},
	Binding{Do: FoldLevel, Keys: []string{"z"}, Help: "unfold everything beside it by one level, or fold it"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "find in this value: names and text", Hint: "find"},
	Binding{Do: NextHit, Keys: []string{"n"}, Help: "next hit"},
	Binding{Do: PrevHit, Keys: []string{"N"}, Help: "previous hit"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy what is under the cursor"},
	Binding{Do: NodePath, Keys: []string{"c"}, Help: "copy its path, as jq takes it"},
	Binding{Do: HalfDown, Keys: []string{"ctrl+d"}, Help: "half a page down"},
	Binding{Do: HalfUp, Keys: []string{"ctrl+u"}, Help: "half a page up"},
)}

// OutlineEntry is the line in which something new, or a name, is typed.
var OutlineEntry = Map{Title: "Entry", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter"}, Help: "keep it: name=text is a string, name:=JSON anything else, a name alone an empty string to type into", Hint: "keep"},
	{Do: Close, Keys: []string{"esc"}, Help: "give it up", Hint: "give up"},
}}

// OutlineText is what an outline adds while a value is edited in its row.
var OutlineText = Map{Title: "Value", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter"}, Help: "keep the value", Hint: "keep"},
	{Do: Close, Keys: []string{"esc"}, Help: "keep the value; one that is none: again to give it up"},
	{Do: LineBreak, Keys: []string{"alt+enter", "ctrl+j"}, Show: "alt+enter", Help: "a line break, in a string"},
	{Do: Literally, Keys: []string{"alt+s"}, Help: "keep what is typed as a string, where a number or a word stood"},
}}

// OutlineLines is what an outline adds while a text is edited below its rows.
var OutlineLines = Map{Title: "Text", Bindings: []Binding{
	{Do: Close, Keys: []string{"esc"}, Help: "keep the text and return to the rows", Hint: "keep"},
}}

// OutlineType is the choice of another type.
var OutlineType = Map{Title: "Type", Bindings: []Binding{
	{Do: TypeString, Keys: []string{"s"}, Help: "string: the digits, or the JSON of an object or a list, as text", Hint: "string"},
	{Do: TypeNumber, Keys: []string{"n"}, Help: "number: of a text that is one, 1 of true", Hint: "number"},
	{Do: TypeBoolean, Keys: []string{"b"}, Help: "true or false", Hint: "boolean"},
	{Do: TypeNull, Keys: []string{"u", "0"}, Help: "null", Hint: "null"},
	{Do: TypeObject, Keys: []string{"o", "{"}, Help: "object: a list with its numbers as names, a text of JSON", Hint: "object"},
	{Do: TypeArray, Keys: []string{"a", "l", "["}, Help: "list: the values of an object, a text of JSON, a list of just this", Hint: "list"},
	{Do: Close, Keys: []string{"esc", "q", "T"}, Help: "leave it", Hint: "leave"},
}}

// OutlineReading is an outline that changes nothing.
var OutlineReading = Map{Title: "Outline", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Edit, Keys: []string{"enter"}, Help: "read a text, scrolling; fold or unfold an object or a list", Hint: "read"},
	Binding{Do: Toggle, Keys: []string{" "}, Show: "space", Help: "fold or unfold"},
	Binding{Do: Unfold, Keys: []string{"right", "l"}, Show: "→ l", Help: "unfold, also a long text; then go inside", Hint: "unfold"},
	Binding{Do: Fold, Keys: []string{"left", "h"}, Show: "← h", Help: "fold; then go to what it is in", Hint: "fold"},
	Binding{Do: FoldLevel, Keys: []string{"z"}, Help: "unfold everything beside it by one level, or fold it"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "find in this value: names and text", Hint: "find"},
	Binding{Do: NextHit, Keys: []string{"n"}, Help: "next hit"},
	Binding{Do: PrevHit, Keys: []string{"N"}, Help: "previous hit"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy what is under the cursor", Hint: "copy"},
	Binding{Do: NodePath, Keys: []string{"c"}, Help: "copy its path, as jq takes it"},
	Binding{Do: HalfDown, Keys: []string{"ctrl+d"}, Help: "half a page down"},
	Binding{Do: HalfUp, Keys: []string{"ctrl+u"}, Help: "half a page up"},
)}

// OutlineLook is a text of an outline that is only looked at.
var OutlineLook = Map{Title: "Text", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Close, Keys: []string{"esc", "left", "h", "q", "enter"}, Show: "esc ← q", Help: "back to the rows", Hint: "back"},
)}
