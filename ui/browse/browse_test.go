package browse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// shelf is a Loader of logs in memory.
type shelf struct {
	t     *testing.T
	docs  []string
	asked []Query
	fail  error // what the next Next says, once
	calls int
	all   bool // a search looks in all places
}

func (s *shelf) List(q Query) Cursor {
	s.asked = append(s.asked, q)
	return &reader{shelf: s, query: q}
}

type reader struct {
	shelf *shelf
	query Query
	at    int
}

func (r *reader) SearchedEverywhere() bool { return r.shelf.all }

func (r *reader) Next(ctx context.Context, n int) ([]*model.Log, error) {
	r.shelf.calls++
	if err := r.shelf.fail; err != nil {
		r.shelf.fail = nil
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var logs []*model.Log
	for ; r.at < len(r.shelf.docs) && len(logs) < n; r.at++ {
		if doc := r.shelf.docs[r.at]; strings.Contains(doc, r.query.Search) && (!r.query.Errors || !strings.Contains(doc, `"error":null`)) {
			l, err := model.ParseLog([]byte(r.shelf.docs[r.at]))
			if err != nil {
				r.shelf.t.Fatal(err)
			}
			logs = append(logs, l)
		}
	}
	if len(logs) == 0 {
		return nil, io.EOF
	}
	return logs, nil
}

// Looked says how far a list is.
func (r *reader) Looked() (n, of int) { return r.at, len(r.shelf.docs) }

// options are those of a screen that waits for nothing.
func options() Options {
	return Options{
		Server: "demo",
		Now:    func() time.Time { return time.Date(2025, 8, 1, 0, 0, 0, 0, time.UTC) },
		Views:  []View{{Name: "failures", Key: "1", Filter: "--errors"}, {Name: "odd", Key: "7", Filter: "--erors"}},
		Soon:   func(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } },
		Check: func(q Query) error {
			if strings.Contains(q.Where, "= =") {
				return errors.New("--where: column 4: values are compared with ==")
			}
			return nil
		},
		Prompts: func(context.Context) ([]Prompt, error) {
			return []Prompt{{ID: "pr_1", Path: "tides/ask", Logs: 30}, {ID: "pr_2", Path: "tea", Logs: 1234}, {ID: "pr_3"}}, nil
		},
		Find: func(_ context.Context, typed string) (Found, error) {
			if typed == "log_far" {
				return Found{Log: "log_far_away"}, nil
			}
			return Found{}, errors.New("no log and no prompt is " + typed + ", and no id begins so")
		},
	}
}

// doc is a log; i tells it from others. Every tenth has an error.
func doc(i int) string {
	failure := "null"
	if i%10 == 9 {
		failure = `"the model gave up"`
	}
	return fmt.Sprintf(`{"id":"log_%03d","prompt":{"id":"pr_1","path":"tides/ask","model":"small-%d"},"created_at":"2025-07-%02dT10:00:%02d","error":%s,"output":"answer %d",`+
		`"prompt_tokens":%d,"output_tokens":10,"prompt_cost":0.000%d,"provider_latency":%d.5,"messages":[{"role":"user","content":"question %d"}]}`,
		i, i%3, 28-i/60%28, 59-i%60, failure, i, i*7%13, i%7+1, i*5%11, i)
}

func docs(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = doc(i)
	}
	return list
}

// driver runs the screen without a program.
type driver struct {
	*Model
	uitest.Stage
	t *testing.T
}

func drive(t *testing.T, l Loader, w, h int) *driver {
	t.Helper()
	d := staged(t, New(l, theme.None(), options()))
	d.SetSize(w, h)
	d.Run(d.Init())
	return d
}

func staged(t *testing.T, m *Model) *driver {
	return &driver{Model: m, Stage: uitest.Stage{On: m.Update}, t: t}
}

func (d *driver) press(names ...string) { d.Press(names...) }

func (d *driver) typing(text string) { d.Press(text) }

// frame is the view as it is read.
func (d *driver) frame() string { return uitest.Reads(d.View()) }

func (d *driver) wants(parts ...string) {
	d.t.Helper()
	uitest.Sees(d.t, d.View(), parts...)
}

func (d *driver) lacks(parts ...string) {
	d.t.Helper()
	uitest.Misses(d.t, d.View(), parts...)
}

