package keys

// Judging is the list of options to judge with.
var Judging = Map{"Judging", &rows{moves: true, written: []row{
	{do: Accept, help: "judge so; ctrl+s in the form sends it", keys: "enter", hint: "judge", changes: true},
	{do: Close, help: "close, as it was", keys: "esc q", hint: "close"},
}}}

// JudgingSeveral is what is added where several options can be chosen.
var JudgingSeveral = Map{"Several options", &rows{written: []row{
	{do: Mark, help: "choose the option, or leave it out", keys: "space", hint: "choose"},
}}}

// JudgingNumber is the line in which a number is typed to judge.
var JudgingNumber = Map{"Judging by number", &rows{written: []row{
	{do: Accept, help: "judge so; ctrl+s sends it", keys: "enter", hint: "judge"},
	{do: Up, help: "a step up, no further than the limit", keys: "up alt+up shift+up", label: "↑", hint: "step"},
	{do: Down, help: "a step down, no further than the limit", keys: "down alt+down shift+down", label: "↓"},
	{do: Close, help: "keep the number and return to the list", keys: "esc", hint: "keep"},
	{do: NextField, help: "keep the number, next field", keys: "tab"},
	{do: PrevField, help: "keep the number, previous field", keys: "shift+tab"},
	{do: Review, help: "review and send", keys: "ctrl+s", hint: "review"},
}}}

// JudgingText is the editor in which a text is typed to judge.
var JudgingText = Map{"Judging by text", &rows{written: []row{
	{do: Close, help: "keep the text and return to the list", keys: "esc", hint: "keep"},
	{do: NextField, help: "keep the text, next field", keys: "tab"},
	{do: PrevField, help: "keep the text, previous field", keys: "shift+tab"},
	{do: Review, help: "review and send", keys: "ctrl+s", hint: "review"},
}}}
