package annotate

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"errata/model"
	"errata/model/judgment"
)

func evaluators() []judgment.Evaluator {
	return []judgment.Evaluator{
		{ID: "ev_1", Path: "team/rating", Name: "rating", Spec: judgment.Spec{Type: judgment.Human, Returns: judgment.Select,
			Options: []judgment.Option{{Name: "good", Valence: judgment.Positive}, {Name: "bad", Valence: judgment.Negative}}}},
		{ID: "ev_2", Path: "team/score", Name: "score", Spec: judgment.Spec{Type: judgment.Human, Returns: judgment.Number}},
		{ID: "ev_3", Path: "team/true", Name: "true", Spec: judgment.Spec{Type: judgment.Human, Returns: judgment.Boolean}},
	}
}

// digits is what is on each digit, in order.
func digits(list []Slot) (out []string) {
	for _, s := range list {
		out = append(out, s.Key+" "+s.Label)
	}
	return out
}

func TestDigitsOfAllEvaluators(t *testing.T) {
	t.Parallel()
	list, err := Slots(nil, evaluators())
	if want := []string{"1 good", "2 bad", "3 score", "4 yes", "5 no"}; err != nil || !slices.Equal(digits(list), want) {
		t.Errorf("%q, %v; want %q", digits(list), err, want)
	}
	if !list[2].Opens() || list[0].Opens() || list[0].Valence != judgment.Positive {
		t.Errorf("%+v", list)
	}
}

func TestDigitsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	entries := []Entry{
		{Key: "1", Set: []string{"metadata.reviewed:=true", "source=people"}},
		{Evaluator: "team/rating"},
		{Evaluator: "score", Key: "9"},
	}
	list, err := Slots(entries, evaluators())
	want := []string{"1 metadata.reviewed:=true source=people", "2 good", "3 bad", "9 score"}
	if err != nil || !slices.Equal(digits(list), want) {
		t.Errorf("%q, %v; want %q", digits(list), err, want)
	}
	if got := Judging(list); len(got) != 2 || got[0].ID != "ev_1" || got[1].ID != "ev_2" {
		t.Errorf("judging with %v", got)
	}
}

func TestWhatCannotBeOnADigit(t *testing.T) {
	t.Parallel()
	for _, e := range []Entry{{Evaluator: "nobody"}, {Set: []string{"no assignment"}}, {Set: []string{"output=@file"}}, {Set: []string{"colour=red"}}} {
		list, err := Slots([]Entry{e, {Evaluator: "rating"}}, evaluators())
		if err == nil || !slices.Equal(digits(list), []string{"1 good", "2 bad"}) {
			t.Errorf("%+v: %q, %v", e, digits(list), err)
		}
	}
}

func TestMoreThanNineStandWithoutADigit(t *testing.T) {
	t.Parallel()
	var options []judgment.Option
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		options = append(options, judgment.Option{Name: name})
	}
	list, _ := Slots(nil, []judgment.Evaluator{{ID: "ev", Spec: judgment.Spec{Returns: judgment.Select, Options: options}}})
	if got := digits(list); len(got) != 10 || got[8] != "9 i" || got[9] != " j" {
		t.Errorf("%q", got)
	}
}