func (d *driver) at(id string) {
	d.t.Helper()
	if got, _ := d.Selected(); got != id {
		d.t.Errorf("the cursor is on %q, want %q", got, id)
	}
}

func TestMoving(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, want string }{
		{"", "log_000"},
		{"j j k", "log_001"},
		{"down", "log_001"},
		{"up", "log_000"},
		{"pgdown", "log_009"},
		{"pgdown pgdown pgup", "log_009"},
		{"G", "log_029"},
		{"end g", "log_000"},
		{"G home", "log_000"},
		{"G j", "log_029"},
	} {
		d := drive(t, &shelf{t: t, docs: docs(30)}, 80, 24)
		d.press(strings.Fields(c.keys)...)
		d.at(c.want)
		if y := d.cursor - d.top; y < 0 || y >= d.parts().rows.H {
			t.Errorf("%q: the cursor is on line %d of the table", c.keys, y)
		}
	}
}

func TestOpenAndQuit(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(3)}, 80, 24)
	d.press("j", "enter", "q")
	if want := []tea.Msg{OpenMsg{ID: "log_001"}, QuitMsg{}}; !slices.Equal(d.Said, want) {
		t.Errorf("said %v, want %v", d.Said, want)
	}
	empty := drive(t, &shelf{t: t}, 80, 24)
	empty.press("enter", " ", "j", "k", "G", "s")
	if len(empty.Said) != 0 {
		t.Errorf("without logs it says %v", empty.Said)
	}
}

func TestPagesLoadWhileScrolling(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(130)}
	d := drive(t, s, 80, 24)
	if s.calls != 1 || len(d.IDs()) != 50 {
		t.Fatalf("%d calls gave %d logs at first", s.calls, len(d.IDs()))
	}
	d.wants("50 of 130")
	d.press("pgdown", "pgdown", "pgdown", "pgdown")
	if s.calls != 2 {
		t.Errorf("%d calls within a screen of the end", s.calls)
	}
	d.press("G", "G", "G", "G")
	d.at("log_129")
	d.wants("130 logs")
	calls := s.calls
	d.press("k", "j", "G")
	if s.calls != calls {
		t.Error("it goes on to ask at the end")
	}
	if ids := d.IDs(); len(ids) != 130 || ids[0] != "log_000" || ids[129] != "log_129" {
		t.Errorf("%d ids from %s to %s", len(ids), ids[0], ids[len(ids)-1])
	}
}

func TestALogThatComesTwiceIsListedOnce(t *testing.T) {
	t.Parallel()
	list := docs(60)
	list[55] = list[45]
	d := drive(t, &shelf{t: t, docs: list}, 80, 24)
	d.press("G", "G")
	if n := len(d.IDs()); n != 59 {
		t.Errorf("%d logs", n)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(30)}
	d := drive(t, s, 80, 24)
	d.press("/")
	if !d.Capturing() {
		t.Fatal("letters are not text")
	}
	d.typing("answer 2q?")
	d.press("backspace", "backspace")
	if x, y, ok := d.Cursor(); !ok || y != 22 || x != len("filter: answer 2") {
		t.Errorf("the cursor is at %d,%d %v", x, y, ok)
	}
	d.press("enter")
	if d.Capturing() {
		t.Error("letters are still text")
	}
	if got := s.asked[len(s.asked)-1].Search; got != "answer 2" {
		t.Errorf("asked for %q", got)
	}
	d.wants("search answer 2", "11 logs")
	d.press("/", "esc")
	d.wants("11 logs")
	d.press("esc")
	d.wants("30 logs")
	asked := len(s.asked)
	d.press("esc", "/", "enter")
	if len(s.asked) != asked {
		t.Error("the same search is asked again")
	}
	d.press("/")
	d.wants("filter: ", "words, or flags: --errors --since 7d")
	d.typing("nowhere")
	d.press("enter")
	d.wants("no log is like that", "searched in inputs and outputs only", "a filter takes words, or flags: --errors --since 7d")
	s.all = true
	for word, want := range map[string]string{"no place": "no log is like that", "answer 3": "search answer 3"} {
		d.press("/", "ctrl+u")
		d.typing(word)
		d.press("enter")
		d.wants(want)
		if strings.Contains(d.View(), "searched in") {
			t.Errorf("%s was looked for everywhere:\n%s", word, d.View())
		}
	}
}

