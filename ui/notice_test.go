package ui

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/apitest"
	"errata/api/walk"
	"errata/ui/bars"
	"errata/ui/browse"
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
	const why = "sending … esc gives up: the server asks to slow down; trying again in 7 s"
	p.settle(why, func() bool { return p.r.review != nil && p.has(why) })
	p.press("esc")
	p.shows("stopped waiting")
	p.rest()
	p.shows("not saved, as reading back shows: canceled while the server needed time")
	p.shows("1 changed")
	p.sent(`{"output":"At nine.!"}`)
}

func TestTheReviewSaysThatTheServerShowsTheLogAsItWas(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one", Sleep: standing}).rest()
	p.r.o.Service = behind{p.fake}
	p.press("j", "j", "enter", "!", "ctrl+s", "enter")
	const why = "sending … esc gives up: accepted, but not shown yet; reading the log again"
	p.settle(why, func() bool { return p.r.review != nil && p.has(why) })
	p.press("esc")
	p.rest()
	p.shows("accepted, but the server still shows output as before; R reads it again")
	p.shows("1 changed")
	p.r.o.Service = p.fake
	p.press("R").rest()
	p.shows("no changes")
}

// busy is a service whose first request of each kind makes the client wait.
type busy struct{ *apitest.Fake }

func (b busy) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	return b.Fake.Logs(b.slow(ctx), q)
}

func (b busy) Log(ctx context.Context, id string) (api.Document, error) {
	return b.Fake.Log(b.slow(ctx), id)
}

func (busy) slow(ctx context.Context) context.Context {
	api.Notify(ctx, 7*time.Second, "the server asks to slow down; trying again in 7 s")
	return ctx
}

func TestTheListAndALogSayWhyTheyTakeLong(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.r.o.Service = busy{p.fake}
	gate := p.fake.Hold(apitest.Log)
	p.press("enter")
	const why = "reading log_one … esc gives up: the server asks to slow down"
	p.settle(why, func() bool { return p.has(why) })
	gate.Open()
	p.rest()
	p.showsNot("slow down")

	q := sit(t, Options{})
	q.rest()
	q.r.browse = browse.New(listing{walk.Source{Service: busy{q.fake}}}, q.r.th, browse.Options{Listen: listen})
	q.r.browse.SetSize(80, 24)
	list := q.fake.Hold(apitest.Logs)
	q.run(q.r.browse.Init())
	const slow = "reading … esc gives up: the server asks to slow down; trying again in 7 s"
	q.settle(slow, func() bool { return q.has(slow) })
	q.press("esc")
	q.rest()
	q.showsNot("slow down")
	list.Open()
}

func TestTheShareOfALongAnswerIsABar(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(64<<20))
		_, _ = w.Write(make([]byte, 48<<20))
		for req.Context().Err() == nil { // the rest comes slowly, until nobody waits for it
			_, _ = w.Write([]byte(" "))
			_ = http.NewResponseController(w).Flush()
			select {
			case <-req.Context().Done():
			case <-time.After(time.Millisecond):
			}
		}
	}))
	defer srv.Close()
	defer cancel() // ends the request, for which the server waits
	base, err := url.Parse(srv.URL + "/v5")
	if err != nil {
		t.Fatal(err)
	}
	client, err := api.New(api.Options{BaseURL: base})
	if err != nil {
		t.Fatal(err)
	}
	heard, next := listen(ctx, func(why string, more tea.Cmd) tea.Msg { return waitMsg{0, why, more} })
	go func() { _, _ = client.Log(heard, "log_one") }()
	msg, _ := next().(waitMsg)
	for !strings.HasSuffix(msg.text, " 75 %") {
		if msg.more == nil || !strings.HasSuffix(msg.text, "%") {
			t.Fatalf("it hears %q", msg.text)
		}
		msg, _ = msg.more().(waitMsg)
	}
	if got := bars.Waiting("reading log_one", msg.text); !strings.HasPrefix(got, "reading log_one … esc gives up: ██") {
		t.Errorf("it says %q", got)
	}
}
