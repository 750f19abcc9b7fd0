//go:build unix

package cli_test

import (
	"slices"
	"strings"

	"errata/model"
)

// place is what a person has before them.
type place string

const (
	nowhere  place = "nothing yet"
	onForm   place = "the form"
	inEditor place = "the editor"
	onReview place = "the review"
	onClash  place = "the conflict screen"
	inMerge  place = "the merge editor"
	failed   place = "the end with an error"
)

// shot is the lines of the screen.
type shot []string

// shot looks at the screen, again only after something has come.
func (s *trial) shot() shot {
	if n := s.r.Written(); s.last == nil || n != s.lastAt {
		s.last, s.lastAt = strings.Split(s.r.Screen(), "\n"), n
	}
	return s.last
}

func (v shot) place() place {
	if len(v) < faultHeight {
		return nowhere
	}
	head, hints := v[0], v[faultHeight-1]
	switch {
	case strings.Contains(hints, "give up") && strings.HasPrefix(head, "Conflict"):
		return inMerge
	case strings.HasPrefix(head, "Conflict"):
		return onClash
	case strings.HasPrefix(head, "Review"):
		return onReview
	case strings.Contains(hints, "esc keep"):
		return inEditor
	case strings.Contains(hints, "enter edit"):
		return onForm
	case slices.ContainsFunc(v, func(l string) bool { return strings.HasPrefix(l, "errata: ") }):
		return failed
	}
	return nowhere
}

// status is the line of news.
func (v shot) status() string {
	if len(v) < faultHeight {
		return ""
	}
	return strings.TrimSpace(v[faultHeight-2])
}

// row is the label and the value of the row that is pointed at.
func (v shot) row() (label, value string) {
	at := slices.IndexFunc(v, func(l string) bool { return strings.HasPrefix(l, "▸") })
	if at < 0 {
		return "", ""
	}
	left, _, _ := strings.Cut(v[at], "│")
	cells := []rune(left)
	return strings.TrimSpace(part(cells, 3, 21)), strings.TrimSpace(part(cells, 21, len(cells)))
}

// pointed is the field that the review or the conflict screen points at.
func (v shot) pointed() *model.Field {
	at := slices.IndexFunc(v, func(l string) bool { return strings.HasPrefix(l, "▸") })
	if at < 0 {
		return nil
	}
	name := strings.Fields(strings.TrimLeft(v[at], "▸●! "))[0]
	f, _ := model.Lookup(name)
	return f
}

func (v shot) has(text string) bool {
	return slices.ContainsFunc(v, func(l string) bool { return strings.Contains(l, text) })
}

// shown is how much of a text the screen holds, from its start.
func (v shot) shown(text string) string {
	for n := len(text); n > 0; n-- {
		if v.has(text[:n]) {
			return text[:n]
		}
	}
	return ""
}

func part(cells []rune, from, to int) string {
	return string(cells[min(from, len(cells)):min(to, len(cells))])
}