func TestPasteIntoTheSearch(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(30)}
	d := drive(t, s, 80, 24)
	d.Give(term.PasteMsg{Text: "ignored"})
	d.press("/")
	d.Give(term.PasteMsg{Text: "answer 7"})
	d.press("enter")
	if got := s.asked[len(s.asked)-1].Search; got != "answer 7" {
		t.Errorf("asked for %q", got)
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(30)}
	d := drive(t, s, 80, 24)
	d.press("f")
	d.typing("--prompt pr_1 --since soon --erors")
	d.press("enter")
	d.wants("there is no --erors; did you mean --errors", "filter: --prompt pr_1")
	for range len(" --since soon --erors") {
		d.press("backspace")
	}
	d.typing(" --since 2025-07-01 --errors answer")
	d.press("enter")
	want := Query{Prompt: "pr_1", Since: "2025-07-01", Errors: true, Search: "answer"}
	if got := s.asked[len(s.asked)-1]; got != want {
		t.Errorf("asked for %+v, want %+v", got, want)
	}
	d.wants("search answer", "--prompt pr_1 --since 2025-07-01 --errors", "3 logs")
	d.lacks("answer 1 ")
	d.press("f")
	d.wants("filter: answer --prompt pr_1 --since 2025-07-01 --errors")
	d.typing("--where .a = = 1")
	d.press("enter")
	d.wants("column 4: values are compared with ==")
	d.press("esc", "/")
	d.typing(" 2")
	d.press("enter")
	if got := s.asked[len(s.asked)-1].Search; got != "answer 2" {
		t.Errorf("a search within the filter is for %q", got)
	}
	d.press("esc")
	d.wants("--errors", "3 logs")
	d.press("esc")
	d.wants("30 logs")
	d.lacks("--errors")
}

func TestTheFilterIsCountedWhileItIsTyped(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(130)}, 80, 24)
	d.press("/")
	d.typing("--errors")
	d.wants("13 logs")
	d.press("esc")
	d.lacks("13 logs")
}

func TestSavedFilters(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(30)}, 80, 24)
	d.press("1")
	d.wants("--errors", "3 logs")
	d.press("7")
	d.wants("the saved filter odd: there is no --erors", "3 logs")
	d.press("9")
	d.wants("3 logs")
}

func TestPickAPrompt(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(30)}
	d := drive(t, s, 80, 24)
	d.press("p")
	d.wants("▸ all prompts    1,264", "  tides/ask         30", "  tea            1,234", "pr_3")
	d.typing("te")
	d.lacks("tides/ask", "all prompts")
	d.press("enter")
	if got := s.asked[len(s.asked)-1]; got != (Query{Prompt: "tea"}) {
		t.Errorf("asked for %v", got)
	}
	d.press("p", "down", "down", "down", "down", "enter")
	if got := s.asked[len(s.asked)-1]; got != (Query{Prompt: "pr_3"}) {
		t.Errorf("asked for %v", got)
	}
	d.press("p", "enter")
	if got := s.asked[len(s.asked)-1]; got != (Query{}) {
		t.Errorf("asked for %v", got)
	}
	d.press("p", "esc")
	if d.Capturing() {
		t.Error("the list of prompts is still open")
	}
}

func TestGoTo(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(30)}
	d := drive(t, s, 80, 24)
	d.press(":")
	d.typing("log_017")
	d.press("enter")
	d.at("log_017")
	d.press(":")
	d.typing("log_02")
	d.press("enter")
	d.wants("go to: log_02", "no id begins so")
	d.typing("3")
	d.press("enter")
	d.at("log_023")
	d.press(":")
	d.typing("log_far")
	d.press("enter")
	if want := []tea.Msg{OpenMsg{ID: "log_far_away"}}; !slices.Equal(d.Said, want) {
		t.Errorf("said %v, want %v", d.Said, want)
	}
	d.press(":")
	d.typing("te")
	d.press("tab", "enter")
	if got := s.asked[len(s.asked)-1]; got != (Query{Prompt: "tea"}) {
		t.Errorf("asked for %v", got)
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	list := docs(3)
	list[0] = strings.Replace(list[0], `"error":null`, `"error":null,"metadata":{"set":"ovens","a b":1}`, 1)
	for _, c := range []struct{ typed, tabs, want string }{
		{"--er", "tab", "--errors"},
		{"--o", "tab", "--oldest"},
		{"x --prompt ti", "tab", "x --prompt tides/ask"},
		{"--prompt ", "tab tab", "--prompt tea"},
		{"--metadata ov", "tab", "--metadata ovens"},
		{"--where .metadata.s", "tab", "--where .metadata.set"},
		{"--where .metadata[", "tab", `--where .metadata["a b"]`},
		{"--where .metadata.set == ", "tab", `--where .metadata.set == "ovens"`},
		{"--where .prompt.model == \"small-1", "tab", `--where .prompt.model == "small-1"`},
		{"--where .n > 1 and .prompt.p", "tab", "--where .n > 1 and .prompt.path"},
		{"--since ", "tab", "--since "},
	} {
		d := drive(t, &shelf{t: t, docs: list}, 80, 24)
		d.press("/")
		d.typing(c.typed)
		d.press(strings.Fields(c.tabs)...)
		if got := d.line.in.Text(); strings.TrimRight(got, " ") != strings.TrimRight(c.want, " ") {
			t.Errorf("%q is completed as %q, want %q", c.typed, got, c.want)
		}
	}
}

