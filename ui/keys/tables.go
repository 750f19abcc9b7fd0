package keys

// Global holds on every screen. Plain letters give way where text is being typed; function and
// control keys never do.
var Global = Map{"Everywhere", &rows{written: []row{
	{do: Help, help: "this help", keys: "f1 ?", label: "? F1"},
	{do: Interrupt, help: "cancel what is running, else quit", keys: "ctrl+c"},
	{do: Close, help: "close what is open", keys: "esc"},
	{do: PickTheme, help: "choose the colours, with a preview", keys: "f2", label: "F2"},
	{do: Suspend, help: "suspend, where a shell can resume (not in an editor)", keys: "ctrl+z"},
}}}

// Themes is the list of themes.
var Themes = Map{"Themes", &rows{moves: true, written: []row{
	{do: Accept, help: "keep this theme", keys: "enter", hint: "keep"},
	{do: Close, help: "leave the colours as they were", keys: "esc q ctrl+c f2", label: "esc q F2", hint: "as before"},
}}}

// HelpScreen is the list of the keys of a screen.
var HelpScreen = Map{"Help", &rows{moves: true, written: []row{
	{do: Accept, help: "close the help and do what the key under the cursor does", keys: "enter", hint: "do it"},
	{do: Search, help: "list the keys whose description contains what is typed", keys: "/", hint: "search"},
	{do: Close, help: "list all keys again; else close the help", keys: "esc q ? f1", label: "esc q", hint: "close"},
}}}

// HelpFilter is the line in which it is typed which keys are looked for; the list follows each
// letter.
var HelpFilter = Map{"Search in the help", &rows{written: []row{
	{do: Accept, help: "close the help and do what the key under the cursor does", keys: "enter", hint: "do it"},
	{do: Up, help: "the key above", keys: "up", label: "↑"},
	{do: Down, help: "the key below", keys: "down", label: "↓", hint: "next"},
	{do: Close, help: "list all keys again", keys: "esc f1", label: "esc", hint: "all keys"},
}}}

// Form is one log.
var Form = Map{"Form", &rows{moves: true, written: []row{
	{do: Edit, help: "edit the value", keys: "enter", hint: "edit"},
	{do: Review, help: "review and send", keys: "ctrl+s", hint: "review"},
	{do: Read, help: "read the value, scrolling", keys: "space right l", label: "space →", hint: "read"},
	{do: NextField, help: "next field, also from inside an editor", keys: "tab"},
	{do: PrevField, help: "previous field, also from inside an editor", keys: "shift+tab"},
	{do: External, help: "the value in $VISUAL, $EDITOR or vi", keys: "e"},
	{do: AsText, help: "the value as JSON text", keys: "t"},
	{do: Null, help: "set to null; again: back to the value", keys: "x", hint: "null", changes: true},
	{do: Revert, help: "revert this field", keys: "r", hint: "revert", changes: true},
	{do: Undo, help: "undo the last edit of any field", keys: "u", hint: "undo", changes: true},
	{do: Redo, help: "redo", keys: "ctrl+r", changes: true},
	{do: Again, help: "repeat the last change, of this log or another", keys: ".", changes: true},
	{do: Difference, help: "old and new of this field", keys: "d", hint: "diff"},
	{do: FillIn, help: "fill in what can be derived from the rest of the log", keys: "f", hint: "fill in", changes: true},
	{do: Search, help: "search in all fields", keys: "/", hint: "search"},
	{do: NextHit, help: "next hit", keys: "n"},
	{do: PrevHit, help: "previous hit", keys: "N"},
	{do: Copy, help: "copy the value", keys: "y"},
	{do: CopyAll, help: "copy the whole log, with the changes", keys: "Y"},
	{do: CopyPath, help: "copy the name of the field for errata set; if it is changed, the assignment", keys: "c"},
	{do: Write, help: "write the value to a file", keys: "w"},
	{do: NextLog, help: "next log of the list", keys: "]"},
	{do: PrevLog, help: "previous log of the list", keys: "["},
	{do: Reload, help: "read the log again from the server", keys: "R"},
	{do: History, help: "history of what was sent", keys: "H"},
	{do: ScrollDown, help: "scroll the value beside the list down", keys: "J ctrl+d"},
	{do: ScrollUp, help: "scroll the value beside the list up", keys: "K ctrl+u"},
	{do: Narrower, help: "make the list narrower", keys: "<"},
	{do: Wider, help: "make the list wider", keys: ">"},
	{do: Back, help: "back; from the first screen, quit", keys: "q", hint: "back"},
}}}

