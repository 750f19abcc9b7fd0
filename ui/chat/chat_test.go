package chat

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/keys"
	"errata/ui/rows"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// Walking through everything, unfolding it and opening each editor changes nothing.
func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{tides, calm, hostileDoc(), `{"role":"user","content":"x"}`, "[]", "null", "7"} {
		d := drive(t, doc, strings.HasPrefix(doc, "{"), 100, 30)
		was := d.Root()
		for range 15 {
			d.press(" ", "m", "m", "enter", "esc", "esc", "T", "esc", "R", "esc", "+", "esc", "o", "esc", "j")
		}
		d.press("z", "G", "g", "z", "pgdown", "pgup", "}", "{", "y", "c", "O")
		if !was.Same(d.Root()) || d.Root() != was {
			t.Errorf("looking at %s made %s of it", doc, d.Root().Bytes())
		}
		if d.Undo() {
			t.Errorf("looking at %s is a step of undo", doc)
		}
	}
}

func TestTextIsEditedInPlace(t *testing.T) {
	t.Parallel()
	d := drive(t, `[ {"role":"user", "content":"a\u00e9"} ,{"role":"user","content":[{"type":"text","text":"b\/c","x":1.0}]}]`, false, 80, 24)
	d.press("j", "enter").write("!").press("esc").is(`[ {"role":"user", "content":"aé!"} ,{"role":"user","content":[{"type":"text","text":"b\/c","x":1.0}]}]`)
	d.press("}", "j", "enter").write("\nd").press("esc").is(`[ {"role":"user", "content":"aé!"} ,{"role":"user","content":[{"type":"text","text":"b/c\nd","x":1.0}]}]`)
	d.press("u", "u").is(`[ {"role":"user", "content":"a\u00e9"} ,{"role":"user","content":[{"type":"text","text":"b\/c","x":1.0}]}]`)
	d.press("enter").write("zz").press("backspace", "backspace", "esc").is(`[ {"role":"user", "content":"a\u00e9"} ,{"role":"user","content":[{"type":"text","text":"b\/c","x":1.0}]}]`)
	if d.Undo() {
		t.Error("a text that came back as it was is a step of undo")
	}
	d.press("enter").paste("\tp\r\n\x00").press("esc").shows("→")
	d.is(`[ {"role":"user", "content":"aé\tp\r\n\u0000"} ,{"role":"user","content":[{"type":"text","text":"b\/c","x":1.0}]}]`)
}

func TestKeysOfTheFormAreLeftToIt(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 80, 24)
	for _, k := range []string{"esc", "tab", "ctrl+s", "e", "t", "q", "]", "["} {
		if d.send(uitest.Key(k)) {
			t.Errorf("%s is taken from the form", k)
		}
	}
	d.press("j", "enter")
	for _, k := range []string{"tab", "ctrl+s"} {
		if d.send(uitest.Key(k)) {
			t.Errorf("while typing %s is taken from the form", k)
		}
	}
}

func TestAddingGuessesWhoSpeaks(t *testing.T) {
	t.Parallel()
	d := drive(t, "[]", false, 80, 24)
	d.press("a").write("Hi").press("esc", "a").write("Yes?").press("esc", "a").write("What?").press("esc")
	d.is(`[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"},{"role":"user","content":"What?"}]`)
	d.press("u", "u", "u", "u", "u", "u").is("[]")

	d = drive(t, calm, false, 80, 24)
	d.press("G", "D", "{", "x").to(1).press("D", "x") // back to where it was
	d.to(2).press("x").to(1).press("a").write("9").press("esc")
	if got := string(d.Root().Child(2).Bytes()); got != `{"role":"tool","tool_call_id":"call_1","content":"9"}` {
		t.Errorf("behind an unanswered call comes %s", got)
	}
	d.press("a", "esc")
	if got := word(d.Root().Child(3), roleName); got != "assistant" {
		t.Errorf("behind the last answer comes %q", got)
	}
	d.to(0).press("i", "esc")
	if got := word(d.Root().Child(0), roleName); got != "user" {
		t.Errorf("at the start comes %q", got)
	}
}