// stepping is a list that finds one log at a time.
type stepping struct {
	shelf
	looked int
}

func (s *stepping) List(Query) Cursor { return s }

func (s *stepping) Next(ctx context.Context, _ int) ([]*model.Log, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.looked += 1000
	l, err := model.ParseLog([]byte(s.docs[s.looked/1000-1]))
	return []*model.Log{l}, err
}

func (s *stepping) Looked() (n, of int) { return s.looked, 100_000 }

func TestWhatIsFoundStaysWhenALookIsStopped(t *testing.T) {
	t.Parallel()
	s := &stepping{shelf: shelf{t: t, docs: docs(100)}}
	o := options()
	o.Query = Query{Where: ".rare"}
	d := staged(t, New(s, theme.None(), o))
	d.Hold = true
	d.SetSize(80, 24)
	d.Run(d.Init())
	d.wants("reading the list")
	held := d.Held
	d.Held = nil
	for _, c := range held {
		d.Give(c())
	}
	d.press("G")
	d.wants("looked at 50,000 of 100,000", "esc keeps what is here")
	d.press("esc")
	d.wants("stopped: looked at 50,000 of 100,000; R reads the list again")
	if n := len(d.IDs()); n != 50 {
		t.Errorf("%d logs stay", n)
	}
}

func TestErrorsAreFoundBeyondTheFirstPage(t *testing.T) {
	t.Parallel()
	list := docs(400)
	for i := range list {
		list[i] = strings.Replace(list[i], `"the model gave up"`, "null", 1)
	}
	list[395] = strings.Replace(list[395], `"error":null`, `"error":"late"`, 1)
	d := staged(t, New(&shelf{t: t, docs: list}, theme.None(), Options{Query: Query{Errors: true}}))
	d.SetSize(80, 24)
	d.Run(d.Init())
	d.at("log_395")
	d.wants("1 log", "late")
}

func TestSort(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(60)}, 80, 24)
	d.press("s")
	d.wants("sorted by time, oldest first: only the 50 that are loaded")
	if ids := d.IDs(); ids[0] != "log_049" {
		t.Errorf("the oldest is %s", ids[0])
	}
	d.at("log_049")
	d.wants("time UTC↑")
	d.press("s", "s", "s")
	d.wants("tokens↓", "sorted by tokens, most first")
	rows := d.rows
	for i := 1; i < len(rows); i++ {
		if tokens := func(r *row) number { return newNumber(r.texts.at(textTokens)) }; tokens(rows[i-1]).compare(tokens(rows[i])) < 0 {
			t.Fatalf("%s tokens before %s", rows[i-1].texts.at(textTokens), rows[i].texts.at(textTokens))
		}
	}
	d.press("s", "s", "s")
	d.wants("errors first")
	if ids := d.IDs(); ids[0] != "log_009" || ids[1] != "log_019" {
		t.Errorf("the first errors are %v", ids[:2])
	}
	d.press("s")
	d.lacks("sorted")
	if ids := d.IDs(); !slices.IsSorted(ids) {
		t.Errorf("the server's order does not come back: %v", ids)
	}
	d.press("s", "G", "G")
	d.lacks("only the")
	if ids := d.IDs(); len(ids) != 60 || ids[0] != "log_059" {
		t.Errorf("what was loaded later is not sorted: %v", ids[0])
	}
}

