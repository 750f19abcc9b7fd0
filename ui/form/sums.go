package form

import (
	"fmt"
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/sanitize"
	"errata/ui/units"
)

// sum is one of the lines that sum a group up.
type sum int

const (
	tokenSum sum = iota
	costSum
	durationSum
)

// summed is a sum with what it is made of.
type summed struct {
	name, digits, unit string
	portions           []model.Portion
}

// summedUp computes the sums of the log as it stands.
func (l *fieldList) summedUp() map[sum]summed {
	if l.sums == nil {
		t, p := l.changes.Totals(), l.changes.Portions()
		l.sums = map[sum]summed{
			tokenSum:    {"total", figure.Thousands(t.Tokens), " tokens", p.Tokens},
			costSum:     {"total cost", units.Dollars(t.Cost), "", p.Cost},
			durationSum: {"duration", figure.Thousands(t.Duration), " s", p.Duration},
		}
	}
	return l.sums
}

// The cells of a bar of portions, and of a unit, so that all bars begin in one column.
const (
	leastBar  = 4
	mostBar   = 10
	unitWidth = len(" tokens")
)

// sumLine draws a sum: its digits in the column of numbers, and a bar of what it is made of, with
// the shares in words where there is room.
func (l *fieldList) sumLine(which sum, w int) string {
	s := l.summedUp()[which]
	left := []bars.Piece{{Text: strings.Repeat(" ", leadWidth) + sanitize.Fit(s.name, labelWidth) + " ", Style: l.th.Muted}}
	if s.digits == "" {
		return bars.Bar(w, append(left, bars.Piece{Text: sanitize.Fit("", amountWidth-len([]rune(l.th.Absent()))) + l.th.Absent(), Style: l.th.Faint}), nil)
	}
	lead := max(amountWidth-sanitize.Width(s.digits), 0)
	left = append(left, bars.Piece{Text: strings.Repeat(" ", lead) + s.digits, Style: l.th.Text})
	unit := bars.Piece{Text: s.unit, Style: l.th.Muted}
	cells := min(w-bars.Width(left)-unitWidth-3, mostBar)
	if len(s.portions) == 0 || cells < leastBar {
		return bars.Bar(w, append(left, unit), nil)
	}
	unit.Text = sanitize.Fit(unit.Text, unitWidth)
	left = append(left, unit)
	if bar := bars.Shares(sharesOf(s.portions), l.th.Fills(), cells); bar != "" {
		left = append(left, bars.Piece{Text: "  " + bar, Style: l.th.Info})
	}
	for _, told := range [][]model.Portion{s.portions, s.portions[:1]} {
		if words := "  " + sharesInWords(told); bars.Width(left)+sanitize.Width(words) <= w {
			left = append(left, bars.Piece{Text: words, Style: l.th.Muted})
			break
		}
	}
	return bars.Bar(w, left, nil)
}

func sharesOf(list []model.Portion) []float64 {
	shares := make([]float64, len(list))
	for i, p := range list {
		shares[i] = p.Share
	}
	return shares
}

// sharesInWords are the portions that there are: "28 % prompt, 72 % output".
func sharesInWords(list []model.Portion) string {
	var words []string
	for _, p := range list {
		switch percent := 100 * p.Share; {
		case p.Share == 0:
		case percent < 1:
			words = append(words, "<1 % "+p.Name)
		case percent > 99 && p.Share < 1:
			words = append(words, ">99 % "+p.Name)
		default:
			words = append(words, fmt.Sprintf("%.0f %% %s", percent, p.Name))
		}
	}
	return strings.Join(words, ", ")
}