func TestEmptyValuesInvite(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{"", "null"} {
		d := drive(t, doc, false, 60, 5).shows("a adds the first")
		was := d.Root()
		d.press("a", "H", "esc").is(`[{"role":"user","content":"H"}]`)
		d.press("u", "u")
		if d.Root() != was {
			t.Errorf("undo gives %v", d.Root())
		}
		d = drive(t, doc, true, 60, 5).shows("a adds one")
		d.press("a", "H", "esc").is(`{"role":"assistant","content":"H"}`)
		d.press("{", "x").is("null").shows("no message")
	}
	drive(t, `"words"`, false, 80, 5).shows("this is a string, not a list of messages").press("a").says("not a list")
}

func TestRoles(t *testing.T) {
	t.Parallel()
	d := drive(t, `[{"role":"user","content":"x"},{"content":null},{"role":7}]`, false, 80, 24)
	d.press("enter", "s").press("}", "R", "right", "right", "enter").press("}", "enter", "d")
	d.is(`[{"role":"system","content":"x"},{"role":"assistant","content":null},{"role":"developer"}]`)
	d.press("enter", "d", "enter", "esc")
	d.press("u", "u", "u").is(`[{"role":"user","content":"x"},{"content":null},{"role":7}]`)
	d.to(2, 0).press("x").says("needs a role")
}

func TestDeleting(t *testing.T) {
	t.Parallel()
	d := drive(t, `[{"role":"user","content":"x","k":1},{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],`+
		`"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}],"thinking":[{"type":"thinking","thinking":"t"}]}]`, false, 80, 40)
	d.to(0, 1).press("x").is0(0, `{"role":"user","content":"","k":1}`)
	d.press("x").is0(0, `{"role":"user","content":null,"k":1}`)
	d.shows("no content").press("x").says("nothing here to delete")
	d.to(0, 2).press("x").is0(0, `{"role":"user","content":null}`)
	d.to(1, 3, 0).press("x").to(1, 1, 0).press("x").is0(1, `{"role":"assistant","content":[{"type":"text","text":"b"}],"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}`)
	d.to(1, 2, 0, 2, 1).press("x").is0(1, `{"role":"assistant","content":[{"type":"text","text":"b"}],"tool_calls":[{"id":"c","type":"function","function":{"name":"f"}}]}`)
	d.to(1, 2, 0).press("x").is0(1, `{"role":"assistant","content":[{"type":"text","text":"b"}]}`)
	d.to(1, 1, 0).press("x").is0(1, `{"role":"assistant","content":[]}`)
	d.to(0).press("x").is(`[{"role":"assistant","content":[]}]`).press("g", "x").is(`[]`).shows("a adds the first")
}

func (d *driver) is0(i int, want string) *driver {
	d.t.Helper()
	if got := string(d.Root().Child(i).Bytes()); got != want {
		d.t.Errorf("message %d is\n%s\nwant\n%s", i, got, want)
	}
	return d
}

func TestMovingAndCopies(t *testing.T) {
	t.Parallel()
	d := drive(t, `[{"role":"user","content":"a"},{"role":"user","content":"b"}, {"role":"user","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]`, false, 80, 40)
	d.press("J").is(`[{"role":"user","content":"b"},{"role":"user","content":"a"}, {"role":"user","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]`)
	d.press("K", "K").says("no message to change places with")
	d.press("D").is0(1, `{"role":"user","content":"a"}`).press("x")
	d.to(2, 1, 0).press("J").is0(2, `{"role":"user","content":[{"type":"text","text":"d"},{"type":"text","text":"c"}]}`)
	d.press("J").says("end of its list").press("K")
	if got := fmt.Sprint(d.Path()); got != "[2 1 0 1]" {
		t.Errorf("the cursor is at %s", got)
	}
}

