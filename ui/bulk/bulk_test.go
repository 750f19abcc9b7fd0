package bulk

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/api/batch"
	"errata/model"
	"errata/ui/change"
	"errata/ui/sanitize"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// made is a batch in memory: its logs, and what comes of each.
type made struct {
	rows    []Row
	will    func(n int) batch.Outcome // what comes of a log when it is sent
	planned error
	sent    []int
	closed  bool
	stop    int // after so many logs somebody stops; 0 for nobody

	irreversible bool // it is finished when it was cleared after the sending
	clears       bool // when it is sent
	cleared      bool
	unreviewed   int // of those that are tried again
	size         int64
}

// some is a batch of n logs, in which every seventh is so already and every eleventh is refused.
func some(n int) *made {
	w := &made{will: func(int) batch.Outcome { return batch.Saved }}
	for i := range n {
		r := Row{Row: batch.Row{Item: batch.Item{N: i, LogID: fmt.Sprintf("log_%03d", i)}}}
		switch {
		case i%11 == 10:
			r.Outcome, r.Why = batch.Refused, "metadata is a list, not an object"
		case i%7 == 6:
			r.Outcome = batch.Same
		default:
			was, is := model.Raw([]byte(`"low tide"`)), model.Raw([]byte(`"low \u001b[2Jebb"`))
			r.Fields = []*model.Field{model.Output}
			if i%2 == 1 {
				r.Fields = append(r.Fields, model.ErrorText)
			}
			for _, f := range r.Fields {
				r.Changes = append(r.Changes, Change{f.Label, change.Sentence(f, was, is, 32), change.Around(f, was, is)})
			}
		}
		w.rows = append(w.rows, r)
	}
	return w
}

func (w *made) Head() batch.Head {
	return batch.Head{ID: "b_1", Recipe: batch.Recipe{Words: "replace 'tide' '\x1b]0;ebb'", Irreversible: w.irreversible}}
}

func (w *made) Counts() (c batch.Counts) {
	c.Fields, c.Size = map[*model.Field]int{}, w.size
	for _, r := range w.rows {
		if r.Out {
			c.Left++
			continue
		}
		c.By[r.Outcome]++
		for _, f := range r.Fields {
			c.Fields[f]++
		}
	}
	return c
}

func (w *made) Progress() batch.Progress {
	return batch.Progress{Began: time.Unix(0, 0), Done: len(w.sent), Total: len(w.rows)}
}

func (w *made) Which(wanted func(o batch.Outcome, changes func(*model.Field) bool, out bool) bool) (list []int) {
	for i, r := range w.rows {
		if wanted(r.Outcome, func(f *model.Field) bool { return slices.Contains(r.Fields, f) }, r.Out) {
			list = append(list, i)
		}
	}
	return list
}

func (w *made) Leave(n int, out bool) error { w.rows[n].Out = out; return nil }

func (w *made) Plan(context.Context) error { return w.planned }

func (w *made) Send(ctx context.Context) error {
	for i, r := range w.rows {
		if ctx.Err() != nil || w.stop > 0 && len(w.sent) == w.stop {
			w.stop = 0
			return context.Canceled
		}
		if r.Outcome == batch.Todo && !r.Out {
			w.rows[i].Outcome = w.will(i)
			if w.rows[i].Outcome != batch.Saved {
				w.rows[i].Why = "the server failed"
			}
			w.sent = append(w.sent, i)
		}
	}
	w.cleared = w.clears
	return nil
}

func (w *made) Again() (n, unreviewed int, err error) {
	for i, r := range w.rows {
		if r.Outcome.Again() {
			w.rows[i].Outcome, w.rows[i].Why = batch.Todo, ""
			n++
		}
	}
	return n, w.unreviewed, nil
}

func (w *made) Typed() {}

func (w *made) Finished() bool {
	return w.Counts().By[batch.Todo] == 0 && (!w.irreversible || w.cleared)
}

