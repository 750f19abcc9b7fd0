package outline

import (
	"strings"
	"testing"
	"time"

	"errata/model/tree"
	"errata/ui/rows"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// many is a list of n elements.
func many(n int) string { return "[" + strings.Repeat(`"x",`, n-1) + `"x"]` }

func TestALargeContainerUnfoldsAwayFromTheKeys(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"big": `+many(rows.Large/4+1)+`, "b": 2}`, 60, 10)
	d.hold = true
	d.press("right").shows(`▸ + big: reading 1.0 MB …`, `    b: 2`)
	d.press("j").on(".b") // keys go on
	d.release().on(".b")
	if d.rows() != rows.Large/4+3 {
		t.Errorf("%d rows", d.rows())
	}
	d.press("k k j").on(".big[262144]").press("g").shows(
		`▸ - big: [262,145]`, `      0: x`, `      1: x`, `      2: x`, `      3: x`, `      4: x`, `      5: x`, `      6: x`, `      7: x`, `      8: x`)
	d.press("right z").says("262,145 are too many to unfold at once")
}

func TestWhatWasReadTooLateIsDropped(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"big": `+many(rows.Large/4+1)+`, "b": 2}`, 60, 10)
	d.hold = true
	d.press("right x").release().shows(`▸   b: 2`)
	d = drive(t, `{"text": "`+strings.Repeat("x", rows.Large)+`", "b": 2}`, 60, 10)
	d.hold = true
	d.press("enter").says("reading 1.0 MB")
	if !d.Waiting() || !d.Interrupt() || d.Waiting() {
		t.Error("reading cannot be given up")
	}
	if d.release(); d.Capturing() {
		t.Error("the editor of a text that was given up opens")
	}
	other := drive(t, `[1]`, 60, 10)
	if used, _ := other.Update(indexedMsg{to: d.view}); used {
		t.Error("an outline takes the message of another one")
	}
}

func TestALargeTextIsEdited(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"text": "`+strings.Repeat("word ", rows.Large/4)+`", "b": 2}`, 60, 10)
	root := d.Root()
	d.press("enter")
	if in, ok := d.Inner(); !ok || in.Text.Len() != rows.Large/4*5 {
		t.Fatal("the editor is not open")
	}
	if d.press("esc"); d.Root() != root {
		t.Error("looking at a rows.Large text changes it")
	}
	d.press("enter x esc")
	if text, _ := d.Root().Child(0).Text(); !strings.HasSuffix(text, "word x") {
		t.Error("what was typed is not kept")
	}
	d.press("right G k") // the row that tells of the rest
	if !strings.Contains(d.screen(), "│ … 1.3 MB in all, enter opens them") {
		t.Errorf("the rest is not told of:\n%s", d.screen())
	}
}

func TestAllChildrenOfALargeContainerUnfoldAwayFromTheKeys(t *testing.T) {
	t.Parallel()
	item := `{"a": "` + strings.Repeat("x", 2000) + `"},`
	d := drive(t, "["+strings.Repeat(item, 600)+"1]", 60, 10)
	d.hold = true
	if d.press("z j"); d.rows() != 601 {
		t.Error("the children are unfolded on the key")
	}
	if d.release().on(".[1]"); d.rows() != 1201 {
		t.Errorf("%d rows", d.rows())
	}
	d.press("z")
	if d.on(".[1]"); d.rows() != 601 {
		t.Errorf("%d rows after folding", d.rows())
	}
}

func TestAMapNestedAThousandDeep(t *testing.T) {
	t.Parallel()
	d := drive(t, nested(1000), 80, 24)
	for range 999 {
		d.press("z j")
	}
	if depth := len(d.Path()); depth != 1000 || d.rows() != 1000 {
		t.Fatalf("%d levels, %d rows", depth, d.rows())
	}
	checkFrame(t, "deep", d.View(), 80, 24)
	d.press("enter").write("2").press("enter D r").write("x").press("enter u u u").holds(nested(1000))
	if d.press("h h h"); len(d.Path()) != 998 {
		t.Errorf("%d levels after going up", len(d.Path()))
	}
	d.press("g h")
	if d.rows() != 1 {
		t.Errorf("%d rows", d.rows())
	}
	deepest := make(tree.Path, 1000)
	d.GoTo(deepest)
	if len(d.Path()) != 1000 {
		t.Errorf("%d levels", len(d.Path()))
	}
}

// lasts is the least time that f takes, of several times.
func lasts(times int, f func()) time.Duration {
	least := time.Hour
	for range times {
		began := time.Now()
		f()
		least = min(least, time.Since(began))
	}
	return least
}

// What a key costs must not depend on how many elements there are: a thousandfold list may cost no
// more than a few times as much.
func TestKeysCostTheSameInAMillionElements(t *testing.T) {
	few, many := sized(1_000), sized(1_000_000)
	for _, keys := range []string{"G g", "pgdown", "G pgup", "j k", "l h", "x u", "J u"} {
		press := func(m *view) func() {
			return func() {
				for name := range strings.FieldsSeq(keys) {
					m.Update(uitest.Key(name))
					_ = m.View()
				}
			}
		}
		press(many)()
		a, b := lasts(20, press(few)), lasts(20, press(many))
		if b > 12*a+time.Millisecond {
			t.Errorf("%s: %v in a thousand elements, %v in a million", keys, a, b)
		}
	}
}

// sized is an outline of n small objects.
func sized(n int) *view {
	m := newView(tree.New([]byte("["+strings.Repeat(`{"a": 1},`, n-1)+`{"a": 1}]`)), rows.Options{Theme: theme.For("dark", theme.Terminal{})})
	m.SetSize(120, 40)
	return m
}

func BenchmarkKeys(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"thousand", 1_000}, {"million", 1_000_000}} {
		m := sized(size.n)
		for _, keys := range []string{"j", "pgdown", "G g", "l h", "x u"} {
			b.Run(size.name+"/"+keys, func(b *testing.B) {
				list := strings.Fields(keys)
				for b.Loop() {
					for _, name := range list {
						m.Update(uitest.Key(name))
						_ = m.View()
					}
				}
			})
		}
	}
}

func BenchmarkTyping(b *testing.B) {
	m := newView(tree.New([]byte(`{"a": "`+strings.Repeat(`line\n`, 1_000_000)+`", "b": 1}`)), rows.Options{Theme: theme.For("dark", theme.Terminal{})})
	m.SetSize(120, 40)
	_, cmd := m.Update(uitest.Key("enter"))
	m.Update(cmd())
	for b.Loop() {
		m.Update(uitest.Key("x"))
		_ = m.View()
	}
}

func BenchmarkDeep(b *testing.B) {
	m := newView(tree.New([]byte(nested(10_000))), rows.Options{Theme: theme.For("dark", theme.Terminal{})})
	m.SetSize(120, 40)
	m.GoTo(make(tree.Path, 10_000))
	for b.Loop() {
		m.Update(uitest.Key("k"))
		_ = m.View()
		m.Update(uitest.Key("j"))
		_ = m.View()
	}
}