func TestSplittingAndJoining(t *testing.T) {
	t.Parallel()
	doc := `[{"role":"user","name":"M","content":"one\u0021\n\ntwo"},{"role":"user","content":"three"}]`
	d := drive(t, doc, false, 80, 24)
	d.press("j", "enter", "up", "alt+s").is(`[{"role":"user","name":"M","content":"one!"},{"role":"user","name":"M","content":"two"},{"role":"user","content":"three"}]`)
	d.press("{", "M", "M").is(`[{"role":"user","name":"M","content":"one!\n\ntwo\n\nthree"}]`)
	d.press("M").says("no next message")
	d.press("u", "u", "u").is(doc)

	d = drive(t, `[{"role":"assistant","content":"a","tool_calls":[{"id":"1"}],"x":{"k":1}},{"role":"assistant","content":[{"type":"text","text":"b"}],"tool_calls":[{"id":"2"}],"x":{"k":1.0},"y":2}]`, false, 80, 40)
	d.press("M").is(`[{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"tool_calls":[{"id":"1"},{"id":"2"}],"x":{"k":1},"y":2}]`)
	d.to(0, 1, 1).press("S").is(`[{"role":"assistant","content":[{"type":"text","text":"a"}],"x":{"k":1},"y":2},` +
		`{"role":"assistant","content":[{"type":"text","text":"b"}],"tool_calls":[{"id":"1"},{"id":"2"}]}]`)
	d.to(1, 2, 1).press("S").is0(2, `{"role":"assistant","content":null,"tool_calls":[{"id":"2"}]}`)
	d.to(1).press("S").says("nothing before this part")

	d = drive(t, `[{"role":"user","content":"a","k":1},{"role":"system","content":"b","k":2},{"role":"tool","tool_call_id":"c","content":null},{"role":"user","content":7}]`, false, 80, 40)
	was := d.Root()
	d.press("M").says("both have their own k").press("}", "M").says("answers a call").press("}", "M").says("is the tool's now")
	d.press("u")
	if d.Root() != was {
		t.Error("a join that was refused changed something")
	}
}

func TestTheMenuAdds(t *testing.T) {
	t.Parallel()
	d := drive(t, `[{"role":"user","content":"x"}]`, false, 80, 40)
	d.press("+", "n").write("Maria").press("enter").is(`[{"role":"user","content":"x","name":"Maria"}]`).shows("user  Maria")
	d.press("{", "+", "n", "ctrl+u", "enter").is(`[{"role":"user","content":"x"}]`)
	d.press("{", "+", "c").write("c1").press("esc").is(`[{"role":"user","content":"x","tool_call_id":"c1"}]`).press("u")
	d.press("{", "+", "t").write("more").press("esc").is(`[{"role":"user","content":[{"type":"text","text":"x"},{"type":"text","text":"more"}]}]`)
	d.press("+", "i").write("https://example.org/a.png").press("enter").shows("[image https://example.org/a.png]")
	d.press("u", "u", "u", "u").is(`[{"role":"user","content":"x"}]`)
	d.press("+", "h").write("hm").press("esc").is(`[{"role":"user","content":"x","thinking":[{"type":"thinking","thinking":"hm","signature":""}]}]`).press("u", "u")
	d.press("+", "f").write("tide").press("enter")
	d.is(`[{"role":"user","content":"x","tool_calls":[{"id":"call_1","type":"function","function":{"name":"tide","arguments":"{}"}}]}]`).shows("→ tide  (call_1)  unanswered")
	d.press("+", "f", "esc").shows("call_2")
	d.press("+", "esc", "x").is(`[]`)
	d = drive(t, `[{"role":"assistant","content":null},{"role":"assistant","content":7}]`, false, 80, 40)
	d.press("+", "t").write("now").press("esc").is0(0, `{"role":"assistant","content":"now"}`)
	d.press("}", "+", "t").says("nothing can be added")
}

