package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/apitest"
	"errata/model"
	"errata/model/judgment"
	"errata/ui/annotate"
)

// next is the key that completes a log.
func (p *person) next() *person {
	p.give(tea.KeyMsg{Type: tea.KeyCtrlN})
	return p
}

// queued is somebody at a queue of logs, the evaluators of the server and a tag on the digits.
func queued(t *testing.T, dir string, logs int) *person {
	t.Helper()
	var ids []string
	var docs [][]byte
	for i := range logs {
		ids = append(ids, fmt.Sprintf("log_q%d", i))
		docs = append(docs, fmt.Appendf(nil, `{"id":"log_q%d","prompt":{"id":"pr_1","path":"almanac/tides"},"evaluator_logs":[],"output":"answer %d","metadata":{"a":1}}`, i, i))
	}
	q, err := annotate.New(dir, annotate.Head{Server: server}, ids)
	if err != nil {
		t.Fatal(err)
	}
	o := journaled(t, t.TempDir(), "")
	o.Queue, o.Author = q, "ada"
	o.Annotate = []annotate.Entry{{Evaluator: "rating"}, {Evaluator: "score"}, {Key: "9", Set: []string{"metadata.reviewed:=true"}}}
	p := sit(t, o, docs...).rest()
	for _, body := range rubrics {
		if _, err := p.fake.UpsertEvaluator(t.Context(), []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	return p.press("R").rest()
}

// said is what the server holds for a log of the queue: judgments, then its metadata.
func (p *person) said(id string) string {
	p.t.Helper()
	doc, err := p.fake.Log(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	log, err := doc.Log()
	if err != nil {
		p.t.Fatal(err)
	}
	var list []string
	for _, j := range judgment.Of(log) {
		list = append(list, fmt.Sprintf("%s: %s · %s, completed %v", j.Evaluator.Name, judgment.Words(j.Value), j.User, j.Completed))
	}
	return strings.Join(append(list, string(log.Member("metadata").Bytes())), "; ")
}

func (p *person) isSaid(id, want string) {
	p.t.Helper()
	if got := p.said(id); got != want {
		p.t.Errorf("%s holds %s, not %s", id, got, want)
	}
}

func TestTwoKeysJudgeALogAndShowTheNext(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 4)
	p.shows("0 of 4  rating:  1 good  2 bad  3 score  9 metadata.reviewed:=true")
	p.press("1").shows("1 [good]")
	p.next().rest().shows("log_q1")
	p.shows("1 of 4")
	p.isSaid("log_q0", `rating: good · ada, completed true; {"a":1}`)

	p.press("29").next().rest().shows("log_q2") // a judgment and a tag go together
	p.isSaid("log_q1", `rating: bad · ada, completed true; {"a":1,"reviewed":true}`)

	p.press(".").shows("[metadata.reviewed:=true]") // what was said last, of another log
	p.press("9").showsNot("[metadata.reviewed:=true]")
	p.press("3").press("4.5", "enter").next().rest().shows("log_q3")
	p.isSaid("log_q2", `score: 4.5 · ada, completed true; {"a":1}`)

	p.press("-").rest().shows("3 of 4 · 1 skipped")
	p.shows("that was the last")
	p.sent(`{"metadata":{"a":1,"reviewed":true}}`)
}

// A click on what is in the strip says it, another takes it back; one on the name of an evaluator
// puts the cursor there. Nothing is sent by that.
func TestTheStripIsClickedOn(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	p := queued(t, "", 2)
	p.click("2 bad", now).shows("2 [bad]")
	p.click("1 good", now.Add(time.Minute)).click("1 [good]", now.Add(time.Minute)).shows("1 [good]")
	p.shows("2 bad")
	p.click("good]", now.Add(2*time.Minute)).shows("1 good")
	p.click("rating:", now.Add(3*time.Minute)).shows("▸1 good")
	p.click("Error", now.Add(4*time.Minute)).showsNot("▸1 good")
	p.press("up", "enter").rest()
	p.press("!").click("2 bad", now.Add(5*time.Minute)).shows("2 [bad]")
	p.shows("answer 0!")
	p.click("0 of 2", now.Add(6*time.Minute)).shows("0 of 2")
	p.sent()
}

// Whoever completes the last log is told so also once it is saved.
func TestTheEndOfAQueueIsSaid(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 2)
	p.press("1").next().press("2").next().rest()
	p.shows("that was the last: 2 of 2; q leaves")
}

// Keys that are typed while the next log is on its way are for that log.
func TestKeysAheadAreForTheNextLog(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 3)
	p.press("1").next().press("2").next().press("1").next().rest()
	p.isSaid("log_q0", `rating: good · ada, completed true; {"a":1}`)
	p.isSaid("log_q1", `rating: bad · ada, completed true; {"a":1}`)
	p.isSaid("log_q2", `rating: good · ada, completed true; {"a":1}`)
}