// Editor is what the form adds while a value is being edited; the rest of the keys is in Typing.
var Editor = Map{"Editor", &rows{written: []row{
	{do: Close, help: "keep the text and return to the list", keys: "esc", hint: "keep"},
	{do: NextField, help: "keep the text, next field", keys: "tab"},
	{do: PrevField, help: "keep the text, previous field", keys: "shift+tab"},
	{do: Review, help: "review and send", keys: "ctrl+s", hint: "review"},
}}}

// LineEditor is what the form adds to that in an editor of one line. Plain arrows do nothing there,
// so that looking at a value cannot change it.
var LineEditor = Map{"One line", &rows{written: []row{
	{do: Accept, help: "keep the text and return to the list", keys: "enter", hint: "keep"},
	{do: Up, help: "one up: number, choice, part of a time at the cursor", keys: "alt+up shift+up", label: "alt+↑ shift+↑", hint: "step"},
	{do: Down, help: "one down: number, choice, part of a time at the cursor", keys: "alt+down shift+down", label: "alt+↓ shift+↓"},
}}}

// Reading is a value opened for reading, and the old and new of a field.
var Reading = Map{"Reading", &rows{moves: true, written: []row{
	{do: Close, help: "back to the list", keys: "esc left h q", label: "esc ← q", hint: "list"},
	{do: Edit, help: "edit the value", keys: "enter", hint: "edit"},
	{do: NextField, help: "next field", keys: "tab"},
	{do: PrevField, help: "previous field", keys: "shift+tab"},
	{do: Difference, help: "old and new of this field", keys: "d", hint: "diff"},
	{do: Search, help: "search in all fields", keys: "/", hint: "search"},
	{do: NextHit, help: "next hit", keys: "n"},
	{do: PrevHit, help: "previous hit", keys: "N"},
	{do: Copy, help: "copy the value", keys: "y"},
	{do: Write, help: "write the value to a file", keys: "w"},
	{do: AsText, help: "edit the JSON text", keys: "t"},
	{do: Review, help: "review and send", keys: "ctrl+s"},
	{do: HalfDown, help: "half a page down", keys: "ctrl+d"},
	{do: HalfUp, help: "half a page up", keys: "ctrl+u"},
}}}

// Locked is what the form adds while a locked value is read as what it is made of.
var Locked = Map{"Locked value", &rows{written: []row{
	{do: Close, help: "back to the list", keys: "esc q", hint: "list"},
	{do: NextField, help: "next field", keys: "tab"},
	{do: PrevField, help: "previous field", keys: "shift+tab"},
	{do: Write, help: "write the value to a file", keys: "w"},
	{do: Review, help: "review and send", keys: "ctrl+s"},
}}}

// Prompt is the line in which a search is typed.
var Prompt = Map{"Search", &rows{written: []row{
	{do: Accept, help: "search", keys: "enter", hint: "search"},
	{do: Regexp, help: "plain words or a regular expression", keys: "alt+r", hint: "regexp"},
	{do: Replace, help: "replace what is found: hit by hit, or all", keys: "ctrl+r", hint: "replace"},
	{do: Close, help: "close", keys: "esc", hint: "close"},
}}}

// ReplaceWith is the line in which it is typed what takes the place of what is looked for.
var ReplaceWith = Map{"Replace", &rows{written: []row{
	{do: Accept, help: "ask at each hit", keys: "enter", hint: "hit by hit"},
	{do: All, help: "replace all hits", keys: "ctrl+r alt+enter", label: "ctrl+r", hint: "all"},
	{do: Close, help: "replace nothing", keys: "esc", hint: "close"},
}}}

// Replacing is the question at each hit of a replacement.
var Replacing = Map{"Replace this hit?", &rows{written: []row{
	{do: Accept, help: "replace this hit", keys: "y", hint: "yes", changes: true},
	{do: Skip, help: "leave this hit", keys: "n", hint: "no"},
	{do: All, help: "replace this hit and all after it", keys: "a", hint: "all", changes: true},
	{do: Close, help: "replace no further hit", keys: "q esc", hint: "quit"},
}}}

// Find is the key that every editor of a text has, behind its own in the footer.
var Find = Map{"Find", &rows{written: []row{
	{do: Search, help: "find in this text", keys: "ctrl+f", hint: "find"},
}}}

