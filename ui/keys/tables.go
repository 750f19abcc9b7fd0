package keys

// Global holds on every screen. Plain letters give way where text is being typed; function and
// control keys never do.
var Global = Table("Everywhere", func() []Binding {
	return []Binding{
		Bind(Help, "this help", "f1", "?").As("? F1"),
		Bind(Interrupt, "cancel what is running, else quit", "ctrl+c"),
		Bind(Close, "close what is open", "esc"),
		Bind(PickTheme, "choose the colours, and see them at once", "f2").As("F2"),
		Bind(Suspend, "suspend, where a shell can resume (not in an editor)", "ctrl+z"),
	}
})

// Themes is the list of themes.
var Themes = Table("Themes", func() []Binding {
	return moving(
		Bind(Accept, "keep this theme", "enter").Hinted("keep"),
		Bind(Close, "leave the colours as they were", "esc", "q", "ctrl+c", "f2").As("esc q F2").Hinted("as before"),
	)
})

// HelpScreen is the list of the keys of a screen.
var HelpScreen = Table("Help", func() []Binding {
	return moving(
		Bind(Accept, "close the help and do what the key under the cursor does", "enter").Hinted("do it"),
		Bind(Search, "list the keys whose words hold what is typed", "/").Hinted("search"),
		Bind(Close, "list all keys again; else close the help", "esc", "q", "?", "f1").As("esc q").Hinted("close"),
	)
})

// HelpFilter is the line in which it is typed which keys are looked for; the list follows each
// letter.
var HelpFilter = Table("Search in the help", func() []Binding {
	return []Binding{
		Bind(Accept, "close the help and do what the key under the cursor does", "enter").Hinted("do it"),
		Bind(Up, "the key above", "up").As("↑"),
		Bind(Down, "the key below", "down").As("↓").Hinted("next"),
		Bind(Close, "list all keys again", "esc", "f1").As("esc").Hinted("all keys"),
	}
})

// moving are the rows of a list: those that every list shares, and the rest.
func moving(rest ...Binding) []Binding {
	return append([]Binding{
		Bind(Up, "up", "up", "k").As("↑ k"),
		Bind(Down, "down", "down", "j").As("↓ j"),
		Bind(PageUp, "a page up", "pgup", "ctrl+b").As("pgup"),
		Bind(PageDown, "a page down", "pgdown", "ctrl+f").As("pgdn"),
		Bind(Top, "to the first", "home", "g").As("home g"),
		Bind(Bottom, "to the last", "end", "G").As("end G"),
	}, rest...)
}

// Form is one log.
var Form = Table("Form", func() []Binding {
	return moving(
		Bind(Edit, "edit the value", "enter").Hinted("edit"),
		Bind(Review, "review and send", "ctrl+s").Hinted("review"),
		Bind(Read, "read the value, scrolling", " ", "right", "l").As("space →").Hinted("read"),
		Bind(NextField, "next field, also from inside an editor", "tab"),
		Bind(PrevField, "previous field, also from inside an editor", "shift+tab"),
		Bind(External, "the value in $VISUAL, $EDITOR or vi", "e"),
		Bind(AsText, "the value as JSON text", "t"),
		Bind(Null, "set to null; again: back to the value", "x").Hinted("null").Changing(),
		Bind(Revert, "revert this field", "r").Hinted("revert").Changing(),
		Bind(Undo, "undo the last edit of any field", "u").Hinted("undo").Changing(),
		Bind(Redo, "redo", "ctrl+r").Changing(),
		Bind(Again, "repeat the last change of this log or of another", ".").Changing(),
		Bind(Difference, "old and new of this field", "d").Hinted("diff"),
		Bind(FillIn, "fill in what follows from the rest of the log", "f").Hinted("fill in").Changing(),
		Bind(Search, "search in all fields", "/").Hinted("search"),
		Bind(NextHit, "next hit", "n"),
		Bind(PrevHit, "previous hit", "N"),
		Bind(Copy, "copy the value", "y"),
		Bind(CopyAll, "copy the whole log, with the changes", "Y"),
		Bind(CopyPath, "copy the field's name or, where it is changed, the assignment, for errata set", "c"),
		Bind(Write, "write the value to a file", "w"),
		Bind(NextLog, "next log of the list", "]"),
		Bind(PrevLog, "previous log of the list", "["),
		Bind(Reload, "read the log again from the server", "R"),
		Bind(History, "history of what was sent", "H"),
		Bind(ScrollDown, "scroll the value beside the list down", "J", "ctrl+d").As("J ctrl+d"),
		Bind(ScrollUp, "scroll the value beside the list up", "K", "ctrl+u").As("K ctrl+u"),
		Bind(Narrower, "make the list narrower", "<"),
		Bind(Wider, "make the list wider", ">"),
		Bind(Back, "back; from the first screen, quit", "q").Hinted("back"),
	)
})