// A log that could not be sent comes back before all others, with what was said of it.
func TestAFailedLogComesBack(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 4)
	p.give(tea.WindowSizeMsg{Width: 160, Height: 24})
	p.fake.Fail(apitest.UpdateLog, &api.Error{Code: api.Invalid, Status: 422, Msg: "metadata is too long"})
	p.press("9").next().rest().shows("log_q1")
	p.shows("log_q0 comes back: ")
	p.shows("0 of 4 · 1 failed")
	p.press("1").next().rest()
	p.shows("not saved: metadata is too long")
	p.shows("[metadata.reviewed:=true]")
	p.next().rest().shows("log_q2")
	p.isSaid("log_q0", `{"a":1,"reviewed":true}`)
	p.isSaid("log_q1", `rating: good · ada, completed true; {"a":1}`)
}

// While one log is being sent the next is worked on, and leaving waits for it.
func TestNobodyWaitsForTheServer(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 3)
	gate := p.fake.Hold(apitest.UpdateLog)
	p.press("9").next()
	p.settle("the next log is shown", func() bool { return p.has("log_q1") && !p.has("log_q0") })
	p.press("1").shows("[good]")
	p.give(tea.KeyMsg{Type: tea.KeyCtrlN})
	p.settle("the third log is shown", func() bool { return p.has("log_q2") && !p.has("reading") })
	p.press("q").shows(" being sent; ctrl+c leaves at once")
	if p.quit {
		t.Error("it left before what was said was saved")
	}
	gate.Open()
	p.settle("it left", func() bool { return p.quit })
	p.isSaid("log_q0", `{"a":1,"reviewed":true}`)
	p.isSaid("log_q1", `rating: good · ada, completed true; {"a":1}`)
}

// A queue that was left goes on where it was, and says nothing twice.
func TestAQueueGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := queued(t, dir, 4)
	id := p.r.queue.ID
	p.press("1").next().rest().press("-").rest().shows("log_q2")
	p.r.annotating.close()
	q, err := annotate.Open(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = q.Close() }()
	if at, r := q.At(), q.Report(); at != "log_q2" || r.Done != 1 || r.Skipped != 1 || r.Judgments != 1 {
		t.Errorf("at %s, %+v", at, r)
	}
}

// Where a log is gone the queue goes on behind it.
func TestALogThatIsGoneIsPassedOver(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 3)
	p.fake.Fail(apitest.Log, &api.Error{Code: api.NotFound, Status: 404, Msg: "there is no such log"})
	p.press("-").rest()
	if p.r.form == nil {
		t.Fatalf("no log is shown:\n%s", p.screen())
	}
}

// A log that is refused again is said to be, and is in nobody's way any more.
func TestALogThatIsRefusedAgainComesLast(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 4)
	p.give(tea.WindowSizeMsg{Width: 160, Height: 24})
	refused := &api.Error{Code: api.Invalid, Status: 422, Msg: "metadata is too long"}
	p.fake.Fail(apitest.UpdateLog, refused)
	p.press("9").next().rest().press("1").next().rest().shows("log_q0")
	p.fake.Fail(apitest.UpdateLog, refused)
	p.next().rest().shows("log_q0 was not sent again, and comes back last: ")
	p.shows("log_q2")
	p.press("1").next().rest().press("1").next().rest().shows("log_q0")
	p.shows("3 of 4 · 1 failed")
	p.shows("[metadata.reviewed:=true]")
	p.next().rest().shows("4 of 4")
}

