package outline

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/term"
)

func TestAddOneMember(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"dataset": "ovens", "row": 3}`, 60, 10)
	d.press("a").shows(
		`    dataset: ovens`,
		`▸ »  name=text, name:=JSON, or a name`,
		`    row: 3`,
	)
	d.write("reviewed:=true").press("enter").on(".reviewed").says("")
	d.holds(`{"dataset": "ovens", "reviewed": true, "row": 3}`)
}

func TestAdding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, literal, keys, typed, want, on string }{
		{"after", `{"a":1,"b":2}`, "a", "c=x", `{"a":1,"c":"x","b":2}`, ".c"},
		{"before", `{"a":1,"b":2}`, "j i", "c=x", `{"a":1,"c":"x","b":2}`, ".c"},
		{"at the beginning", `{"a":1}`, "i", "c=x", `{"c":"x","a":1}`, ".c"},
		{"inside a folded one", `{"a":{"b":1}}`, "A", "c=x", `{"a":{"b":1,"c":"x"}}`, ".a.c"},
		{"inside an empty one", `{"a":{}}`, "A", "c=x", `{"a":{"c":"x"}}`, ".a.c"},
		{"inside of what it is in", `{"a":{"b":1,"d":2}}`, "l j A", "c=x", `{"a":{"b":1,"d":2,"c":"x"}}`, ".a.c"},
		{"behind an unfolded one", `{"a":{"b":1},"d":2}`, "l a", "c=x", `{"a":{"b":1},"c":"x","d":2}`, ".c"},
		{"to an empty object", `{}`, "a", "c=x", `{"c":"x"}`, ".c"},
		{"to an empty list", `[]`, "i", "x", `["x"]`, ".[0]"},
		{"text to a list", `[1]`, "a", "a=b", `[1,"a=b"]`, ".[1]"},
		{"text behind = to a list", `[1]`, "a", "=:=b", `[1,":=b"]`, ".[1]"},
		{"JSON to a list", `[1]`, "a", ":= 0.10 ", `[1,0.10]`, ".[1]"},
		{"JSON", `{"a":1}`, "a", `c:={"x": [1, 2]}`, `{"a":1,"c":{"x": [1, 2]}}`, ".c"},
		{"null", `{"a":1}`, "a", `c:=null`, `{"a":1,"c":null}`, ".c"},
		{"spaces around =", `{"a":1}`, "a", `c =  x `, `{"a":1,"c":" x "}`, ".c"},
		{"spaces around :=", `{"a":1}`, "a", `c := true`, `{"a":1,"c":true}`, ".c"},
		{"a text that begins with a space", `{"a":1}`, "a", `c= x`, `{"a":1,"c":" x"}`, ".c"},
		{"a text with =", `{"a":1}`, "a", `c=x=y:=z`, `{"a":1,"c":"x=y:=z"}`, ".c"},
		{"an empty text", `{"a":1}`, "a", `c=`, `{"a":1,"c":""}`, ".c"},
		{"a number as text", `{"a":1}`, "a", `c=12`, `{"a":1,"c":"12"}`, ".c"},
		{"an odd name", `{"a":1}`, "a", `b c"d=x`, `{"a":1,"b c\"d":"x"}`, `.["b c\"d"]`},
	} {
		d := drive(t, c.literal, 60, 10).press(c.keys).write(c.typed).press("enter").holds(c.want).on(c.on)
		if d.Capturing() {
			t.Errorf("%s: the line stays open: %s", c.name, d.news.Text)
		}
		if d.press("u").holds(c.literal); d.Undo() {
			t.Errorf("%s: more than one step", c.name)
		}
		d.press("ctrl+r").holds(c.want)
	}
}

func TestANameAloneIsTypedOn(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a":1}`, 40, 10).press("a").write("note").press("enter").holds(`{"a":1,"note":""}`)
	d.write("seen").shows(`    a: 1`, `▸   note: seen`).press("enter").holds(`{"a":1,"note":"seen"}`)
	d.press("u").holds(`{"a":1}`).press("ctrl+r").holds(`{"a":1,"note":"seen"}`)
	d.press("u a").write("n").press("enter esc").holds(`{"a":1,"n":""}`).press("u").holds(`{"a":1}`)
	drive(t, `[1]`, 40, 10).press("a enter").holds(`[1,""]`).write("x").press("enter").holds(`[1,"x"]`).press("u").holds(`[1]`)
}

