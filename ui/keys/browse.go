package keys

// The actions of choosing columns.
const (
	AddPath  Action = "add a path"
	OneLine  Action = "one line"
	AsBefore Action = "as before"
)

// FilterLine is the line in which a filter is typed.
var FilterLine = Table("Filter", func() []Binding {
	return []Binding{
		Bind(Accept, "list what the filter selects", "enter").Hinted("list"),
		Bind(Complete, "complete the word; again: the next one", "tab").Hinted("complete"),
		Bind(Close, "close", "esc").Hinted("close"),
	}
})

// GoToLine is the line in which it is typed where to go.
var GoToLine = Table("Go to", func() []Binding {
	return []Binding{
		Bind(Accept, "go to the log, or list the logs of the prompt", "enter").Hinted("go"),
		Bind(Complete, "complete the id or the path", "tab").Hinted("complete"),
		Bind(Close, "close", "esc").Hinted("close"),
	}
})

// ColumnsScreen is the list in which columns are chosen.
var ColumnsScreen = Table("Columns", func() []Binding {
	return []Binding{
		Bind(Up, "up", "up", "k").As("↑ k"),
		Bind(Down, "down", "down", "j").As("↓ j"),
		Bind(Top, "to the first", "home", "g").As("home g"),
		Bind(Bottom, "to the last", "end", "G").As("end G"),
		Bind(Mark, "show the column, or leave it out", " ").As("space").Hinted("show"),
		Bind(MoveUp, "move the column to the left", "K", "shift+up").As("K shift+↑").Hinted("left"),
		Bind(MoveDown, "move the column to the right", "J", "shift+down").As("J shift+↓").Hinted("right"),
		Bind(AddPath, "add what stands at a path, such as metadata.channel or judgment.rating", "a").Hinted("add"),
		Bind(OneLine, "one line for each log, or two where one has no room", "l").Hinted("lines"),
		Bind(AsBefore, "the columns as errata has them by itself", "d").Hinted("default"),
		Bind(Copy, "copy the line for config.toml that makes these the columns", "y").Hinted("copy"),
		Bind(Close, "back to the list", "esc", "enter", "q", "C").As("esc enter").Hinted("done"),
	}
})

// AddColumn is the line in which the path of a column is typed.
var AddColumn = Table("Add a column", func() []Binding {
	return []Binding{
		Bind(Accept, "add the column", "enter").Hinted("add"),
		Bind(Complete, "complete the path; again: the next one", "tab").Hinted("complete"),
		Bind(Close, "add none", "esc").Hinted("close"),
	}
})

// Picker is the list of prompts or of drafts; what is typed narrows it.
var Picker = Table("Choose", func() []Binding {
	return []Binding{
		Bind(Accept, "list the logs of this prompt, or open the log of this draft", "enter").Hinted("choose"),
		Bind(Down, "down", "down", "ctrl+n").As("↓").Hinted("next"),
		Bind(Up, "up", "up", "ctrl+p").As("↑"),
		Bind(PageDown, "a page down", "pgdown").As("pgdn"),
		Bind(PageUp, "a page up", "pgup"),
		Bind(Close, "close, changing nothing", "esc").Hinted("close"),
	}
})