// Editor is what the form adds while a value is being edited; the rest of the keys is in Typing.
var Editor = Table("Editor", func() []Binding {
	return []Binding{
		Bind(Close, "keep the text and return to the list", "esc").Hinted("keep"),
		Bind(NextField, "keep the text, next field", "tab"),
		Bind(PrevField, "keep the text, previous field", "shift+tab"),
		Bind(Review, "review and send", "ctrl+s").Hinted("review"),
	}
})

// LineEditor is what the form adds to that in an editor of one line. Plain arrows do nothing there,
// so that looking at a value cannot change it.
var LineEditor = Table("One line", func() []Binding {
	return []Binding{
		Bind(Accept, "keep the text and return to the list", "enter").Hinted("keep"),
		Bind(Up, "one up: number, choice, part of a time at the cursor", "alt+up", "shift+up").As("alt+↑ shift+↑").Hinted("step"),
		Bind(Down, "one down: number, choice, part of a time at the cursor", "alt+down", "shift+down").As("alt+↓ shift+↓"),
	}
})

// Reading is a value opened for reading, and the old and new of a field.
var Reading = Table("Reading", func() []Binding {
	return moving(
		Bind(Close, "back to the list", "esc", "left", "h", "q").As("esc ← q").Hinted("list"),
		Bind(Edit, "edit the value", "enter").Hinted("edit"),
		Bind(NextField, "next field", "tab"),
		Bind(PrevField, "previous field", "shift+tab"),
		Bind(Difference, "old and new of this field", "d").Hinted("diff"),
		Bind(Search, "search in all fields", "/").Hinted("search"),
		Bind(NextHit, "next hit", "n"),
		Bind(PrevHit, "previous hit", "N"),
		Bind(Copy, "copy the value", "y"),
		Bind(Write, "write the value to a file", "w"),
		Bind(AsText, "edit the JSON text", "t"),
		Bind(Review, "review and send", "ctrl+s"),
		Bind(HalfDown, "half a page down", "ctrl+d"),
		Bind(HalfUp, "half a page up", "ctrl+u"),
	)
})

// Locked is what the form adds while a locked value is read as what it is made of.
var Locked = Table("Locked value", func() []Binding {
	return []Binding{
		Bind(Close, "back to the list", "esc", "q").As("esc q").Hinted("list"),
		Bind(NextField, "next field", "tab"),
		Bind(PrevField, "previous field", "shift+tab"),
		Bind(Write, "write the value to a file", "w"),
		Bind(Review, "review and send", "ctrl+s"),
	}
})

// Prompt is the line in which a search is typed.
var Prompt = Table("Search", func() []Binding {
	return []Binding{
		Bind(Accept, "search", "enter").Hinted("search"),
		Bind(Regexp, "plain words or a regular expression", "alt+r").Hinted("regexp"),
		Bind(Replace, "replace what is found: hit by hit, or all", "ctrl+r").Hinted("replace"),
		Bind(Close, "close", "esc").Hinted("close"),
	}
})

// ReplaceWith is the line in which it is typed what takes the place of what is looked for.
var ReplaceWith = Table("Replace", func() []Binding {
	return []Binding{
		Bind(Accept, "ask at each hit", "enter").Hinted("hit by hit"),
		Bind(All, "replace all hits", "ctrl+r", "alt+enter").As("ctrl+r").Hinted("all"),
		Bind(Close, "replace nothing", "esc").Hinted("close"),
	}
})

// Replacing is the question at each hit of a replacement.
var Replacing = Table("Replace this hit?", func() []Binding {
	return []Binding{
		Bind(Accept, "replace this hit", "y").Hinted("yes").Changing(),
		Bind(Skip, "leave this hit", "n").Hinted("no"),
		Bind(All, "replace this hit and all behind it", "a").Hinted("all").Changing(),
		Bind(Close, "replace no further hit", "q", "esc").As("q esc").Hinted("quit"),
	}
})

// Find is the key that every editor of a text has, behind its own in the footer.
var Find = Table("Find", func() []Binding {
	return []Binding{
		Bind(Search, "find in this text", "ctrl+f").Hinted("find"),
	}
})

