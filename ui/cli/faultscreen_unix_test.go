//go:build unix

package cli_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"errata/model"
)

// place is the screen that is shown.
type place string

const (
	nowhere   place = "nothing yet"
	onForm    place = "the form"
	inEditor  place = "the editor"
	inMember  place = "the editor of a new member"
	onReview  place = "the review"
	onClash   place = "the conflict screen"
	inMerge   place = "the merge editor"
	onList    place = "the list"
	onHistory place = "the history"
	failed    place = "the end with an error"
)

// notSent begins the news of a PATCH that was not sent for the sake of the log or of a text.
const notSent = "not sent:"

// shot is the lines of the screen.
type shot []string

// grouped is a number with its thousands apart.
var grouped = regexp.MustCompile(`\b\d{1,3}([ ,]\d{3})+\b`)

// changedFields is what the form's header says of changes.
var changedFields = regexp.MustCompile(` (\d+) changed\b`)

// shot looks at the screen, again only after something has come. Numbers are as they were typed.
func (s *trial) shot() shot {
	if n := s.r.Written(); s.last == nil || n != s.lastAt {
		s.last, s.lastAt = strings.Split(grouped.ReplaceAllStringFunc(s.r.Screen(), ungroup), "\n"), n
	}
	return s.last
}

func ungroup(number string) string { return strings.NewReplacer(" ", "", ",", "").Replace(number) }

func (v shot) place() place {
	switch {
	case slices.ContainsFunc(v, func(l string) bool { return strings.HasPrefix(l, "errata: ") }):
		return failed
	case len(v) < faultHeight:
		return nowhere
	}
	head, hints := v[0], v[faultHeight-1]
	switch {
	case strings.Contains(v.status(), "for the review …"):
		return nowhere // large changes are compared in the background, and keys wait for the review
	case strings.Contains(hints, "give up") && strings.HasPrefix(head, "Conflict"):
		return inMerge
	case strings.Contains(hints, "give up"):
		return inMember
	case strings.HasPrefix(head, "Conflict"):
		return onClash
	case strings.HasPrefix(head, "Logs"):
		return onList
	case strings.HasPrefix(head, "History"):
		return onHistory
	case strings.HasPrefix(head, "Review"):
		return onReview
	case strings.Contains(hints, "esc keep"):
		return inEditor
	case strings.Contains(hints, "enter edit"):
		return onForm
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

// point is the line that is pointed at, -1 for none.
func (v shot) point() int {
	return slices.IndexFunc(v, func(l string) bool { return strings.HasPrefix(l, "▸") })
}

// row is the label and the value of the row that is pointed at.
func (v shot) row() (label, value string) {
	at := v.point()
	if at < 0 {
		return "", ""
	}
	cells := []rune(v[at])
	if i := slices.IndexFunc(cells, func(r rune) bool { return r == '│' || r == '┃' }); i >= 0 {
		cells = cells[:i]
	}
	return strings.TrimSpace(part(cells, 3, 21)), strings.TrimSpace(part(cells, 21, len(cells)))
}

// pointed is the field that the review or the conflict screen points at.
func (v shot) pointed() *model.Field {
	at := v.point()
	if at < 0 {
		return nil
	}
	row := strings.TrimLeft(v[at], "▸●○! ")
	var found *model.Field
	for _, f := range model.Fields() {
		longer := found == nil || len(f.Label) > len(found.Label) // "Output", and "Output message"
		if longer && strings.HasPrefix(row, f.Label+" ") {
			found = f
		}
	}
	return found
}

func (v shot) has(text string) bool {
	return slices.ContainsFunc(v, func(l string) bool { return strings.Contains(l, text) })
}

// folds reports whether a text is to be seen, maybe over the end of a row.
func (v shot) folds(text string) bool { return strings.Contains(strings.Join(v, ""), text) }

// changed is the number of changed fields that the form's header tells; ok is false if it is not to
// be seen.
func (v shot) changed() (n int, ok bool) {
	if v.place() != onForm {
		return 0, false
	}
	if strings.Contains(v[0], "no changes") {
		return 0, true
	}
	found := changedFields.FindStringSubmatch(v[0])
	if found == nil {
		return 0, false
	}
	n, err := strconv.Atoi(found[1])
	return n, err == nil
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
