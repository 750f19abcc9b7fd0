package ui

import (
	"net/http"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/apitest"
	"errata/model/judgment"
)

// rubrics are evaluators for people, in the order in which they are made: the newest is listed
// first.
var rubrics = []string{
	`{"path":"team/note","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"text"}}`,
	`{"path":"team/score","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"number","number_limits":{"min":0,"max":5,"step":0.5}}}`,
	`{"path":"team/rating","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select",
		"options":[{"name":"good","valence":"positive"},{"name":"bad","valence":"negative"}],"instructions":"Would you hand it on?"}}`,
}

// judges is somebody at a log of a server with evaluators, the cursor on the first of them.
func judges(t *testing.T, o Options) *person {
	t.Helper()
	o.LogID, o.Author = "log_one", "ada"
	p := sit(t, o).rest()
	for _, body := range rubrics {
		if _, err := p.fake.UpsertEvaluator(t.Context(), []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	p.press("R").rest()
	return p.press("g", "jjjjjjj").rest()
}

// standing is what the server holds for the first log: "rating: good · ada".
func (p *person) standing() string {
	p.t.Helper()
	doc, err := p.fake.Log(p.t.Context(), "log_one")
	if err != nil {
		p.t.Fatal(err)
	}
	log, err := doc.Log()
	if err != nil {
		p.t.Fatal(err)
	}
	var list []string
	for _, s := range judgment.Standings(judgment.Of(log)) {
		list = append(list, s.Evaluator.Name+": "+judgment.Words(s.Newest.Value)+" · "+s.User)
	}
	return strings.Join(list, ", ")
}

// holds fails the test unless the server holds just these judgments.
func (p *person) holds(want string) {
	p.t.Helper()
	if got := p.standing(); got != want {
		p.t.Errorf("the server holds %q, not %q", got, want)
	}
}

func TestJudgeReviewSendUndo(t *testing.T) {
	t.Parallel()
	p := judges(t, journaled(t, t.TempDir(), ""))
	p.shows("▸   rating            not judged")
	p.press("enter")
	p.shows("good  positive")
	p.shows("Would you hand it on?")
	p.press("enter").rest()
	p.shows("▸ ● rating            nothing → good · ada")
	p.shows("1 changed")
	p.press("u")
	p.shows("no changes")
	p.press("ctrl+r", "ctrl+s").rest()
	p.shows("POST /evaluators/log")
	p.shows("nothing → good")
	p.press("ctrl+s").rest()
	p.shows("saved and verified; judged rating: good")
	p.shows("good · ada")
	p.shows("no changes")
	p.holds("rating: good · ada")
	p.sent()
	p.press("enter", "j", "enter", "ctrl+s")
	p.shows("good → bad")
	p.press("ctrl+s").rest()
	p.holds("rating: bad · ada")
	p.press("x")
	p.shows("bad → taken back")
	p.press("x")
	p.shows("no changes")
	p.press("x", "ctrl+s", "ctrl+s").rest()
	p.holds("rating: taken back · ada")
	p.shows("not judged")
	p.press("space").rest()
}

func TestAPatchGoesAheadOfTheJudgments(t *testing.T) {
	t.Parallel()
	p := judges(t, Options{})
	p.press("enter", "enter", "down").rest()
	p.press("enter", "up", "up", "up", "enter").rest()
	p.shows("nothing → 1.0 · ada")
	p.press("g", "jj", "enter", "!", "ctrl+s").rest()
	p.shows("1 field, 2 judgments")
	p.shows("then POST /evaluators/log")
	p.press("ctrl+s").rest()
	p.shows("saved and verified; judged rating: good, score: 1.0")
	p.sent(`{"output":"At nine.!"}`)
	p.holds("rating: good · ada, score: 1.0 · ada")
}

func TestAJudgmentThatFailsStays(t *testing.T) {
	t.Parallel()
	p := judges(t, Options{})
	p.press("enter", "enter", "g", "jj", "enter", "!").rest()
	p.fake.Fail(apitest.CreateJudgment, &api.Error{Code: api.Refused, Status: http.StatusForbidden, Msg: "this key may not judge"})
	p.press("ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified; rating was not judged: this key may not judge")
	p.shows("1 changed")
	p.press("ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified; judged rating: good")
	p.sent(`{"output":"At nine.!"}`)
	p.holds("rating: good · ada")
}

func TestALostAnswerMakesNoSecondJudgment(t *testing.T) {
	t.Parallel()
	p := judges(t, Options{})
	p.press("enter", "enter").rest()
	p.fake.FailAfter(apitest.CreateJudgment, &api.Error{Code: api.Unreachable, Msg: "the connection broke", Sent: api.MaybeSent})
	p.press("ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified; judged rating: good")
	p.holds("rating: good · ada")
	if n := p.fake.Calls(apitest.CreateJudgment); n != 1 {
		t.Errorf("the judgment was sent %d times", n)
	}
}

func TestJudgmentsAreLeftOut(t *testing.T) {
	t.Parallel()
	p := judges(t, Options{})
	p.press("enter", "enter", "g", "jj", "enter", "!", "ctrl+s", "down", "d").rest()
	p.shows("1 left out")
	p.press("ctrl+s").rest()
	p.holds("")
	p.shows("1 changed")
	p.sent(`{"output":"At nine.!"}`)
}

// TestAJudgmentSurvivesAKill ends the program in the middle of a text, without closing anything.
func TestAJudgmentSurvivesAKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := judges(t, drafted(dir, "log_one"))
	p.press("enter", "enter", "j", "j", "enter", "names its source").rest()
	p.r.drafts.close()
	p = sit(t, drafted(dir, "log_one")).rest()
	p.shows("restored unsaved work")
	p.shows("2 changed")
	p.shows("nothing → good · ada")
	p.shows("nothing → names its source · ada")
	p.press("ctrl+s")
	p.shows("nothing → names its source")
}

func TestAServerWithoutJudgmentsSaysSoOnce(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]*api.Error{
		"405": {Code: api.Refused, Status: http.StatusMethodNotAllowed, Msg: "method not allowed"},
		"404": {Code: api.NotFound, Status: http.StatusNotFound, Msg: "not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := sit(t, Options{}).rest()
			p.fake.Fail(apitest.Evaluators, err)
			p.press("enter").rest()
			p.shows("locked: this server takes no judgments")
			if n := strings.Count(p.screen(), "takes no judgments"); n != 1 {
				t.Errorf("that is said %d times", n)
			}
		})
	}
}

