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
var Chat = Map{"Conversation", &rows{moves: true, written: []row{
	{do: Edit, help: "edit the part under the cursor; on a heading: its role", keys: "enter", hint: "edit"},
	{do: NextMessage, help: "next message", keys: "} ctrl+down", label: "} ctrl+↓"},
	{do: PrevMessage, help: "previous message", keys: "{ ctrl+up", label: "{ ctrl+↑"},
	{do: AddMessage, help: "add a message after this one", keys: "a", hint: "add", changes: true},
	{do: InsertMessage, help: "insert a message before this one", keys: "i", changes: true},
	{do: AddPart, help: "add to the message: name, call id, text, image, tool call, thinking", keys: "+", hint: "more", changes: true},
	{do: ChooseRole, help: "choose the role of the message", keys: "R", changes: true},
	{do: DeletePart, help: "delete the part; on a heading: the message", keys: "x delete", hint: "delete", changes: true},
	{do: DuplicateMessage, help: "duplicate the message", keys: "D", changes: true},
	{do: MoveUp, help: "move the message up; a part of several: within its list", keys: "K shift+up", label: "K shift+↑", changes: true},
	{do: MoveDown, help: "move the message down; a part of several: within its list", keys: "J shift+down", label: "J shift+↓", changes: true},
	{do: SplitMessage, help: "make a new message of this part and those after it; within a text: enter, then alt+s", keys: "S", changes: true},
	{do: JoinMessages, help: "join the message with the next one", keys: "M", changes: true},
	{do: Undo, help: "undo the last edit here", keys: "u ctrl+z", hint: "undo", changes: true},
	{do: Redo, help: "redo", keys: "ctrl+r ctrl+y", changes: true},
	{do: ListMessages, help: "list of the messages; typing filters it", keys: "o", hint: "list"},
	{do: Search, help: "find in the messages", keys: "/", hint: "find"},
	{do: NextHit, help: "next hit", keys: "n"},
	{do: PrevHit, help: "previous hit", keys: "N"},
	{do: TurnFold, help: "fold or unfold the message, or the thinking under the cursor", keys: "space", hint: "fold"},
	{do: FoldMessage, help: "fold the message", keys: "left h", label: "← h"},
	{do: UnfoldMessage, help: "unfold the message", keys: "right l", label: "→ l"},
	{do: FoldAll, help: "fold all messages, or unfold them", keys: "z"},
	{do: ArgumentsText, help: "edit the arguments of a call as text", keys: "T"},
	{do: Markdown, help: "Markdown as written or rendered", keys: "m"},
	{do: SaveImage, help: "save or open an image, a sound or a file", keys: "O"},
	{do: Copy, help: "copy the part; on a heading: the message as JSON", keys: "y"},
	{do: CopyPath, help: "copy its path, as errata set and get take it", keys: "c"},
}}}

// ChatReading is a conversation that nobody may change.
var ChatReading = Table("Conversation", func() []Binding { return Chat.without(Edit, ArgumentsText) })

// ChatText is what the conversation editor adds while a text of several lines is edited.
var ChatText = Map{"Text of a message", &rows{written: []row{
	{do: Close, help: "keep the text and return to the messages", keys: "esc", hint: "keep"},
	{do: Search, help: "find in this text", keys: "ctrl+f", hint: "find"},
	{do: SplitMessage, help: "make a new message of the text after the cursor", keys: "alt+s", hint: "split"},
}}}

// ChatLine is what it adds while a name or an address is edited.
var ChatLine = Map{"One line of a message", &rows{written: []row{
	{do: Accept, help: "keep the text and return to the messages", keys: "enter esc", hint: "keep"},
	{do: Search, help: "find in this text", keys: "ctrl+f"},
}}}

// ChatJSON is what it adds while a part is edited as JSON.
var ChatJSON = Map{"JSON of a message", &rows{written: []row{
	{do: Close, help: "back to the messages", keys: "esc", hint: "messages"},
}}}

// ChatChoice is a choice of one of a few. Each choice also has a letter.
var ChatChoice = Map{"Choice", &rows{written: []row{
	{do: Before, help: "the choice before", keys: "left up shift+tab", label: "← ↑"},
	{do: After, help: "the next choice", keys: "right down tab", label: "→ ↓", hint: "choose"},
	{do: Accept, help: "take it; a letter takes its choice at once", keys: "enter", hint: "take"},
	{do: Close, help: "leave it as it is", keys: "esc", hint: "close"},
}}}

// ChatList is the list of the messages. Letters filter it.
var ChatList = Map{"Messages", &rows{written: []row{
	{do: Up, help: "up", keys: "up ctrl+p", label: "↑"},
	{do: Down, help: "down", keys: "down ctrl+n", label: "↓"},
	{do: PageUp, help: "a page up", keys: "pgup"},
	{do: PageDown, help: "a page down", keys: "pgdown", label: "pgdn"},
	{do: Top, help: "to the first", keys: "ctrl+home"},
	{do: Bottom, help: "to the last", keys: "ctrl+end"},
	{do: Accept, help: "go to the message", keys: "enter", hint: "go"},
	{do: Close, help: "close the list", keys: "esc", hint: "close"},
}}}