func TestCompleteIsByAnybodyOrByOne(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(`{"id":"log_a","evaluator_logs":[
		{"id":"j1","evaluator":{"id":"ev_1"},"user":"ann","judgment":"good","marked_completed":true},
		{"id":"j2","evaluator":{"id":"ev_2"},"user":"ben","judgment":3.0,"marked_completed":true},
		{"id":"j3","evaluator":{"id":"ev_3"},"user":"ann","judgment":true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	all, ann := evaluators(), "ann"
	for _, tt := range []struct {
		of   []judgment.Evaluator
		user *string
		want bool
	}{{all[:2], nil, true}, {all[:1], &ann, true}, {all[:2], &ann, false}, {all, nil, false}, {nil, nil, false}} {
		if got := Complete(log, tt.of, tt.user); got != tt.want {
			t.Errorf("%d evaluators, user %v: %v", len(tt.of), tt.user, got)
		}
	}
}

func TestQueueGoesOnAfterAKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ids := []string{"a", "b", "c", "b", "d"}
	q, err := New(dir, Head{Server: "here", Key: "k"}, ids)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	for _, err := range []error{q.Show("a"), q.Complete("a", 1, now), q.Show("b"), q.Skip("b"), q.Show("c"), q.Send("c"), q.Fail("c", "no answer"), q.Show("d"), q.Send("d")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir, q.ID); !errors.Is(err, ErrHeld) {
		t.Errorf("opened twice: %v", err)
	}
	// a process that is killed writes no end, and half of a line at worst
	if _, err := q.file.WriteString(`{"change":{"log":"d","sta`); err != nil {
		t.Fatal(err)
	}
	_ = q.file.File.Close()
	_ = q.file.lock.Unlock()

	again, err := Open(dir, q.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if got := again.IDs(); !slices.Equal(got, []string{"a", "b", "c", "d"}) || again.At() != "d" {
		t.Errorf("logs %q, at %q", got, again.At())
	}
	for id, want := range map[string]State{"a": Done, "b": Skipped, "c": Failed, "d": Waiting} {
		if got, _ := again.Of(id); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
	if next := again.Next("d"); next != "c" {
		t.Errorf("next is %q, want the one that failed", next)
	}
	if next := again.Next("c"); next != "d" {
		t.Errorf("behind what failed is %q, want the one that was being sent", next)
	}
	if err := again.Complete("d", 0, now); err != nil {
		t.Fatal(err)
	}
	if r := again.Report(); r.Done != 2 || r.Judgments != 1 || r.Failed != 1 || r.Skipped != 1 || r.Left != 0 || !r.Last.Equal(now) {
		t.Errorf("report %+v", r)
	}
	if found, err := Unfinished(dir, "here", "k"); err != nil || found == nil || found.ID != q.ID {
		t.Errorf("unfinished: %v, %v", found, err)
	}
	if found, err := Unfinished(dir, "there", "k"); err != nil || found != nil {
		t.Errorf("of another server: %v, %v", found, err)
	}
}

// A queue that was started by mistake does not get in the way of the one before.
func TestAQueueWithoutWorkIsForgotten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, work := range []func(*Queue) error{
		func(q *Queue) error { return q.Skip("b") },
		func(q *Queue) error { return q.Show("a") },
	} {
		q, err := New(dir, Head{Server: "here"}, []string{"a", "b"})
		if err == nil {
			err = errors.Join(work(q), q.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := List(dir)
	if err != nil || len(list) != 1 || list[0].Count(Skipped) != 1 {
		t.Errorf("%d queues, %v: want the one with work", len(list), err)
	}
}

// A log that is refused again and again is in nobody's way, also after the program was ended.
func TestWhatFailsAgainComesLast(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	q, err := New(dir, Head{}, []string{"a", "b", "c"})
	if err != nil {
		t.Fatal(err)
	}
	steps := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	steps(q.Send("a"), q.Judged("a", 2), q.Fail("a", "refused"))
	if next := q.Next("b"); next != "a" || q.FailedAgain("a") {
		t.Errorf("next is %q", next)
	}
	steps(q.Send("a"), q.Fail("a", "refused"), q.Close())
	if q, err = Open(dir, q.ID); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = q.Close() }()
	if next := q.Next("b"); next != "c" || !q.FailedAgain("a") {
		t.Errorf("next is %q", next)
	}
	steps(q.Complete("b", 1, time.Time{}), q.Complete("c", 0, time.Time{}))
	if next := q.Next("c"); next != "a" || q.Finished() || q.Next("a") != "" {
		t.Errorf("at last comes %q", next)
	}
	steps(q.Complete("a", 1, time.Time{}))
	if r := q.Report(); r.Judgments != 4 || q.FailedAgain("a") || !q.Finished() {
		t.Errorf("report %+v", r)
	}
}

func TestNextGoesAround(t *testing.T) {
	t.Parallel()
	q, err := New("", Head{}, []string{"a", "b", "c"})
	if err != nil {
		t.Fatal(err)
	}
	if got := q.Next("b"); got != "c" {
		t.Errorf("behind b stands %q", got)
	}
	_ = q.Complete("c", 0, time.Time{})
	if got := q.Next("b"); got != "a" {
		t.Errorf("behind b stands %q, want a again", got)
	}
	if got := []string{q.Beside("a", 1), q.Beside("a", -1), q.Beside("c", 1), q.Beside("x", 0)}; !slices.Equal(got, []string{"b", "", "", ""}) {
		t.Errorf("beside stand %q", got)
	}
	_ = q.Skip("a")
	if got := q.Next("b"); got != "" || q.Finished() {
		t.Errorf("behind b stands %q, finished %v", got, q.Finished())
	}
	_ = q.Complete("b", 0, time.Time{})
	if !q.Finished() {
		t.Error("only what was skipped is left, and it is not finished")
	}
	_ = q.Skip("a")
	if state, _ := q.Of("a"); state != Waiting {
		t.Errorf("skipped twice it is %s", state)
	}
}

func TestDamagedQueuesAreNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, dirName), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, dirName, "queue_x.jsonl"), []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, "queue_x"); err == nil {
		t.Error("a file without a beginning was opened")
	}
	if _, err := Open(dir, "../queue_x"); err == nil {
		t.Error("a path is not an id")
	}
}
