package save_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/save"
)

// clock is a Sleep that takes no time and notes how long it was to be.
type clock struct {
	waits []time.Duration
	then  func(n int) // called in each wait, with its number from 1
}

func (c *clock) sleep(done <-chan struct{}, d time.Duration) bool {
	c.waits = append(c.waits, d)
	if c.then != nil {
		c.then(len(c.waits))
	}
	select {
	case <-done:
		return false
	default:
		return true
	}
}

func slowDown(after time.Duration) error {
	return &api.Error{Code: api.RateLimited, Status: 429, Msg: "the server asks to slow down", RetryAfter: after}
}

func overloaded() error {
	return &api.Error{Code: api.Unavailable, Status: 503, Msg: "the server failed", Sent: api.MaybeSent}
}

func TestAServerThatAsksToSlowDownIsGivenTimeAndTheLogIsReadAgain(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	fake.Fail(apitest.UpdateLog, slowDown(7*time.Second))
	fake.Fail(apitest.UpdateLog, slowDown(0))
	k := clock{then: func(n int) {
		if n == 1 {
			fake.Put(t, replaced(`"a": 1`, `"a": 2`))
		}
	}}
	r := save.Send(t.Context(), fake, c, save.Options{Sleep: k.sleep})
	if r.Outcome != save.Verified || len(fake.Patches()) != 3 {
		t.Fatalf("outcome %v, %v, after %d PATCHes", r.Outcome, r.Err, len(fake.Patches()))
	}
	if len(k.waits) != 2 || k.waits[0] != 7*time.Second {
		t.Errorf("waited %v", k.waits)
	}
	if got := stored(t, fake); !strings.Contains(got, `"a": 2`) || !strings.Contains(got, "ten") {
		t.Errorf("stored: %s", got)
	}
}

func TestSomebodyFasterWhileTheServerAsksToWaitIsAConflict(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	fake.Fail(apitest.UpdateLog, slowDown(time.Second))
	k := clock{then: func(int) { fake.Put(t, replaced("nine", "eleven")) }}
	r := save.Send(t.Context(), fake, c, save.Options{Sleep: k.sleep})
	if r.Outcome != save.Conflict || names(r.Conflicts) != "output" || len(fake.Patches()) != 1 {
		t.Fatalf("outcome %v, %v, after %d PATCHes", r.Outcome, r.Err, len(fake.Patches()))
	}
}

func TestGivingUpWhileTheServerAsksToWaitSendsNothingMore(t *testing.T) {
	t.Parallel()
	for _, failure := range []error{slowDown(time.Minute), overloaded()} {
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		fake.Fail(apitest.UpdateLog, failure)
		ctx, leave := context.WithCancel(t.Context())
		k := clock{then: func(int) { leave() }}
		r := save.Send(ctx, fake, c, save.Options{Sleep: k.sleep})
		if r.Outcome != save.Failed || api.CodeOf(r.Err) != api.Canceled || len(fake.Patches()) != 1 {
			t.Errorf("%v: outcome %v, %v, after %d PATCHes", failure, r.Outcome, r.Err, len(fake.Patches()))
		}
	}
}

// A server that carries out what it answers with 429 and asks for more time than there is: that it
// was saved is found before it is given up.
func TestGivingUpLooksForWhatAServerDidThatAskedToSlowDown(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]error{"too long": slowDown(time.Hour), "the user leaves": slowDown(time.Second)} {
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		fake.FailAfter(apitest.UpdateLog, failure)
		ctx, leave := context.WithCancel(t.Context())
		r := save.Send(ctx, fake, c, save.Options{Sleep: (&clock{then: func(int) { leave() }}).sleep})
		leave()
		if r.Outcome != save.Verified || !r.Recovered || len(fake.Patches()) != 1 {
			t.Errorf("%s: outcome %v, %v, after %d PATCHes", name, r.Outcome, r.Err, len(fake.Patches()))
		}
	}
}