// Where the evaluators cannot be read nobody completes a log without having seen that.
func TestNothingIsCompletedSilentlyWithoutEvaluators(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 3)
	p.fake.Fail(apitest.Evaluators, &api.Error{Code: api.Failed, Status: 500, Msg: "the server failed"})
	p.press("R").rest()
	p.next().rest().shows("log_q0")
	p.shows("not completed: the evaluators cannot be read: ")
	p.shows("0 of 3")
	p.press("R").rest().press("1").next().rest().shows("log_q1")
	p.isSaid("log_q0", `rating: good · ada, completed true; {"a":1}`)
	p.fake.Fail(apitest.Evaluators, &api.Error{Code: api.Failed, Status: 500, Msg: "the server failed"})
	p.press("R").rest().next().rest().next().rest().shows("log_q2")
	p.shows("2 of 3")
}

// Judgments that were sent by the review count in the report.
func TestJudgmentsOfTheReviewAreReported(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 3)
	p.press("1", "ctrl+s").rest().press("ctrl+s").rest().shows("log_q0")
	if r := p.r.queue.Report(); r.Judgments != 1 || r.Done != 0 {
		t.Errorf("report %+v", r)
	}
	p.next().rest().press("2").next().rest()
	if r := p.r.queue.Report(); r.Judgments != 2 || r.Done != 2 {
		t.Errorf("report %+v", r)
	}
}

// What is unfolded of a structure is unfolded in the next log, and so it is with messages.
func TestFoldsStayFromLogToLog(t *testing.T) {
	t.Parallel()
	var docs [][]byte
	for i := range 2 {
		docs = append(docs, fmt.Appendf(nil, `{"id":"log_q%d","prompt":{"id":"pr_1","path":"almanac/tides"},"evaluator_logs":[],"metadata":{"b%d":1,"a":{"deep":"below %d"}},
			"messages":[{"role":"user","content":"question %d"},{"role":"user","content":"another %d"}]}`, i, i, i, i, i))
	}
	q, err := annotate.New("", annotate.Head{}, []string{"log_q0", "log_q1"})
	if err != nil {
		t.Fatal(err)
	}
	p := sit(t, Options{Queue: q, Annotate: []annotate.Entry{{Set: []string{"source=people"}}}}, docs...).rest()
	p.press("enter", "z").showsNot("question 0\n")
	row := p.screen()
	p.press("esc")
	p.r.form.GoTo(model.Metadata)
	p.press("enter", "j").showsNot("- a")
	p.press("l").shows("- a")
	p.next().rest().shows("log_q1")
	p.press("enter").shows("- a")
	p.shows("below 1")
	p.press("esc", "g", "enter")
	if got := strings.ReplaceAll(p.screen(), " 1", " 0"); strings.Count(got, "question") != strings.Count(row, "question") || strings.Count(got, "▸") != strings.Count(row, "▸") {
		t.Errorf("the messages are folded otherwise:\n%s\nand were\n%s", got, row)
	}
}

// What was changed by hand, or typed as a number, is repeated as well.
func TestTheLastChangeIsRepeated(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 4)
	p.press("9", "3").press("4.5", "enter").next().rest().press(".").next().rest().shows("log_q2")
	p.isSaid("log_q1", `score: 4.5 · ada, completed true; {"a":1}`)
	p.r.form.GoTo(model.Metadata)
	p.press("t").give(tea.KeyMsg{Type: tea.KeyCtrlEnd})
	p.give(tea.KeyMsg{Type: tea.KeyBackspace})
	p.press(`,"topic":"ebb"}`, "esc").next().rest().shows("log_q3")
	p.isSaid("log_q2", `{"a":1,"topic":"ebb"}`)
	p.press(".").shows(`metadata.topic:="ebb"`)
	p.next().rest()
	p.isSaid("log_q3", `{"a":1,"topic":"ebb"}`)
}

