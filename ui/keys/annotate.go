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
var Annotating = Table("Annotating", func() []Binding {
	return []Binding{
		Bind(CompleteLog, "complete: send what was said and changed, and go to the next log", "ctrl+n").Hinted("next").Changing(),
		Bind(Say, "what stands on the digit above, as [[annotate]] in config.toml says; again: take it back", "1", "2", "3", "4", "5", "6", "7", "8", "9").As("1–9").Hinted("say").Changing(),
		Bind(Again, "repeat what was said or changed last, on whichever log", ".").Hinted("again").Changing(),
		Bind(SkipLog, "leave the log for later", "-").Hinted("skip"),
		Bind(Note, "write a note", "c").Hinted("note").Changing(),
		Bind(NextLog, "next log of the queue, this one stays as it is", "]"),
		Bind(PrevLog, "previous log of the queue", "["),
		Bind(NextField, "past the last field: to the strip above", "tab"),
	}
})

// AnnotatingValue is what holds of it within a value that is read or edited in rows: c copies a
// path there, and tab is for the fields.
var AnnotatingValue = Table("Annotating", func() []Binding {
	return slices.DeleteFunc(slices.Clone(Annotating.Bindings()), func(b Binding) bool {
		return b.Do == Note || b.Do == NextField
	})
})

// AnnotatingText is what holds of it while a text is typed.
var AnnotatingText = Table("Annotating", func() []Binding { return Annotating.Bindings()[:1] })

// Strip is the line with what stands on the digits, while the cursor is on it.
var Strip = Table("The strip", func() []Binding {
	return []Binding{
		Bind(PrevField, "to the left; from the first back to the fields", "left", "h", "shift+tab").As("← h"),
		Bind(NextField, "to the right", "right", "l", "tab").As("→ l"),
		Bind(Mark, "say it; again: take it back", " ").As("space").Hinted("say").Changing(),
		Bind(CompleteLog, "complete the log, and go to the next", "enter").Hinted("next").Changing(),
		Bind(Close, "back to the fields", "esc", "up", "down").As("esc").Hinted("close"),
	}
})

// NoteLine is the line in which a note is typed.
var NoteLine = Table("Note", func() []Binding {
	return []Binding{
		Bind(Accept, "keep the note", "enter", "esc").Hinted("keep"),
	}
})
