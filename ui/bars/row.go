package bars

import "errata/ui/theme"

// Row draws a row of a list: as Bar, and under the cursor as a bar from end to end. Each piece
// keeps its colour there as far as it can be read.
func Row(w int, th *theme.Theme, under bool, left, right []Piece) string {
	if !under {
		return Bar(w, left, right)
	}
	ground := func(list []Piece) []Piece {
		on := make([]Piece, len(list))
		for i, p := range list {
			on[i] = Piece{p.Text, th.OnCursor(p.Style)}
		}
		return on
	}
	return bar(w, ground(left), ground(right), th.Cursor)
}

// Sign is a sign as a piece of a row.
func Sign(th *theme.Theme, name theme.SignName) Piece {
	s := th.Sign(name)
	return Piece{s.Text, s.Style}
}

// Said is what a row says at its right end instead of a sign, where signs are heard; else nothing.
func Said(th *theme.Theme, sign Piece) []Piece {
	if !th.Plain {
		return nil
	}
	for _, s := range th.Legend() {
		if s.Text == sign.Text {
			return []Piece{{s.Word, s.Style}}
		}
	}
	return nil
}

// Point is the piece ahead of a row that says whether the cursor is there.
func Point(th *theme.Theme, under bool) Piece {
	if !under {
		return Piece{Text: " "}
	}
	sign := th.Sign(theme.Pointer)
	return Piece{sign.Text, sign.Style}
}