// The value is scrolled in the next log as it was in the one before.
func TestScrollingStaysFromLogToLog(t *testing.T) {
	t.Parallel()
	var ids []string
	var docs [][]byte
	for i := range 3 {
		var text strings.Builder
		for line := range 99 {
			fmt.Fprintf(&text, `line %d of log %d\n`, line, i)
		}
		ids = append(ids, fmt.Sprint("log_q", i))
		docs = append(docs, fmt.Appendf(nil, `{"id":"log_q%d","prompt":{"id":"pr_1","path":"almanac/tides"},"evaluator_logs":[],"output":"%s"}`, i, strings.ReplaceAll(text.String(), `\\`, `\`)))
	}
	q, err := annotate.New("", annotate.Head{}, ids)
	if err != nil {
		t.Fatal(err)
	}
	p := sit(t, Options{Queue: q, Annotate: []annotate.Entry{{Set: []string{"source=people"}}}}, docs...).rest()
	p.press("j", "j", " ", strings.Repeat("j", 22)).shows("line 22 of log 0")
	p.showsNot("line 5 of")
	p.next().rest().shows("line 22 of log 1")
	p.showsNot("line 5 of")
	p.press("]").rest().shows("line 22 of log 2")
}

// What stands without a digit, or is preferred so, is reached on the strip.
func TestTheStripTakesTheCursor(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 2)
	p.press("G", "tab").shows("▸1 good")
	p.press("l", " ").shows("▸2 [bad]")
	p.press("enter").rest().shows("log_q1")
	p.isSaid("log_q0", `rating: bad · ada, completed true; {"a":1}`)
}

// Where no evaluator takes a text a note goes into the metadata; each key of it is an edit.
func TestANoteInTheMetadata(t *testing.T) {
	t.Parallel()
	o := Options{Annotate: []annotate.Entry{{Set: []string{"source=people"}}}}
	q, err := annotate.New("", annotate.Head{}, []string{"log_one", "log_two"})
	if err != nil {
		t.Fatal(err)
	}
	o.Queue = q
	p := sit(t, o).rest()
	p.press("c", "as 1 says").shows("note: as 1 says")
	p.next().rest().shows("log_two")
	p.sent(`{"metadata":{"a": 1, "note": "as 1 says"}}`)
}

// The line that a digit opens leaves the cursor where it was, also in a value that is being read.
func TestALineForANumberGoesBack(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 2)
	p.press("j", "j").shows("▸   Output ")
	p.press("3", "0.5", "enter").shows("▸   Output ")
	p.shows("3 [score]")
	p.press(" ").shows("reading")
	p.press("3", "backspace", "backspace", "backspace", "1").shows("judging")
	p.next().rest().shows("log_q1")
	p.shows("reading")
	p.isSaid("log_q0", `score: 1.0 · ada, completed true; {"a":1}`)
}

// Stepping keeps the place, and why a log came back is said where it is shown alone.
func TestSteppingIsKept(t *testing.T) {
	t.Parallel()
	p := queued(t, t.TempDir(), 3)
	p.give(tea.WindowSizeMsg{Width: 160, Height: 24})
	p.fake.Fail(apitest.UpdateLog, &api.Error{Code: api.Invalid, Status: 422, Msg: "metadata is too long"})
	p.press("9").next().rest().shows("log_q1")
	p.press("[").rest().shows("log_q0")
	p.shows("not saved: metadata is too long")
	p.press("]").rest().press("]").rest().shows("log_q2")
	p.showsNot("metadata is too long")
	if at := p.r.queue.At(); at != "log_q2" {
		t.Errorf("the queue is at %s", at)
	}
	p.press("]").shows("there is no further log in the queue")
}

// A log that was deleted while it was judged does not come back over and over.
func TestADeletedLogIsSkipped(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 2)
	p.fake.Fail(apitest.UpdateLog, &api.Error{Code: api.NotFound, Status: 404, Msg: "there is no such log"})
	p.press("9").next().rest().shows("log_q0 was deleted on the server, and is skipped")
	p.shows("0 of 2 · 1 skipped")
	p.press("[").rest().press("]").rest().shows("log_q0 was deleted on the server, and is skipped")
}

// Where the strip has no room for all of it the titles of the evaluators give way before its words
// become so short that one is not told from the other.
func TestTheStripKeepsItsWordsBeforeItsTitles(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 4)
	p.give(tea.WindowSizeMsg{Width: 64, Height: 24})
	p.shows("1 good  2 bad  3 score  9 metadata.reviewed:=true")
	p.showsNot("rating:  1")
}

// u in a log of a queue in which nothing was done says where the log before is taken back.
func TestUndoInAQueueTellsOfTheLogBefore(t *testing.T) {
	t.Parallel()
	p := queued(t, "", 3)
	p.press("1").next().rest().shows("log_q1")
	p.press("u").shows("nothing to undo in this log; for the one before: [ and then H")
	p.press("[", "H").rest().shows("History")
}
