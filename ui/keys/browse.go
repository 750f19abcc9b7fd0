package keys

// The actions of choosing columns.
const (
	AddPath  Action = "add a path"
	OneLine  Action = "one line"
	AsBefore Action = "as before"
)

// FilterLine is the line in which a filter is typed.
var FilterLine = Map{"Filter", &rows{written: []row{
	{do: Accept, help: "list what the filter selects", keys: "enter", hint: "list"},
	{do: Complete, help: "complete the word; again: the next one", keys: "tab", hint: "complete"},
	{do: Close, help: "close", keys: "esc", hint: "close"},
}}}

// GoToLine is the line in which it is typed where to go.
var GoToLine = Map{"Go to", &rows{written: []row{
	{do: Accept, help: "go to the log, or list the logs of the prompt", keys: "enter", hint: "go"},
	{do: Complete, help: "complete the id or the path", keys: "tab", hint: "complete"},
	{do: Close, help: "close", keys: "esc", hint: "close"},
}}}

// ColumnsScreen is the list in which columns are chosen.
var ColumnsScreen = Map{"Columns", &rows{written: []row{
	{do: Up, help: "up", keys: "up k", label: "↑ k"},
	{do: Down, help: "down", keys: "down j", label: "↓ j"},
	{do: Top, help: "to the first", keys: "home g"},
	{do: Bottom, help: "to the last", keys: "end G"},
	{do: Mark, help: "show the column, or leave it out", keys: "space", hint: "show"},
	{do: MoveUp, help: "move the column to the left", keys: "K shift+up", label: "K shift+↑", hint: "left"},
	{do: MoveDown, help: "move the column to the right", keys: "J shift+down", label: "J shift+↓", hint: "right"},
	{do: AddPath, help: "add a column for a path, such as metadata.channel or judgment.rating", keys: "a", hint: "add"},
	{do: OneLine, help: "one line for each log, or two where one has no room", keys: "l", hint: "lines"},
	{do: AsBefore, help: "the columns as errata has them by itself", keys: "d", hint: "default"},
	{do: Copy, help: "copy the line for config.toml that makes these the columns", keys: "y", hint: "copy"},
	{do: Close, help: "back to the list", keys: "esc enter q C", label: "esc enter", hint: "done"},
}}}

// AddColumn is the line in which the path of a column is typed.
var AddColumn = Map{"Add a column", &rows{written: []row{
	{do: Accept, help: "add the column", keys: "enter", hint: "add"},
	{do: Complete, help: "complete the path; again: the next one", keys: "tab", hint: "complete"},
	{do: Close, help: "add none", keys: "esc", hint: "close"},
}}}

// Picker is the list of prompts or of drafts; what is typed narrows it.
var Picker = Map{"Choose", &rows{written: []row{
	{do: Accept, help: "list the logs of this prompt, or open the log of this draft", keys: "enter", hint: "choose"},
	{do: Down, help: "down", keys: "down ctrl+n", label: "↓", hint: "next"},
	{do: Up, help: "up", keys: "up ctrl+p", label: "↑"},
	{do: PageDown, help: "a page down", keys: "pgdown", label: "pgdn"},
	{do: PageUp, help: "a page up", keys: "pgup"},
	{do: Close, help: "close, changing nothing", keys: "esc", hint: "close"},
}}}
