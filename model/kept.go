package model

import "errata/model/jsonraw"

// Kept reports whether a server kept the value that it was sent; got is what it returned. The two
// are equal by meaning, or differ only in what servers normalise: datetimes that are the same
// instant (without a zone means UTC), members of a message that are null in one and absent in the
// other, and a field that was set to null and is left out.
func (f *Field) Kept(sent, got Value) bool {
	switch {
	case sent.Equal(got):
		return true
	case !sent.IsSet() || !got.IsSet():
		return !sent.IsSet() && !got.IsSet()
	case f.Kind == Datetime:
		return sameInstant(sent, got)
	case f.Kind == Message || f.Kind == Messages:
		return jsonraw.EqualSparse(sent.Bytes(), got.Bytes())
	}
	return false
}
