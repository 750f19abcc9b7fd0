package ui

import (
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
)

// standing is a Sleep that lasts until it is given up.
func standing(done <-chan struct{}, _ time.Duration) bool {
	<-done
	return false
}

func TestTheReviewSaysWhyItWaitsAndEscGivesUp(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one", Sleep: standing}).rest()
	p.fake.Fail(apitest.UpdateLog, &api.Error{Code: api.RateLimited, Status: 429, RetryAfter: 7 * time.Second, Msg: "slow down"})
	p.press("j", "j", "enter", "!", "ctrl+s", "enter")
	const why = "sending … esc gives up waiting: the server asks to slow down; trying again in 7 s"
	p.settle(why, func() bool { return p.r.review != nil && p.has(why[:70]) })
	p.press("esc")
	p.shows("stopped waiting")
	p.rest()
	p.shows("not saved: canceled while the server needed time; nothing was saved")
	p.shows("1 changed")
	p.sent(`{"output":"At nine.!"}`)
}

func TestTheReviewSaysThatTheServerShowsTheLogAsItWas(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one", Sleep: standing}).rest()
	p.r.o.Service = behind{p.fake}
	p.press("j", "j", "enter", "!", "ctrl+s", "enter")
	const why = "sending … esc gives up waiting: accepted, but the server still shows"
	p.settle(why, func() bool { return p.r.review != nil && p.has(why) })
	p.press("esc")
	p.rest()
	p.shows("accepted, but the server still shows output as before; R reads it again")
	p.shows("1 changed")
	p.r.o.Service = p.fake
	p.press("R").rest()
	p.shows("no changes")
}
