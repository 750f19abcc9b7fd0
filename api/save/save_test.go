package save_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/save"
	"errata/model"
)

const doc = `{"id": "log_1", "prompt": {"id": "pr_1", "path": "tides"}, "output": "high at nine", "error": null,` +
	` "prompt_tokens": 12, "metadata": {"a": 1}, "created_at": "2025-03-01T10:00:00", "kept": 0.10}`

// setUp gives a fake that holds doc, and a change set on it with the edits made.
func setUp(t *testing.T, edits map[string]string) (*apitest.Fake, *model.ChangeSet) {
	t.Helper()
	fake := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(doc)}})
	log, err := model.ParseLog([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	for name, literal := range edits {
		c.Set(field(t, name), model.Raw([]byte(literal)))
	}
	return fake, c
}

func field(t *testing.T, name string) *model.Field {
	t.Helper()
	f, ok := model.Lookup(name)
	if !ok {
		t.Fatalf("no field %q", name)
	}
	return f
}

// replaced is doc with one piece of text replaced: somebody else's change.
func replaced(before, after string) []byte { return []byte(strings.Replace(doc, before, after, 1)) }

func names(fields []*model.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name)
	}
	return strings.Join(list, ",")
}

func stored(t *testing.T, fake *apitest.Fake) string {
	t.Helper()
	d, err := fake.Log(context.Background(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	return string(d.Raw)
}

func TestSendsExactlyTheChangeAndVerifiesIt(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	r := save.Send(t.Context(), fake, c, save.Options{Exactly: c.Patch()})
	if r.Outcome != save.Verified {
		t.Fatalf("outcome %v, error %v", r.Outcome, r.Err)
	}
	patches := fake.Patches()
	if len(patches) != 1 || string(patches[0].Body) != string(c.Patch()) {
		t.Fatalf("the server got %d requests: %s", len(patches), patches)
	}
	if want := strings.Replace(doc, "nine", "ten", 1); stored(t, fake) != want {
		t.Errorf("stored:\n%s\nwant:\n%s", stored(t, fake), want)
	}
	if len(r.Changes.Changed()) != 0 {
		t.Errorf("still unsaved: %s", names(r.Changes.Changed()))
	}
}

func TestTakesOverWhatSomebodyElseChangedElsewhere(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	fake.Put(t, replaced(`"prompt_tokens": 12`, `"prompt_tokens": 13`))
	r := save.Send(t.Context(), fake, c, save.Options{})
	if r.Outcome != save.Verified || names(r.Moved) != "prompt_tokens" {
		t.Fatalf("outcome %v, moved %q, error %v", r.Outcome, names(r.Moved), r.Err)
	}
	if got := stored(t, fake); !strings.Contains(got, `"prompt_tokens": 13`) || !strings.Contains(got, "ten") {
		t.Errorf("stored: %s", got)
	}
}

func TestAConflictSendsNothing(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`, "prompt_tokens": "14"})
	fake.Put(t, replaced("high at nine", "high at eleven"))
	r := save.Send(t.Context(), fake, c, save.Options{})
	if r.Outcome != save.Conflict || names(r.Conflicts) != "output" {
		t.Fatalf("outcome %v, conflicts %q", r.Outcome, names(r.Conflicts))
	}
	if n := len(fake.Patches()); n != 0 {
		t.Errorf("%d PATCHes were sent", n)
	}
	if got := names(r.Changes.Changed()); got != "output,prompt_tokens" {
		t.Errorf("the changes are %q now", got)
	}
}

func TestPoliciesForAConflict(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		policy save.Policy
		output string
	}{{save.Mine, "high at ten"}, {save.Theirs, "high at eleven"}} {
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`, "prompt_tokens": "14"})
		fake.Put(t, replaced("high at nine", "high at eleven"))
		r := save.Send(t.Context(), fake, c, save.Options{OnConflict: tc.policy})
		if r.Outcome != save.Verified {
			t.Fatalf("policy %v: outcome %v, error %v", tc.policy, r.Outcome, r.Err)
		}
		if got := stored(t, fake); !strings.Contains(got, tc.output) || !strings.Contains(got, `"prompt_tokens": 14`) {
			t.Errorf("policy %v: stored %s", tc.policy, got)
		}
	}
}

func TestTheSameChangeOnBothSidesIsNoConflict(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	fake.Put(t, replaced("nine", "ten"))
	if r := save.Send(t.Context(), fake, c, save.Options{}); r.Outcome != save.Nothing || len(fake.Patches()) != 0 {
		t.Fatalf("outcome %v after %d PATCHes", r.Outcome, len(fake.Patches()))
	}
}

