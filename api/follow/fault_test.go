package follow_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/server"
	"errata/api/store"
	"errata/api/walk"
	"errata/model"
	"errata/model/selection"
)

// faultSeeds is how many scripts each service is followed through.
const faultSeeds = 10

// TestFaultsMissNothing has logs arrive while a server fails, hangs, breaks connections and is
// restarted, at moments that the seed draws. Each log is handed out once, whichever way the server
// says what is new.
func TestFaultsMissNothing(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) harmed{"arrivals": harmedStore, "lists": harmedLists} {
		for seed := range uint64(faultSeeds) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				t.Parallel()
				h := open(t)
				h.rng = rand.New(rand.NewPCG(seed, 0))
				h.play(t)
			})
		}
	}
}

// harmed is a service behind a proxy that does harm.
type harmed struct {
	watched
	proxy *apitest.Proxy
	rng   *rand.Rand
}

// harmedStore is a server of errata, which tells in which order logs arrived.
func harmedStore(t *testing.T) harmed {
	t.Helper()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return behind(t, st, func(raw []byte) {
		if _, err := st.Import(context.Background(), raw); err != nil {
			t.Error(err)
		}
	})
}

// harmedLists is a server that knows lists alone.
func harmedLists(t *testing.T) harmed {
	t.Helper()
	fake := apitest.NewFake(t, apitest.Seed{})
	return behind(t, fake, func(raw []byte) { fake.Put(t, raw) })
}

// behind puts a service behind a proxy. The client waits for nothing but an answer, and not long.
func behind(t *testing.T, svc api.Service, put func([]byte)) harmed {
	t.Helper()
	proxy := apitest.NewProxy(t, server.New(svc, server.Options{Allow: server.Only("key", "")}))
	at, err := url.Parse(proxy.URL() + "/v5")
	if err != nil {
		t.Fatal(err)
	}
	client, err := api.New(api.Options{BaseURL: at, Key: "key", Timeout: time.Second,
		Sleep: func(<-chan struct{}, time.Duration) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	return harmed{watched: watched{walk.Source{Service: client}, put}, proxy: proxy}
}

// play lets logs arrive, more at a time than a look brings among them, and looks between faults.
func (h harmed) play(t *testing.T) {
	t.Helper()
	h.put(line("log_was", "pr_1", "2026-11-28T09:00:00Z", "was there"))
	f := h.begin(t, selection.Selection{})
	var put, got []string
	for range 6 {
		prompt := fmt.Sprint("pr_", 1+h.rng.IntN(2))
		for range []int{0, 1, 3, 230}[h.rng.IntN(4)] {
			id := fmt.Sprintf("log_%03d", len(put))
			at := time.Date(2026, 11, 28, 10, 0, len(put), 0, time.UTC)
			h.put(line(id, prompt, at.Format(time.RFC3339), "tide"))
			put = append(put, id)
		}
		h.harm()
		for range 2 {
			logs, _ := f.Next(t.Context())
			got = append(got, ids(logs)...)
		}
		h.proxy.Refuse(false)
	}
	h.proxy.Heal()
	for looks := 0; len(got) < len(put) && looks < 100; looks++ {
		logs, err := f.Next(t.Context())
		if err != nil {
			t.Logf("look %d: %v", looks, err)
		}
		got = append(got, ids(logs)...)
	}
	if slices.Sort(got); !slices.Equal(got, put) {
		t.Errorf("%d logs are handed out of %d that came: %q", len(got), len(put), got)
	}
	if n := f.Passed(); n != 0 {
		t.Errorf("%d logs are said to be too old", n)
	}
}

// harm draws what goes wrong next.
func (h harmed) harm() {
	h.proxy.Heal()
	harms := []apitest.Fault{
		{Harm: apitest.CutRequest, At: h.rng.IntN(80)}, {Harm: apitest.CutAnswer, At: h.rng.IntN(2000)},
		{Harm: apitest.Instead, Status: 500}, {Harm: apitest.Instead, Status: 503},
		{Harm: apitest.Disguise, Status: 502}, {Harm: apitest.SlowDown},
	}
	if h.rng.IntN(6) == 0 {
		harms = append(harms, apitest.Fault{Harm: apitest.Mute})
	}
	for range h.rng.IntN(8) {
		fault := harms[h.rng.IntN(len(harms))]
		fault.Method = "GET"
		h.proxy.Harm(fault)
	}
	h.proxy.Refuse(h.rng.IntN(4) == 0)
}

func ids(logs []*model.Log) (list []string) {
	for _, l := range logs {
		list = append(list, l.Head().ID)
	}
	return list
}