// FindInText is the line in which a search of the text that is being edited is typed. The cursor
// follows each letter.
var FindInText = Map{"Find in the text", &rows{written: []row{
	{do: NextHit, help: "next hit; after the last, the first", keys: "enter tab down ctrl+f", label: "enter", hint: "next"},
	{do: PrevHit, help: "the hit before", keys: "shift+tab up", label: "shift+tab", hint: "before"},
	{do: Regexp, help: "plain words or a regular expression", keys: "alt+r", hint: "regexp"},
	{do: Replace, help: "replace what is found: hit by hit, or all", keys: "ctrl+r", hint: "replace"},
	{do: Close, help: "close, the cursor on the hit", keys: "esc", hint: "close"},
}}}

// ReviewScreen is the request before it goes.
var ReviewScreen = Map{"Review", &rows{moves: true, written: []row{
	{do: Send, help: "send exactly this", keys: "ctrl+s enter", hint: "send", changes: true},
	{do: SendNext, help: "send exactly this, and open the next log once it is saved", keys: "ctrl+n", hint: "send, next", changes: true},
	{do: LeaveOut, help: "leave out the change under the cursor (a field, or one place in it), or include it again; the form keeps it", keys: "d", hint: "leave out", changes: true},
	{do: Unfold, help: "list the places of the field", keys: "right l", label: "→ l", hint: "places"},
	{do: Fold, help: "hide the places of the field", keys: "left h", label: "← h"},
	{do: Body, help: "the body exactly as it is sent; again: fold it", keys: "b", hint: "body"},
	{do: Curl, help: "copy as a curl command, with $ERRATA_API_KEY for the key", keys: "c", hint: "curl"},
	{do: Copy, help: "copy the body", keys: "y", hint: "copy"},
	{do: Close, help: "back to the form; while sending: give up waiting", keys: "esc q", hint: "back"},
}}}

// ReviewSending is the review while its request is under way.
var ReviewSending = Map{"Sending the request", &rows{written: []row{
	{do: Close, help: "stop waiting; errata finds out what became of the request", keys: "esc q", label: "esc", hint: "give up waiting"},
}}}

// Conflict is a field that was changed here and on the server.
var Conflict = Map{"Conflict", &rows{moves: true, written: []row{
	{do: Mine, help: "keep mine", keys: "m", hint: "mine", changes: true},
	{do: Theirs, help: "take theirs", keys: "t", hint: "theirs", changes: true},
	{do: Edit, help: "edit the merge", keys: "e", hint: "edit"},
	{do: Accept, help: "go on to the review, once every field is settled", keys: "enter ctrl+s", hint: "go on"},
	{do: Close, help: "back to the form, without settling anything", keys: "esc q", hint: "back"},
}}}

// MergeEditor is what the conflict screen adds while a merge is edited.
var MergeEditor = Map{"Merge", &rows{written: []row{
	{do: Accept, help: "keep this text as the value", keys: "ctrl+s", hint: "keep"},
	{do: Close, help: "close, without settling anything; e continues with the text", keys: "esc", hint: "give up"},
}}}

// HistoryScreen is what was sent.
var HistoryScreen = Map{"History", &rows{moves: true, written: []row{
	{do: Open, help: "list the entries of a batch, or undo a single entry after a review", keys: "enter", changes: true},
	{do: Undo, help: "undo this entry, or the whole batch, after a review", keys: "u", hint: "undo", changes: true},
	{do: Search, help: "filter by log, field or outcome", keys: "/", hint: "filter"},
	{do: Copy, help: "copy the body", keys: "y", hint: "body"},
	{do: ScrollDown, help: "scroll the changes down", keys: "J ctrl+d", hint: "scroll"},
	{do: ScrollUp, help: "scroll the changes up", keys: "K ctrl+u"},
	{do: Close, help: "clear the filter; without one, back", keys: "esc"},
	{do: Back, help: "back", keys: "q", hint: "back"},
}}}

// HistoryFilter is the line in which a filter of the history is typed; the list follows each
// letter.
var HistoryFilter = Map{"Filter", &rows{written: []row{
	{do: Accept, help: "keep the filter", keys: "enter", hint: "keep"},
	{do: Close, help: "list everything again", keys: "esc", hint: "clear"},
}}}

