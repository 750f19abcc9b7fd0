package history

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/api/save"
	"errata/model"
	"errata/ui/bars"
	"errata/ui/term"
	"errata/ui/theme"
)

func TestMoving(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys string
		want string
	}{
		{"", "log_000"},
		{"j j k", "log_001"},
		{"down", "log_001"},
		{"up", "log_000"},
		{"pgdown", "log_006"}, // seven rows at 80×24
		{"pgdown pgdown pgup", "log_006"},
		{"G", "log_019"},
		{"end g", "log_000"},
		{"G home", "log_000"},
		{"G j", "log_019"},
	} {
		d := drive(t, many(t, 20), 80, 24)
		d.press(strings.Fields(c.keys)...)
		d.at(c.want)
		// its changes are below
		d.shows("▸ ", `+ after `+strings.TrimLeft(c.want[len("log_"):len(c.want)-1], "0"))
	}
}

func TestTheListIsReadAsOneGets(t *testing.T) {
	t.Parallel()
	s := many(t, 3*pageRecords)
	d := drive(t, s, 80, 24)
	if s.given != pageRecords {
		t.Errorf("%d records were read for the first frame, want %d", s.given, pageRecords)
	}
	d.shows("50 read")
	d.press("G")
	d.at("log_049")
	if s.given != 2*pageRecords {
		t.Errorf("%d records were read at the end of the first page, want %d", s.given, 2*pageRecords)
	}
	d.press("G", "G", "G")
	d.at("log_149")
	d.shows("150 entries")
	if !s.ended {
		t.Error("the source is still being read")
	}
}

func TestLargeValuesComeInSmallerPages(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	for i := range 10 {
		s.list = append(s.list, sent(i, journal.Verified, changed(t, "output", `"`+strings.Repeat("x", 3<<20)+`"`, `""`)))
	}
	d := seat(t, s, 80, 24)
	page, ok := d.Init()().(pageMsg)
	if !ok || len(page.list) != 2 || page.done {
		t.Errorf("the first page has %d records of 3 MB, want 2", len(page.list))
	}
	d.Give(page)
	d.shows("10 entries")
}

func TestEndLetsGoOfTheSource(t *testing.T) {
	t.Parallel()
	s := many(t, 2*pageRecords)
	d := drive(t, s, 80, 24)
	if s.ended {
		t.Fatal("the source was let go of while the list is open")
	}
	d.Run(d.End())
	if !s.ended {
		t.Error("the source is still held")
	}
	d.press("G") // a read that was under way when the screen closed
	d.at("log_049")
}

// A screen that was closed while it read must not fill the one that was opened next.
func TestLateAnswersToAnotherScreenAreDropped(t *testing.T) {
	t.Parallel()
	d := seat(t, many(t, 3), 80, 24)
	mine := d.Init()
	d.Run(seat(t, many(t, 9), 80, 24).Init())
	d.shows("reading …")
	d.Run(mine)
	d.shows("3 entries", "+ after 0")

	large := `"` + strings.Repeat("word ", quick) + `"`
	old := seat(t, &shelf{list: []record{sent(0, journal.Verified, changed(t, "output", large, `"gone"`))}}, 80, 24)
	cmd, _ := old.Model.Update(old.Init()())
	d.Run(cmd)
	d.shows("+ after 0")
	d.lacks("gone")
}

func TestKeysWorkWhileTheListIsRead(t *testing.T) {
	t.Parallel()
	d := seat(t, many(t, 3), 80, 24)
	d.Hold = true
	d.Run(d.Init())
	d.shows("reading …")
	d.press("j", "u", "y", "/log_002", "enter")
	d.shows("reading …")
	if len(d.Held) != 1 {
		t.Errorf("%d commands are under way, want one read", len(d.Held))
	}
	d.Release()
	d.at("log_002")
	d.shows("1 of 3 entries")
}

