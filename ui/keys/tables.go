package keys

// The actions.
const (
	Help      Action = "help"
	Interrupt Action = "interrupt"
	Close     Action = "close"
	Back      Action = "back"
	Suspend   Action = "suspend"

	Up       Action = "up"
	Down     Action = "down"
	PageUp   Action = "page up"
	PageDown Action = "page down"
	Top      Action = "top"
	Bottom   Action = "bottom"

	Edit       Action = "edit"
	Read       Action = "read"
	NextField  Action = "next field"
	PrevField  Action = "previous field"
	External   Action = "external editor"
	AsText     Action = "as text"
	Write      Action = "write"
	Null       Action = "null"
	Revert     Action = "revert"
	Undo       Action = "undo"
	Redo       Action = "redo"
	Difference Action = "difference"
	Search     Action = "search"
	NextHit    Action = "next hit"
	PrevHit    Action = "previous hit"
	Regexp     Action = "regular expression"
	Copy       Action = "copy"
	CopyAll    Action = "copy all"
	NextLog    Action = "next log"
	PrevLog    Action = "previous log"
	Reload     Action = "reload"
	Review     Action = "review"
	History    Action = "history"
	ScrollUp   Action = "scroll up"
	ScrollDown Action = "scroll down"

	Send Action = "send"
	Drop Action = "drop"
	Curl Action = "curl"

	Open    Action = "open"
	Mark    Action = "mark"
	Filters Action = "filters"
	Sort    Action = "sort"

	Accept Action = "accept"

	Mine   Action = "mine"
	Theirs Action = "theirs"
)

// Global holds on every screen. Plain letters give way where text is being typed; function and control keys never do.
var Global = Map{Title: "Everywhere", Bindings: []Binding{
	{Do: Help, Keys: []string{"f1", "?"}, Show: "? F1", Help: "this help"},
	{Do: Interrupt, Keys: []string{"ctrl+c"}, Help: "cancel what is running, else quit"},
	{Do: Close, Keys: []string{"esc"}, Help: "close what is open"},
	{Do: Suspend, Keys: []string{"ctrl+z"}, Help: "suspend, where a shell can resume (not in an editor)"},
}}

// moves is the part of the tables that every list shares.
var moves = []Binding{
	{Do: Up, Keys: []string{"up", "k"}, Show: "↑ k", Help: "up"},
	{Do: Down, Keys: []string{"down", "j"}, Show: "↓ j", Help: "down"},
	{Do: PageUp, Keys: []string{"pgup", "ctrl+b"}, Show: "pgup", Help: "a page up"},
	{Do: PageDown, Keys: []string{"pgdown", "ctrl+f"}, Show: "pgdn", Help: "a page down"},
	{Do: Top, Keys: []string{"home", "g"}, Show: "home g", Help: "to the first"},
	{Do: Bottom, Keys: []string{"end", "G"}, Show: "end G", Help: "to the last"},
}

// Form is one log.
var Form = Map{Title: "Form", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Edit, Keys: []string{"enter"}, Help: "edit the value", Hint: "edit"},
	Binding{Do: Review, Keys: []string{"ctrl+s"}, Help: "review and send", Hint: "review"},
	Binding{Do: Read, Keys: []string{" ", "right", "l"}, Show: "space →", Help: "read the value, scrolling", Hint: "read"},
	Binding{Do: NextField, Keys: []string{"tab"}, Help: "next field, also from inside an editor"},
	Binding{Do: PrevField, Keys: []string{"shift+tab"}, Help: "previous field, also from inside an editor"},
	Binding{Do: External, Keys: []string{"e"}, Help: "the value in $VISUAL or $EDITOR"},
	Binding{Do: AsText, Keys: []string{"t"}, Help: "the value as JSON text"},
	Binding{Do: Null, Keys: []string{"x"}, Help: "set to null; again: back to the value", Hint: "null"},
	Binding{Do: Revert, Keys: []string{"r"}, Help: "revert this field", Hint: "revert"},
	Binding{Do: Undo, Keys: []string{"u"}, Help: "undo the last edit of any field", Hint: "undo"},
	Binding{Do: Redo, Keys: []string{"ctrl+r"}, Help: "redo"},
	Binding{Do: Difference, Keys: []string{"d"}, Help: "old and new of this field", Hint: "diff"},
	Binding{Do: FillIn, Keys: []string{"f"}, Help: "fill in what follows from the rest of the log", Hint: "fill in"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "search in all fields", Hint: "search"},
	Binding{Do: NextHit, Keys: []string{"n"}, Help: "next hit"},
	Binding{Do: PrevHit, Keys: []string{"N"}, Help: "previous hit"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy the value"},
	Binding{Do: CopyAll, Keys: []string{"Y"}, Help: "copy the whole log, with the changes"},
	Binding{Do: Write, Keys: []string{"w"}, Help: "write the value to a file"},
	Binding{Do: NextLog, Keys: []string{"]"}, Help: "next log of the list"},
	Binding{Do: PrevLog, Keys: []string{"["}, Help: "previous log of the list"},
	Binding{Do: Reload, Keys: []string{"R"}, Help: "read the log again from the server"},
	Binding{Do: History, Keys: []string{"H"}, Help: "history of what was sent"},
	Binding{Do: ScrollDown, Keys: []string{"J", "ctrl+d"}, Show: "J ctrl+d", Help: "scroll the value beside the list down"},
	Binding{Do: ScrollUp, Keys: []string{"K", "ctrl+u"}, Show: "K ctrl+u", Help: "scroll the value beside the list up"},
	Binding{Do: Back, Keys: []string{"q"}, Help: "back; from the first screen, quit", Hint: "back"},
)}

