package keys

// The actions of the fill-ins and of the editors of one line.
const (
	FillIn     Action = "fill in"
	All        Action = "all"
	UTC        Action = "utc"
	Local      Action = "local"
	Now        Action = "now"
	MinuteUp   Action = "minute up"
	MinuteDown Action = "minute down"
)

// Fill is the list of values that follow from the rest of the log.
var Fill = Map{"Fill in", &rows{moves: true, written: []row{
	{do: Accept, help: "fill in the marked ones; without marks, the one under the cursor", keys: "enter", hint: "fill in", changes: true},
	{do: Mark, help: "mark", keys: "space", hint: "mark", changes: true},
	{do: All, help: "fill in all", keys: "a", hint: "all", changes: true},
	{do: Close, help: "back to the form, nothing filled in", keys: "esc f q", hint: "back"},
}}}

// Clock is what the form adds to an editor of one line that holds a time.
var Clock = Map{"Time", &rows{written: []row{
	{do: UTC, help: "the same moment in UTC, with a Z", keys: "alt+u", hint: "utc"},
	{do: Local, help: "the same moment in the zone of this machine", keys: "alt+l", hint: "local"},
	{do: Now, help: "now, written as the value was", keys: "alt+n", hint: "now"},
	{do: MinuteUp, help: "a minute later", keys: "alt+pgup"},
	{do: MinuteDown, help: "a minute earlier", keys: "alt+pgdown", label: "alt+pgdn"},
}}}

// Choice is what the form adds to an editor of one line that holds a tool choice.
var Choice = Map{"Tool choice", &rows{written: []row{
	{do: Down, help: "complete the name of a tool, else the next choice", keys: "ctrl+n", hint: "complete"},
	{do: Up, help: "the choice before", keys: "ctrl+p"},
}}}
