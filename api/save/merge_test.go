package save_test

import (
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/api/save"
)

func TestKeysOfTwoPeopleAreMerged(t *testing.T) {
	t.Parallel()
	for _, policy := range []save.Policy{save.Fail, save.Mine, save.Theirs} {
		fake, c := setUp(t, map[string]string{"metadata": `{"a": 1, "mine": 0.10}`})
		fake.Put(t, replaced(`"a": 1`, `"a": 1, "theirs": true`))
		r := save.Send(t.Context(), fake, c, save.Options{OnConflict: policy})
		if r.Outcome != save.Verified || names(r.Moved) != "metadata" || names(r.Merged) != "metadata" {
			t.Fatalf("outcome %v, moved %q, merged %q, error %v", r.Outcome, names(r.Moved), names(r.Merged), r.Err)
		}
		if got := string(fake.Patches()[0].Body); got != `{"metadata":{"a":1,"theirs":true,"mine":0.10}}` {
			t.Errorf("sent %s", got)
		}
	}
}

// Mine and theirs settle the conflicts only: what can be merged is, so that neither side loses a
// key to a policy.
func TestPoliciesMergeBesideAConflict(t *testing.T) {
	t.Parallel()
	const merged = `"metadata":{"a":1,"theirs":true,"mine":1}`
	for policy, want := range map[save.Policy]string{save.Mine: `{"output":"ten",` + merged + `}`, save.Theirs: `{` + merged + `}`} {
		fake, c := setUp(t, map[string]string{"metadata": `{"a":1,"mine":1}`, "output": `"ten"`})
		fake.Put(t, []byte(strings.NewReplacer(`"a": 1`, `"a": 1, "theirs": true`, "high at nine", "eleven").Replace(doc)))
		r := save.Send(t.Context(), fake, c, save.Options{OnConflict: policy})
		if r.Outcome != save.Verified || names(r.Merged) != "metadata" || string(fake.Patches()[0].Body) != want {
			t.Errorf("policy %v: outcome %v, merged %q, sent %s", policy, r.Outcome, names(r.Merged), fake.Patches())
		}
	}
}

func TestAMergeIsLookedAtBeforeItIsSent(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"metadata": `{"a": 1, "mine": 1}`})
	fake.Put(t, replaced(`"a": 1`, `"a": 1, "theirs": true`))
	r := save.Send(t.Context(), fake, c, save.Options{Exactly: c.Patch()})
	if r.Outcome != save.Moved || names(r.Merged) != "metadata" || len(fake.Patches()) != 0 {
		t.Fatalf("outcome %v, merged %q after %d PATCHes", r.Outcome, names(r.Merged), len(fake.Patches()))
	}
	if r = save.Send(t.Context(), fake, r.Changes, save.Options{Exactly: r.Changes.Patch()}); r.Outcome != save.Verified || len(r.Merged) > 0 {
		t.Errorf("sent again: outcome %v, merged %q, error %v", r.Outcome, names(r.Merged), r.Err)
	}
}

func TestAMergeBetweenReadingAndSending(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"metadata": `{"a": 1, "mine": 1}`})
	gate := fake.Hold(apitest.UpdateLog)
	go func() {
		<-gate.Reached()
		fake.Put(t, replaced(`"a": 1`, `"a": 2`))
		gate.Open()
	}()
	r := save.Send(t.Context(), fake, c, save.Options{})
	if r.Outcome != save.Verified || names(r.Merged) != "metadata" || !strings.Contains(stored(t, fake), `{"a":2,"mine":1}`) {
		t.Errorf("outcome %v, merged %q, error %v, stored %s", r.Outcome, names(r.Merged), r.Err, stored(t, fake))
	}
}
