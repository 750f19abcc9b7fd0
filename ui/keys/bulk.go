package keys

// The actions of a change of many logs.
const (
	Look       Action = "look"
	NextFilter Action = "next filter"
	PrevFilter Action = "previous filter"
	Retry      Action = "retry"
)

// BulkChange is the line in which it is typed what is done to many logs.
var BulkChange = Map{"Change many logs", &rows{written: []row{
	{do: Accept, help: "review what would change", keys: "enter", hint: "review"},
	{do: Close, help: "change nothing", keys: "esc", hint: "close"},
}}}

// BulkReview is what would change in many logs, before it is sent.
var BulkReview = Map{"Review of many logs", &rows{moves: true, written: []row{
	{do: Send, help: "send all that is listed as changing", keys: "ctrl+s enter", hint: "send", changes: true},
	{do: LeaveOut, help: "leave this log out, or take it back in", keys: "d", hint: "leave out", changes: true},
	{do: NextFilter, help: "list the next kind: a field, already so, refused, left out", keys: "f", hint: "filter"},
	{do: PrevFilter, help: "list the kind before", keys: "F"},
	{do: Look, help: "old and new of this log; again: the list", keys: "space right l", label: "space →", hint: "look"},
	{do: Narrower, help: "make the list narrower", keys: "<"},
	{do: Wider, help: "make the list wider", keys: ">"},
	{do: Copy, help: "copy the ids that are listed", keys: "y"},
	{do: Close, help: "back; nothing is sent", keys: "esc q", hint: "back"},
}}}

// BulkRun is a change of many logs while it is sent.
var BulkRun = Map{"Sending", &rows{moves: true, written: []row{
	{do: NextFilter, help: "list the next kind", keys: "f", hint: "filter"},
	{do: PrevFilter, help: "list the kind before", keys: "F"},
	{do: Look, help: "old and new of this log; again: the list", keys: "space right l", label: "space →", hint: "look"},
	{do: Narrower, help: "make the list narrower", keys: "<"},
	{do: Wider, help: "make the list wider", keys: ">"},
	{do: Close, help: "stop after the logs in hand", keys: "esc", hint: "stop"},
}}}

// BulkResults is what became of a change of many logs.
var BulkResults = Map{"Results", &rows{moves: true, written: []row{
	{do: Send, help: "go on with what was stopped", keys: "enter ctrl+s", label: "enter", hint: "go on", changes: true},
	{do: Retry, help: "send again what failed", keys: "R", hint: "retry", changes: true},
	{do: Undo, help: "take all of it back, after a review", keys: "u", hint: "undo", changes: true},
	{do: NextFilter, help: "list the next kind: what failed, was saved, already so", keys: "f", hint: "filter"},
	{do: PrevFilter, help: "list the kind before", keys: "F"},
	{do: Look, help: "old and new of this log; again: the list", keys: "space right l", label: "space →", hint: "look"},
	{do: Narrower, help: "make the list narrower", keys: "<"},
	{do: Wider, help: "make the list wider", keys: ">"},
	{do: Open, help: "open the log", keys: "o", hint: "open"},
	{do: Copy, help: "copy the ids that are listed", keys: "y"},
	{do: Close, help: "back to the list of logs", keys: "esc q", hint: "back"},
}}}
