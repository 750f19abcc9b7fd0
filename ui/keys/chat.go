package keys

// The actions of the conversation editor that no other screen has.
const (
	NextMessage      Action = "next message"
	PrevMessage      Action = "previous message"
	AddMessage       Action = "add message"
	InsertMessage    Action = "insert message"
	DuplicateMessage Action = "duplicate message"
	DeletePart       Action = "delete part"
	MoveUp           Action = "move up"
	MoveDown         Action = "move down"
	ChooseRole       Action = "choose role"
	SplitMessage     Action = "split message"
	JoinMessages     Action = "join messages"
	AddPart          Action = "add part"
	ListMessages     Action = "list messages"
	FoldMessage      Action = "fold message"
	UnfoldMessage    Action = "unfold message"
	TurnFold         Action = "turn fold"
	FoldAll          Action = "fold all"
	ArgumentsText    Action = "arguments as text"
	SaveImage        Action = "save image"
	Markdown         Action = "markdown"
	CopyPath         Action = "copy path"
	Before           Action = "before"
	After            Action = "after"
)

// Chat is the conversation editor.
var Chat = Table("Conversation", func() []Binding {
	return moving(
		Bind(Edit, "edit the part under the cursor; on a heading: its role", "enter").Hinted("edit"),
		Bind(NextMessage, "next message", "}", "ctrl+down").As("} ctrl+↓"),
		Bind(PrevMessage, "previous message", "{", "ctrl+up").As("{ ctrl+↑"),
		Bind(AddMessage, "add a message after this one", "a").Hinted("add").Changing(),
		Bind(InsertMessage, "insert a message before this one", "i").Changing(),
		Bind(AddPart, "add to the message: name, call id, text, image, tool call, thinking", "+").Hinted("more").Changing(),
		Bind(ChooseRole, "choose the role of the message", "R").Changing(),
		Bind(DeletePart, "delete the part; on a heading: the message", "x", "delete").Hinted("delete").Changing(),
		Bind(DuplicateMessage, "duplicate the message", "D").Changing(),
		Bind(MoveUp, "move the message up; a part of several: within its list", "K", "shift+up").As("K shift+↑").Changing(),
		Bind(MoveDown, "move the message down; a part of several: within its list", "J", "shift+down").As("J shift+↓").Changing(),
		Bind(SplitMessage, "this part and those after it become a message; within a text: enter, then alt+s", "S").Changing(),
		Bind(JoinMessages, "join the message with the next one", "M").Changing(),
		Bind(Undo, "undo the last edit here", "u", "ctrl+z").As("u ctrl+z").Hinted("undo").Changing(),
		Bind(Redo, "redo", "ctrl+r", "ctrl+y").As("ctrl+r ctrl+y").Changing(),
		Bind(ListMessages, "list of the messages; typing filters it", "o").Hinted("list"),
		Bind(Search, "find in the messages", "/").Hinted("find"),
		Bind(NextHit, "next hit", "n"),
		Bind(PrevHit, "previous hit", "N"),
		Bind(TurnFold, "fold or unfold the message, or the thinking under the cursor", " ").As("space").Hinted("fold"),
		Bind(FoldMessage, "fold the message", "left", "h").As("← h"),
		Bind(UnfoldMessage, "unfold the message", "right", "l").As("→ l"),
		Bind(FoldAll, "fold all messages, or unfold them", "z"),
		Bind(ArgumentsText, "edit the arguments of a call as text", "T"),
		Bind(Markdown, "Markdown as written or rendered", "m"),
		Bind(SaveImage, "save or open an image, a sound or a file", "O"),
		Bind(Copy, "copy the part; on a heading: the message as JSON", "y"),
		Bind(CopyPath, "copy its path, as errata set and get take it", "c"),
	)
})

// ChatReading is a conversation that nobody may change.
var ChatReading = Table("Conversation", func() []Binding { return Chat.without(Edit, ArgumentsText) })

// ChatText is what the conversation editor adds while a text of several lines is edited.
var ChatText = Table("Text of a message", func() []Binding {
	return []Binding{
		Bind(Close, "keep the text and return to the messages", "esc").Hinted("keep"),
		Bind(Search, "find in this text", "ctrl+f").Hinted("find"),
		Bind(SplitMessage, "what stands behind the cursor becomes a message of its own", "alt+s").Hinted("split"),
	}
})

// ChatLine is what it adds while a name or an address is edited.
var ChatLine = Table("One line of a message", func() []Binding {
	return []Binding{
		Bind(Accept, "keep the text and return to the messages", "enter", "esc").Hinted("keep"),
		Bind(Search, "find in this text", "ctrl+f"),
	}
})

// ChatJSON is what it adds while a part is edited as JSON.
var ChatJSON = Table("JSON of a message", func() []Binding {
	return []Binding{
		Bind(Close, "back to the messages", "esc").Hinted("messages"),
	}
})

// ChatChoice is a choice of one of a few. Each choice also has a letter.
var ChatChoice = Table("Choice", func() []Binding {
	return []Binding{
		Bind(Before, "the choice before", "left", "up", "shift+tab").As("← ↑"),
		Bind(After, "the next choice", "right", "down", "tab").As("→ ↓").Hinted("choose"),
		Bind(Accept, "take it; a letter takes its choice at once", "enter").Hinted("take"),
		Bind(Close, "leave it as it is", "esc").Hinted("close"),
	}
})

// ChatList is the list of the messages. Letters filter it.
var ChatList = Table("Messages", func() []Binding {
	return []Binding{
		Bind(Up, "up", "up", "ctrl+p").As("↑"),
		Bind(Down, "down", "down", "ctrl+n").As("↓"),
		Bind(PageUp, "a page up", "pgup"),
		Bind(PageDown, "a page down", "pgdown").As("pgdn"),
		Bind(Top, "to the first", "ctrl+home"),
		Bind(Bottom, "to the last", "ctrl+end"),
		Bind(Accept, "go to the message", "enter").Hinted("go"),
		Bind(Close, "close the list", "esc").Hinted("close"),
	}
})
