package outline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"errata/model/tree"
	"errata/ui/find"
	"errata/ui/paint"
	"errata/ui/rows"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// harbours is a value in which a word is in a name, a text, a long text and deep below.
const harbours = `{"port": "Bergen", "ports": {"Bergen": 1, "list": ["x", {"note": "from Bergen\nto \u00c5lesund\nand back to bergen"}]}, "n": 7}`

func TestSearchUnfoldsAndShowsEachHit(t *testing.T) {
	t.Parallel()
	d := drive(t, harbours, 60, 14)
	d.press("/").write("bergen").press("enter").says("1 of 4 hits for bergen").on(".port")
	d.press("n").says("2 of 4").on(".ports.Bergen")
	d.press("n").says("3 of 4").on(".ports.list[1].note")
	d.shows(
		`    port: Bergen`,
		`  - ports: {2}`,
		`      Bergen: 1`,
		`    - list: [2]`,
		`        0: x`,
		`      - 1: {1}`,
		`        - note: text, 50 bytes`,
		`▸       │ from Bergen`,
		`        │ to Ålesund`,
		`        │ and back to bergen`,
		`    n: 7`)
	row := d.row
	if d.press("n").says("4 of 4"); d.row != row+2 {
		t.Errorf("the hit in the third line is shown in row %d of %d", d.row, row)
	}
	d.press("n").says("1 of 4").on(".port").press("N").says("4 of 4").on(".ports.list[1].note")
	d.press("esc n").says("1 of 4")
	d.holds(harbours)
}

func TestSearchKnowsCaseAndExpressions(t *testing.T) {
	t.Parallel()
	d := drive(t, harbours, 60, 14)
	d.press("/").write("Bergen").press("enter").says("1 of 3 hits for Bergen")
	d.press("/ enter").says("1 of 3") // nothing typed: the same again
	d.press("/").write("ålesund").press("enter").says("1 of 1 hit").on(".ports.list[1].note")
	d.press("/").write("to .*d").press("enter").says("not found: to .*d")
	d.press("/ alt+r").write("to .*d").press("enter").says("1 of 1 hit")
	d.press("/").write("(").press("enter").says("no regular expression")
	d.press("g / alt+r").write("7").press("enter").says("1 of 1").on(".n")
}

func TestSearchGoesOnFromTheCursor(t *testing.T) {
	t.Parallel()
	d := drive(t, `["a", "hit", "b", "hit", "c", "hit"]`, 60, 14)
	d.press("/").write("hit").press("enter").on(".[1]").press("j j j n").says("3 of 3").on(".[5]")
	d.press("k k k N").says("1 of 3").on(".[1]")
	d.press("j x").holds(`["a", "hit", "hit", "c", "hit"]`) // what was found stands elsewhere now
	d.press("n").says("3 of 3").on(".[4]")
	d.press("u N").says("1 of 3").on(".[1]")
}

func TestThePromptTakesLettersAndEscClosesIt(t *testing.T) {
	t.Parallel()
	d := drive(t, harbours, 60, 6)
	d.press("n").says("no search yet")
	d.press("/")
	if !d.Capturing() {
		t.Error("letters are keys while a query is typed")
	}
	d.paste("x")
	d.press("j")
	if lines := strings.Split(d.screen(), "\n"); lines[len(lines)-1] != "/xj" {
		t.Errorf("the prompt is %q", lines[len(lines)-1])
	}
	if x, y, ok := d.Cursor(); x != 3 || y != 5 || !ok {
		t.Errorf("the cursor is at %d, %d", x, y)
	}
	d.press("esc").on(".port")
	if d.Capturing() || len(d.unused) > 0 {
		t.Error("esc does not close the prompt, or was not taken")
	}
	if d.press("esc"); len(d.unused) != 1 {
		t.Error("esc is taken although there is no search")
	}
}

// The marks are looks, so that they can only be told with looks on.
func TestHitsAreMarked(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	match, current := paint.Of(th.Match), paint.Of(th.CurrentMatch)
	d := driveWith(t, `{"a": "one two two", "two": 2, "b": "x two"}`, 60, 6, rows.Options{Theme: th})
	d.press("/").write("two").press("enter")
	lines := strings.Split(d.View(), "\n")
	for i, want := range []string{current.Before + "two" + current.After, match.Before + "two" + match.After, match.Before + "two" + match.After} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("row %d lacks %q: %q", i, want, lines[i])
		}
	}
	if d.press("esc"); strings.Contains(d.View(), match.Before+"two") {
		t.Error("the marks stay")
	}
}