func TestCallsAreEdited(t *testing.T) {
	t.Parallel()
	d := drive(t, calm, false, 80, 40)
	d.to(1, 2, 0).press("enter", "f").write("g").press("enter").shows("→ fg  (call_1)")
	d.press("enter", "i").write("0").press("enter").shows("call_10", "dangling", "unanswered").press("u", "u")
	d.press("j", "enter").shows("a: 1.0").press("enter").write("5").press("enter", "esc")
	call := `{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\": 1.05}"}}]}`
	d.is0(1, call).press("T").shows(`{"a": 1.05}`).press("esc").is0(1, call)
	d.press("u")
	if !d.Root().Same(d.Root()) || d.Undo() {
		t.Error("editing the arguments was more than one step")
	}
	d.press("T", "ctrl+u").write("no JSON").press("esc").shows("no JSON").press("enter").write("!").press("esc").shows("no JSON!")
}

func TestRestoreGoesOnWithAText(t *testing.T) {
	t.Parallel()
	for _, open := range [][]string{{"j", "enter"}, {"+", "n"}, {"}", "j", "enter", "f"}, {"}", "j", "j", "enter", "enter"}, {"}", "j", "j", "T"}} {
		d := drive(t, calm, false, 80, 40)
		d.press(open...).write("5")
		in, ok := d.Inner()
		if !ok {
			t.Fatalf("%q opens no text", open)
		}
		text := in.Text.Bytes()
		d.press("esc", "esc")
		again := drive(t, calm, false, 80, 40)
		again.Restore(in.Place, text)
		if in2, _ := again.Inner(); in2.Place != in.Place || !in2.Text.Equal(text) {
			t.Errorf("%q at %s is restored as %q at %s", text, in.Place, in2.Text.Bytes(), in2.Place)
		}
		if err := again.Commit(); err != nil {
			t.Error(err)
		}
		if _, ok := again.Inner(); ok {
			t.Errorf("%q is open after Commit", open)
		}
		if got, want := string(again.Root().Bytes()), string(d.Root().Bytes()); !jsonraw.Equal([]byte(got), []byte(want)) && open[0] != "j" {
			t.Errorf("%q gives\n%s\nwant\n%s", open, got, want)
		}
	}
	d := drive(t, calm, false, 80, 40)
	for _, place := range []rows.Place{"", "#", "x", "/9#", "/0#", "/0/x#", "/0/1~", "/0/1#name", "~", "/1/2/0/2/1~/7#value"} {
		d.Restore(place, []byte("lost"))
		d.press("esc", "esc", "esc")
	}
	d.is(calm)
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 100, 50)
	d.shows("dangling: no message before makes this call", "(call_2)  unanswered", "answers get_tide in [2]", "not a role", "its content is a number",
		"the message is a string, not an object", "[image image/png, 76 bytes, 2×3 pixels, detail low]", "cache: true", "refusal: null", "score: 1.0", `"data": [`, "2.50")
	d.to(7).press("j", "enter").shows(`not a message`).press("esc")
	d.to(6, 1).press("enter").press("enter").write("1").press("enter", "esc").is0(6, `{"role": "pilot", "content": 71}`)
	drive(t, `{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f"}}]}`, true, 80, 9).lacks("unanswered", "[0]")
	drive(t, `[{"role":"tool","content":"x"},{"role":"assistant","tool_calls":[{"type":"function","function":{}},{"id":"a"}, 7],"thinking":7}]`, false, 80, 19).
		shows("names no call", "no function", "no id", "[part without a type]", "this part is a number", "its thinking is a number")
}