func TestWhatCannotBeAdded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, says string }{
		{"a=2", `the name "a" stands already`},
		{"a", `the name "a" stands already`},
		{"b:=", "a value is missing after :="},
		{"b:=[1,", "not JSON after :=: the closing bracket is missing"},
		{"b:=word", "not JSON after :="},
		{`b:={"x":1,"x":2}`, `the name "x" stands twice`},
	} {
		d := drive(t, `{"a":1}`, 60, 10).press("a").write(c.typed).press("enter").says(c.says).holds(`{"a":1}`)
		if in, ok := d.Inner(); !ok || string(in.Text.Bytes()) != c.typed {
			t.Errorf("%s: the text is gone", c.typed)
		}
		d.press("esc").holds(`{"a":1}`)
		if d.Capturing() {
			t.Errorf("%s: esc leaves the line open", c.typed)
		}
	}
	// nothing typed adds nothing
	drive(t, `{"a":1}`, 60, 10).press("a enter").holds(`{"a":1}`).says("")
	drive(t, `{"a":1}`, 60, 10).press("a").write("=x").press("enter").holds(`{"a":1,"":"x"}`).says("the name is empty")
	drive(t, `"alone"`, 60, 10).press("a").says("this is the whole value")
}

func TestDeleting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ literal, keys, want, on string }{
		{`{"a": 1, "b": 2, "c": 3}`, "j x", `{"a": 1, "c": 3}`, ".c"},
		{`{"a": 1, "b": 2}`, "j x", `{"a": 1}`, ".a"},
		{`{"a": 1, "b": 2}`, "delete", `{"b": 2}`, ".b"},
		{`{"a": {"b": 2}, "c": 1}`, "l j x", `{"a": {}, "c": 1}`, ".a"},
		{`[1]`, "x", `[]`, "."},
		{`[[1, 2], 3]`, "l x", `[3]`, ".[0]"},
	} {
		d := drive(t, c.literal, 60, 10).press(c.keys).holds(c.want).on(c.on).says(" deleted, u takes it back")
		rows := d.rows()
		d.press("u").holds(c.literal).press("ctrl+r").holds(c.want).on(c.on)
		if d.rows() != rows {
			t.Errorf("%s: %d rows after redo, %d before", c.literal, d.rows(), rows)
		}
	}
	drive(t, `12`, 60, 10).press("x").holds("12").says("this is the whole value")
}

func TestUndoBringsBackWhatWasUnfolded(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": {"b": [1, 2]}, "c": [3]}`, 60, 10).press("l j l G l j")
	before := d.screen()
	d.press("h h g x").shows(`▸ + c: [1] 3`).press("u")
	d.press("G l j")
	if d.screen() != before {
		t.Errorf("undo shows\n%s\nnot\n%s", d.screen(), before)
	}
}

func TestWhatIsUnfoldedStaysThroughEdits(t *testing.T) {
	t.Parallel()
	d := drive(t, `[[1], [2], [3]]`, 40, 20).press("j l") // the second is unfolded
	d.press("g a").write("new").press("enter g i").write("first").press("enter")
	d.shows(`▸   0: first`, `  + 1: [1] 1`, `    2: new`, `  - 3: [1]`, `      0: 2`, `  + 4: [1] 3`)
	d.press("j j j K").on(".[2]").shows(`    0: first`, `  + 1: [1] 1`, `▸ - 2: [1]`, `      0: 2`, `    3: new`, `  + 4: [1] 3`)
	d.press("u u u").shows(`▸ + 0: [1] 1`, `  - 1: [1]`, `      0: 2`, `  + 2: [1] 3`)
	d.press("ctrl+r ctrl+r ctrl+r").holds(`["first", [1], [2], "new", [3]]`)
}