func (w *made) Said() []string {
	if !w.irreversible {
		return nil
	}
	list := []string{"there is no way back"}
	for i := range 30 {
		list = append(list, fmt.Sprintf("  mail  %d  \x1b[2Joutput", i))
	}
	return list
}

func (w *made) Rows(_ context.Context, list []int, _ int) (rows []Row) {
	for _, n := range list {
		rows = append(rows, w.rows[n])
	}
	return rows
}

func (w *made) Close() error { w.closed = true; return nil }

// driver runs the screen without a program.
type driver struct {
	*Model
	uitest.Stage
	t *testing.T
}

func drive(t *testing.T, w *made, width, height int) *driver {
	t.Helper()
	m := New(theme.None(), Options{
		Server: "demo", Logs: len(w.rows), Help: []string{"PATH=TEXT"},
		Soon: func(tea.Msg) tea.Cmd { return nil }, Now: func() time.Time { return time.Unix(10, 0) },
		Begin: func(typed string) (func(context.Context) (Work, error), error) {
			if strings.Contains(typed, "?") {
				return nil, errors.New("that is not an assignment")
			}
			return func(context.Context) (Work, error) { return w, nil }, nil
		},
	})
	m.SetSize(width, height)
	return &driver{Model: m, Stage: uitest.Stage{On: m.Update}, t: t}
}

func (d *driver) press(names ...string) *driver {
	d.Press(names...)
	return d
}

func (d *driver) typing(text string) *driver {
	d.Type(text)
	return d
}

func (d *driver) wants(parts ...string) {
	d.t.Helper()
	uitest.Sees(d.t, d.View(), parts...)
}

// A change for whose old and new values the journal has no room is sent knowing that.
func TestReviewOfMoreThanTheJournalHolds(t *testing.T) {
	t.Parallel()
	w := some(3)
	w.size = 300 << 20
	d := drive(t, w, 160, 24)
	d.typing("a").press("enter")
	d.wants("Review of 3 logs", "the journal has room for 268.4 MB, and this takes about 314.6 MB: undo brings back all of it only until something else is sent")
}

func TestChangeOfManyLogs(t *testing.T) {
	t.Parallel()
	w := some(30)
	d := drive(t, w, 100, 24)
	d.wants("Change 30 logs", "change:", "PATH=TEXT")
	d.typing("a?").press("enter")
	d.wants("that is not an assignment")
	d.press("backspace", "enter")
	d.wants("Review of 30 logs", "30 match · 24 change · 4 already so · 2 refused", "▸ log_000  Output:", "listed: change")
	d.press("d")
	d.wants("23 change", "1 left out", "▸ log_001")
	d.press("k", "d")
	d.wants("24 change")
	d.press("g", "d", "j", "enter")
	if len(w.sent) != 23 || slices.Contains(w.sent, 0) {
		t.Errorf("sent %v", w.sent)
	}
	d.wants("saved and verified: 23 logs; 2 not changed", "Change of 30 logs", "23 saved")
	d.press("esc")
	if want := []tea.Msg{CloseMsg{Done: true}}; !slices.Equal(d.Said, want) || !w.closed {
		t.Errorf("said %v, closed %v", d.Said, w.closed)
	}
}

// Beside a log that is so already it says that, and not nothing.
func TestALogThatIsSoAlready(t *testing.T) {
	t.Parallel()
	d := drive(t, some(30), 160, 24)
	d.typing("a").press("enter")
	d.press("f", "f", "f", "f")
	d.wants("already so", "nothing of it changes: it is so already")
}

func TestKindsOfRows(t *testing.T) {
	t.Parallel()
	d := drive(t, some(30), 100, 24)
	d.typing("a").press("enter")
	var told []string
	for range 6 {
		_, name, _ := strings.Cut(strings.Split(uitest.Reads(d.View()), "\n")[1], "listed: ")
		told = append(told, fmt.Sprint(name, " ", len(d.list.shown)))
		d.press("f")
	}
	if got := strings.Join(told, ", "); got != "change 24, output 24, error 12, refused 2, already so 4, change 24" {
		t.Errorf("it lists %s", got)
	}
	d.press("F", "F", "F", "F")
	d.wants("listed: error", "▸ log_001")
	d.press("f")
	d.wants("▸ log_010  refused: metadata is a list, not an object")
	d.press("d")
	d.wants("nothing would be sent of this log")
}

