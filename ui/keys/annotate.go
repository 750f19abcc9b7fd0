package keys

import "slices"

// The actions of working on a queue.
const (
	Say         Action = "say"
	Again       Action = "again"
	SkipLog     Action = "skip the log"
	CompleteLog Action = "complete the log"
	Note        Action = "note"
	Annotate    Action = "annotate"
)

// Annotating is what a queue adds to the form: in the list, in what is read, in the outline and in
// the conversation, wherever no text is typed.
var Annotating = Map{"Annotating", &rows{written: []row{
	{do: CompleteLog, help: "complete: send what was said and changed, and go to the next log", keys: "ctrl+n", hint: "next", changes: true},
	{do: Say, help: "judge or tag as the digit says (set by [[annotate]] in config.toml); again: take it back", keys: "1 2 3 4 5 6 7 8 9", label: "1–9", hint: "say", changes: true},
	{do: Again, help: "repeat what was said or changed last, on whichever log", keys: ".", hint: "again", changes: true},
	{do: SkipLog, help: "leave the log for later", keys: "-", hint: "skip"},
	{do: Note, help: "write a note", keys: "c", hint: "note", changes: true},
	{do: NextLog, help: "next log of the queue, this one stays as it is", keys: "]"},
	{do: PrevLog, help: "previous log of the queue", keys: "["},
	{do: NextField, help: "past the last field: to the strip above", keys: "tab"},
}}}

// AnnotatingValue is what holds of it within a value that is read or edited in rows: c copies a
// path there, and tab is for the fields.
var AnnotatingValue = Table("Annotating", func() []Binding {
	return slices.DeleteFunc(slices.Clone(Annotating.Bindings()), func(b Binding) bool {
		return b.Do == Note || b.Do == NextField
	})
})

// AnnotatingText is what holds of it while a text is typed.
var AnnotatingText = Table("Annotating", func() []Binding { return Annotating.Bindings()[:1] })

// Strip is the line with what is on the digits, while the cursor is on it.
var Strip = Map{"The strip", &rows{written: []row{
	{do: PrevField, help: "to the left; from the first back to the fields", keys: "left h shift+tab", label: "← h"},
	{do: NextField, help: "to the right", keys: "right l tab", label: "→ l"},
	{do: Mark, help: "say it; again: take it back", keys: "space", hint: "say", changes: true},
	{do: CompleteLog, help: "complete the log, and go to the next", keys: "enter", hint: "next", changes: true},
	{do: Close, help: "back to the fields", keys: "esc up down", label: "esc", hint: "close"},
}}}

// NoteLine is the line in which a note is typed.
var NoteLine = Map{"Note", &rows{written: []row{
	{do: Accept, help: "keep the note", keys: "enter esc", hint: "keep"},
}}}
