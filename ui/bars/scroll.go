package bars

import (
	"strings"

	"errata/ui/layout"
	"errata/ui/theme"
)

// Scroll is the column between a list and what is beside it: a rule and a blank column. h of n rows
// are visible, starting at top; that part of the rule is drawn heavier. If all are visible, it is a
// plain rule.
func Scroll(th *theme.Theme, top, h, n int) []string {
	return scroll(top, h, n, th.Faint.Render(th.Rule())+" ", th.Muted.Render(th.Thumb())+" ")
}

// ScrollEnd is that column at the right end of a list that is alone: blank but for the part that is
// seen, so that scrolling costs little.
func ScrollEnd(th *theme.Theme, top, h, n int) []string {
	return scroll(top, h, n, " ", th.Faint.Render(th.Thumb()))
}

func scroll(top, h, n int, rule, thumb string) []string {
	first, last := layout.Thumb(top, h, n)
	column := make([]string, max(h, 0))
	for i := range column {
		column[i] = rule
		if i >= first && i < last {
			column[i] = thumb
		}
	}
	return column
}

// Columns puts two columns of lines side by side with a third, one cell wide, between them. The
// lines of left are exactly as wide as their column; there are as many lines as in the shortest.
func Columns(left, between, right []string) []string {
	out := make([]string, min(len(left), len(between), len(right)))
	for i := range out {
		out[i] = left[i] + between[i] + right[i]
	}
	return out
}

// Across is the line of w cells between what is above and what is below.
func Across(w int, th *theme.Theme) string {
	return th.Faint.Render(strings.Repeat(th.Across(), w))
}
