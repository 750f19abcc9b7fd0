package review

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/model"
	"errata/ui/change"
	"errata/ui/sanitize"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// members is the literal of a map of so many members.
func members(n, value int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`"k%02d":%d`, i, value))
	}
	return "{" + strings.Join(list, ",") + "}"
}

// ofMaps is a review of a map of which so many members have changed, and of the output. It does
// what it is told to.
func ofMaps(t *testing.T, n, w, h int) asked {
	t.Helper()
	log, err := model.ParseLog([]byte(`{"id":"l","prompt":{"id":"p"},"output":"At nine.","metadata":` + members(n, 1) + `}`))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	metadata, _ := model.Lookup("metadata")
	c.Set(metadata, model.Raw([]byte(members(n, 2))))
	c.Set(model.Output, model.Raw([]byte(`"At ten."`)))
	screen := New(Read(c), theme.None(), Options{})
	screen.SetSize(w, h)
	return asked{screen, &[]tea.Msg{}}
}

// obeyed shows what the last decision of a review makes of it.
func obeyed(t *testing.T, m asked) {
	t.Helper()
	list := *m.told
	msg, ok := list[len(list)-1].(LeaveOutMsg)
	if !ok {
		t.Fatalf("the review told %v", list)
	}
	var left []change.LeftOut
	if msg.Left != nil {
		left = append(left, *msg.Left)
	}
	m.Show(Read(m.changes, left...))
}

func TestPlacesAreListedWhereTheyAreAFew(t *testing.T) {
	t.Parallel()
	m := ofMaps(t, 3, 80, 24)
	shows(t, m, "● k02              1 → 2 (+1)")
	press(m, letter('l')) // there is nothing to list
	m = ofMaps(t, 30, 80, 24)
	press(m, letter('j'))
	shows(t, m, "30 places: changed k00")
	shows(t, m, "→ places")
	if strings.Contains(m.View(), "● k00") {
		t.Error("the places are listed unasked")
	}
	press(m, letter('l'), letter('j'), letter('j'), letter('d'))
	obeyed(t, m)
	shows(t, m, "○ k01              left out: 1 → 2 (+1)")
	shows(t, m, "2 fields, 1 place left out")
	shows(t, m, "1 of 30 left out; ")
	if got, want := string(m.Body()()), `{"output":"At ten.","metadata":`+strings.Replace(members(30, 2), `"k01":2`, `"k01":1`, 1)+`}`; got != want {
		t.Errorf("the body is %s, want %s", got, want)
	}
	press(m, letter('h'))
	shows(t, m, "▸ ● Metadata           1 of 30 left out; changed k00, k02")
}

// More places than anybody goes through are left out together, and nothing of them is lost.
func TestAChangeInMorePlacesThanAreToldApartIsOne(t *testing.T) {
	t.Parallel()
	m := ofMaps(t, 1000, 80, 24)
	press(m, letter('j'), letter('l'))
	if strings.Contains(ansi.Strip(m.View()), "places") {
		t.Errorf("there are places:\n%s", ansi.Strip(m.View()))
	}
	if got, want := string(m.Body()()), `{"output":"At ten.","metadata":`+members(1000, 2)+`}`; got != want {
		t.Errorf("the body is %.100s, want %.100s", got, want)
	}
}

func TestTheChangeUnderTheCursorIsShown(t *testing.T) {
	t.Parallel()
	m := ofMaps(t, 9, 80, 12)
	for range 7 {
		press(m, letter('j'))
	}
	shows(t, m, "- metadata.k05: 1")
	press(m, letter('d'))
	obeyed(t, m)
	shows(t, m, "· k05: left out, it stays changed in the form")
	m.Update(term.ClickMsg{X: 4, Y: m.list().Y})
	press(m, letter('d'))
	obeyed(t, m)
	shows(t, m, "left out")
}

// The warnings are of what is sent, not of all that was edited.
func TestWhatIsOddWithoutTheRestIsWarnedOf(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(`{"id":"l","prompt":{"id":"p"},"messages":[{"role":"user","content":[{"kind":"text","text":"x"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	messages, _ := model.Lookup("messages")
	c.Set(messages, model.Raw([]byte(`[{"role":"user","content":[{"type":"text","text":"y"}]}]`)))
	screen := New(Read(c), theme.None(), Options{})
	screen.SetSize(160, 24)
	m := asked{screen, &[]tea.Msg{}}
	shows(t, m, "● [0].content[0].type added")
	if strings.Contains(m.View(), "has no type") {
		t.Error("what was edited is said to have no type")
	}
	press(m, letter('j'), letter('j'), letter('j'), letter('d'))
	obeyed(t, m)
	shows(t, m, "! messages[0].content[0] has no type, as before")
}

func TestGeometryOfPlaces(t *testing.T) {
	t.Parallel()
	m := ofMaps(t, 9, 80, 24)
	press(m, letter('j'), letter('j'), letter('d'))
	obeyed(t, m)
	for w := 1; w <= 250; w += 7 {
		for h := 1; h <= 60; h += 3 {
			m.SetSize(w, h)
			uitest.Fills(t, "review", m, w, h, sanitize.Width)
		}
	}
}
