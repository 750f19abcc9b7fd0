package rows

import (
	"slices"
	"testing"

	"errata/model/tree"
)

// A place outlives the program in a draft: it is read as it was written.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path tree.Path
		sign byte
		rest string
		want Place
	}{
		{nil, Of, "value", "#value"},
		{tree.Path{3, 1}, Of, "name", "/3/1#name"},
		{tree.Path{2}, Of, "", "/2#"},
		{tree.Path{2, 0}, Within, "/1#value", "/2/0~/1#value"},
	} {
		at := PlaceOf(c.path, c.sign, c.rest)
		if at != c.want {
			t.Errorf("%v is written %s, not %s", c.path, at, c.want)
		}
		path, rest, ok := at.Split()
		if sign, _ := at.Sign(); !ok || sign != c.sign || rest != c.rest || !slices.Equal(path, c.path) {
			t.Errorf("%s is read as %v, %q, %q, %v", at, path, sign, rest, ok)
		}
	}
	for _, at := range []Place{"", "/0", "0#value", "/x#value", "//0#value", "/-1#value", "/99999999999999999999#value"} {
		if _, _, ok := at.Split(); ok {
			t.Errorf("%q is taken for a place", at)
		}
	}
}
