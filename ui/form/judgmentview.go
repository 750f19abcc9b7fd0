package form

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/pager"
	"errata/ui/theme"
)

// judgmentSource shows an evaluator for reading: what is to be said, what stands, what was said
// before, and what the evaluator wants.
func (l *fieldList) judgmentSource(j *judged) pager.Source {
	th := l.th
	var parts []pager.Source
	if d := l.decision(j); d != nil {
		parts = append(parts, pager.Line(pager.Run{Text: "not sent: ", Style: th.Changed},
			pager.Run{Text: l.turn(j, d) + by(d.User), Style: valenceStyle(th, j.is.Spec, d.Value)}), gap(th))
	}
	var older []pager.Source
	for _, s := range j.standings {
		if s.Withdrawn() {
			older = append(older, saidLine(th, s.Newest, th.Muted))
		} else {
			parts = append(parts, saidLine(th, s.Newest, valenceStyle(th, s.Evaluator.Spec, s.Newest.Value)))
		}
		for _, before := range s.Older {
			older = append(older, saidLine(th, before, th.Muted))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, pager.Heading("not judged", th.Muted))
	}
	if len(older) > 0 {
		parts = append(append(parts, gap(th), pager.Heading("before", th.Heading)), older...)
	}
	return pager.Join(append(parts, gap(th), wanted(th, j.is))...)
}

func gap(th *theme.Theme) pager.Source { return pager.Plain("\n", th) }

// saidLine is one judgment on a line: its value, by whom and when.
func saidLine(th *theme.Theme, j judgment.Judgment, style lipgloss.Style) pager.Source {
	about := by(j.User)
	if j.CreatedAt != "" {
		about += " · " + j.CreatedAt
	}
	return pager.Line(pager.Run{Text: judgment.Words(j.Value), Style: style}, pager.Run{Text: th.Words(about), Style: th.Muted})
}

// wanted says what an evaluator takes, and how it is to be used.
func wanted(th *theme.Theme, e judgment.Evaluator) pager.Source {
	parts := []pager.Source{pager.Line(pager.Run{Text: "wants ", Style: th.Muted}, pager.Run{Text: wants(e.Spec), Style: th.Text})}
	if e.Spec.Instructions != "" {
		parts = append(parts, gap(th), pager.Heading("instructions", th.Heading), pager.Plain(e.Spec.Instructions, th))
	}
	return pager.Join(parts...)
}

// wants says what a judgment may be, with the step and the direction of a number.
func wants(s judgment.Spec) string {
	text := s.Wanted()
	if s.Returns != judgment.Number {
		return text
	}
	if s.Step != "" {
		text += " in steps of " + s.Step
	}
	switch s.Valence {
	case judgment.Positive:
		text += ", higher is better"
	case judgment.Negative:
		text += ", lower is better"
	case judgment.Neutral:
	}
	return text
}

// valenceStyle is the look of a value by what the spec says of it.
func valenceStyle(th *theme.Theme, s judgment.Spec, v model.Value) lipgloss.Style {
	return inValence(th, s.ValenceOf(v))
}

func inValence(th *theme.Theme, v judgment.Valence) lipgloss.Style {
	switch v {
	case judgment.Positive:
		return th.Good
	case judgment.Negative:
		return th.Error
	case judgment.Neutral:
	}
	return th.Text
}

// turnSource shows what a decision makes of what stands.
func (l *fieldList) turnSource(j *judged) pager.Source {
	d := l.decision(j)
	if d == nil {
		return pager.Plain("no change: nothing is to be said that does not stand already", l.th)
	}
	return pager.Join(pager.Heading("- "+l.was(j), l.th.Removed), pager.Heading("+ "+strings.TrimSpace(judgment.Words(d.Value)), l.th.Added))
}
