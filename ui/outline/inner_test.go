package outline

import (
	"fmt"
	"strings"
	"testing"

	"errata/model/tree"
	"errata/ui/keys"
	"errata/ui/rows"
)

func TestTextStaysTextAndNumbersStayNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ literal, typed, want, says string }{
		{`"x"`, "12", `"12"`, ""},
		{`"x"`, "true", `"true"`, ""},
		{`"x"`, "", `""`, ""},
		{`"x"`, `a "b" \`, `"a \"b\" \\"`, ""},
		{`12`, "0.10", `0.10`, ""},
		{`12`, " 13 ", `13`, ""},
		{`12`, "9007199254740993", `9007199254740993`, ""},
		{`12`, "twelve", `12`, `"twelve" is not a number; alt+s keeps it as a string`},
		{`12`, "", `12`, `"" is not a number`},
		{`12`, "true", `12`, `"true" is not a number`},
		{`12`, `"12"`, `12`, `is not a number`},
		{`12`, `1 2`, `12`, `is not a number`},
		{`true`, "false", `false`, ""},
		{`true`, "0", `true`, `"0" is neither true nor false`},
		{`false`, "null", `false`, `"null" is neither true nor false`},
		{`null`, "12", `12`, ""},
		{`null`, `{"a": [1]}`, `{"a": [1]}`, ""},
		{`null`, `text`, `null`, `"text" is not JSON; alt+s keeps it as a string`},
	} {
		d := drive(t, `{"v": `+c.literal+`}`, 60, 10).press("enter ctrl+u").write(c.typed).press("enter")
		d.says(c.says).holds(`{"v": ` + c.want + `}`)
		in, open := d.Inner()
		if refused := c.says != ""; open != refused || refused && string(in.Text.Bytes()) != c.typed {
			t.Errorf("%s, %q: open is %v, the text %q", c.literal, c.typed, open, in.Text.Bytes())
		}
	}
}

func TestWhatIsNoNumberCanBeAString(t *testing.T) {
	t.Parallel()
	drive(t, `{"v": 12}`, 60, 10).press("enter").write(" or so").press("enter alt+s").holds(`{"v": "12 or so"}`).
		press("u").holds(`{"v": 12}`)
	drive(t, `{"v": 12}`, 60, 10).press("enter alt+s").holds(`{"v": "12"}`)
	drive(t, `{"v": "x"}`, 60, 10).press("enter alt+s").write("y").press("enter").holds(`{"v": "xy"}`)
}

func TestEscKeepsAndAtSecondAskingGivesUp(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"v": 12}`, 60, 10).press("enter").write("x").press("esc").says("esc again gives it up")
	if !d.Capturing() {
		t.Fatal("the first esc loses the text")
	}
	d.press("left esc").says("esc again gives it up") // another key came between
	d.press("esc").holds(`{"v": 12}`)
	if d.Capturing() || len(d.unused) > 0 {
		t.Errorf("the editor stays open; not taken: %v", d.unused)
	}
	drive(t, `{"v": 12}`, 60, 10).press("enter").write("3").press("esc").holds(`{"v": 123}`)
	if d.press("esc"); len(d.unused) != 1 {
		t.Error("esc is taken where nothing is open")
	}
}

func TestTheSameTextKeepsTheLiteral(t *testing.T) {
	t.Parallel()
	literal := `{"a": "\u0041\/", "b": 1.0e+2, "c": "` + strings.Repeat(`\u0061 `, 60) + `"}`
	d := drive(t, literal, 60, 20)
	root := d.Root()
	for _, keys := range []string{"g enter enter", "j enter esc", "G enter esc", "g enter x backspace enter", "enter x ctrl+z esc"} {
		if d.press(keys); d.Root() != root || d.Capturing() {
			t.Errorf("%s: the value is %s", keys, d.Root().Bytes())
		}
	}
}

