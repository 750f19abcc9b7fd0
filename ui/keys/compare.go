package keys

// The actions of two logs beside each other.
const (
	Compare   Action = "compare"
	OtherSide Action = "other side"
	FirstLog  Action = "first log"
	SecondLog Action = "second log"
	Take      Action = "take"
)

// CompareScreen is two logs beside each other.
var CompareScreen = Table("Compare", func() []Binding {
	return moving(
		Bind(NextHit, "next difference", "n").Hinted("next"),
		Bind(PrevHit, "the difference before", "N"),
		Bind(NextField, "next field that differs", "}"),
		Bind(PrevField, "the field before", "{"),
		Bind(OtherSide, "to the other log: what is copied goes into the one with the cursor", "tab", "shift+tab").As("tab").Hinted("other log"),
		Bind(FirstLog, "to the first log", "left", "h").As("← h"),
		Bind(SecondLog, "to the second log", "right", "l").As("→ l"),
		Bind(Take, "copy the other log's value into this one, as an edit: of the whole field, or of the place under the cursor", "m").
			Hinted("copy here").Changing(),
		Bind(Review, "review and send the logs that are changed, one after the other", "ctrl+s").Hinted("review"),
		Bind(Undo, "undo the last edit of this log", "u").Hinted("undo").Changing(),
		Bind(Redo, "redo", "ctrl+r").Changing(),
		Bind(Revert, "revert the field in this log", "r").Hinted("revert").Changing(),
		Bind(History, "history of what was sent of this log, to take it back", "H"),
		Bind(Fold, "fold the field, or list the fields that are the same", "enter", " ").As("enter space").Hinted("fold"),
		Bind(Copy, "copy the value of this log to the clipboard", "y"),
		Bind(Close, "back; what was not sent stays in the drafts", "esc", "q").As("esc q").Hinted("back"),
	)
})
