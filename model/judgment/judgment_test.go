package judgment_test

import (
	"slices"
	"strings"
	"testing"

	"errata/model"
	"errata/model/judgment"
)

const (
	choice  = `{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good","valence":"positive"},{"name":"bad","valence":"negative"},{"name":"so, so"}]}`
	several = `{"evaluator_type":"human","arguments_type":"target_free","return_type":"multi_select","options":[{"name":"short"},{"name":"so, so"}]}`
	number  = `{"evaluator_type":"human","arguments_type":"target_free","return_type":"number","number_limits":{"min":0,"max":5,"step":0.5},"number_valence":"positive"}`
	yesNo   = `{"evaluator_type":"human","arguments_type":"target_free","return_type":"boolean","options":[{"name":"true","valence":"positive"}]}`
	text    = `{"evaluator_type":"human","arguments_type":"target_free","return_type":"text"}`
)

func value(literal string) model.Value { return model.Raw([]byte(literal)) }

func TestWrittenByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spec, text, want, words string }{
		{choice, "good", `"good"`, "good"},
		{choice, "so, so", `"so, so"`, "so, so"},
		{choice, "Good", "", "good, bad or so, so"},
		{choice, "", "", "good, bad or so, so"},
		{several, "short", `["short"]`, "short"},
		{several, `short, "so, so"`, `["short","so, so"]`, "short, so, so"},
		{several, "", `[]`, "none"},
		{several, "short,short", "", "any of short, so, so"},
		{several, `"`, "", "any of short, so, so"},
		{number, " 4.50 ", `4.50`, "4.50"},
		{number, "5.0", `5.0`, "5.0"},
		{number, "5.1", "", "a number from 0 to 5"},
		{number, "-1e-9", "", "a number from 0 to 5"},
		{number, "1e999999999999999999999", "", "a number from 0 to 5"},
		{number, "four", "", "a number from 0 to 5"},
		{yesNo, "Yes", `true`, "yes"},
		{yesNo, "false", `false`, "no"},
		{yesNo, "1", "", "yes or no"},
		{text, "", `""`, ""},
		{text, "it is 43", `"it is 43"`, "it is 43"},
	} {
		s := judgment.ReadSpec([]byte(c.spec))
		v, err := s.Parse(c.text)
		switch {
		case c.want == "" && (err == nil || err.Error() != c.words):
			t.Errorf("%q gives %s, %v; want %q", c.text, v.Bytes(), err, c.words)
		case c.want != "" && (err != nil || string(v.Bytes()) != c.want || judgment.Words(v) != c.words):
			t.Errorf("%q gives %s (%s), %v; want %s", c.text, v.Bytes(), judgment.Words(v), err, c.want)
		}
	}
	if got := judgment.Words(model.Null); got != "taken back" {
		t.Errorf("null reads %q", got)
	}
}

func TestValence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec, value string
		want        judgment.Valence
	}{
		{choice, `"good"`, judgment.Positive}, {choice, `"bad"`, judgment.Negative}, {choice, `"so, so"`, judgment.Neutral}, {choice, `"other"`, judgment.Neutral},
		{yesNo, `true`, judgment.Positive}, {yesNo, `false`, judgment.Neutral}, {number, `5`, judgment.Neutral},
	} {
		s := judgment.ReadSpec([]byte(c.spec))
		if got := s.ValenceOf(value(c.value)); got != c.want {
			t.Errorf("%s is %s, want %s", c.value, got, c.want)
		}
	}
}

func TestSpecsAreReadAsFarAsTheyGo(t *testing.T) {
	t.Parallel()
	for _, odd := range []string{``, `null`, `[]`, `7`, `{"options":7,"number_limits":[],"return_type":7}`, `{"options":[7,{},{"name":7},null],"number_limits":{"min":"0"}}`} {
		s := judgment.ReadSpec([]byte(odd))
		if s.Returns != "" || s.Options != nil || s.Min != "" {
			t.Errorf("%s is read as %+v", odd, s)
		}
		if s.Check(value(`"anything"`)) != nil || s.Check(value(`{}`)) == nil || s.Check(value(`[1]`)) == nil {
			t.Errorf("%s does not take what any evaluator gives", odd)
		}
	}
	s := judgment.ReadSpec([]byte(number))
	if s.Min != "0" || s.Max != "5" || s.Step != "0.5" || s.Valence != judgment.Positive {
		t.Errorf("the number is read as %+v", s)
	}
}

func TestSpecsThatMeanTheSame(t *testing.T) {
	t.Parallel()
	same := strings.NewReplacer(`{"name":"so, so"}`, `{"valence": "neutral", "name": "so\u002c so", "x": 1}`, `"select"`, `"select", "unknown": {}, "instructions": null, "options_note": 1`).Replace(choice)
	if !judgment.SameSpec([]byte(choice), []byte(same)) {
		t.Errorf("%s\nis not\n%s", choice, same)
	}
	for _, c := range [][2]string{{`"positive"`, `"neutral"`}, {"good", "Good"}, {"target_free", "target_required"}, {"human", "external"}, {"}]", `}],"instructions":""`}} {
		if other := strings.Replace(choice, c[0], c[1], 1); judgment.SameSpec([]byte(choice), []byte(other)) {
			t.Errorf("%s\nis\n%s", choice, other)
		}
	}
}

// TestStandings groups what several people said, some of them more than once.
func TestStandings(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(`{"id":"log_1","evaluator_logs":[
		{"id":"a1","judgment":"good","user":"ann","created_at":"2026-01-01T00:00:02Z","evaluator":{"id":"ev_1","path":"p/helps"}},
		{"id":"b1","judgment":"bad","user":"ben","created_at":"2026-01-01T00:00:01Z","evaluator":{"id":"ev_1"}},
		7,
		{"id":"a2","judgment":"bad","user":"ann","created_at":"2026-01-01T02:00:01+02:00","evaluator":{"id":"ev_1"}},
		{"id":"a3","judgment":"so","user":"ann","created_at":"2026-01-01T00:00:02","evaluator":{"id":"ev_1"}},
		{"id":"a4","judgment":4,"user":"ann","evaluator":{"id":"ev_2"}},
		{"id":"b2","judgment":null,"user":"ben","created_at":"2026-01-01T00:00:03Z","evaluator":{"id":"ev_1"}},
		{"id":"n1","judgment":true,"created_at":"soon","evaluator":{"id":"ev_1"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range judgment.Standings(judgment.Of(log)) {
		ids := []string{s.Newest.ID}
		for _, o := range s.Older {
			ids = append(ids, o.ID)
		}
		line := s.Evaluator.ID + " " + s.User + ": " + strings.Join(ids, " ")
		if s.Withdrawn() {
			line += ", taken back"
		}
		got = append(got, line)
	}
	want := []string{"ev_1 ann: a3 a1 a2", "ev_1 ben: b2 b1, taken back", "ev_2 ann: a4", "ev_1 : n1"}
	if !slices.Equal(got, want) {
		t.Errorf("stands\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