func TestALargeReviewBeginsWithASample(t *testing.T) {
	t.Parallel()
	d := drive(t, some(500), 100, 24)
	d.typing("a").press("enter")
	d.wants("listed: a sample")
	if n, last := len(d.list.shown), d.list.shown[len(d.list.shown)-1]; n != sampleRows || last < 400 {
		t.Errorf("%d rows up to %d", n, last)
	}
	d.press("f")
	d.wants("listed: change")
}

func TestOldAndNewOfALog(t *testing.T) {
	t.Parallel()
	d := drive(t, some(5), 80, 24)
	d.typing("a").press("enter", "j", " ")
	d.wants("log_001", "Output", "- low tide", "+ low", "Error")
	d.press("esc")
	d.wants("▸ log_001")
	wide := drive(t, some(5), 140, 24)
	wide.typing("a").press("enter", "j")
	wide.wants("▸ log_001", "│ log_001", "│ - low tide")
}

func TestStopAndGoOn(t *testing.T) {
	t.Parallel()
	w := some(30)
	w.stop = 5
	d := drive(t, w, 80, 24)
	d.typing("a").press("enter")
	d.Hold = true
	d.press("enter")
	d.wants("sending: 0 of 30")
	d.press("j", "esc")
	d.wants("stopping after the logs in hand")
	d.Release()
	d.wants("left to do: enter goes on")
	d.press("enter")
	d.wants("saved and verified: 24 logs")
}

func TestRetry(t *testing.T) {
	t.Parallel()
	w := some(10)
	w.will = func(n int) batch.Outcome {
		return map[bool]batch.Outcome{true: batch.Failed, false: batch.Saved}[n == 3]
	}
	d := drive(t, w, 80, 24)
	d.typing("a").press("enter", "enter")
	d.wants("saved and verified: 8 logs; 1 not changed: R tries again", "listed: not changed", "log_003  failed: the server failed")
	w.will = func(int) batch.Outcome { return batch.Saved }
	d.press("R")
	d.wants("saved and verified: 9 logs")
	d.press("R", "o", "u")
	if want := []tea.Msg{OpenMsg{"log_000"}, UndoMsg{w.Head()}}; !reflect.DeepEqual(d.Said, want) || !w.closed {
		t.Errorf("said %v, want %v", d.Said, want)
	}
}

// What somebody else changed since the review is reviewed once more before it is sent.
func TestRetryOfConflictsIsReviewed(t *testing.T) {
	t.Parallel()
	w := some(10)
	w.will = func(n int) batch.Outcome {
		return map[bool]batch.Outcome{true: batch.Conflict, false: batch.Saved}[n == 3]
	}
	w.unreviewed = 1
	d := drive(t, w, 80, 24)
	d.typing("a").press("enter", "enter")
	w.will = func(int) batch.Outcome { return batch.Saved }
	sent := len(w.sent)
	d.press("R")
	d.wants("Review of 10 logs", "1 change")
	if len(w.sent) != sent {
		t.Error("it was sent without a review")
	}
	d.press("enter")
	d.wants("saved and verified: 9 logs")
}

