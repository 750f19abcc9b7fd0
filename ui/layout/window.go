package layout

import "iter"

// Rows are rows that are found one from the next, so that only those that are looked at are laid
// out or counted.
type Rows[R any] interface {
	// Below and Above give the row beside one; ok is false if there is none.
	Below(row R) (below R, ok bool)
	Above(row R) (above R, ok bool)
	// Tail is the last row.
	Tail() R
	// Before reports whether a row is above another.
	Before(row, other R) bool
}

// Window is a window over rows: as many as it is high, from its top on.
type Window[R any] struct {
	Of     Rows[R]
	Top    R
	Height int
}

// Shift is the row n rows below another, or above it when n is negative, as far as there are any,
// and how far it went.
func (w *Window[R]) Shift(from R, n int) (to R, gone int) {
	step, next := 1, w.Of.Below
	if n < 0 {
		step, next = -1, w.Of.Above
	}
	for ; gone != n; gone += step {
		row, ok := next(from)
		if !ok {
			break
		}
		from = row
	}
	return from, gone
}

// Until counts the rows from one down to another, at most limit; ok is false when that is farther,
// or is above.
func (w *Window[R]) Until(from, to R, limit int) (n int, ok bool) {
	for more := true; more && n < limit; n++ {
		if !w.Of.Before(from, to) {
			return n, !w.Of.Before(to, from)
		}
		from, more = w.Of.Below(from)
	}
	return 0, false
}

// Seen are the rows in the window.
func (w *Window[R]) Seen() iter.Seq[R] {
	return func(yield func(R) bool) {
		row, ok := w.Top, true
		for n := 0; ok && n < w.Height && yield(row); n++ {
			row, ok = w.Of.Below(row)
		}
	}
}

// Settle leaves no room below the last row while there is something above the window.
func (w *Window[R]) Settle() {
	if _, gone := w.Shift(w.Top, w.Height-1); gone < w.Height-1 {
		w.Bottom()
	}
}

// Bottom shows the last row at the foot of the window.
func (w *Window[R]) Bottom() { w.PutLow(w.Of.Tail()) }

// PutLow shows a row at the foot of the window.
func (w *Window[R]) PutLow(row R) { w.Top, _ = w.Shift(row, 1-w.Height) }

// Scroll moves the window by rows and says how far it went, up or down.
func (w *Window[R]) Scroll(n int) (gone int) {
	from := w.Top
	w.Top, _ = w.Shift(w.Top, n)
	w.Settle()
	if n > 0 && w.Of.Before(w.Top, from) {
		w.Top = from
	}
	if n < 0 {
		gone, _ = w.Until(w.Top, from, 1-n)
	} else {
		gone, _ = w.Until(from, w.Top, n+1)
	}
	return gone
}

// Find moves the window to a row that is not in it, a third of the window above.
func (w *Window[R]) Find(row R) {
	if _, seen := w.Until(w.Top, row, w.Height); !seen {
		w.Top, _ = w.Shift(row, -w.Height/3)
		w.Settle()
	}
}

// Reveal moves the window as little as is needed to show n rows, of which the first and the last
// are given.
func (w *Window[R]) Reveal(first, last R, n int) {
	y, seen := w.Until(w.Top, first, w.Height)
	switch {
	case seen && y+n <= w.Height:
	case seen:
		w.PutLow(last)
	case w.Of.Before(w.Top, first):
		w.PutLow(last)
		w.Settle()
	default:
		w.Top = first
		w.Settle()
	}
}