// A write that the server carried out though it answered with a failure is not sent again, even
// when it takes effect late.
func TestAfterAFailureOnlyWhatIsNotThereIsSentAgain(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name    string
		arrange func(fake *apitest.Fake)
		late    bool // it comes about while errata waits
		patches int
		outcome save.Outcome
	}{
		{"carried out", func(f *apitest.Fake) { f.FailAfter(apitest.UpdateLog, overloaded()) }, false, 1, save.Verified},
		{"carried out late", func(f *apitest.Fake) { f.Fail(apitest.UpdateLog, overloaded()) }, true, 1, save.Verified},
		{"carried out, and told to slow down", func(f *apitest.Fake) { f.FailAfter(apitest.UpdateLog, slowDown(time.Second)) }, false, 1, save.Verified},
		{"carried out late, and told to slow down", func(f *apitest.Fake) { f.Fail(apitest.UpdateLog, slowDown(time.Second)) }, true, 1, save.Verified},
		{"not carried out", func(f *apitest.Fake) { f.Fail(apitest.UpdateLog, overloaded()) }, false, 2, save.Verified},
		{"not carried out, ever", func(f *apitest.Fake) {
			for range 9 {
				f.Fail(apitest.UpdateLog, overloaded())
			}
		}, false, 3, save.Failed},
	} {
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		x.arrange(fake)
		k := clock{then: func(int) {
			if x.late {
				fake.Put(t, replaced("nine", "ten"))
			}
		}}
		r := save.Send(t.Context(), fake, c, save.Options{Sleep: k.sleep})
		if r.Outcome != x.outcome || len(fake.Patches()) != x.patches {
			t.Errorf("%s: outcome %v, %v, after %d PATCHes", x.name, r.Outcome, r.Err, len(fake.Patches()))
		}
		if r.Err != nil && strings.Contains(r.Err.Error(), "not known") {
			t.Errorf("%s: it was looked for, and %v", x.name, r.Err)
		}
	}
}

// replica is a service whose readings after a PATCH are as before it, a few times.
type replica struct {
	*apitest.Fake
	times *int
}

func (r replica) Log(ctx context.Context, id string) (api.Document, error) {
	if len(r.Patches()) > 0 && *r.times > 0 {
		*r.times--
		return api.Document{Raw: []byte(doc)}, nil
	}
	return r.Fake.Log(ctx, id)
}

func TestAReadingThatLagsIsReadAgainForFiveSecondsAtMost(t *testing.T) {
	t.Parallel()
	for times := range 8 {
		fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
		var k clock
		left := times
		r := save.Send(t.Context(), replica{fake, &left}, c, save.Options{Sleep: k.sleep})
		want := save.Verified
		if times > 5 {
			want = save.Accepted
		}
		if r.Outcome != want || len(fake.Patches()) != 1 || len(k.waits) != min(times, 5) {
			t.Errorf("%d old readings: outcome %v, %v after %d PATCHes and %d waits", times, r.Outcome, r.Err, len(fake.Patches()), len(k.waits))
		}
		var all time.Duration
		for _, d := range k.waits {
			all += d
		}
		if all > 5*time.Second {
			t.Errorf("waited %v", all)
		}
		if want == save.Accepted && (names(r.Changes.Changed()) != "output" || names(r.Unkept) != "output") {
			t.Errorf("what is unsaved is %q, not shown %q", names(r.Changes.Changed()), names(r.Unkept))
		}
	}
}

func TestGivingUpEndsTheReadingAgain(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	ctx, leave := context.WithCancel(t.Context())
	k := clock{then: func(int) { leave() }}
	left := 9
	r := save.Send(ctx, replica{fake, &left}, c, save.Options{Sleep: k.sleep})
	if r.Outcome != save.Accepted || len(k.waits) != 1 {
		t.Errorf("outcome %v, %v after %d waits", r.Outcome, r.Err, len(k.waits))
	}
}

// A server that asked to slow down has done nothing, as a rule. That is looked at before the PATCH
// is sent again; where it cannot be, nobody says that nothing was written.
func TestANoIsNotReliedOnWhereTheLogCannotBeReadAgain(t *testing.T) {
	t.Parallel()
	fake, c := setUp(t, map[string]string{"output": `"high at ten"`})
	fake.FailAfter(apitest.UpdateLog, slowDown(time.Second))
	k := clock{then: func(int) { fake.Fail(apitest.Log, &api.Error{Code: api.Unreachable, Msg: "nobody answers"}) }}
	r := save.Send(t.Context(), fake, c, save.Options{Sleep: k.sleep})
	if r.Outcome != save.Unknown || len(fake.Patches()) != 1 || api.CodeOf(r.Err) != api.Unreachable {
		t.Errorf("outcome %v, %v, after %d PATCHes", r.Outcome, r.Err, len(fake.Patches()))
	}
}