// TestEvaluatorsDelayNothing shows a log, and edits it, while the evaluators are still being read.
func TestEvaluatorsDelayNothing(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	gate := p.fake.Hold(apitest.Evaluators)
	p.press("enter")
	p.settle("the log is there", func() bool { return p.has("Conversation") })
	p.shows("reading the evaluators")
	p.press("jj", "enter", "!")
	gate.Open()
	p.rest()
	p.shows("At nine.!")
	p.shows("editing")
	p.press("esc")
	p.rest()
	p.shows("no evaluators yet: errata evaluators add")
	p.shows("▸ ● Output")
}

// TestHostileJudgmentsAreMadeVisible opens a log whose judgments hold controls.
func TestHostileJudgmentsAreMadeVisible(t *testing.T) {
	t.Parallel()
	const red = `\u001b[31m\u0007`
	nested := `[{"id":"log_j","judgment":"` + red + `fine","user":"bob` + red + `","created_at":"` + red + `","evaluator":{"id":"ev_x","name":"tone` + red + `","path":"a/tone` + red +
		`","spec":{"evaluator_type":"human","return_type":"select","options":[{"name":"` + red + `fine"}],"instructions":"` + red + `"}}}]`
	doc := strings.Replace(first, `"evaluator_logs": []`, `"evaluator_logs": `+nested, 1)
	p := sit(t, Options{LogID: "log_three", Author: "ada"}, []byte(strings.Replace(doc, "log_one", "log_three", 1))).rest()
	for _, key := range []string{"jjjjjjj", "space", "esc", "enter", "enter", "ctrl+s", "esc", "d"} {
		p.press(key).rest()
		if view := p.r.View(); strings.Contains(view, "\x1b[31m") || strings.Contains(view, "\a") {
			t.Fatalf("after %s the screen has controls of the log:\n%q", key, view)
		}
	}
	p.shows("fine")
}

// TestADraftOfJudgmentsAloneIsListed lists a draft in which no field has changed.
func TestADraftOfJudgmentsAloneIsListed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := judges(t, drafted(dir, "log_one"))
	p.press("enter", "enter").rest()
	p.r.drafts.close()
	list := waiting(t, dir)
	if len(list) != 1 || len(list[0].Said) != 1 {
		t.Fatalf("the drafts are %+v", list)
	}
	if said := list[0].Said[0]; said.Evaluator.Path != "team/rating" || judgment.Words(said.Value) != "good" {
		t.Errorf("the draft says %+v", said)
	}
}

func TestAJudgmentIsTakenBackFromTheHistory(t *testing.T) {
	t.Parallel()
	p := judges(t, journaled(t, t.TempDir(), ""))
	p.press("enter", "enter", "ctrl+s", "ctrl+s").rest()
	p.holds("rating: good · ada")
	p.press("H").rest()
	p.press("u").rest()
	p.shows("delete the judgment team/rating: good? y / n")
	p.press("y").rest()
	p.shows("undone and verified: team/rating: good")
	p.shows("not judged")
	p.holds("")
	p.press("H").rest()
	p.press("u").rest()
	p.shows("say again team/rating: good? y / n")
	p.press("y").rest()
	p.holds("rating: good · ada")
}

// TestEvaluatorsComeIntoARestoredEditor ends the program in the middle of a text and starts it
// again on the log: the evaluators are there while the text is still open.
func TestEvaluatorsComeIntoARestoredEditor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := judges(t, drafted(dir, "log_one"))
	p.press("g", "jj", "enter", " or ten").rest()
	p.r.drafts.close()
	p = sit(t, drafted(dir, "log_one"))
	p.give(tea.WindowSizeMsg{Width: 120, Height: 40})
	p.rest()
	p.shows("editing")
	p.shows("At nine. or ten")
	p.showsNot("reading the evalu")
	p.shows("Judgments")
	p.shows("▸   Output ")
}
