package keys

// The actions of two logs side by side.
const (
	Compare   Action = "compare"
	OtherSide Action = "other side"
	FirstLog  Action = "first log"
	SecondLog Action = "second log"
	Take      Action = "take"
)

// CompareScreen is two logs side by side.
var CompareScreen = Map{"Compare", &rows{moves: true, written: []row{
	{do: NextHit, help: "next difference", keys: "n", hint: "next"},
	{do: PrevHit, help: "the difference before", keys: "N"},
	{do: NextField, help: "next field that differs", keys: "}"},
	{do: PrevField, help: "the field before", keys: "{"},
	{do: OtherSide, help: "to the other log: what is copied goes into the one with the cursor", keys: "tab shift+tab", label: "tab", hint: "other log"},
	{do: FirstLog, help: "to the first log", keys: "left h", label: "← h"},
	{do: SecondLog, help: "to the second log", keys: "right l", label: "→ l"},
	{do: Take, help: "copy the other log's value into this one, as an edit: of the whole field, or of the place under the cursor", keys: "m", hint: "copy here", changes: true},
	{do: Review, help: "review and send the logs that are changed, one after the other", keys: "ctrl+s", hint: "review"},
	{do: Undo, help: "undo the last edit of this log", keys: "u", hint: "undo", changes: true},
	{do: Redo, help: "redo", keys: "ctrl+r", changes: true},
	{do: Revert, help: "revert the field in this log", keys: "r", hint: "revert", changes: true},
	{do: History, help: "history of what was sent of this log, to take it back", keys: "H"},
	{do: Fold, help: "fold the field, or list the fields that are the same", keys: "enter space", hint: "fold"},
	{do: Copy, help: "copy the value of this log to the clipboard", keys: "y"},
	{do: Close, help: "back; what was not sent stays in the drafts", keys: "esc q", hint: "back"},
}}}