func TestDuplicating(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ literal, keys, want, on string }{
		{`{"a": 0.10}`, "D", `{"a": 0.10, "a_2": 0.10}`, ".a_2"},
		{`{"a": 1}`, "D D", `{"a": 1, "a_2": 1, "a_3": 1}`, ".a_3"},
		{`{"a": 1, "a_2": 2}`, "D", `{"a": 1, "a_3": 1, "a_2": 2}`, ".a_3"},
		{`{"_x": 1}`, "D", `{"_x": 1, "_x_2": 1}`, "._x_2"},
		{`[[1], 2]`, "D", `[[1], [1], 2]`, ".[1]"},
	} {
		drive(t, c.literal, 60, 10).press(c.keys).holds(c.want).on(c.on)
	}
	d := drive(t, `{"a": {"b": 1}}`, 60, 10).press("l D")
	d.shows(`  - a: {1}`, `      b: 1`, `▸ - a_2: {1}`, `      b: 1`)
}

func TestMovingNodes(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": 1, "b": 2, "c": 3}`, 60, 10)
	d.press("J").holds(`{"b": 2, "a": 1, "c": 3}`).on(".a")
	d.press("J").holds(`{"b": 2, "c": 3, "a": 1}`).on(".a").press("J").holds(`{"b": 2, "c": 3, "a": 1}`)
	d.press("K").holds(`{"b": 2, "a": 1, "c": 3}`).press("u u u").holds(`{"a": 1, "b": 2, "c": 3}`)
	d.press("K").holds(`{"a": 1, "b": 2, "c": 3}`)
}

func TestRenaming(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": 0.10, "b": 2}`, 40, 10).press("r").shows(`▸   a`, `    b: 2`)
	d.write("ge").press("enter").holds(`{"age": 0.10, "b": 2}`).on(".age").says("")
	d.press("r ctrl+u").write("b").press("enter").says(`the name "b" stands already`).holds(`{"age": 0.10, "b": 2}`)
	d.press("esc").holds(`{"age": 0.10, "b": 2}`).press("r ctrl+u enter").holds(`{"": 0.10, "b": 2}`).says("the name is empty")
	d.press("u u").holds(`{"a": 0.10, "b": 2}`)
	root := d.Root()
	if d.press("r enter r").write("x").press("backspace enter"); d.Root() != root {
		t.Error("the same name is a change")
	}
	drive(t, `[1]`, 40, 10).press("r").says("no names").holds(`[1]`)
}

func TestBooleansToggle(t *testing.T) {
	t.Parallel()
	drive(t, `{"a": true}`, 40, 10).press("space").holds(`{"a": false}`).press("space").holds(`{"a": true}`).
		press("u").holds(`{"a": false}`)
	drive(t, `{"a": 1}`, 40, 10).press("space").holds(`{"a": 1}`)
}

func TestTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ literal, key, want, says string }{
		{`"12"`, "n", `12`, ""},
		{`" -0.10 "`, "n", `-0.10`, ""},
		{`"twelve"`, "n", `"twelve"`, "is not a number"},
		{`"1,5"`, "n", `"1,5"`, "is not a number"},
		{`""`, "n", `0`, ""},
		{`9007199254740993`, "s", `"9007199254740993"`, ""},
		{`1e-07`, "s", `"1e-07"`, ""},
		{`true`, "s", `"true"`, ""},
		{`true`, "n", `1`, ""},
		{`false`, "b", `false`, ""},
		{`"True"`, "b", `true`, ""},
		{`0`, "b", `false`, ""},
		{`7`, "b", `7`, "neither true nor false"},
		{`[1]`, "b", `[1]`, "neither true nor false"},
		{`[1]`, "n", `[1]`, "is not a number"},
		{`null`, "s", `""`, ""},
		{`null`, "n", `0`, ""},
		{`null`, "b", `false`, ""},
		{`null`, "o", `{}`, ""},
		{`null`, "a", `[]`, ""},
		{`[1, 2]`, "u", `null`, ""},
		{`[1, [2]]`, "o", `{"0":1,"1":[2]}`, ""},
		{`{"b": 1, "c": 0.10}`, "a", `[1,0.10]`, ""},
		{`{"b": 1}`, "s", `"{\"b\": 1}"`, ""},
		{`"{\"b\": 1}"`, "o", `{"b": 1}`, ""},
		{`"[1, 2]"`, "a", `[1, 2]`, ""},
		{`"[1, 2]"`, "o", `"[1, 2]"`, "has no names"},
		{`"word"`, "a", `["word"]`, ""},
		{`12`, "a", `[12]`, ""},
		{`12`, "o", `12`, "has no names"},
		{`"x"`, "s", `"x"`, ""},
		{`"x"`, "j", `"x"`, ""},
	} {
		before := `{"v": ` + c.literal + `}`
		if c.want != c.literal {
			c.says = " now, u takes it back"
		}
		d := drive(t, before, 60, 10).press("T").press(c.key).holds(`{"v": ` + c.want + `}`).says(c.says)
		if d.Capturing() {
			t.Errorf("%s %s: the choice stays open", c.literal, c.key)
		}
		if changed := c.want != c.literal; d.Undo() != changed {
			t.Errorf("%s %s: undo says %v", c.literal, c.key, !changed)
		}
		d.holds(before)
	}
	drive(t, `12`, 60, 10).press("T a").holds(`[12]`).shows(`▸   0: 12`).press("u").holds(`12`).shows(`▸   12`)
}