// Editor is what the form adds while a value is being edited; the rest of the keys is the text editor's own.
var Editor = Map{Title: "Editor", Bindings: []Binding{
	{Do: Close, Keys: []string{"esc"}, Help: "keep the text and return to the list", Hint: "keep"},
	{Do: NextField, Keys: []string{"tab"}, Help: "keep the text, next field"},
	{Do: PrevField, Keys: []string{"shift+tab"}, Help: "keep the text, previous field"},
	{Do: Review, Keys: []string{"ctrl+s"}, Help: "review and send", Hint: "review"},
}}

// LineEditor is what the form adds to that in an editor of one line. Plain arrows do nothing there, so that looking at a
// value cannot change it.
var LineEditor = Map{Title: "One line", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter"}, Help: "keep the text and return to the list", Hint: "keep"},
	{Do: Up, Keys: []string{"alt+up", "shift+up"}, Show: "alt+↑ shift+↑", Help: "one up: number, choice, part of a time at the cursor", Hint: "step"},
	{Do: Down, Keys: []string{"alt+down", "shift+down"}, Show: "alt+↓ shift+↓", Help: "one down: number, choice, part of a time at the cursor"},
}}

// Reading is a value opened for reading, and the old and new of a field.
var Reading = Map{Title: "Reading", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Close, Keys: []string{"esc", "left", "h", "q"}, Show: "esc ← q", Help: "back to the list", Hint: "list"},
	Binding{Do: Edit, Keys: []string{"enter"}, Help: "edit the value", Hint: "edit"},
	Binding{Do: NextField, Keys: []string{"tab"}, Help: "next field"},
	Binding{Do: PrevField, Keys: []string{"shift+tab"}, Help: "previous field"},
	Binding{Do: Difference, Keys: []string{"d"}, Help: "old and new of this field", Hint: "diff"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "search in all fields", Hint: "search"},
	Binding{Do: NextHit, Keys: []string{"n"}, Help: "next hit"},
	Binding{Do: PrevHit, Keys: []string{"N"}, Help: "previous hit"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy the value"},
	Binding{Do: Write, Keys: []string{"w"}, Help: "write the value to a file"},
	Binding{Do: AsText, Keys: []string{"t"}, Help: "edit the JSON text"},
	Binding{Do: Review, Keys: []string{"ctrl+s"}, Help: "review and send"},
)}

// Prompt is the line in which a search is typed.
var Prompt = Map{Title: "Search", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter"}, Help: "search", Hint: "search"},
	{Do: Regexp, Keys: []string{"alt+r"}, Help: "plain words or a regular expression", Hint: "regexp"},
	{Do: Close, Keys: []string{"esc"}, Help: "close", Hint: "close"},
}}

// ReviewScreen is the request before it goes.
var ReviewScreen = Map{Title: "Review", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Send, Keys: []string{"ctrl+s", "enter"}, Help: "send exactly this", Hint: "send"},
	Binding{Do: Drop, Keys: []string{"d"}, Help: "drop the change under the cursor", Hint: "drop"},
	Binding{Do: Curl, Keys: []string{"c"}, Help: "copy as a curl command, the key as $ERRATA_API_KEY", Hint: "curl"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy the body", Hint: "body"},
	Binding{Do: Close, Keys: []string{"esc", "q"}, Show: "esc q", Help: "back to the form; while sending: give up waiting", Hint: "back"},
)}

// Conflict is a field that was changed here and on the server.
var Conflict = Map{Title: "Conflict", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Mine, Keys: []string{"m"}, Help: "keep mine", Hint: "mine"},
	Binding{Do: Theirs, Keys: []string{"t"}, Help: "take theirs", Hint: "theirs"},
	Binding{Do: Edit, Keys: []string{"e"}, Help: "edit the merge", Hint: "edit"},
	Binding{Do: Accept, Keys: []string{"enter", "ctrl+s"}, Help: "go on to the review, once every field is settled", Hint: "go on"},
	Binding{Do: Close, Keys: []string{"esc", "q"}, Show: "esc q", Help: "back to the form, nothing settled", Hint: "back"},
)}

// MergeEditor is what the conflict screen adds while a merge is edited.
var MergeEditor = Map{Title: "Merge", Bindings: []Binding{
	{Do: Accept, Keys: []string{"ctrl+s"}, Help: "keep this text as the value", Hint: "keep"},
	{Do: Close, Keys: []string{"esc"}, Help: "give the text up", Hint: "give up"},
}}

