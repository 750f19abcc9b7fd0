package keys

// Steps is how many rows down an action takes the cursor of a list of n rows, a page being so many
// rows; negative up, n of them to an end. ok is false for an action that moves no cursor. The list
// stops at its ends.
func (a Action) Steps(n, page int) (by int, ok bool) {
	switch page = max(page, 1); a {
	case Up:
		return -1, true
	case Down:
		return 1, true
	case PageUp:
		return -page, true
	case PageDown:
		return page, true
	case Top:
		return -n, true
	case Bottom:
		return n, true
	}
	return 0, false
}
