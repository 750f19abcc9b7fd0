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

// Typing is the keys of every text that is typed, besides the letters. A line that stands alone has
// no use for those that go up and down, nor for a new line.
var Typing = Table("While typing", func() []Binding {
	return []Binding{
		Bind(CharLeft, "left", "left").As("←"),
		Bind(CharRight, "right", "right").As("→"),
		Bind(Up, "up", "up").As("↑"),
		Bind(Down, "down", "down").As("↓"),
		Bind(WordLeft, "word left", "ctrl+left", "alt+b", "alt+left").As("ctrl+← alt+b alt+←"),
		Bind(WordRight, "word right", "ctrl+right", "alt+f", "alt+right").As("ctrl+→ alt+f alt+→"),
		Bind(RowStart, "start of the row, then of the line", "home"),
		Bind(RowEnd, "end of the row, then of the line", "end"),
		Bind(LineStart, "start of the line", "ctrl+a"),
		Bind(LineEnd, "end of the line", "ctrl+e"),
		Bind(Top, "start of the text", "ctrl+home"),
		Bind(Bottom, "end of the text", "ctrl+end"),
		Bind(PageUp, "a page up", "pgup"),
		Bind(PageDown, "a page down", "pgdown").As("pgdn"),
		Bind(NewLine, "new line", "enter", "ctrl+j"),
		Bind(DeleteLeft, "delete to the left", "backspace", "ctrl+h"),
		Bind(DeleteRight, "delete to the right", "delete"),
		Bind(DeleteWord, "delete the word to the left", "ctrl+w", "alt+backspace"),
		Bind(DeleteToStart, "delete to the start of the line", "ctrl+u"),
		Bind(DeleteToEnd, "delete to the end of the line", "ctrl+k"),
		Bind(Undo, "undo", "ctrl+z"),
		Bind(Redo, "redo", "ctrl+y"),
		Bind(Verbatim, "type the next key literally, a tab say", "ctrl+v"),
	}
})
