package conflict

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/model"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

const (
	older = `{"id": "log_1", "prompt": {"id": "pr_1"}, "output": "At nine.", "prompt_tokens": 12, "metadata": {"a": 1}}`
	newer = `{"id": "log_1", "prompt": {"id": "pr_1"}, "output": "At eleven.", "prompt_tokens": 99, "metadata": {"a": 2}}`
)

func read(t *testing.T, doc string) *model.Log {
	t.Helper()
	log, err := model.ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func field(t *testing.T, name string) *model.Field {
	t.Helper()
	f, ok := model.Lookup(name)
	if !ok {
		t.Fatalf("no field %q", name)
	}
	return f
}

// clash is the screen for three fields in conflict, and what it told.
// asked is a screen that keeps what it wants.
type asked struct {
	*Model
	told *[]tea.Msg
}

func (a asked) Update(msg tea.Msg) tea.Cmd {
	cmd, want := a.Model.Update(msg)
	if want != nil {
		*a.told = append(*a.told, want)
	}
	return cmd
}

func clash(t *testing.T, w, h int) (asked, *[]tea.Msg) {
	t.Helper()
	mine := model.NewChangeSet(read(t, older))
	var fields []*model.Field
	for name, literal := range map[string]string{"output": `"At ten."`, "prompt_tokens": "13", "metadata": `{"a": 3}`} {
		mine.Set(field(t, name), model.Raw([]byte(literal)))
	}
	theirs := read(t, newer)
	for _, f := range model.Form() {
		if _, edited := mine.Edit(f); edited {
			fields = append(fields, f)
		}
	}
	var told []tea.Msg
	m := New(mine, theirs, fields, theme.None(), Options{Server: "embedded store"})
	m.SetSize(w, h)
	return asked{m, &told}, &told
}

func press(m asked, keys ...string) {
	for _, k := range uitest.Keys(keys...) {
		m.Update(k)
	}
}

func shows(t *testing.T, m asked, text string) {
	t.Helper()
	if screen := ansi.Strip(m.View()); !strings.Contains(screen, text) {
		t.Errorf("the screen does not show %q:\n%s", text, screen)
	}
}

func TestShowsBaseMineAndTheirs(t *testing.T) {
	t.Parallel()
	m, _ := clash(t, 100, 40)
	for _, text := range []string{"3 open", "Base", "At nine.", "Mine", "+ At ten.", "Theirs", "+ At eleven.",
		`mine: "At nine." → "At ten." · theirs: "At nine." → "At eleven."`} {
		shows(t, m, text)
	}
	if strings.Contains(ansi.Strip(m.View()), "go on") {
		t.Error("the footer offers to go on while fields are open")
	}
}

func TestEachFieldIsSettledByItself(t *testing.T) {
	t.Parallel()
	m, told := clash(t, 100, 40)
	press(m, "m", "enter")
	shows(t, m, "is open")
	if len(*told) != 0 {
		t.Fatalf("with fields open the screen told %v", *told)
	}
	press(m, "t", "m")
	shows(t, m, "all settled")
	press(m, "enter")
	if len(*told) != 1 {
		t.Fatalf("the screen told %v", *told)
	}
	got := string((*told)[0].(ResolvedMsg).Changes.Patch())
	if want := `{"output":"At ten.","metadata":{"a": 3}}`; got != want {
		t.Errorf("what is left to send is %s, want %s", got, want)
	}
}

func TestAnEditedMergeIsSent(t *testing.T) {
	t.Parallel()
	m, told := clash(t, 100, 40)
	press(m, "t", "e")
	shows(t, m, "<<<<<<<")
	press(m, "ctrl+s")
	shows(t, m, "marks of the conflict")
	press(m, "ctrl+home")
	for range 80 {
		press(m, "delete")
	}
	press(m, "50", "ctrl+s")
	shows(t, m, "edited")
	press(m, "m", "enter")
	if len(*told) != 1 {
		t.Fatalf("the screen told %v:\n%s", *told, ansi.Strip(m.View()))
	}
	got := string((*told)[0].(ResolvedMsg).Changes.Patch())
	if want := `{"prompt_tokens":50,"metadata":{"a": 3}}`; got != want {
		t.Errorf("what is left to send is %s, want %s", got, want)
	}
}

// Where the screen is heard the marks of a merge are words, what is to be done with them is said,
// and they are not sent unnoticed.
func TestAMergeThatIsHeardHasWordsForMarks(t *testing.T) {
	t.Parallel()
	m, _ := clash(t, 100, 40)
	m.SetTheme(theme.For("dark", theme.Terminal{Dark: true, Plain: true}))
	press(m, "t", "e")
	for _, text := range []string{"[conflict: mine]", "[conflict: theirs, as it is on the server]", "[end of the conflict]", "stand between marks; a mark that is left is sent"} {
		shows(t, m, text)
	}
	if screen := ansi.Strip(m.View()); strings.Contains(screen, "<<<") || strings.Contains(screen, "===") {
		t.Errorf("there are signs on the screen:\n%s", screen)
	}
	press(m, "ctrl+s")
	shows(t, m, "marks of the conflict are left in the text")
}

func TestFindInTheMerge(t *testing.T) {
	t.Parallel()
	m, _ := clash(t, 100, 40)
	press(m, "t", "e", "ctrl+f", "> theirs", "enter")
	shows(t, m, "1 of 1 hit")
	if _, y, ok := m.Cursor(); y != 38 || !ok {
		t.Errorf("the cursor is on line %d, %v", y, ok)
	}
	press(m, "esc", "!")
	shows(t, m, ">>>>>>!> theirs")
}

func TestAMergeThatIsNoValueStaysOpen(t *testing.T) {
	t.Parallel()
	m, _ := clash(t, 100, 40)
	press(m, "down", "e", "x", "ctrl+s", "ctrl+s")
	shows(t, m, "prompt_tokens")
	if !m.Capturing() {
		t.Error("the editor closed on a text that is not a number")
	}
	press(m, "esc")
	shows(t, m, "3 open")
}

func TestAMergeThatWasClosedGoesOn(t *testing.T) {
	t.Parallel()
	m, _ := clash(t, 100, 40)
	press(m, "t", "e", "ctrl+home", "my words", "esc")
	shows(t, m, "not settled; e goes on with this text")
	press(m, "e")
	shows(t, m, "my words<<<<<<<")
	press(m, "ctrl+s", "ctrl+s", "down", "e") // no number: it stays open
	shows(t, m, "my words<<<<<<<")
}

func TestEscSettlesNothing(t *testing.T) {
	t.Parallel()
	m, told := clash(t, 80, 24)
	press(m, "m", "esc")
	if len(*told) != 1 || (*told)[0] != (CloseMsg{}) {
		t.Errorf("esc told %v", *told)
	}
}

func TestGeometry(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{nil, {"e"}} {
		m, _ := clash(t, 80, 24)
		press(m, keys...)
		for w := 1; w <= 250; w += 11 {
			for h := 1; h <= 60; h += 4 {
				m.SetSize(w, h)
				uitest.Fills(t, strings.Join(keys, " "), m, w, h, sanitize.Width)
			}
		}
	}
}
