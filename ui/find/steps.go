package find

// Steps walks hits around the ends, also while more of them are looked for.
type Steps struct {
	Current int // the hit that is shown, -1 before one is
	Ahead   int // hits to go on by, asked for before they were found
}

// Advance goes on by the hits that were asked for, of n that were found: while more are looked for
// no further than these. It reports whether it moved.
func (s *Steps) Advance(n int, more bool) (moved bool) {
	before, to := s.Current, s.Current+s.Ahead
	switch {
	case n == 0 || before < 0:
	case more:
		s.Current = min(max(to, 0), n-1)
		s.Ahead = to - s.Current
	default:
		s.Current, s.Ahead = (to%n+n)%n, 0
	}
	return s.Current != before
}
