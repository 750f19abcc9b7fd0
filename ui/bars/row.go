package bars

import "errata/ui/theme"

// Row draws a row of a list: as Bar, and under the cursor as a bar from end to end. Each piece
// keeps its colour there as far as it can be read.
func Row(w int, th *theme.Theme, under bool, left, right []Piece) string {
	if !under {
		return Bar(w, left, right)
	}
	if th.Plain {
		right = append([]Piece{{" " + th.Sign(theme.Pointer).Word + " ", th.Text}}, right...)
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

// Head draws the title of a pane. If the keys go to the pane it is underlined from end to end,
// since a bar would be taken for the row under the cursor.
func Head(w int, th *theme.Theme, hasKeys bool, left, right []Piece) string {
	if !hasKeys {
		return Bar(w, left, right)
	}
	lined := func(list []Piece) []Piece {
		under := make([]Piece, len(list))
		for i, p := range list {
			under[i] = Piece{p.Text, p.Style.Underline(true)}
		}
		return under
	}
	return bar(w, lined(left), lined(right), th.Text.Underline(true))
}

// Sign is a sign as a piece of a row.
func Sign(th *theme.Theme, name theme.SignName) Piece {
	s := th.Sign(name)
	return Piece{s.Text, s.Style}
}

// Said is the word at the right end of a row that replaces its sign for a screen reader; otherwise
// it is empty.
func Said(th *theme.Theme, name theme.SignName) []Piece {
	if !th.Plain || name == theme.NoSign {
		return nil
	}
	s := th.Sign(name)
	return []Piece{{s.Word + " ", s.Style}}
}

// Point is the piece ahead of a row that says whether the cursor is there.
func Point(th *theme.Theme, under bool) Piece {
	if !under {
		return Piece{Text: " "}
	}
	sign := th.Sign(theme.Pointer)
	return Piece{sign.Text, sign.Style}
}

// Box is drawn before a row that can be ticked, and Choice before one of several alternatives.
func Box(th *theme.Theme, ticked bool) Piece { return ticking(th, ticked, "[ ] ", "[x] ") }

// Choice is drawn before one of several alternatives.
func Choice(th *theme.Theme, held bool) Piece { return ticking(th, held, "( ) ", "(*) ") }

func ticking(th *theme.Theme, is bool, without, with string) Piece {
	switch {
	case th.Plain && is:
		return Piece{"with ", th.Changed}
	case th.Plain:
		return Piece{"without ", th.Faint}
	case is:
		return Piece{with, th.Changed}
	}
	return Piece{without, th.Faint}
}