// HistoryScreen is what was sent.
var HistoryScreen = Map{Title: "History", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Undo, Keys: []string{"enter", "u"}, Help: "undo this entry, after a review", Hint: "undo"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "filter by log, field or outcome", Hint: "filter"},
	Binding{Do: Copy, Keys: []string{"y"}, Help: "copy the body", Hint: "body"},
	Binding{Do: ScrollDown, Keys: []string{"J", "ctrl+d"}, Show: "J ctrl+d", Help: "scroll the changes down", Hint: "scroll"},
	Binding{Do: ScrollUp, Keys: []string{"K", "ctrl+u"}, Show: "K ctrl+u", Help: "scroll the changes up"},
	Binding{Do: Close, Keys: []string{"esc"}, Help: "clear the filter; without one, back"},
	Binding{Do: Back, Keys: []string{"q"}, Help: "back", Hint: "back"},
)}

// HistoryFilter is the line in which a filter of the history is typed; the list follows each letter.
var HistoryFilter = Map{Title: "Filter", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter"}, Help: "keep the filter", Hint: "keep"},
	{Do: Close, Keys: []string{"esc"}, Help: "list everything again", Hint: "clear"},
}}

// Browse is the table of logs.
var Browse = Map{Title: "Browse", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Open, Keys: []string{"enter"}, Help: "open the log", Hint: "open"},
	Binding{Do: Search, Keys: []string{"/"}, Help: "search inputs and outputs on the server", Hint: "search"},
	Binding{Do: Filters, Keys: []string{"f"}, Help: "filters", Hint: "filters"},
	Binding{Do: Mark, Keys: []string{" "}, Show: "space", Help: "mark", Hint: "mark"},
	Binding{Do: Sort, Keys: []string{"s"}, Help: "sort what is loaded by the next column", Hint: "sort"},
	Binding{Do: Reload, Keys: []string{"R"}, Help: "read the list again", Hint: "reload"},
	Binding{Do: History, Keys: []string{"H"}, Help: "history of what was sent"},
	Binding{Do: ScrollDown, Keys: []string{"J", "ctrl+d"}, Show: "J ctrl+d", Help: "scroll the preview down"},
	Binding{Do: ScrollUp, Keys: []string{"K", "ctrl+u"}, Show: "K ctrl+u", Help: "scroll the preview up"},
	Binding{Do: Close, Keys: []string{"esc"}, Help: "clear the search, cancel a running load"},
	Binding{Do: Back, Keys: []string{"q"}, Help: "quit", Hint: "quit"},
)}

// Structure is what the form adds while a value is edited as what it is made of.
var Structure = Map{Title: "Structure", Bindings: []Binding{
	{Do: Close, Keys: []string{"esc"}, Help: "keep the value and return to the list", Hint: "keep"},
	{Do: Review, Keys: []string{"ctrl+s"}, Help: "review and send", Hint: "review"},
	{Do: AsText, Keys: []string{"t"}, Help: "go on with the JSON text", Hint: "JSON"},
	{Do: External, Keys: []string{"e"}, Help: "the value in $VISUAL or $EDITOR"},
	{Do: Write, Keys: []string{"w"}, Help: "write the value to a file"},
	{Do: NextField, Keys: []string{"tab"}, Help: "keep the value, next field"},
	{Do: PrevField, Keys: []string{"shift+tab"}, Help: "keep the value, previous field"},
}}

// Inner is what the form adds while a text within a structure is typed.
var Inner = Map{Title: "Within a structure", Bindings: []Binding{
	{Do: Review, Keys: []string{"ctrl+s"}, Help: "review and send", Hint: "review"},
	{Do: NextField, Keys: []string{"tab"}, Help: "keep the text, next field"},
	{Do: PrevField, Keys: []string{"shift+tab"}, Help: "keep the text, previous field"},
}}

// FileName is the line in which the name of a file is typed.
var FileName = Map{Title: "File name", Bindings: []Binding{
	{Do: Accept, Keys: []string{"enter"}, Help: "write the file; a second time to replace one that is there", Hint: "write"},
	{Do: Close, Keys: []string{"esc"}, Help: "write nothing", Hint: "close"},
}}

// Busy is the form while a large value is opened or read.
var Busy = Map{Title: "Please wait", Bindings: []Binding{
	{Do: Close, Keys: []string{"esc", "ctrl+c"}, Help: "cancel; other keys wait until it is done", Hint: "cancel"},
}}

// Maps lists every table, for the help and the tests.
var Maps = []Map{Global, Browse, Form, Busy, Fill, Reading, Editor, LineEditor, Clock, Choice, Structure, Inner, Outline, OutlineReading, OutlineLook, OutlineEntry, OutlineText, OutlineLines, OutlineType, Chat, ChatText, ChatLine, ChatJSON, ChatChoice, ChatList, FileName, Prompt, ReviewScreen, Conflict, MergeEditor, HistoryScreen, HistoryFilter}
