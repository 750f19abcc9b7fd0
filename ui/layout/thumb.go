package layout

// Thumb is which of h rows of a scroll bar show the part of n rows that is seen from top on: from
// the first up to, not including, the last. Both are 0 when nothing is hidden. It touches an end of
// the bar only when that end of the rows is seen.
func Thumb(top, h, n int) (first, last int) {
	if n <= h || h <= 0 {
		return 0, 0
	}
	size := max(h*h/n, 1)
	room, hidden := h-size, n-h
	first = min(top, hidden) * room / hidden
	if top > 0 && first == 0 && room > 1 {
		first = 1
	}
	if top < hidden && first == room && room > 1 {
		first = room - 1
	}
	return first, first + size
}
