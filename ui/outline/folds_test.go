package outline

import (
	"slices"
	"testing"

	"errata/model/path"
	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/theme"
)

// What is unfolded of one value is unfolded of another, by its names and as far as it is there.
func TestFoldsOfAnotherValue(t *testing.T) {
	t.Parallel()
	outlineOf := func(text string) *view {
		v := newView(tree.New([]byte(text)), rows.Options{Theme: theme.None()})
		v.SetSize(60, 20)
		return v
	}
	one := outlineOf(`{"a":{"b":{"c":1}},"list":[{"x":1},{"y":2}],"shut":{"z":1}}`)
	one.Go(tree.Path{0, 0, 0})
	one.Go(tree.Path{1, 1, 0})
	folds, _ := one.Folds().([]path.Path)
	var got []string
	for _, p := range folds {
		got = append(got, p.String())
	}
	if want := []string{"a", "a.b", "list", "list[1]"}; !slices.Equal(got, want) {
		t.Fatalf("unfolded are %q, want %q", got, want)
	}
	other := outlineOf(`{"new":0,"list":[{"x":3}],"a":{"b":{"d":{"e":4}}},"shut":{"z":1}}`)
	before := other.rows()
	other.Fold(one.Folds())
	if n := other.rows() - before; n != 3 { // list[0], a.b and a.b.d
		t.Errorf("%d rows more:\n%v", n, other.Draw())
	}
	outlineOf(`"text"`).Fold(one.Folds())
	outlineOf(`{}`).Fold(nil)
}
