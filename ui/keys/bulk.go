package keys

// The actions of a change of many logs.
const (
	Look       Action = "look"
	NextFilter Action = "next filter"
	PrevFilter Action = "previous filter"
	Retry      Action = "retry"
)

// BulkChange is the line in which it is typed what is done to many logs.
var BulkChange = Table("Change many logs", func() []Binding {
	return []Binding{
		Bind(Accept, "review what would change", "enter").Hinted("review"),
		Bind(Close, "change nothing", "esc").Hinted("close"),
	}
})

// BulkReview is what would change in many logs, before it is sent.
var BulkReview = Table("Review of many logs", func() []Binding {
	return moving(
		Bind(Send, "send all that is listed as changing", "ctrl+s", "enter").Hinted("send").Changing(),
		Bind(LeaveOut, "leave this log out, or take it back in", "d").Hinted("leave out").Changing(),
		Bind(NextFilter, "list the next kind: a field, already so, refused, left out", "f").Hinted("filter"),
		Bind(PrevFilter, "list the kind before", "F"),
		Bind(Look, "old and new of this log; again: the list", " ", "right", "l").As("space →").Hinted("look"),
		Bind(Narrower, "make the list narrower", "<"),
		Bind(Wider, "make the list wider", ">"),
		Bind(Copy, "copy the ids that are listed", "y"),
		Bind(Close, "back; nothing is sent", "esc", "q").As("esc q").Hinted("back"),
	)
})

// BulkRun is a change of many logs while it is sent.
var BulkRun = Table("Sending", func() []Binding {
	return moving(
		Bind(NextFilter, "list the next kind", "f").Hinted("filter"),
		Bind(PrevFilter, "list the kind before", "F"),
		Bind(Look, "old and new of this log; again: the list", " ", "right", "l").As("space →").Hinted("look"),
		Bind(Narrower, "make the list narrower", "<"),
		Bind(Wider, "make the list wider", ">"),
		Bind(Close, "stop after the logs in hand", "esc").Hinted("stop"),
	)
})

// BulkResults is what came of a change of many logs.
var BulkResults = Table("Results", func() []Binding {
	return moving(
		Bind(Send, "go on with what was stopped", "enter", "ctrl+s").As("enter").Hinted("go on").Changing(),
		Bind(Retry, "send again what failed", "R").Hinted("retry").Changing(),
		Bind(Undo, "take all of it back, after a review", "u").Hinted("undo").Changing(),
		Bind(NextFilter, "list the next kind: what failed, was saved, already so", "f").Hinted("filter"),
		Bind(PrevFilter, "list the kind before", "F"),
		Bind(Look, "old and new of this log; again: the list", " ", "right", "l").As("space →").Hinted("look"),
		Bind(Narrower, "make the list narrower", "<"),
		Bind(Wider, "make the list wider", ">"),
		Bind(Open, "open the log", "o").Hinted("open"),
		Bind(Copy, "copy the ids that are listed", "y"),
		Bind(Close, "back to the list of logs", "esc", "q").As("esc q").Hinted("back"),
	)
})