func TestTypeKeepsWhatIsUnfolded(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"v": {"b": [1]}}`, 40, 10).press("l j l h k T a")
	d.shows(`▸ - v: [1]`, `    + 0: [1] 1`).press("u").shows(`▸ - v: {1}`, `    + b: [1] 1`)
}

func TestUndoSaysWhetherThereWasAnything(t *testing.T) {
	t.Parallel()
	d := drive(t, `[1, 2]`, 40, 10).press("u").says("nothing to undo").press("ctrl+r").says("nothing to redo")
	d.press("x enter") // an editor is open
	if d.Undo() {
		t.Error("a step was undone below an open editor")
	}
	d.press("esc u").holds(`[1, 2]`).press("ctrl+r").holds(`[2]`).press("D")
	if d.Redo() {
		t.Error("redo after another edit")
	}
}

func TestJSONPath(t *testing.T) {
	t.Parallel()
	root := tree.New([]byte(`{"a": {"b c": [1, {"": 2, "é": 3}]}, "0x": 4, "_y1": [5], "q\"": 6}`))
	for _, c := range []struct {
		path tree.Path
		want string
	}{
		{nil, "."}, {tree.Path{0}, ".a"}, {tree.Path{0, 0, 1}, `.a["b c"][1]`}, {tree.Path{0, 0, 1, 0}, `.a["b c"][1][""]`},
		{tree.Path{0, 0, 1, 1}, `.a["b c"][1]["é"]`}, {tree.Path{1}, `.["0x"]`}, {tree.Path{2, 0}, "._y1[0]"}, {tree.Path{3}, `.["q\""]`},
		{tree.Path{0, 9}, ".a"}, {tree.Path{2, 0, 0}, "._y1[0]"},
	} {
		if got := rows.JSONPath(root, c.path); got != c.want {
			t.Errorf("%v is %s, want %s", c.path, got, c.want)
		}
	}
	if got := rows.JSONPath(tree.New([]byte(`[[1]]`)), tree.Path{0, 0}); got != ".[0][0]" {
		t.Errorf("in lists: %s", got)
	}
	if got := rows.JSONPath(nil, tree.Path{0}); got != "." {
		t.Errorf("of nothing: %s", got)
	}
}

// A type is chosen by a click on its word, wherever the row stands. A click beside the words leaves
// the choice open.
func TestATypeIsClickedOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys, word, want string
		open             bool
	}{
		{"T", "string", `{"a": "1", "b": {"c": [2]}}`, false},
		{"T", "n number", `{"a": 1, "b": {"c": [2]}}`, false},
		{"G l l l l T", "null", `{"a": 1, "b": {"c": [null]}}`, false},
		{"G l l l l T", "a list", `{"a": 1, "b": {"c": [[2]]}}`, false},
		{"T", "esc leave", `{"a": 1, "b": {"c": [2]}}`, false},
		{"T", "  s string", `{"a": 1, "b": {"c": [2]}}`, true},
	} {
		d := drive(t, `{"a": 1, "b": {"c": [2]}}`, 90, 4).press(c.keys)
		y, x := 0, -1
		for i, line := range strings.Split(d.screen(), "\n") {
			if before, _, ok := strings.Cut(line, c.word); ok {
				y, x = i, ansi.StringWidth(before)
			}
		}
		if x < 0 {
			t.Fatalf("%q is not on the screen:\n%s", c.word, d.screen())
		}
		d.send(term.ClickMsg{X: x, Y: y})
		if d.holds(c.want); d.Capturing() != c.open {
			t.Errorf("%s: the choice is open: %v", c.word, !c.open)
		}
	}
}