// What cannot be taken back says so first, is confirmed, and is finished only when it was cleared.
func TestWhatCannotBeTakenBack(t *testing.T) {
	t.Parallel()
	w := some(10)
	w.irreversible = true
	d := drive(t, w, 80, 24)
	d.typing("a").press("enter")
	d.wants("listed: summary", "there is no way back", "mail  3  ␛[2Joutput")
	d.press("d", "pgdown", "pgdown")
	d.wants("mail  29")
	d.press("f")
	d.wants("listed: change", "▸ log_000")
	d.press("enter")
	if want := []tea.Msg{SureMsg{"change 9 logs? This cannot be undone:"}}; !slices.Equal(d.Said, want) || len(w.sent) > 0 {
		t.Fatalf("said %v, sent %v", d.Said, w.sent)
	}
	d.Run(d.Confirmed())
	d.wants("not finished: enter goes on", "enter go on", "listed: summary")
	w.clears = true
	d.press("enter")
	d.wants("saved and verified: 9 logs")
	d.press("u")
	d.wants("it cannot be taken back")
	if len(d.Said) > 1 || w.closed {
		t.Errorf("said %v", d.Said)
	}
}

func TestWhatWasNotLookedAtIsNotSent(t *testing.T) {
	t.Parallel()
	w := some(10)
	w.planned = errors.New("the server is gone")
	d := drive(t, w, 80, 24)
	d.typing("a").press("enter")
	d.wants("the server is gone")
	d.press("enter")
	if len(w.sent) > 0 {
		t.Errorf("sent %v", w.sent)
	}
	d.wants("not all logs were looked at")
}

func TestFrames(t *testing.T) {
	t.Parallel()
	for name, size := range map[string][2]int{"80x24": {80, 24}, "120x40": {120, 40}} {
		d := drive(t, some(30), size[0], size[1])
		frames := []string{"# asked"}
		shot := func(what string) { frames = append(frames, uitest.Reads(d.View()), "", "# "+what) }
		shot("review")
		d.typing("a").press("enter")
		shot("old and new")
		d.press(" ")
		shot("sending")
		d.press("esc")
		d.Hold = true
		d.press("enter")
		shot("results")
		d.Release()
		frames = append(frames, uitest.Reads(d.View()), "")
		uitest.Frame(t, name+".txt", strings.Join(frames, "\n"))
	}
}

// Whatever the size, the screen fills it, and nothing of a log reaches the terminal.
func TestEverySizeIsFilled(t *testing.T) {
	t.Parallel()
	for _, stage := range []string{"asked", "reviewed", "looked", "done"} {
		d := drive(t, some(40), 80, 24)
		if stage != "asked" {
			d.typing("a").press("enter")
		}
		if stage == "looked" {
			d.press(" ")
		}
		if stage == "done" {
			d.press("enter")
		}
		for _, w := range []int{1, 2, 39, 40, 41, 79, 80, 119, 120, 121, 250} {
			for _, h := range []int{1, 2, 9, 10, 11, 24, 60} {
				d.SetSize(w, h)
				lines := strings.Split(ansi.Strip(d.View()), "\n")
				if len(lines) != h {
					t.Errorf("%s at %d×%d has %d lines", stage, w, h, len(lines))
				}
				for _, line := range lines {
					if got := sanitize.Width(line); got > w || strings.ContainsAny(line, "\x1b\x07") {
						t.Fatalf("%s at %d×%d has a line of %d: %q", stage, w, h, got, line)
					}
				}
			}
		}
	}
}

// A row that has no room for all changes of its log says how many more there are.
func TestRowsSayHowManyChangesMore(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		width int
		more  string
	}{{60, " +2 more"}, {99, " +1 more"}, {110, ""}} {
		w := some(1)
		w.rows[0].Changes = []Change{{Name: "Output", Turn: strings.Repeat("a", 30)}, {Name: "Error", Turn: strings.Repeat("b", 30)}, {Name: "Stdout", Turn: "c"}}
		d := drive(t, w, tc.width, 24)
		d.typing("a").press("enter")
		_, below, _ := strings.Cut(ansi.Strip(d.View()), "log_000")
		row, _, _ := strings.Cut(below, "\n")
		if !strings.Contains(row, "Output: aaa") || strings.Contains(row, "more") != (tc.more != "") || !strings.Contains(row, tc.more) {
			t.Errorf("in %d columns the row is %q", tc.width, row)
		}
	}
}
