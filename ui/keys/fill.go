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
var Fill = Map{Title: "Fill in", Bindings: append(moves[:len(moves):len(moves)],
	Binding{Do: Accept, Keys: []string{"enter"}, Help: "fill in what is marked, else the one under the cursor", Hint: "fill in"},
	Binding{Do: Mark, Keys: []string{" "}, Show: "space", Help: "mark", Hint: "mark"},
	Binding{Do: All, Keys: []string{"a"}, Help: "fill in all", Hint: "all"},
	Binding{Do: Close, Keys: []string{"esc", "f", "q"}, Show: "esc f q", Help: "back to the form, nothing filled in", Hint: "back"},
)}

// Clock is what the form adds to an editor of one line that holds a time.
var Clock = Map{Title: "Time", Bindings: []Binding{
	{Do: UTC, Keys: []string{"alt+u"}, Help: "the same moment in UTC, with a Z", Hint: "utc"},
	{Do: Local, Keys: []string{"alt+l"}, Help: "the same moment in the zone of this machine", Hint: "local"},
	{Do: Now, Keys: []string{"alt+n"}, Help: "now, written as the value was", Hint: "now"},
	{Do: MinuteUp, Keys: []string{"alt+pgup"}, Help: "a minute later"},
	{Do: MinuteDown, Keys: []string{"alt+pgdown"}, Show: "alt+pgdn", Help: "a minute earlier"},
}}

// Choice is what the form adds to an editor of one line that holds a tool choice.
var Choice = Map{Title: "Tool choice", Bindings: []Binding{
	{Do: Down, Keys: []string{"ctrl+n"}, Help: "complete the name of a tool, else the next choice", Hint: "complete"},
	{Do: Up, Keys: []string{"ctrl+p"}, Help: "the choice before"},
}}
