package outline

import (
	"slices"
	"strings"
	"testing"

	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/theme"
)

const small = `{"user": {"name": "Ada", "tags": ["a", {"b": 1}]}, "ok": true, "note": "one\ntwo", "none": {}}`

func TestOpensFoldedBelowTheFirstLevel(t *testing.T) {
	t.Parallel()
	drive(t, small, 60, 10).shows(
		`▸ + user: {2} name: Ada, tags: […]`,
		`    ok: true`,
		`  + note: one⏎two`,
		`    none: {}`,
	).on(".user")
}

func TestUnfoldingGoesLevelByLevel(t *testing.T) {
	t.Parallel()
	d := drive(t, small, 60, 12).press("right")
	d.shows(
		`▸ - user: {2}`,
		`      name: Ada`,
		`    + tags: [2] a, {…}`,
		`    ok: true`,
		`  + note: one⏎two`,
		`    none: {}`,
	)
	d.press("right").on(".user.name").press("j l l l").on(`.user.tags[0]`)
	d.press("left").on(".user.tags").press("h").on(".user.tags")
	d.press("h").on(".user").press("h h").on(".user")
	d.shows(
		`▸ + user: {2} name: Ada, tags: […]`,
		`    ok: true`,
		`  + note: one⏎two`,
		`    none: {}`,
	)
	d.press("j left").on(".ok") // nothing is around it
}

func TestEnterAndSpaceFold(t *testing.T) {
	t.Parallel()
	d := drive(t, small, 60, 12).press("enter").on(".user")
	if d.rows() != 6 {
		t.Errorf("%d rows after enter", d.rows())
	}
	d.press("space")
	if d.rows() != 4 {
		t.Errorf("%d rows after space", d.rows())
	}
	d.press("G right space enter").holds(small) // an empty object has nothing to show
	if d.rows() != 4 {
		t.Errorf("%d rows", d.rows())
	}
}