func TestATextOfSeveralLinesIsEditedBelow(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"note": "one\ntwo", "a": 1, "b": 2, "c": 3, "d": 4}`, 40, 12).press("enter")
	d.shows(
		`▸ + note: one⏎two`,
		`    a: 1`,
		`    b: 2`,
		`    c: 3`,
		`    d: 4`,
		``,
		``,
		`.note                           editing`,
		`one`,
		`two`,
	)
	d.press("enter").write("three").press("esc").holds(`{"note": "one\ntwo\nthree", "a": 1, "b": 2, "c": 3, "d": 4}`)
	long := `{"a": 1, "note": "` + strings.Repeat(`line\n`, 50) + `"}`
	d = drive(t, long, 40, 12).press("G enter")
	if lines := strings.Split(d.screen(), "\n"); !strings.HasPrefix(lines[0], ".note ") {
		t.Errorf("a long text does not take the room:\n%s", d.screen())
	}
	if x, y, ok := d.Cursor(); !ok || x != 0 || y != 11 {
		t.Errorf("the cursor is at %d, %d, %v", x, y, ok)
	}
}

func TestALineBreakLeavesTheRow(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"alt+enter", "ctrl+j"} {
		d := drive(t, `{"v": "one"}`, 40, 12).press("enter").press(how)
		if d.write("two"); !d.inner().block {
			t.Errorf("%s: the text stays in its row", how)
		}
		d.press("ctrl+z ctrl+z ctrl+y ctrl+y esc").holds(`{"v": "one\ntwo"}`)
	}
	d := drive(t, `{"v": "one"}`, 40, 12).press("enter").paste("\r\ntwo\t\x00")
	d.press("esc").holds(`{"v": "one\r\ntwo\t\u0000"}`)
	d = drive(t, `{"v": "one"}`, 40, 12).press("enter").write(strings.Repeat("word ", 10))
	if !d.inner().block {
		t.Error("a text stays in a row that it has outgrown")
	}
	d = drive(t, `{"v": 1}`, 40, 12).press("enter alt+enter").paste("\n2").press("enter")
	if d.holds(`{"v": 1}`).says("is not a number"); d.inner().block {
		t.Error("a number leaves its row")
	}
}

func TestUndoOfUnfoldedTextShowsItsLines(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"v": "one\ntwo"}`, 40, 16).press("l enter enter").write("three").press("esc")
	d.shows(`▸ - v: text, 17 bytes`, `  │ one`, `  │ two`, `  │ three`)
	d.press("u").shows(`▸ - v: text, 10 bytes`, `  │ one`, `  │ two`)
	d.SetSize(8, 16)
	d.press("ctrl+r").shows(`▸ - v: …`, `  │ one`, `  │ two`, `  │ thre`, `  │ e`)
}

func TestInnerPlaces(t *testing.T) {
	t.Parallel()
	literal := `{"a": [1, "x", {"b": "one\ntwo"}], "c": true}`
	for _, c := range []struct {
		keys, place, text string
	}{
		{"l j enter", "/0/0#value", "1"},
		{"l j j enter", "/0/1#value", "x"},
		{"l j j j l j enter", "/0/2/0#value", "one\ntwo"},
		{"l j j j l j r", "/0/2/0#name", "b"},
		{"r", "/0#name", "a"},
		{"a", "/1#entry", ""},
		{"i", "/0#entry", ""},
		{"A", "/0/3#entry", ""},
	} {
		d := drive(t, literal, 40, 16).press(c.keys)
		in, ok := d.Inner()
		if !ok || string(in.Place) != c.place || string(in.Text.Bytes()) != c.text {
			t.Errorf("%s: %s %q %v, want %s %q", c.keys, in.Place, in.Text.Bytes(), ok, c.place, c.text)
			continue
		}
		again := drive(t, literal, 40, 16)
		again.Restore(in.Place, []byte("typed"))
		now, ok := again.Inner()
		if !ok || now.Place != in.Place || string(now.Text.Bytes()) != "typed" {
			t.Errorf("%s comes back as %s %q, %v", in.Place, now.Place, now.Text.Bytes(), ok)
		}
		again.write("!")
		if now, _ = again.Inner(); string(now.Text.Bytes()) != "typed!" {
			t.Errorf("%s: typing goes on as %q", in.Place, now.Text.Bytes())
		}
		if got, want := again.screen(), "typed!"; !strings.Contains(got, want) {
			t.Errorf("%s is not seen:\n%s", in.Place, got)
		}
		again.press("ctrl+z ctrl+z")
		if now, _ = again.Inner(); string(now.Text.Bytes()) != c.text {
			t.Errorf("%s: undo goes back to %q", in.Place, now.Text.Bytes())
		}
	}
}