func TestFilter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, want string }{
		{"log_002", "log_002"},
		{"LOG_00", "log_000 log_001 log_002 log_003 log_005 log_006 log_007 log_008"},
		{"prompt_t", "log_000"},
		{"error", "log_001 log_008"},
		{"pending", "log_001"},
		{"0999", "log_000"},
		{"damaged", ""},
		{"High tide", "-"}, // values are not looked in
		{"nowhere", "-"},
	} {
		d := drive(t, samples(t), 80, 24)
		d.press("/" + c.typed)
		var got []string
		for _, i := range d.shown {
			got = append(got, d.records[i].entry.LogID)
		}
		want := strings.Split(c.want, " ")
		if c.want == "-" {
			want = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q lists %q, want %q", c.typed, got, want)
		}
	}
}

func TestTheFilterIsTypedKeptAndCleared(t *testing.T) {
	t.Parallel()
	d := drive(t, samples(t), 80, 24)
	d.press("j", "j", "j", "/")
	if !d.Capturing() {
		t.Error("letters are not text while the filter is typed")
	}
	d.press("outptu", "backspace", "backspace")
	d.Update(term.PasteMsg{Text: "ut"})
	d.shows("filter: output", "6 of 9 entries")
	d.at("log_003") // where the cursor was
	if x, y, ok := d.Cursor(); !ok || x != len("filter: output") || y != 22 {
		t.Errorf("the cursor is at %d,%d (%v)", x, y, ok)
	}
	d.press("enter")
	if d.Capturing() {
		t.Error("letters are still text after enter")
	}
	d.shows("History  filter output")
	d.press("/")
	d.shows("filter: output")
	d.press("esc")
	d.shows("9 entries")
	d.at("log_003")
	d.press("/output", "enter", "esc")
	d.shows("9 entries")
	if len(d.Said) > 0 {
		t.Errorf("esc leaves the screen while there is a filter: %v", d.Said)
	}
	d.press("esc")
	if !reflect.DeepEqual(d.Said, []tea.Msg{CloseMsg{}}) {
		t.Errorf("esc says %v", d.Said)
	}
}

func TestAFilterReadsOnUntilItHasAWindowFull(t *testing.T) {
	t.Parallel()
	s := many(t, 4*pageRecords)
	d := drive(t, s, 80, 24)
	d.press("/log_17")
	d.shows("▸ 2026-03-13 10:00 verified  log_170", "log_176", "10 of 200")
	d.press("esc", "/log_00", "enter")
	d.shows("log_000", "10 of 200 entries")
}

func TestQLeavesAtOnce(t *testing.T) {
	t.Parallel()
	d := drive(t, samples(t), 80, 24)
	d.press("/output", "enter", "q")
	if !reflect.DeepEqual(d.Said, []tea.Msg{CloseMsg{}}) {
		t.Errorf("q says %v", d.Said)
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	s := samples(t)
	other := sent(9, journal.Verified, changed(t, "output", `"a"`, `"b"`))
	other.entry.Server = "https://elsewhere.example/v5"
	s.list = append(s.list, other)
	for i, why := range []string{
		"", "", "", // verified, pending, not kept
		"nothing was written", "this record cannot be read",
		"", "", "", // not saved, which may have arrived since; unknown, saved
		"the old values were redacted", "start errata on it to undo this: https://elsewhere.example/v5",
	} {
		for _, key := range []string{"enter", "u"} {
			d := drive(t, s, 120, 24)
			for range i {
				d.press("j")
			}
			d.press(key)
			if why != "" {
				d.shows(why)
				if len(d.Said) > 0 {
					t.Errorf("row %d: %s says %v", i, key, d.Said)
				}
				d.press("j")
				d.lacks(why)
				continue
			}
			if want := []tea.Msg{UndoMsg{s.list[i].entry}}; !reflect.DeepEqual(d.Said, want) {
				t.Errorf("row %d: %s says %v, want %v", i, key, d.Said, want)
			}
		}
	}
}

func TestCopy(t *testing.T) {
	t.Parallel()
	d := drive(t, samples(t), 120, 24)
	d.Hold = true
	d.press("y")
	if len(d.Held) != 1 {
		t.Fatal("y copies nothing")
	}
	body := `{"prompt_tokens":13,"output":"High tide is at ten.","metadata":{"checked": true, "by": "tides"}}`
	if got, want := d.Held[0](), term.Copy("the body", body)(); got != want {
		t.Errorf("y copies %v, want %v", got, want)
	}
	d.Update(term.CopiedMsg{What: "the body"})
	d.shows("copied the body")
	d.Update(term.CopiedMsg{What: "the body", Err: &term.TooLongError{Bytes: 9, Limit: 1}})
	d.shows("not copied: too long to copy")

	d.press("j", "j", "j", "j", "y")
	d.shows("cannot be read: there is no body")
	d.press("G", "y")
	d.shows("were redacted: there is no body")
	if len(d.Held) != 1 {
		t.Errorf("%d things were copied, want 1", len(d.Held))
	}
}

func TestNewsStaysUntilTheNextKey(t *testing.T) {
	t.Parallel()
	d := drive(t, many(t, 3), 80, 24)
	d.Say(bars.News{Text: "there is nothing to take back"})
	d.shows("there is nothing to take back")
	d.press("j")
	d.lacks("there is nothing to take back")
}

func TestScrollingTheChanges(t *testing.T) {
	t.Parallel()
	s := many(t, 20)
	s.list[0] = sent(0, journal.Verified, changed(t, "output", `"first"`, `"`+strings.Repeat(`line\n`, 50)+`end"`))
	d := drive(t, s, 80, 24)
	d.press("J")
	d.lacks("read back and found as sent")
	d.at("log_000")
	d.press("K", "ctrl+d", "ctrl+u")
	d.shows("read back and found as sent")

	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 5, Y: d.paneTop()})
	d.lacks("read back and found as sent")
	d.at("log_000")
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelUp, X: 5, Y: 23})
	d.shows("read back and found as sent")
	d.Update(tea.MouseMsg{Button: tea.MouseButtonWheelDown, X: 5, Y: 3})
	d.at("log_003")
	d.Update(tea.MouseMsg{Button: tea.MouseButtonLeft, X: 5, Y: 3})
	d.at("log_003")
}