func TestLongTextsUnfoldToTheirLines(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"note": "one\ntwo", "long": "the tide comes in and goes out again", "short": "in"}`, 28, 12).press("right")
	d.shows(
		`▸ - note: text, 10 bytes`,
		`  │ one`,
		`  │ two`,
		`  + long: the tide comes in…`,
		`    short: in`,
	)
	d.press("j j on").on(".note").press("left").on(".note").press("j right j j").on(".long")
	d.shows(
		`  + note: one⏎two`,
		`  - long: text, 38 bytes`,
		`  │ the tide comes in and`,
		`▸ │ goes out again`,
		`    short: in`,
	)
	d.SetSize(20, 12)
	d.shows(
		`  + note: one⏎two`,
		`  - long: text, 38 …`,
		`  │ the tide comes`,
		`▸ │ in and goes out`,
		`  │ again`,
		`    short: in`,
	)
	d.press("j j right")
	if d.rows() != 6 {
		t.Error("a text that is seen whole was unfolded")
	}
}

func TestAllAtOneLevel(t *testing.T) {
	t.Parallel()
	d := drive(t, `[[1], {"a": [2]}, 3, []]`, 40, 20).press("j j z").on(".[2]")
	d.shows(
		`  - 0: [1]`,
		`      0: 1`,
		`  - 1: {1}`,
		`    + a: [1] 2`,
		`▸   2: 3`,
		`    3: []`,
	)
	d.press("k z").on(".[1].a").press("k z")
	d.shows(
		`  + 0: [1] 1`,
		`▸ + 1: {1} a: […]`,
		`    2: 3`,
		`    3: []`,
	)
}

func TestMoving(t *testing.T) {
	t.Parallel()
	d := drive(t, "["+strings.Repeat("0,", 99)+"0]", 40, 12)
	for _, c := range []struct{ keys, on string }{
		{"down j", ".[2]"}, {"up", ".[1]"}, {"pgdown", ".[11]"}, {"ctrl+d", ".[17]"}, {"ctrl+u", ".[11]"}, {"pgup", ".[1]"},
		{"end", ".[99]"}, {"j j", ".[99]"}, {"home", ".[0]"}, {"k", ".[0]"}, {"G", ".[99]"}, {"g", ".[0]"},
	} {
		d.press(c.keys).on(c.on)
		if d.row < d.top || d.row >= d.top+d.h {
			t.Errorf("after %s row %d is not in the window from %d", c.keys, d.row, d.top)
		}
	}
}

func TestGoToUnfolds(t *testing.T) {
	t.Parallel()
	d := drive(t, small, 60, 12)
	d.GoTo(tree.Path{0, 1, 1, 0})
	d.on(".user.tags[1].b")
	if !slices.Equal(d.Path(), tree.Path{0, 1, 1, 0}) {
		t.Errorf("the path is %v", d.Path())
	}
	d.GoTo(tree.Path{0, 1, 7})
	d.on(".user.tags")
	d.GoTo(tree.Path{-1})
	d.on(".user")
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	for _, literal := range []string{small, hostile, "[]", "{}", `"text"`, "12", "null", " {\"a\" : 0.10 }\n"} {
		d := drive(t, literal, 60, 20)
		root := d.Root()
		for range 40 {
			d.press("l z j")
			if d.inner() == nil {
				d.press("enter") // opens an editor, or folds
			}
			d.press("esc esc")
		}
		d.press("r esc T esc a esc A esc g G y c")
		if d.Root() != root {
			t.Errorf("%s has become %s", literal, d.Root().Bytes())
		}
		if d.Undo() {
			t.Errorf("%s: there is something to undo", literal)
		}
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	d := driveWith(t, small, 60, 12, rows.Options{Theme: theme.None(), ReadOnly: true})
	root := d.Root()
	for _, k := range strings.Fields("a A i x delete D J K r T u ctrl+r") {
		if d.press(k).says("nothing can be changed"); d.Capturing() {
			t.Errorf("%s opens something", k)
		}
	}
	d.press("right j j right j j").on(".user.tags[1]").press("right j space enter").on(".user.tags[1].b")
	d.press("j space enter").on(".ok").press("j enter")
	if _, open := d.Inner(); open || d.Capturing() || d.inner() == nil {
		t.Error("a text is not opened for reading")
	}
	d.press("x").press("esc").says("")
	if d.inner() != nil || d.Root() != root {
		t.Error("reading leaves something behind")
	}
	if len(d.unused) != 1 {
		t.Errorf("not taken: %v", d.unused)
	}
}

func TestKeysOfOthersAreLeftAlone(t *testing.T) {
	t.Parallel()
	d := drive(t, small, 60, 12)
	others := "t e tab shift+tab ctrl+s esc ] [ d R q ?"
	if d.press(others); !slices.Equal(d.unused, strings.Fields(others)) {
		t.Errorf("left alone: %v", d.unused)
	}
	d.unused = nil
	d.press("j j enter tab shift+tab ctrl+s f1")
	if len(d.unused) != 4 {
		t.Errorf("left alone in an editor: %v", d.unused)
	}
}

func TestNothingThere(t *testing.T) {
	t.Parallel()
	d := drive(t, "", 60, 4).press("j G pgdown right left space z x D J K r T y c u")
	d.shows(`  nothing here yet`, `  a adds a member and makes it an object, t writes JSON`)
	if d.Root() != nil || d.Capturing() || len(d.Path()) != 0 {
		t.Error("something is there")
	}
	d.press("enter").write("reviewed:=true").press("enter").holds(`{"reviewed":true}`).on(".reviewed")
	d.press("u")
	if d.Root() != nil {
		t.Error("undo does not go back to nothing")
	}
	d.press("ctrl+r").holds(`{"reviewed":true}`)
	drive(t, "[]", 30, 3).shows("  []", "  a adds to it").press("A").write("x").press("enter").holds(`["x"]`)
}