// Browse is the table of logs.
var Browse = Map{"Browse", &rows{moves: true, written: []row{
	{do: Open, help: "open the log; if it is marked, ] and [ go through the marked ones", keys: "enter", hint: "open"},
	{do: Search, help: "search, or filter with the flags of errata list", keys: "/", hint: "search"},
	{do: Filters, help: "add to the filter", keys: "f", hint: "filter"},
	{do: PickPrompt, help: "choose a prompt, to see its logs only", keys: "p", hint: "prompt"},
	{do: GoTo, help: "go to a log by its id or the start of it, or to a prompt", keys: ":", hint: "go to"},
	{do: Mark, help: "mark", keys: "space", hint: "mark"},
	{do: MarkAll, help: "mark all that match, even if not loaded; again: unmark them", keys: "*"},
	{do: MarkRange, help: "mark a range, extended by moving; again: end it", keys: "V"},
	{do: Annotate, help: "annotate the marked logs one after the other; without marks, all that are listed", keys: "A", hint: "annotate"},
	{do: Export, help: "write the marked logs to a file, as errata export does; without marks, the log under the cursor", keys: "E"},
	{do: Compare, help: "compare the two marked logs, side by side", keys: "D"},
	{do: Bulk, help: "change the marked logs, or the one under the cursor: many at once, one review, one undo", keys: "b"},
	{do: Resume, help: "continue a change of many logs that was stopped", keys: "B"},
	{do: Copy, help: "copy the ids of the marked logs; without marks, that of the log under the cursor", keys: "y"},
	{do: Sort, help: "sort the loaded logs by the next column", keys: "s", hint: "sort"},
	{do: Columns, help: "choose the columns and their order", keys: "C", hint: "columns"},
	{do: Reload, help: "read the list again", keys: "R", hint: "reload"},
	{do: Follow, help: "show new logs as they arrive, above the others; again, or esc: stop", keys: "F"},
	{do: Drafts, help: "list the logs with unsaved work, and open one", keys: "U"},
	{do: NextField, help: "go to the line about unsaved drafts, where enter lists them", keys: "tab"},
	{do: History, help: "history of what was sent", keys: "H"},
	{do: ScrollDown, help: "scroll the preview down", keys: "J ctrl+d"},
	{do: ScrollUp, help: "scroll the preview up", keys: "K ctrl+u"},
	{do: Narrower, help: "make the list narrower", keys: "<"},
	{do: Wider, help: "make the list wider", keys: ">"},
	{do: Close, help: "stop the search and keep what was found; otherwise clear the search, then the filter", keys: "esc"},
	{do: Back, help: "quit", keys: "q", hint: "quit"},
}}}

// Structure is what the form adds while a value is edited as what it is made of.
var Structure = Map{"Structure", &rows{written: []row{
	{do: Close, help: "keep the value and return to the list", keys: "esc", hint: "keep"},
	{do: Review, help: "review and send", keys: "ctrl+s", hint: "review"},
	{do: AsText, help: "go on with the JSON text", keys: "t", hint: "JSON"},
	{do: External, help: "the value in $VISUAL, $EDITOR or vi", keys: "e"},
	{do: Write, help: "write the value to a file", keys: "w"},
	{do: NextField, help: "keep the value, next field", keys: "tab"},
	{do: PrevField, help: "keep the value, previous field", keys: "shift+tab"},
	{do: Narrower, help: "make the list narrower", keys: "<"},
	{do: Wider, help: "make the list wider", keys: ">"},
}}}

// Inner is what the form adds while a text within a structure is typed.
var Inner = Map{"Within a structure", &rows{written: []row{
	{do: Review, help: "review and send", keys: "ctrl+s", hint: "review"},
	{do: NextField, help: "keep the text, next field", keys: "tab"},
	{do: PrevField, help: "keep the text, previous field", keys: "shift+tab"},
}}}

// FileName is the line in which the name of a file is typed.
var FileName = Map{"File name", &rows{written: []row{
	{do: Accept, help: "write the file; press again to replace an existing one", keys: "enter", hint: "write"},
	{do: Close, help: "write nothing", keys: "esc", hint: "close"},
}}}

// Busy is the form while a large value is opened or read.
var Busy = Map{"Please wait", &rows{written: []row{
	{do: Close, help: "cancel; other keys wait until it is done", keys: "esc ctrl+c", hint: "cancel"},
}}}

// Maps lists every table as errata has it by itself, for the pages and the tests.
var Maps = []Map{Global, HelpScreen, HelpFilter, Themes, Browse, FilterLine, GoToLine, Picker, ColumnsScreen, AddColumn, Form, Busy, Fill, Reading, Locked, Editor, LineEditor, Clock, Choice, Judging, JudgingSeveral, JudgingNumber, JudgingText, Structure, Inner, Outline, OutlineReading, OutlineLook, OutlineEntry, OutlineText, OutlineLines, OutlineType, Chat, ChatReading, ChatText, ChatLine, ChatJSON, ChatChoice, ChatList, FileName, Annotating, Strip, NoteLine, Prompt, ReplaceWith, Replacing, Find, FindInText, ReviewScreen, ReviewSending, Conflict, MergeEditor, HistoryScreen, HistoryFilter, BulkChange, BulkReview, BulkRun, BulkResults, CompareScreen, Typing}
