package compare

import (
	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/change"
	"errata/ui/sanitize"
)

// both is the side of a line that is about both logs.
const both = -1

// line is one line of a place, and whose it is.
type line struct {
	change.Line
	side int
}

// head is how many lines, of how many cells, are shown of a value that was edited and is the same
// in both logs.
const (
	head     = 3
	headLine = 160
)

// layLines makes the lines of a place, those of the first log ahead of those of the second.
func (p *place) layLines(f *model.Field, of [2]stand) {
	p.lines = []line{}
	whole := p.Whole()
	was, is := model.Raw(p.Before), model.Raw(p.After)
	switch {
	case !p.differs:
		p.same(f, was)
	case whole && was.IsSet() && is.IsSet() && !empty(was) && !empty(is):
		p.add(change.Lines(f, was, is)...)
	case !whole && p.Before != nil && p.After != nil:
		p.add(p.Place.Lines()...)
	default:
		p.alone(f, 0, change.Removed, was)
		p.alone(f, 1, change.Added, is)
	}
	for side, s := range of {
		if whole && s.err != nil {
			p.lines = append(p.lines, line{change.Line{Kind: change.Note, Text: "typed, and no value yet: " + s.err.Error()}, side})
		}
	}
	p.beside = besides(p.lines)
}

func empty(v model.Value) bool { return v.Kind() == jsonraw.String && len(v.Bytes()) == len(`""`) }

func (p *place) add(lines ...change.Line) {
	for _, l := range lines {
		side := both
		switch l.Kind {
		case change.Removed:
			side = 0
		case change.Added:
			side = 1
		}
		p.lines = append(p.lines, line{l, side})
	}
}

// alone shows the value of one side by itself.
func (p *place) alone(f *model.Field, side int, kind change.Kind, v model.Value) {
	var note string
	switch {
	case v.IsAbsent() && !p.Whole():
		note = "nothing here"
	case v.IsAbsent():
		note = "absent"
	case v.IsNull():
		note = "null"
	case empty(v):
		note = "an empty text"
	default:
		p.value(f, side, kind, v)
		return
	}
	p.lines = append(p.lines, line{change.Line{Kind: change.Note, Text: note}, side})
}

// value shows a value: within JSON as it is written there, on one line if it is short.
func (p *place) value(f *model.Field, side int, kind change.Kind, v model.Value) {
	lines := change.Whole(kind, v)
	if !p.Whole() {
		lines = change.Part(f, kind, v)
	}
	for _, l := range lines {
		p.lines = append(p.lines, line{l, side})
	}
}

// same shows in short what was edited and is the same in both logs.
func (p *place) same(f *model.Field, v model.Value) {
	switch {
	case v.IsAbsent():
		p.lines = append(p.lines, line{change.Line{Kind: change.Note, Text: "in neither log any more"}, both})
		return
	case !v.IsSet() || empty(v):
		p.alone(f, both, change.Same, v)
		return
	}
	p.value(f, both, change.Same, v)
	for i := range p.lines {
		p.lines[i].Text = sanitize.Line(p.lines[i].Text, headLine)
	}
	if more := len(p.lines) - head; more > 1 {
		p.lines = append(p.lines[:head:head], line{change.Line{Kind: change.Note, Text: figure.Count(more, "more line")}, both})
	}
}

// besides puts lines side by side: what both logs have is in both columns, and what goes and comes
// between stands opposite each other.
func besides(lines []line) (list [][2]int) {
	var runs [2][]int
	flush := func() {
		for i := range max(len(runs[0]), len(runs[1])) {
			pair := [2]int{-1, -1}
			for side, run := range runs {
				if i < len(run) {
					pair[side] = run[i]
				}
			}
			list = append(list, pair)
		}
		runs = [2][]int{}
	}
	for i, l := range lines {
		if l.side == both {
			flush()
			list = append(list, [2]int{i, i})
			continue
		}
		if l.side == 0 && len(runs[1]) > 0 {
			flush()
		}
		runs[l.side] = append(runs[l.side], i)
	}
	flush()
	return list
}