// FindInText is the line in which a search of the text that is being edited is typed. The cursor
// follows each letter.
var FindInText = Table("Find in the text", func() []Binding {
	return []Binding{
		Bind(NextHit, "next hit, around the end", "enter", "tab", "down", "ctrl+f").As("enter").Hinted("next"),
		Bind(PrevHit, "the hit before", "shift+tab", "up").As("shift+tab").Hinted("before"),
		Bind(Regexp, "plain words or a regular expression", "alt+r").Hinted("regexp"),
		Bind(Replace, "replace what is found: hit by hit, or all", "ctrl+r").Hinted("replace"),
		Bind(Close, "close, the cursor on the hit", "esc").Hinted("close"),
	}
})

// ReviewScreen is the request before it goes.
var ReviewScreen = Table("Review", func() []Binding {
	return moving(
		Bind(Send, "send exactly this", "ctrl+s", "enter").Hinted("send").Changing(),
		Bind(SendNext, "send exactly this, and open the next log once it is saved", "ctrl+n").Hinted("send, next").Changing(),
		Bind(LeaveOut, "leave the change under the cursor out, or take it back in: of a field, or of one place of it; it stays changed in the form", "d").Hinted("leave out").Changing(),
		Bind(Unfold, "list the places of the field", "right", "l").As("→ l").Hinted("places"),
		Bind(Fold, "list them no longer", "left", "h").As("← h"),
		Bind(Body, "the body exactly as it is sent; again: fold it", "b").Hinted("body"),
		Bind(Curl, "copy as a curl command, the key as $ERRATA_API_KEY", "c").Hinted("curl"),
		Bind(Copy, "copy the body", "y").Hinted("copy"),
		Bind(Close, "back to the form; while sending: give up waiting", "esc", "q").As("esc q").Hinted("back"),
	)
})

// ReviewSending is the review while its request is under way.
var ReviewSending = Table("Sending the request", func() []Binding {
	return []Binding{
		Bind(Close, "give up waiting; what became of the request is looked up", "esc", "q").As("esc").Hinted("give up waiting"),
	}
})

// Conflict is a field that was changed here and on the server.
var Conflict = Table("Conflict", func() []Binding {
	return moving(
		Bind(Mine, "keep mine", "m").Hinted("mine").Changing(),
		Bind(Theirs, "take theirs", "t").Hinted("theirs").Changing(),
		Bind(Edit, "edit the merge", "e").Hinted("edit"),
		Bind(Accept, "go on to the review, once every field is settled", "enter", "ctrl+s").Hinted("go on"),
		Bind(Close, "back to the form, nothing settled", "esc", "q").As("esc q").Hinted("back"),
	)
})

// MergeEditor is what the conflict screen adds while a merge is edited.
var MergeEditor = Table("Merge", func() []Binding {
	return []Binding{
		Bind(Accept, "keep this text as the value", "ctrl+s").Hinted("keep"),
		Bind(Close, "close it, nothing settled; e goes on with the text", "esc").Hinted("give up"),
	}
})

// HistoryScreen is what was sent.
var HistoryScreen = Table("History", func() []Binding {
	return moving(
		Bind(Open, "list the entries of a batch; else undo the entry, after a review", "enter").Changing(),
		Bind(Undo, "undo this entry, or the whole batch, after a review", "u").Hinted("undo").Changing(),
		Bind(Search, "filter by log, field or outcome", "/").Hinted("filter"),
		Bind(Copy, "copy the body", "y").Hinted("body"),
		Bind(ScrollDown, "scroll the changes down", "J", "ctrl+d").As("J ctrl+d").Hinted("scroll"),
		Bind(ScrollUp, "scroll the changes up", "K", "ctrl+u").As("K ctrl+u"),
		Bind(Close, "clear the filter; without one, back", "esc"),
		Bind(Back, "back", "q").Hinted("back"),
	)
})

// HistoryFilter is the line in which a filter of the history is typed; the list follows each
// letter.
var HistoryFilter = Table("Filter", func() []Binding {
	return []Binding{
		Bind(Accept, "keep the filter", "enter").Hinted("keep"),
		Bind(Close, "list everything again", "esc").Hinted("clear"),
	}
})