func TestSortedRowsLoadAPageAKey(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(300)}
	d := drive(t, s, 80, 24)
	d.press("s", "G")
	if n := len(d.IDs()); n != 100 {
		t.Errorf("one key loaded up to %d logs", n)
	}
}

func TestNumbersAreComparedExactly(t *testing.T) {
	t.Parallel()
	ordered := []string{"", "-3", "-0.5", "0", "1e-07", "0.1", "9007199254740992", "9007199254740993", "1e400"}
	for i, a := range ordered {
		for j, b := range ordered {
			got := newNumber(a).compare(newNumber(b))
			if (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%s and %s compare as %d", a, b, got)
			}
		}
	}
}

func TestFailureAndRetry(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(70), fail: errors.New("cannot reach http://127.0.0.1:1: connection refused; is the server running?")}
	d := drive(t, s, 60, 24)
	d.wants("cannot reach", "the server running?", "R tries again")
	d.press("j", "G")
	if s.calls != 1 {
		t.Error("it tries again by itself")
	}
	d.press("R")
	d.wants("50 of 70", "answer 0")
	s.fail = errors.New("the server is tired")
	d.press("G")
	d.wants("R reads again: the server is tired", "50 of 70")
	d.press("R")
	d.lacks("tired")
	d.at("log_049")
	s.fail = errors.New("again")
	d.press("R")
	d.at("log_049")
	d.press("/")
	d.typing("answer 3")
	s.fail = errors.New("again")
	d.press("enter")
	if ids := d.IDs(); len(ids) != 0 {
		t.Errorf("what was found before still stands there: %v", ids)
	}
	d.wants("R tries again")
}

func TestLateResultsAreDropped(t *testing.T) {
	t.Parallel()
	s := &shelf{t: t, docs: docs(30)}
	d := drive(t, s, 80, 24)
	d.Hold = true
	d.press("R")
	slow := d.Held
	d.Held, d.Hold = nil, false
	d.press("/")
	d.typing("answer 2")
	d.press("enter")
	for _, c := range slow {
		d.Run(c)
	}
	d.wants("11 logs")
}

func TestStoppingALoad(t *testing.T) {
	t.Parallel()
	for _, stop := range []func(d *driver){
		func(d *driver) { d.press("esc") },
		func(d *driver) {
			if !d.Interrupt() {
				d.t.Error("nothing was stopped")
			}
		},
	} {
		s := &shelf{t: t, docs: docs(30)}
		d := staged(t, New(s, theme.None(), Options{}))
		d.Hold = true
		d.SetSize(80, 24)
		d.Run(d.Init())
		d.wants("reading the list")
		d.Hold = false
		stop(d)
		d.wants("stopped", "R reads the list")
		d.Release()
		if len(d.IDs()) != 0 || d.Interrupt() {
			t.Error("it was not stopped")
		}
		d.press("R")
		d.wants("30 logs")
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t}, 80, 24)
	d.wants("no logs yet")
	for _, step := range FirstSteps {
		d.wants(step)
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(5)}, 140, 24)
	l, err := model.ParseLog([]byte(strings.Replace(doc(2), "answer 2", "corrected", 1)))
	if err != nil {
		t.Fatal(err)
	}
	d.press("j", "j")
	d.Replace(l)
	d.at("log_002")
	d.wants("corrected")
	d.lacks("answer 2 ")
}

func TestNewsGoesWithTheNextKey(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(5)}, 80, 24)
	d.Say(bars.News{Text: "something happened"})
	d.wants("something happened")
	d.press("j")
	d.lacks("something happened")
}

// doubting is a list that at its end doubts a name in its filter.
type doubting struct{ reader }

func (doubting) Doubts() []string { return []string{"no log that was read has .outpt"} }

// doubtful is a Loader of such lists.
type doubtful struct{ shelf }

func (s *doubtful) List(Query) Cursor { return &doubting{reader{shelf: &s.shelf}} }

// A mistyped name in a filter is told once the list is read to its end, and until the next key.
func TestAMistypedNameInAFilterIsTold(t *testing.T) {
	t.Parallel()
	d := staged(t, New(&doubtful{shelf{t: t, docs: docs(3)}}, theme.None(), options()))
	d.SetSize(80, 24)
	d.Run(d.Init())
	d.wants("no log that was read has .outpt", "question 1")
	d.press("j")
	d.lacks("no log that was read")
}
