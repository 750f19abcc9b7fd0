package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/model/judgment"
	"errata/ui/sanitize"
	"errata/ui/uitest"
)

// said is a log that was judged: by ada, twice, and by bob, whose name holds a control.
var said = strings.Replace(corrected, `{"id": "log_tides"`, `{"id": "log_tides", "evaluator_logs": [
 {"id":"log_1","judgment":"bad","user":"ada","created_at":"2025-03-01T11:00:00","evaluator":`+rating+`},
 {"id":"log_2","judgment":"good","user":"ada","created_at":"2025-03-01T12:00:00","evaluator":`+rating+`},
 {"id":"log_3","judgment":"bad","user":"bob\u001b[31m","created_at":"2025-03-01T13:00:00","evaluator":`+rating+`},
 {"id":"log_4","judgment":12,"user":null,"created_at":"2025-03-01T13:00:00","evaluator":{"id":"ev_words","name":"words","path":"team/words",
  "version_id":"evv_9","spec":{"evaluator_type":"python","return_type":"number"}}}]`, 1)

const rating = `{"id":"ev_rating","name":"rating","path":"team/rating","version_id":"evv_1","spec":{"evaluator_type":"human","return_type":"select",
 "options":[{"name":"good","valence":"positive"},{"name":"bad","valence":"negative"},{"name":"neither"}],"instructions":"Would you hand it on?"}}`

// people are evaluators of every kind.
func people() (r Rubric) {
	for _, doc := range []string{
		rating,
		`{"id":"ev_score","name":"score","path":"team/score","version_id":"evv_2","spec":{"evaluator_type":"human","return_type":"number",
		 "number_limits":{"min":0,"max":2,"step":0.5},"number_valence":"positive"}}`,
		`{"id":"ev_helps","name":"helps","path":"team/helps","version_id":"evv_3","spec":{"evaluator_type":"human","return_type":"boolean"}}`,
		`{"id":"ev_faults","name":"faults","path":"team/faults","version_id":"evv_4","spec":{"evaluator_type":"human","return_type":"multi_select",
		 "options":[{"name":"too long","valence":"negative"},{"name":"off topic","valence":"negative"}]}}`,
		`{"id":"ev_note","name":"note","path":"team/note","version_id":"evv_5","spec":{"evaluator_type":"human","return_type":"text"}}`,
	} {
		r.List = append(r.List, judgment.ReadEvaluator([]byte(doc)))
	}
	return r
}

// judge is somebody at a log that was judged, the cursor on an evaluator.
func judge(t *testing.T, w, h int, evaluator string) *driver {
	t.Helper()
	d := drive(t, said, w, h)
	made := 0
	d.m.o.Author, d.m.o.NewJudgment = "ada", func() string { made++; return fmt.Sprintf("log_new%d", made) }
	d.m.SetRubric(people())
	d.send(nil)
	d.m.moveTo(d.m.rowOfEvaluator(evaluator))
	d.send(nil)
	return d
}

// decides fails the test unless just this is to be said: "rating: good → bad".
func (d *driver) decides(want string) {
	d.t.Helper()
	var list []string
	for _, one := range d.m.Decisions() {
		list = append(list, one.Evaluator.Name+": "+one.Was+" → "+judgment.Words(one.Value))
	}
	if got := strings.Join(list, ", "); got != want {
		d.t.Errorf("it is decided %q, want %q", got, want)
	}
}

func TestJudgingScenarios(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]struct {
		evaluator string
		steps     []string
	}{
		"judge-choice":  {"ev_rating", []string{"space", "esc enter", "down enter", "d", "d x", "x r"}},
		"judge-number":  {"ev_score", []string{"enter up up", "backspace backspace backspace 9 enter", "backspace 1 enter"}},
		"judge-several": {"ev_faults", []string{"enter space down space", "enter"}},
		"judge-text":    {"ev_note", []string{"enter o k", "esc"}},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			d := judge(t, size[0], size[1], s.evaluator)
			var b strings.Builder
			for _, keys := range s.steps {
				for name := range strings.FieldsSeq(keys) {
					d.send(uitest.Key(name))
				}
				fmt.Fprintf(&b, "── %s\n%s\n", keys, uitest.Reads(d.m.View()))
			}
			uitest.Frame(t, fmt.Sprintf("%s-%dx%d.txt", name, size[0], size[1]), b.String())
		}
	}
}

