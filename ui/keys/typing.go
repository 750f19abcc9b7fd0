package keys

// The actions of an editor of text.
const (
	CharLeft      Action = "character left"
	CharRight     Action = "character right"
	WordLeft      Action = "word left"
	WordRight     Action = "word right"
	RowStart      Action = "start of the row"
	RowEnd        Action = "end of the row"
	LineStart     Action = "start of the line"
	LineEnd       Action = "end of the line"
	NewLine       Action = "new line"
	DeleteLeft    Action = "delete to the left"
	DeleteRight   Action = "delete to the right"
	DeleteWord    Action = "delete the word"
	DeleteToStart Action = "delete to the start"
	DeleteToEnd   Action = "delete to the end"
	Verbatim      Action = "verbatim"
)

// Typing is the keys of every text that is typed, besides the letters. A line that is alone has no
// use for those that go up and down, nor for a new line.
var Typing = Map{"While typing", &rows{written: []row{
	{do: CharLeft, help: "left", keys: "left", label: "←"},
	{do: CharRight, help: "right", keys: "right", label: "→"},
	{do: Up, help: "up", keys: "up", label: "↑"},
	{do: Down, help: "down", keys: "down", label: "↓"},
	{do: WordLeft, help: "word left", keys: "ctrl+left alt+b alt+left", label: "ctrl+← alt+b alt+←"},
	{do: WordRight, help: "word right", keys: "ctrl+right alt+f alt+right", label: "ctrl+→ alt+f alt+→"},
	{do: RowStart, help: "start of the row, then of the line", keys: "home"},
	{do: RowEnd, help: "end of the row, then of the line", keys: "end"},
	{do: LineStart, help: "start of the line", keys: "ctrl+a"},
	{do: LineEnd, help: "end of the line", keys: "ctrl+e"},
	{do: Top, help: "start of the text", keys: "ctrl+home"},
	{do: Bottom, help: "end of the text", keys: "ctrl+end"},
	{do: PageUp, help: "a page up", keys: "pgup"},
	{do: PageDown, help: "a page down", keys: "pgdown", label: "pgdn"},
	{do: NewLine, help: "new line", keys: "enter ctrl+j"},
	{do: DeleteLeft, help: "delete to the left", keys: "backspace ctrl+h"},
	{do: DeleteRight, help: "delete to the right", keys: "delete"},
	{do: DeleteWord, help: "delete the word to the left", keys: "ctrl+w alt+backspace"},
	{do: DeleteToStart, help: "delete to the start of the line", keys: "ctrl+u"},
	{do: DeleteToEnd, help: "delete to the end of the line", keys: "ctrl+k"},
	{do: Undo, help: "undo", keys: "ctrl+z"},
	{do: Redo, help: "redo", keys: "ctrl+y"},
	{do: Verbatim, help: "type the next key literally, a tab say", keys: "ctrl+v"},
}}}