func TestLargeValuesAreComparedMeanwhile(t *testing.T) {
	t.Parallel()
	s := many(t, 3)
	words := strings.Repeat("word ", quick/4)
	s.list[1] = sent(1, journal.Verified, changed(t, "output", `"`+words+`then"`, `"`+words+`now"`))
	d := drive(t, s, 80, 24)
	d.Hold = true
	d.press("j")
	d.shows("comparing …")
	d.press("j")
	d.shows("+ after 2")
	d.Release()
	d.shows("+ after 2") // the late answer is of another entry
	d.press("k")
	d.shows("read back and found as sent")
	d.lacks("comparing …")

	d.SetTheme(theme.For("dark", theme.Terminal{}))
	d.shows("comparing …")
	d.Give(nil)
	d.shows("read back and found as sent")
}

// A real journal: what it lists is what is shown, damaged, redacted and pending records too.
func TestOverAJournal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	begin := func(id, text string) save.Record {
		log, err := model.ParseLog(fmt.Appendf(nil, `{"id": %q, "prompt": {"id": "pr_1"}, "output": "before"}`, id))
		if err != nil {
			t.Fatal(err)
		}
		c := model.NewChangeSet(log)
		f, _ := model.Lookup("output")
		c.Set(f, model.Raw([]byte(text)))
		r, err := j.Recorder("https://user:word@logs.example/v5").Begin(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	put := func(id, text string) string {
		r := begin(id, text)
		if err := r.End(t.Context(), save.Result{Outcome: save.Verified}); err != nil {
			t.Fatal(err)
		}
		return r.ID()
	}
	put("log_old", `"first text"`)
	if err := j.Redact(t.Context(), put("log_gone", `"text that had to go"`)); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "journal", "00000001.jsonl"), os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = f.WriteString("rot\n"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	pending := begin("log_open", `"underway"`)

	d := drive(t, j, 100, 30)
	d.shows("4 entries", "pending   log_open", "cannot be read: a damaged record in 00000001.jsonl", "redacted: Output", "verified  log_old")
	d.shows("+ underway", "log log_open on https://logs.example/v5", "entry "+pending.ID())
	d.press("j", "j")
	d.lacks("text that had to go")
	d.shows(", 21 bytes")
	d.press("j", "u")
	if len(d.Said) != 1 || d.Said[0].(UndoMsg).Entry.LogID != "log_old" {
		t.Errorf("u says %v", d.Said)
	}
	if err := pending.End(t.Context(), save.Result{Outcome: save.Verified}); err != nil {
		t.Fatal(err)
	}
}