func TestLinksFollowEdits(t *testing.T) {
	t.Parallel()
	d := drive(t, calm, false, 80, 40).lacks("dangling", "unanswered")
	d.to(2).press("K").shows("dangling", "unanswered").press("J").lacks("dangling", "unanswered")
	d.to(1).press("x").shows("dangling").press("u").lacks("dangling")
	d.to(2).press("D").lacks("dangling").press("x").lacks("unanswered").press("x").shows("unanswered")
}

func TestFolding(t *testing.T) {
	t.Parallel()
	long := `[{"role":"user","content":"Hi"},{"role":"user","content":"` + strings.Repeat(`words\n`, 300) + `end"},{"role":"user","content":"` + strings.Repeat("x", 9000) + `"}]`
	d := drive(t, long, false, 80, 40).shows("… 298 more lines", "in this line")
	d.to(1).press("right").lacks("298 more lines").press("left").lacks("298 more lines").press(" ").shows("298 more lines")
	d.press("z").shows("[0] user  Hi  30 bytes\n").press("a", "esc").shows("empty text").press("u", "z")
	d.to(2).press("k").shows("end")
	drive(t, tides, false, 80, 40).to(2, 2, 0).shows("thinking  21 bytes  The table says").press(" ").shows("    nine.\n").press(" ").lacks("    nine.\n")
}

func TestAPartThatIsLongerThanTheWindowScrolls(t *testing.T) {
	t.Parallel()
	var text []string
	for i := range 50 {
		text = append(text, fmt.Sprintf("line %d.", i))
	}
	d := drive(t, `[{"role":"user","content":"`+strings.Join(text, `\n`)+`"},{"role":"user","content":"after"}]`, false, 80, 10)
	d.press("right", "j")
	for i := 0; !strings.Contains(d.frame(), "line 49."); i++ {
		if i > 60 || d.at != (stop{0, 1}) {
			t.Fatalf("after %d keys the cursor is at %v:\n%s", i, d.at, d.frame())
		}
		d.press("j")
	}
	d.press("j").shows("▸ [1] user")
	d.press("k", "k").shows("line 47.").press("pgup", "pgup", "pgup").shows("line 20.").press("pgup", "pgup", "pgup").shows("▸ [0] user")
	d.press("G").shows("▸   after").press("g", "}").shows("▸ [1]")
}

func TestListOfMessages(t *testing.T) {
	t.Parallel()
	d := drive(t, string(many(1600)), false, 80, 10)
	d.press("o").write("question 377:").shows("[1508] user  Question 377").press("enter").shows("▸ [1508] user")
	d.press("o").shows("▸ [1508]").write("nowhere").shows("no message is like that").press("enter").shows("▸ [1508] user")
	d.press("o", "pgup", "up", "enter").shows("▸ [1499]").press("o", "esc").shows("▸ [1499]")
	d.press("o").paste("tool").press("ctrl+end", "enter").shows("▸ [1598] tool")
}

func TestCopies(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 80, 24)
	d.press("c", "j", "c", "}", "c")
	d.to(2, 3, 0, 2, 1).press("c")
	want := []any{term.Copy(".[0]", ".[0]")(), term.Copy(".[0].content", ".[0].content")(), term.Copy(".[1]", ".[1]")(),
		term.Copy(".[2].tool_calls[0].function.arguments", ".[2].tool_calls[0].function.arguments")()}
	d.to(0, 1).press("y")
	d.to(0).press("y")
	want = append(want, term.Copy("the text", "You are a tide almanac.\nAnswer in one line.")(), term.Copy("the message", string(d.Root().Child(0).Bytes()))())
	for i := range want {
		if i >= len(d.heard) || d.heard[i] != want[i] {
			t.Fatalf("asked for %v, want %v", d.heard, want)
		}
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	d := &driver{view: newView(tree.New([]byte(tides)), false, rows.Options{Theme: theme.None(), ReadOnly: true}), t: t}
	d.SetSize(80, 24)
	was := d.Root()
	d.press("j")
	for _, b := range keys.Chat.Bindings() {
		d.press(b.Keys()[0])
		if _, ok := d.Inner(); ok || d.Root() != was {
			t.Fatalf("%s edits", b.Keys()[0])
		}
		d.press("esc")
	}
	d.press("x").says("nothing can be changed here")
}