func TestWhatKeysDecide(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		evaluator string
		keys      []string
		want      string
	}{
		"another option":         {"ev_rating", []string{"enter", "down", "enter"}, "rating: good → bad"},
		"the option that stands": {"ev_rating", []string{"enter", "enter"}, ""},
		"closed":                 {"ev_rating", []string{"enter", "down", "esc"}, ""},
		"taken back":             {"ev_rating", []string{"x"}, "rating: good → taken back"},
		"taken back and again":   {"ev_rating", []string{"x", "x"}, ""},
		"judged, taken, again":   {"ev_rating", []string{"enter", "down", "enter", "x", "x"}, "rating: good → bad"},
		"reverted":               {"ev_rating", []string{"enter", "down", "enter", "r"}, ""},
		"undone":                 {"ev_rating", []string{"x", "enter", "down", "enter", "u"}, "rating: good → taken back"},
		"redone":                 {"ev_rating", []string{"enter", "down", "enter", "u", "ctrl+r"}, "rating: good → bad"},
		"nothing to take back":   {"ev_score", []string{"x"}, ""},
		"never above the limit":  {"ev_score", []string{"enter", "up", "up", "up", "up", "up", "up", "up", "enter"}, "score: nothing → 2.0"},
		"never below":            {"ev_score", []string{"enter", "1", "down", "down", "down", "down", "enter"}, "score: nothing → 0.0"},
		"no number":              {"ev_score", []string{"enter", "7", "enter", "esc"}, ""},
		"yes":                    {"ev_helps", []string{"enter", "enter"}, "helps: nothing → yes"},
		"several":                {"ev_faults", []string{"enter", " ", "down", " ", "enter"}, "faults: nothing → too long, off topic"},
		"none of several":        {"ev_faults", []string{"enter", "enter"}, "faults: nothing → none"},
		"a text":                 {"ev_note", []string{"enter", "o", "k", "esc"}, "note: nothing → ok"},
		"a text, undone":         {"ev_note", []string{"enter", "o", "k", "esc", "u"}, ""},
		"a text, emptied":        {"ev_note", []string{"enter", "o", "backspace", "esc"}, ""},
		"kept by the next field": {"ev_note", []string{"enter", "o", "tab"}, "note: nothing → o"},
		"kept by the review":     {"ev_note", []string{"enter", "o", "ctrl+s"}, "note: nothing → o"},
		"of a program":           {"ev_words", []string{"enter", "7", "enter"}, "words: nothing → 7"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := judge(t, 80, 24, c.evaluator)
			d.press(c.keys...)
			d.decides(c.want)
			if strings.Contains(d.m.View(), "\x1b[31m") {
				t.Error("a control of the log reached the terminal")
			}
		})
	}
}

// TestALockedGroupStaysReadable opens a judgment of a server that takes none.
func TestALockedGroupStaysReadable(t *testing.T) {
	t.Parallel()
	d := judge(t, 80, 24, "ev_rating")
	d.m.SetRubric(Rubric{Locked: "this server takes no judgments"})
	d.send(nil)
	d.shows("locked: this server takes no judgments")
	d.press("enter")
	d.shows("rating opens for reading: this server takes no judgments")
	d.shows("2025-03-01T11:00:00")
	d.press("esc", "x")
	d.decides("")
}

// TestEvaluatorsThatComeLateMoveNoCursor puts rows above the cursor.
func TestEvaluatorsThatComeLateMoveNoCursor(t *testing.T) {
	t.Parallel()
	d := drive(t, corrected, 80, 24).at("output_cost")
	d.m.SetRubric(people())
	d.send(nil)
	if f := d.m.Field(); f == nil || f.Name != "output_cost" {
		t.Errorf("the cursor is on %v", f)
	}
	d.press("/").write("tide").press("enter")
	d.m.SetRubric(Rubric{})
	d.send(nil)
	d.press("n", "N")
	d.shows("hits for tide")
}

func TestJudgingGeometry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		evaluator string
		keys      []string
	}{
		"list": {"ev_rating", nil}, "read": {"ev_rating", []string{" "}}, "choice": {"ev_rating", []string{"enter"}},
		"number": {"ev_score", []string{"enter", "9", "enter"}}, "several": {"ev_faults", []string{"enter", " "}},
		"text": {"ev_note", []string{"enter", "o"}}, "diff": {"ev_rating", []string{"x", "d"}},
	} {
		d := judge(t, 80, 24, c.evaluator).press(c.keys...)
		for w := 1; w <= 250; w += 7 {
			for h := 1; h <= 60; h += 3 {
				d.m.SetSize(w, h)
				d.send(nil)
				uitest.Fills(t, name, d.m, w, h, sanitize.Width)
			}
		}
	}
}

// TestEvaluatorsThatComeLateCloseNothing puts rows above what is open, or being read.
func TestEvaluatorsThatComeLateCloseNothing(t *testing.T) {
	t.Parallel()
	doc := strings.NewReplacer(`"output": "At nine."`, `"output": "`+strings.Repeat(`a line of it\n`, 200)+`its last line"`,
		`"evaluator_logs": []`, `"evaluator_logs": [`+strings.Repeat(`{"id": "log_1"}, `, 40)+`{"id": "log_2"}]`).Replace(document)
	for name, c := range map[string]struct {
		at    string
		keys  []string
		shows string
	}{
		"an editor":             {"output", []string{"enter", "!"}, "its last line!"},
		"a structure":           {"metadata", []string{"enter", "down"}, "b"},
		"a value that is read":  {"output", []string{" ", "G"}, "its last line"},
		"a locked value":        {"evaluator_logs", []string{"enter", "G"}, "log_2"},
		"fill-ins":              {"output_tokens", []string{"f"}, "Fill in"},
		"the line of a search":  {"metadata", []string{"/", "t"}, "/t"},
		"a value in the window": {"output", nil, "utput"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			d := drive(t, doc, size[0], size[1])
			d.m.moveTo(slices.IndexFunc(d.m.rows, func(r row) bool { return r.name() == c.at }))
			d.send(nil)
			d.press(c.keys...)
			before := strings.Join(d.m.paneLines(), "\n")
			d.shows(c.shows)
			d.m.SetRubric(people())
			d.send(nil)
			if after := strings.Join(d.m.paneLines(), "\n"); after != before {
				t.Errorf("%s at %d×%d: before\n%s\nafter\n%s", name, size[0], size[1], before, after)
			}
			d.shows(c.shows)
			if d.m.parts.Wide {
				d.shows("helps")
			}
		}
	}
}
