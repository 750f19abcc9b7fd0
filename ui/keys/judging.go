package keys

// Judging is the list of options to judge with.
var Judging = Table("Judging", func() []Binding {
	return moving(
		Bind(Accept, "judge so; ctrl+s in the form sends it", "enter").Hinted("judge").Changing(),
		Bind(Close, "close, as it was", "esc", "q").As("esc q").Hinted("close"),
	)
})

// JudgingSeveral is what is added where several options can be chosen.
var JudgingSeveral = Table("Several options", func() []Binding {
	return []Binding{
		Bind(Mark, "choose the option, or leave it out", " ").As("space").Hinted("choose"),
	}
})

// JudgingNumber is the line in which a number is typed to judge.
var JudgingNumber = Table("Judging by number", func() []Binding {
	return []Binding{
		Bind(Accept, "judge so; ctrl+s sends it", "enter").Hinted("judge"),
		Bind(Up, "a step up, no further than the limit", "up", "alt+up", "shift+up").As("↑").Hinted("step"),
		Bind(Down, "a step down, no further than the limit", "down", "alt+down", "shift+down").As("↓"),
		Bind(Close, "keep the number and return to the list", "esc").Hinted("keep"),
		Bind(NextField, "keep the number, next field", "tab"),
		Bind(PrevField, "keep the number, previous field", "shift+tab"),
		Bind(Review, "review and send", "ctrl+s").Hinted("review"),
	}
})

// JudgingText is the editor in which a text is typed to judge.
var JudgingText = Table("Judging by text", func() []Binding {
	return []Binding{
		Bind(Close, "keep the text and return to the list", "esc").Hinted("keep"),
		Bind(NextField, "keep the text, next field", "tab"),
		Bind(PrevField, "keep the text, previous field", "shift+tab"),
		Bind(Review, "review and send", "ctrl+s").Hinted("review"),
	}
})