func TestPlacesThatAreNotThereAreIgnored(t *testing.T) {
	t.Parallel()
	for _, place := range []string{
		"", "#", "/0", "value", "/0#other", "/9#value", "/-1#value", "/0/9#entry", "/1/0#entry", "/0#value", "/0/0#name", "#name", "#entry",
		"/x#value", "0#value", "//0#value", "/0/0/0#value", "/99999999999999999999#value", "/1#value#",
	} {
		d := drive(t, `{"a": [1], "b": 2}`, 40, 10)
		d.Restore(rows.Place(place), []byte("typed"))
		if in, ok := d.Inner(); ok {
			t.Errorf("%q opens %s", place, in.Place)
		}
	}
	d := drive(t, `"x"`, 40, 10)
	d.Restore("#value", []byte("typed"))
	d.press("enter").holds(`"typed"`)
	d = drive(t, "", 40, 10)
	d.Restore("/0#entry", []byte("a:=1"))
	d.press("enter").holds(`{"a":1}`)
}

func TestCommitSaysWhyNot(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": 1}`, 40, 10).press("enter").write("x")
	if err := d.Commit(); err == nil || !d.Capturing() {
		t.Errorf("the error is %v", err)
	}
	d.press("backspace")
	if err := d.Commit(); err != nil || d.Capturing() {
		t.Errorf("the error is %v", err)
	}
	d.press("a").write("b=2")
	if err := d.Commit(); err != nil {
		t.Error(err)
	}
	d.holds(`{"a": 1, "b": "2"}`)
	if err := d.press("T").Commit(); err != nil || d.Capturing() {
		t.Errorf("the choice of a type stays open: %v", err)
	}
	d.press("enter").paste("\xff").press("esc").says("UTF-8").press("esc").holds(`{"a": 1, "b": "2"}`)
}

func TestForceLosesNoWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ literal, keys, typed, want string }{
		{`{"a": 1}`, "enter", "x", `{"a": 1x}`},
		{`{"a": 1}`, "enter", "2", `{"a": 12}`},
		{`{"a": "x"}`, "enter", "y", `{"a": "xy"}`},
		{`{"a": "x"}`, "enter", "\xff", `{"a": "x` + "\xff" + `"}`},
		{`{"a": 1, "b": 2}`, "r backspace", "b", `{"b": 1, "b": 2}`},
		{`{"a": 1}`, "a", "a=2", `{"a": 1, "a": "2"}`},
		{`{"a": 1}`, "a", "b:=[1,", `{"a": 1, "b": [1,}`},
		{`[1]`, "a", ":=x", `[1,x]`},
		{``, "a", "b:=x", `{"b":x}`},
		{`1`, "enter", "x", `1x`},
		{`{"a": 1}`, "", "", `{"a": 1}`},
	} {
		d := drive(t, c.literal, 40, 10).press(c.keys).paste(c.typed)
		d.Force()
		if d.holds(c.want); d.Capturing() {
			t.Errorf("%s: the editor stays open", c.want)
		}
	}
}

