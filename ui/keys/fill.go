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
var Fill = Table("Fill in", func() []Binding {
	return moving(
		Bind(Accept, "fill in what is marked, else the one under the cursor", "enter").Hinted("fill in").Changing(),
		Bind(Mark, "mark", " ").As("space").Hinted("mark").Changing(),
		Bind(All, "fill in all", "a").Hinted("all").Changing(),
		Bind(Close, "back to the form, nothing filled in", "esc", "f", "q").As("esc f q").Hinted("back"),
	)
})

// Clock is what the form adds to an editor of one line that holds a time.
var Clock = Table("Time", func() []Binding {
	return []Binding{
		Bind(UTC, "the same moment in UTC, with a Z", "alt+u").Hinted("utc"),
		Bind(Local, "the same moment in the zone of this machine", "alt+l").Hinted("local"),
		Bind(Now, "now, written as the value was", "alt+n").Hinted("now"),
		Bind(MinuteUp, "a minute later", "alt+pgup"),
		Bind(MinuteDown, "a minute earlier", "alt+pgdown").As("alt+pgdn"),
	}
})

// Choice is what the form adds to an editor of one line that holds a tool choice.
var Choice = Table("Tool choice", func() []Binding {
	return []Binding{
		Bind(Down, "complete the name of a tool, else the next choice", "ctrl+n").Hinted("complete"),
		Bind(Up, "the choice before", "ctrl+p"),
	}
})
