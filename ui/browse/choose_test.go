package browse

import (
	"context"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/columns"
	"errata/ui/theme"
)

// names are the columns of the table.
func (d *driver) names() string {
	var list []string
	for _, c := range d.columns {
		list = append(list, c.Name)
	}
	return strings.Join(list, " ")
}

func TestChoosingColumns(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]string{
		"C space esc":               "model prompt tokens cost latency question output",
		"C space space esc":         "time model prompt tokens cost latency question output",
		"C J esc":                   "model time prompt tokens cost latency question output",
		"C G K K esc":               "time model prompt tokens cost output latency question",
		"C K j space d q":           "time model prompt tokens cost latency question output",
		"C g space j space j space": "tokens cost latency question output",
	} {
		d := drive(t, &shelf{t: t, docs: docs(3)}, 80, 24)
		for _, name := range strings.Fields(keys) {
			d.press(strings.ReplaceAll(name, "space", " "))
		}
		if got := d.names(); got != want {
			t.Errorf("%s: the columns are %s, want %s", keys, got, want)
		}
	}
	d := drive(t, &shelf{t: t, docs: docs(3)}, 80, 24)
	d.press("C")
	for range 20 {
		d.press(" ", "j")
	}
	d.press(" ")
	if d.names() == "" {
		t.Error("no column is left")
	}
	d.wants("one column has to stay")
}

func TestAColumnByItsPath(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: mixed()}, 140, 30)
	d.press("C", "a")
	if !d.Capturing() {
		t.Fatal("letters are not text")
	}
	d.typing("moddel")
	d.press("enter")
	d.wants("there is no column moddel; did you mean model", "path: moddel")
	d.press("ctrl+u")
	d.typing("metadata.c")
	d.press("tab")
	d.wants("path: metadata.channel")
	d.press("enter")
	d.wants("[x] metadata.channel", "what stands there")
	d.press("a")
	d.typing("judgment.rating")
	d.press("enter", "esc")
	if got := d.names(); !strings.HasPrefix(got, "time metadata.channel judgment.rating model") {
		t.Errorf("the columns are %s", got)
	}
	d.wants("metadata.", "judgment.", "web", "good")
	d.press("s", "s")
	d.wants("sorted by metadata.channel")
	d.at("log_002")
}

// What a new column shows of logs that are far away is read when they are on the screen.
func TestANewColumnIsReadForRowsThatAreShown(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(2 * docsMost)}
	for i := range s.docs {
		s.docs[i] = strings.Replace(s.docs[i], `"error":null`, `"error":null,"metadata":{"kitchen":"north"}`, 1)
	}
	d := rereader(t, s, func(string) error { return nil })
	d.press("C", "a")
	d.typing("metadata.kitchen")
	d.press("enter", "esc")
	d.wants("north")
	d.Hold = true
	d.press("g")
	d.lacks("north")
	d.wants("…")
	d.Release()
	d.wants("north")
}

func TestTheColumnsAreCopiedAsALineOfTheConfiguration(t *testing.T) {
	t.Parallel()
	if got := configured([]columns.Column{{Name: "time"}, {Name: `metadata["a b"]`}}); got != `columns = ["time", "metadata[\"a b\"]"]` {
		t.Error(got)
	}
	d := drive(t, &shelf{t: t, docs: docs(3)}, 80, 24)
	d.Hold = true
	d.press("C", "y")
	if len(d.Held) == 0 {
		t.Error("nothing is copied")
	}
}

func TestColumnsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	o := options()
	for _, name := range []string{"model", "metadata.channel", "judgment.rating"} {
		c, err := columns.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		o.Columns = append(o.Columns, c)
	}
	d := staged(t, New(&shelf{t: t, docs: mixed()}, theme.None(), o))
	d.SetSize(80, 24)
	d.Run(d.Init())
	d.wants("model", "metadata.channel", "judgment.rating", "web", "good")
	d.lacks("answer")
	if !strings.Contains(d.frame(), "✗ small-0") {
		t.Errorf("without an output nothing says which log failed:\n%s", d.frame())
	}
}

func TestOneLineOrTwo(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(30)}, 80, 24)
	if n := len(d.shown()); n != 10 {
		t.Errorf("%d logs are shown in two lines each", n)
	}
	d.press("C", "l", "esc")
	if n := len(d.shown()); n != 20 {
		t.Errorf("%d logs are shown in one line each", n)
	}
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(5)}, 80, 24)
	d.press("tab", "U")
	d.wants("no log has unsaved work")
	d.SetDrafts([]Draft{{LogID: "log_far", What: "output, error"}, {LogID: "log_001", What: "error", Held: "process 12"}})
	d.press("j")
	d.wants("● 2 unsaved drafts: log_far, log_001", "U lists them")
	d.press("tab")
	d.wants("▸ ● 2 unsaved drafts")
	d.press("enter")
	d.wants("unsaved draft:", "log_far  output, error", "process 12")
	d.press("esc", "tab", "k")
	d.at("log_000")
	d.press("U")
	d.typing("err")
	d.press("enter")
	if len(d.Said) != 1 || d.Said[0] != tea.Msg(OpenMsg{ID: "log_far"}) {
		t.Errorf("said %v", d.Said)
	}
	d.SetDrafts(nil)
	d.lacks("unsaved")
}

func TestItIsAskedOnceWhetherALogWasCorrected(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	o := options()
	o.Corrected = func(_ context.Context, id string) bool { asked[id]++; return id == "log_003" }
	d := staged(t, New(&shelf{t: t, docs: docs(300)}, theme.None(), o))
	d.SetSize(80, 24)
	d.Run(d.Init())
	d.press("j", "k", "pgdown", "pgup")
	d.wants("   ✎       07-28")
	if len(asked) > 30 || asked["log_003"] != 1 {
		t.Errorf("asked %d times for one log, and for %d", asked["log_003"], len(asked))
	}
	log, err := model.ParseLog([]byte(doc(4)))
	if err != nil {
		t.Fatal(err)
	}
	d.Replace(log)
	d.press("j")
	if asked["log_004"] != 2 {
		t.Error("it is not asked about a log that was sent")
	}
}