// Browse is the table of logs.
var Browse = Table("Browse", func() []Binding {
	return moving(
		Bind(Open, "open the log; on a marked one ] and [ walk the marked", "enter").Hinted("open"),
		Bind(Search, "search, or filter by the words of errata list", "/").Hinted("search"),
		Bind(Filters, "add to the filter", "f").Hinted("filter"),
		Bind(PickPrompt, "the logs of one prompt, of a list with counts", "p").Hinted("prompt"),
		Bind(GoTo, "go to a log by its id, or what begins no other, or to a prompt", ":").Hinted("go to"),
		Bind(Mark, "mark", " ").As("space").Hinted("mark"),
		Bind(MarkAll, "mark all that match, also what is not loaded; again: unmark them", "*"),
		Bind(MarkRange, "mark a range, which moving makes longer; again: end it", "V"),
		Bind(Annotate, "annotate the marked logs one after the other; without marks those that are listed", "A").Hinted("annotate"),
		Bind(Export, "write the marked logs to a file, as errata export does; without marks the log under the cursor", "E"),
		Bind(Compare, "compare the two marked logs, side by side", "D"),
		Bind(Bulk, "change the marked logs, or the one under the cursor: many at once, one review, one undo", "b"),
		Bind(Resume, "go on with a change of many logs that was stopped", "B"),
		Bind(Copy, "copy the ids of the marked logs, else of the log under the cursor", "y"),
		Bind(Sort, "sort what is loaded by the next column", "s").Hinted("sort"),
		Bind(Columns, "choose the columns and their order", "C").Hinted("columns"),
		Bind(Reload, "read the list again", "R").Hinted("reload"),
		Bind(Follow, "show new logs as they arrive, above the others; again, or esc: stop", "F"),
		Bind(Drafts, "list the logs with unsaved work, and open one", "U"),
		Bind(NextField, "to the line that tells of unsaved drafts, where enter lists them", "tab"),
		Bind(History, "history of what was sent", "H"),
		Bind(ScrollDown, "scroll the preview down", "J", "ctrl+d").As("J ctrl+d"),
		Bind(ScrollUp, "scroll the preview up", "K", "ctrl+u").As("K ctrl+u"),
		Bind(Narrower, "make the list narrower", "<"),
		Bind(Wider, "make the list wider", ">"),
		Bind(Close, "stop what is looked for and keep what is here; else clear the search, then the filter", "esc"),
		Bind(Back, "quit", "q").Hinted("quit"),
	)
})

// Structure is what the form adds while a value is edited as what it is made of.
var Structure = Table("Structure", func() []Binding {
	return []Binding{
		Bind(Close, "keep the value and return to the list", "esc").Hinted("keep"),
		Bind(Review, "review and send", "ctrl+s").Hinted("review"),
		Bind(AsText, "go on with the JSON text", "t").Hinted("JSON"),
		Bind(External, "the value in $VISUAL, $EDITOR or vi", "e"),
		Bind(Write, "write the value to a file", "w"),
		Bind(NextField, "keep the value, next field", "tab"),
		Bind(PrevField, "keep the value, previous field", "shift+tab"),
		Bind(Narrower, "make the list narrower", "<"),
		Bind(Wider, "make the list wider", ">"),
	}
})

// Inner is what the form adds while a text within a structure is typed.
var Inner = Table("Within a structure", func() []Binding {
	return []Binding{
		Bind(Review, "review and send", "ctrl+s").Hinted("review"),
		Bind(NextField, "keep the text, next field", "tab"),
		Bind(PrevField, "keep the text, previous field", "shift+tab"),
	}
})

// FileName is the line in which the name of a file is typed.
var FileName = Table("File name", func() []Binding {
	return []Binding{
		Bind(Accept, "write the file; a second time to replace one that is there", "enter").Hinted("write"),
		Bind(Close, "write nothing", "esc").Hinted("close"),
	}
})

// Busy is the form while a large value is opened or read.
var Busy = Table("Please wait", func() []Binding {
	return []Binding{
		Bind(Close, "cancel; other keys wait until it is done", "esc", "ctrl+c").Hinted("cancel"),
	}
})

// Maps lists every table as errata has it by itself, for the pages and the tests.
var Maps = []Map{Global, HelpScreen, HelpFilter, Themes, Browse, FilterLine, GoToLine, Picker, ColumnsScreen, AddColumn, Form, Busy, Fill, Reading, Locked, Editor, LineEditor, Clock, Choice, Judging, JudgingSeveral, JudgingNumber, JudgingText, Structure, Inner, Outline, OutlineReading, OutlineLook, OutlineEntry, OutlineText, OutlineLines, OutlineType, Chat, ChatReading, ChatText, ChatLine, ChatJSON, ChatChoice, ChatList, FileName, Annotating, Strip, NoteLine, Prompt, ReplaceWith, Replacing, Find, FindInText, ReviewScreen, ReviewSending, Conflict, MergeEditor, HistoryScreen, HistoryFilter, BulkChange, BulkReview, BulkRun, BulkResults, CompareScreen, Typing}
