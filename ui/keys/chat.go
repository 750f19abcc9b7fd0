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
	CopyPlace        Action = "copy place"
	Before           Action = "before"
	After            Action = "after"
)

// Chat is the conversation editor.
var Chat = Map{Title: "Conversation", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Edit, Keys: []string{"enter"}, Help: "edit the part under the cursor; on a heading: its role", Hint: "edit"},
	Binding{Do: NextMessage, Keys: []string{"}", "ctrl+down"}, Show: "} ctrl+↓", Help: "next message"},
	Binding{Do: PrevMessage, Keys: []string{"{", "ctrl+up"}, Show: "{ ctrl+↑", Help: "previous message"},
	Binding{Do: AddMessage, Keys: []string{"a"}, Help: "add a message after this one", Hint: "add"},
	Binding{Do: InsertMessage, Keys: []string{"i"}, Help: "insert a message before this one"},
	Binding{Do: AddPart, Keys: []string{"+"}, Help: "add to the message: name, call id, text, image, tool call, thinking", Hint: "more"},
	Binding{Do: ChooseRole, Keys: []string{"R"}, Help: "choose the role of the message"},
	Binding{Do: DeletePart, Keys: []string{"x", "delete"}, Help: "delete the part; on a heading: the message", Hint: "delete"},
	Binding{Do: DuplicateMessage, Keys: []string{"D"}, Help: "duplicate the message"},
	Binding{Do: MoveUp, Keys: []string{"K", "shift+up"}, Show: "K shift+↑", Help: "move the message up; a part of several: within its list"},
	Binding{Do: MoveDown, Keys: []string{"J", "shift+down"}, Show: "J shift+↓", Help: "move the message down; a part of several: within its list"},
	Binding{Do: SplitMessage, Keys: []string{"S"}, Help: "this part and those after it become a message; within a text: enter, then alt+s"},
	Binding{Do: JoinMessages, Keys: []string{"M"}, Help: "join the message with the next one"},
	Binding{Do: Undo, Keys: []string{"u"}, Help: "undo the last edit here", Hint: "undo"},
	Binding{Do: Redo, Keys: []string{"ctrl+r"}, Help: "redo"},
	Binding{Do: ListMessages, Keys: []string{"o"}, Help: "list of the messages; typing filters it", Hint: "list"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "find in the messages", Hint: "find"},
	Binding{Do: NextHit, Keys: []string{"n"}, Help: "next hit"},
	Binding{Do: PrevHit, Keys: []string{"N"}, Help: "previous hit"},
	Binding{Do: TurnFold, Keys: []string{" "}, Show: "space", Help: "fold or unfold the message, or the thinking under the cursor", Hint: "fold"},
	Binding{Do: FoldMessage, Keys: []string{"left", "h"}, Show: "← h", Help: "fold the message"},
	Binding{Do: UnfoldMessage, Keys: []string{"right", "l"}, Show: "→ l", Help: "unfold the message"},
	Binding{Do: FoldAll, Keys: []string{"z"}, Help: "fold all messages, or unfold them"},
	Binding{Do: ArgumentsText, Keys: []string{"T"}, Help: "edit the arguments of a call as text"},
	Binding{Do: Markdown, Keys: []string{"m"}, Help: "Markdown as written or rendered"},
	Binding{Do: SaveImage, Keys: []string{"O"}, Help: "save or open the image"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy the part; on a heading: the message as JSON"},
	Binding{Do: CopyPlace, Keys: []string{"c"}, Help: "copy the path as jq takes it"},
)}

// ChatText is what the conversation editor adds while a text of several lines is edited.
var ChatText = Map{Title: "Text of a message", Bindings: []Binding{
	{Do: Close, Keys: []string{"esc"}, Help: "keep the text and return to the messages", Hint: "keep"},
	{Do: SplitMessage, Keys: []string{"alt+s"}, Help: "what stands behind the cursor becomes a message of its own", Hint: "split"},
}}

// ChatLine is what it adds while a name or an address is edited.
var ChatLine = Map{Title: "One line of a message", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter", "esc"}, Help: "keep the text and return to the messages", Hint: "keep"},
}}

// ChatJSON is what it adds while a part is edited as JSON.
var ChatJSON = Map{Title: "JSON of a message", Bindings: []Binding{
	{Do: Close, Keys: []string{"esc"}, Help: "back to the messages", Hint: "messages"},
}}

// ChatChoice is a choice of one of a few. Each choice also has a letter.
var ChatChoice = Map{Title: "Choice", Bindings: []Binding{
	{Do: Before, Keys: []string{"left", "up", "shift+tab"}, Show: "← ↑", Help: "the choice before"},
	{Do: After, Keys: []string{"right", "down", "tab"}, Show: "→ ↓", Help: "the next choice", Hint: "choose"},
	{Do: Accept, Keys: []string{"enter"}, Help: "take it; a letter takes its choice at once", Hint: "take"},
	{Do: Close, Keys: []string{"esc"}, Help: "leave it as it is", Hint: "close"},
}}

// ChatList is the list of the messages. Letters filter it.
var ChatList = Map{Title: "Messages", Bindings: []Binding{
	{Do: Up, Keys: []string{"up", "ctrl+p"}, Show: "↑", Help: "up"},
	{Do: Down, Keys: []string{"down", "ctrl+n"}, Show: "↓", Help: "down"},
	{Do: PageUp, Keys: []string{"pgup"}, Help: "a page up"},
	{Do: PageDown, Keys: []string{"pgdown"}, Show: "pgdn", Help: "a page down"},
	{Do: Top, Keys: []string{"ctrl+home"}, Help: "to the first"},
	{Do: Bottom, Keys: []string{"ctrl+end"}, Help: "to the last"},
	{Do: Accept, Keys: []string{"enter"}, Help: "go to the message", Hint: "go"},
	{Do: Close, Keys: []string{"esc"}, Help: "close the list", Hint: "close"},
}}
