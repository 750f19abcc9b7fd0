package review

import (
	"slices"

	"errata/model"
	"errata/model/figure"
	"errata/ui/change"
	"errata/ui/pager"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// field is a field that changed, with the places of it that can be left out each by itself.
type field struct {
	*model.Field
	says   string // what is sent of the change, in a sentence; all of it where nothing is sent
	lines  []change.Line
	places []place
	cells  int            // of the widest of their names
	left   change.LeftOut // of all the places
	out    bool           // nothing of it is sent
}

// place is one place of a field.
type place struct{ name, says string }

// quoted is the cells of a value that is in a sentence.
const quoted = 40

// told is a field of a change set, of which nothing is left out.
func told(c *model.ChangeSet, f *model.Field) field {
	t := change.Told(f, c.Base().Value(f), c.Value(f), quoted)
	made := field{Field: f, says: t.Sentence, lines: t.Lines, left: change.Of(f, t.Places, false)}
	for _, p := range t.Places {
		name := sanitize.Line(p.Name(f), -1)
		made.places = append(made.places, place{name, p.Sentence(f, quoted)})
		made.cells = max(made.cells, sanitize.Width(name))
	}
	return made
}

// leave leaves something of a field out of what is sent.
func leave(sent *model.ChangeSet, f field, left change.LeftOut) field {
	f.left = left.On(f.left.Places)
	base := sent.Base().Value(f.Field)
	sent.Revert(f.Field)
	if f.out = f.left.All(); f.out {
		return f
	}
	v, err := change.Kept(base, f.left.Kept())
	if err == nil {
		err = sent.SetLiteral(f.Field, v.Bytes())
	}
	if _, changed := sent.Edit(f.Field); err != nil || !changed {
		f.out = true // what is kept is not a value by itself, or no change, and waits for the rest
		return f
	}
	f.says = change.Sentence(f.Field, base, v, quoted)
	return f
}

// some counts the places that are left out of a field of which the rest is sent.
func (f *field) some() int {
	if f.out {
		return 0
	}
	return len(f.places) - len(f.left.Kept())
}

// leftOut says what becomes of a change that is not sent.
const leftOut = "left out, it stays changed in the form"

// summary is the change in a few words.
func (f *field) summary() string {
	if n := f.some(); n > 0 {
		return figure.Int(n) + " of " + figure.Int(len(f.places)) + " left out; " + f.says
	}
	return f.says
}

// show adds what changes in the field, with its warnings, and gives where each of its places
// begins.
func (f *field) show(warnings []model.Warning, th *theme.Theme, add func(pager.Source) int) []int {
	if f.out {
		head := add(pager.Heading(f.Label+": "+leftOut, th.Muted))
		add(pager.Plain("", th))
		return slices.Repeat([]int{head}, len(f.places))
	}
	add(pager.Heading(f.Label, th.Heading))
	at := f.showPlaces(th, add)
	for _, w := range warnings {
		if w.Field == f.Field {
			add(pager.Heading("! "+w.Msg, th.Warning))
		}
	}
	add(pager.Plain("", th))
	return at
}

// showPlaces adds the lines of the change. A line stands for what is left out of them.
func (f *field) showPlaces(th *theme.Theme, add func(pager.Source) int) (at []int) {
	done := 0
	to := func(line int) int {
		from := done
		done = max(line, done)
		return add(pager.Changes(f.lines[from:done], th))
	}
	for i, p := range f.left.Places {
		to(p.From)
		if f.left.Out[i] {
			at = append(at, add(pager.Changes([]change.Line{{Kind: change.Note, Text: f.places[i].name + ": " + leftOut}}, th)))
			done = max(p.To, done)
			continue
		}
		at = append(at, to(p.To))
	}
	to(len(f.lines))
	return at
}