// A hit far into a long text shows the text around it.
func TestAHitDeepInALongText(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(`some line of text\n`, 20_000) + `here is the Needle\n` + strings.Repeat(`and more\n`, 10_000)
	d := drive(t, `{"a": 1, "text": "`+text+`"}`, 60, 12)
	d.hold = true
	d.press("/").write("needle").press("enter").says("searching for needle, ░░░░░░░░░░ 0 %")
	d.release().says("1 of 1 hit for needle").on(".text")
	if !strings.Contains(d.screen(), "▸ │ here is the Needle") {
		t.Errorf("the hit is not shown:\n%s", d.screen())
	}
	s, _ := d.spot(1)
	s.next()
	if got := (painter{d.view}).draw(&s, false); !strings.Contains(got, "before, enter opens all") {
		t.Errorf("the first row of the text is %q", got)
	}
	d.SetSize(30, 12)
	d.press("n").on(".text").press("left").on(".text")
}

// A search in the background must not be in the way: keys go on, esc ends it, and what it brings
// late is dropped.
func TestALongSearchIsCancelled(t *testing.T) {
	t.Parallel()
	d := drive(t, many(200_000), 60, 6)
	d.hold = true
	d.press("/").write("x").press("enter j j").on(".[2]").press("esc")
	late := d.held
	d.hold, d.held = false, nil
	for _, cmd := range late {
		if msg, ok := cmd().(find.Msg); ok {
			d.Update(msg)
		}
	}
	if _, ok := d.Search().Current(); ok {
		t.Error("a search that was cancelled shows a hit")
	}
	d.on(".[2]").press("n").says("4 of 100,000 hits and more").on(".[3]")
}

func TestInterruptStopsALongSearch(t *testing.T) {
	t.Parallel()
	d := drive(t, many(200_000), 60, 6)
	if d.Interrupt() {
		t.Error("something was stopped before there was a search")
	}
	d.hold = true
	d.press("/").write("x").press("enter")
	if !d.Interrupt() {
		t.Fatal("the search was not stopped")
	}
	if n, _ := d.News(); !strings.HasPrefix(n.Text, "search stopped: 0 hits so far for x") {
		t.Errorf("says %q", n.Text)
	}
	if d.Interrupt() {
		t.Error("it was stopped twice")
	}
}

// A key must cost the same however rows.Large the value is.
func TestWalkingTheHitsOfAMillionElements(t *testing.T) {
	list := make([]string, 1_000_000)
	for i := range list {
		list[i] = fmt.Sprintf(`{"n": {"v": %d}}`, i)
	}
	journey := func(n int) time.Duration {
		d := &driver{t: t, view: newView(tree.New([]byte("["+strings.Join(list[:n], ",")+"]")), rows.Options{Theme: theme.For("dark", theme.Terminal{})})}
		d.SetSize(120, 40)
		d.press("/").write(`99\d`).press("esc / alt+r").write(`99\d`).press("enter")
		return lasts(20, func() {
			for _, name := range []string{"n", "n", "N", "n"} {
				d.Update(uitest.Key(name))
				_ = d.View()
			}
		})
	}
	if few, many := journey(10_000), journey(len(list)); many > 12*few+time.Millisecond {
		t.Errorf("%v in ten thousand elements, %v in a million", few, many)
	}
}

// TestEnterEditsAtTheHit opens a text with the cursor where the search is, a rows.Large one too,
// and at the end of it for a hit in its name.
func TestEnterEditsAtTheHit(t *testing.T) {
	t.Parallel()
	d := drive(t, harbours, 60, 14)
	d.press("/").write("bergen").press("enter n n n enter").write("*").press("esc")
	d.holds(strings.NewReplacer("bergen", "*bergen", `\u00c5`, "Å").Replace(harbours))
	d = drive(t, harbours, 60, 14)
	d.press("/").write("port").press("enter enter").write("*").press("esc")
	d.holds(strings.Replace(harbours, "Bergen", "Bergen*", 1))
	large := strings.Repeat(`row after row\n`, 100_000)
	d = drive(t, `{"log": "`+large+`a buoy\n`+large+`"}`, 60, 14)
	d.press("/").write("buoy").press("enter enter").write("*").press("esc")
	d.holds(`{"log": "` + large + `a *buoy\n` + large + `"}`)
}