func TestPut(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": [1, 2], "b": "x"}`, 40, 10).press("l j j")
	d.Put(tree.Path{0, 1}, tree.New([]byte(`{"c": 3}`)))
	d.holds(`{"a": [1, {"c": 3}], "b": "x"}`).on(".a[1]")
	d.Put(tree.Path{7}, tree.New([]byte("1")))
	d.press("u").holds(`{"a": [1, 2], "b": "x"}`)
	if d.Undo() {
		t.Error("there is more than one step")
	}
	d.press("enter")
	d.Put(tree.Path{1}, tree.New([]byte("1")))
	d.press("esc").holds(`{"a": [1, 2], "b": "x"}`)
}

func TestInnerAt(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": [1, 2], "b": "x"}`, 40, 10)
	for _, c := range []struct {
		keys     string
		path     string
		name, ok bool
	}{
		{"", "[]", false, false}, {"l j enter", "[0 0]", false, true}, {"esc h h r", "[0]", true, true}, {"esc a", "[]", false, false},
	} {
		d.press(c.keys)
		if path, name, ok := d.InnerAt(); fmt.Sprint(path) != c.path || name != c.name || ok != c.ok {
			t.Errorf("%s: %v, name %v, %v", c.keys, path, name, ok)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": [1, 2], "b": "one\ntwo"}`, 40, 10)
	for _, c := range []struct {
		keys string
		want int
	}{{"", 2}, {"l", 4}, {"a", 5}, {"esc T", 5}, {"esc h", 2}, {"G enter", 5}, {"esc", 2}, {"x x", 1}} {
		if got := d.press(c.keys).Rows(); got != c.want {
			t.Errorf("%s: %d rows, want %d", c.keys, got, c.want)
		}
	}
}

func TestTextThatIsNoText(t *testing.T) {
	t.Parallel()
	d := &driver{t: t, view: newView(tree.New([]byte("{\"a\": \"\xff\"}")), rows.Options{Theme: drive(t, "", 1, 1).th})}
	d.SetSize(40, 5)
	d.press("enter").says("not UTF-8")
	if d.Capturing() {
		t.Error("it is edited all the same")
	}
	drive(t, `{"a": "\ud800 \u0000"}`, 40, 5).press("enter").write("x").press("enter").holds(`{"a": "\ud800 \u0000x"}`)
}

func TestCopying(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": "x", "b": [1]}`, 40, 10).press("y c j y c")
	if len(d.copied) != 4 {
		t.Errorf("%d copies", len(d.copied))
	}
}

func TestKeysInForce(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"a": 1, "b": "one\ntwo"}`, 40, 10)
	for _, c := range []struct {
		press string
		want  keys.Map
	}{
		{"", keys.Outline}, {"enter", keys.OutlineText}, {"esc r", keys.OutlineEntry}, {"esc a", keys.OutlineEntry},
		{"esc T", keys.OutlineType}, {"esc G enter", keys.OutlineLines}, {"esc", keys.Outline},
	} {
		if got := d.press(c.press).Keys(); got[0].Title != c.want.Title {
			t.Errorf("after %s: %s, want %s", c.press, got[0].Title, c.want.Title)
		}
	}
}

func TestEveryKeyHasHelpAndOneMeaning(t *testing.T) {
	t.Parallel()
	for _, m := range []keys.Map{
		keys.Outline, keys.OutlineReading, keys.OutlineEntry, keys.OutlineText, keys.OutlineLines, keys.OutlineType, keys.OutlineLook,
	} {
		seen := map[string]bool{}
		for _, b := range m.Bindings() {
			if b.Help().Desc == "" || len(b.Keys()) == 0 {
				t.Errorf("%s: %v %q", m.Title, b.Keys(), b.Help().Desc)
			}
			for _, k := range b.Keys() {
				if seen[k] {
					t.Errorf("%s: %s means two things", m.Title, k)
				}
				seen[k] = true
			}
		}
	}
}