func TestABodyThatIsNoLongerTheReviewedOneIsNotSent(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`, "prompt_tokens": "14"})
	fake.Put(t, replaced("nine", "ten"))
	r := save.Send(t.Context(), fake, c, save.Options{Exactly: c.Patch()})
	if r.Outcome != save.Moved || len(fake.Patches()) != 0 {
		t.Fatalf("outcome %v after %d PATCHes", r.Outcome, len(fake.Patches()))
	}
	if got := names(r.Changes.Changed()); got != "prompt_tokens" {
		t.Errorf("what remains is %q", got)
	}
}

func TestSomebodyFasterBetweenReadingAndSending(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	gate := fake.Hold(apitest.UpdateLog)
	go func() {
		<-gate.Reached()
		fake.Put(t, replaced(`"a": 1`, `"a": 2`))
		gate.Open()
	}()
	r := save.Send(t.Context(), fake, c, save.Options{})
	if r.Outcome != save.Verified || names(r.Moved) != "metadata" {
		t.Fatalf("outcome %v, moved %q, error %v", r.Outcome, names(r.Moved), r.Err)
	}
	if got := stored(t, fake); !strings.Contains(got, `"a": 2`) || !strings.Contains(got, "ten") {
		t.Errorf("stored: %s", got)
	}
}

func TestALostAnswerIsCheckedAndNeverSentAgain(t *testing.T) {
	t.Parallel()
	lost := &api.Error{Code: api.Timeout, Msg: "no answer", Sent: api.MaybeSent}
	t.Run("saved", func(t *testing.T) {
		t.Parallel()
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		fake.FailAfter(apitest.UpdateLog, lost)
		r := save.Send(t.Context(), fake, c, save.Options{})
		if r.Outcome != save.Verified || !r.Recovered {
			t.Fatalf("outcome %v, recovered %v", r.Outcome, r.Recovered)
		}
		if n := len(fake.Patches()); n != 1 {
			t.Errorf("%d PATCHes were sent", n)
		}
	})
	t.Run("not saved", func(t *testing.T) {
		t.Parallel()
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		fake.Fail(apitest.UpdateLog, lost)
		r := save.Send(t.Context(), fake, c, save.Options{})
		if r.Outcome != save.Failed || !errors.Is(r.Err, lost) || len(fake.Patches()) != 1 {
			t.Fatalf("outcome %v, error %v, %d PATCHes", r.Outcome, r.Err, len(fake.Patches()))
		}
		if got := names(r.Changes.Changed()); got != "output" {
			t.Errorf("what is unsaved is %q", got)
		}
	})
	t.Run("unreadable", func(t *testing.T) {
		t.Parallel()
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		fake.FailAfter(apitest.UpdateLog, lost)
		gate := fake.Hold(apitest.UpdateLog)
		go func() {
			<-gate.Reached()
			fake.Fail(apitest.Log, &api.Error{Code: api.Unreachable, Msg: "gone"})
			gate.Open()
		}()
		if r := save.Send(t.Context(), fake, c, save.Options{}); r.Outcome != save.Unknown || r.Err == nil {
			t.Fatalf("outcome %v, error %v", r.Outcome, r.Err)
		}
	})
}

// leaver is a service whose caller gives up just when the PATCH has been carried out.
type leaver struct {
	api.Service
	leave context.CancelFunc
}

func (l leaver) UpdateLog(_ context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	if _, err := l.Service.UpdateLog(context.Background(), promptID, logID, patch, ifMatch); err != nil {
		return api.Document{}, err
	}
	l.leave()
	return api.Document{}, &api.Error{Code: api.Canceled, Msg: "given up", Sent: api.MaybeSent}
}

func TestGivingUpDuringThePatchStillFindsOutWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	ctx, leave := context.WithCancel(t.Context())
	r := save.Send(ctx, leaver{fake, leave}, c, save.Options{})
	if r.Outcome != save.Verified || !r.Recovered {
		t.Fatalf("outcome %v, error %v", r.Outcome, r.Err)
	}
}

func TestAFieldThatTheServerAlteredIsNamed(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`, "prompt_tokens": "14"})
	fake.Alter(func(doc []byte) []byte { return []byte(strings.Replace(string(doc), "ten", "TEN", 1)) })
	r := save.Send(t.Context(), fake, c, save.Options{})
	if r.Outcome != save.Unkept || names(r.Unkept) != "output" {
		t.Fatalf("outcome %v, not kept %q", r.Outcome, names(r.Unkept))
	}
	if got := names(r.Changes.Changed()); got != "output" {
		t.Errorf("what is unsaved is %q", got)
	}
}

func TestARefusalLeavesTheChanges(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	refusal := &api.Error{Code: api.Invalid, Msg: "the server refused output", Fields: []api.FieldError{{Loc: []any{"body", "output"}, Msg: "no"}}}
	fake.Fail(apitest.UpdateLog, refusal)
	r := save.Send(t.Context(), fake, c, save.Options{})
	if r.Outcome != save.Failed || names(api.RefusedFields(r.Err)) != "output" {
		t.Fatalf("outcome %v, error %v", r.Outcome, r.Err)
	}
	if names(c.Changed()) != "output" || names(r.Changes.Changed()) != "output" {
		t.Error("the change is gone")
	}
}

func TestALogUnderAnotherPromptIsNotWritten(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	fake.Put(t, replaced(`"pr_1"`, `"pr_2"`))
	if r := save.Send(t.Context(), fake, c, save.Options{}); r.Outcome != save.Failed || len(fake.Patches()) != 0 {
		t.Fatalf("outcome %v after %d PATCHes", r.Outcome, len(fake.Patches()))
	}
}