func TestALargeTextIsReadAwayFromTheKeys(t *testing.T) {
	t.Parallel()
	d := &driver{view: newView(tree.New(huge(2<<20, true)), false, rows.Options{Theme: drive(t, "[]", false, 1, 1).th}), t: t}
	d.SetSize(80, 24)
	d.press("}", "j")
	_, read := d.Update(uitest.Key("enter"))
	d.shows("reading 2.")
	if !d.Capturing() || !d.Waiting() {
		t.Error("letters are not kept while a text is read")
	}
	d.run(read)
	d.write("x!")
	d.press("esc")
	if s, _ := d.Root().Child(1).Child(1).Text(); !strings.HasSuffix(s, "x!") {
		t.Errorf("the text ends in %q", s[len(s)-10:])
	}
	_, read = d.Update(uitest.Key("enter"))
	if !d.Interrupt() || d.Waiting() || d.Capturing() {
		t.Error("reading cannot be given up")
	}
	d.run(read) // comes too late
	if d.Capturing() {
		t.Error("a text that was given up opens")
	}
}

func TestWheel(t *testing.T) {
	t.Parallel()
	d := drive(t, tides, false, 80, 10)
	first := d.frame()
	d.send(wheel(true))
	if d.frame() == first {
		t.Error("the wheel does not scroll")
	}
	d.send(wheel(false))
	d.press("g")
	if d.frame() != first {
		t.Errorf("the wheel does not scroll back:\n%s", d.frame())
	}
}

// A letter that was hit by mistake says what it changed and which key takes that back; that one
// does, at once.
func TestWhatALetterChangesIsSaidAndTakenBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, says string }{
		{"x", "message [0] deleted, u takes it back"},
		{"j x", ".content of message [0] deleted, u takes it back"},
		{"} j x", ".content[0] of message [1] deleted, u takes it back"},
		{"D", "message [0] duplicated, u takes it back"},
		{"J", "message [0] moved down, u takes it back"},
		{"} K", "message [1] moved up, u takes it back"},
		{"M", "message [0] joined with the next one: what the user said is the system's now, u takes it back"},
		{"R u", "the role of message [0] is user, u takes it back"},
		{"a esc", "message [1] added without text, u takes it back"},
		{"i esc", "message [0] added without text, u takes it back"},
		{"+ h esc", "thinking added to message [0] without text, u takes it back"},
	} {
		for _, back := range []string{"u", "ctrl+z"} {
			d := drive(t, tides, false, 80, 40).press(strings.Fields(c.keys)...)
			if n, _ := d.News(); n.Text != c.says {
				t.Errorf("%s says %q, want %q", c.keys, n.Text, c.says)
			}
			d.press(back).says("undone: ").is(tides)
		}
	}
}

// What is clicked on of a choice is taken; beside the choices a click does nothing.
func TestAClickTakesAChoice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ word, role string }{{"assistant", "assistant"}, {"tool", "tool"}, {"role:", "system"}} {
		d := drive(t, `[{"role": "system", "content": "the user and the tool"}]`, false, 60, 20).press("R")
		for y, row := range strings.Split(d.frame(), "\n") {
			if before, _, ok := strings.Cut(row, c.word); ok && strings.Contains(row, "role:") {
				d.send(term.ClickMsg{X: ansi.StringWidth(before) + 1, Y: y})
			}
		}
		d.is(`[{"role": "` + c.role + `", "content": "the user and the tool"}]`)
		if d.Capturing() != (c.role == "system") {
			t.Errorf("after a click on %s the choice is open: %v", c.word, d.Capturing())
		}
	}
}
