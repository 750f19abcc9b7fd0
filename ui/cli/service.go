package cli

import (
	"context"
	"crypto/rand"
	"io"
	"log"
	"math"
	"net/url"
	"os"
	"time"

	"errata/api"
	"errata/api/journal"
	"errata/api/server"
	"errata/api/store"
	"errata/config"
	"errata/ui/sample"
)

// service is a connected api.Service.
type service struct {
	api.Service
	name string // its name on the screens
	base string // its URL, "" for an embedded store
	// its name in drafts and the journal, see serverID; "" for the demo where it shows no screens
	id    string
	state string // the folder of its drafts and journal; "" for that of the settings
	close func()
	// makes ready what a PATCH needs, while somebody reads what would be sent; nil for nothing
	ready func(context.Context)

	scanner  api.Scanner // the store behind it; nil for a server
	readOnly bool        // whether the store cannot be written
}

// connect opens the server in use: over HTTP, or the embedded store.
func (a *access) connect(ctx context.Context) (*service, error) {
	id, err := a.serverID()
	if err != nil {
		return nil, err
	}
	if a.cfg.Embedded() {
		st, err := a.readStore(ctx)
		if err != nil {
			return nil, err
		}
		name := "embedded store"
		if a.cfg.OnPostgres() {
			name = id
		}
		svc, err := embed(ctx, st, name, id)
		if err != nil {
			return nil, err
		}
		return a.watched(svc), nil
	}
	key, err := api.Await(ctx, "", func() (config.Secret, error) { return a.cfg.APIKey(ctx) })
	if err != nil {
		return nil, err
	}
	a.exposed(a.cfg.KeyFile())
	base, err := url.Parse(a.cfg.BaseURL())
	if err != nil {
		return nil, err
	}
	// net/http writes to the standard logger when a server sends something unasked, which would
	// appear on the screens
	log.SetOutput(io.Discard)
	client, err := api.New(api.Options{
		BaseURL:   base,
		Key:       key.Reveal(),
		Timeout:   a.cfg.Timeout(),
		Insecure:  a.cfg.Insecure(),
		UserAgent: "errata/" + version(),
		Sleep:     a.env.Sleep,
	})
	if err != nil {
		return nil, err
	}
	return a.watched(&service{Service: client, name: base.String(), base: base.String(), id: id, close: func() {}}), nil
}

// embed makes a service of a store: the client reaches the server's own handler in memory, without
// a port, so that embedded and remote logs take the same path.
func embed(ctx context.Context, st *store.Store, name, id string) (*service, error) {
	key := rand.Text()
	handler := server.New(st, server.Options{Allow: server.Only(key, ""), Memory: math.MaxInt64})
	client, err := api.New(api.Options{
		BaseURL:   &url.URL{Scheme: "http", Host: "embedded", Path: "/v5"},
		Key:       key,
		Transport: api.InMemory(handler),
		Timeout:   time.Hour, // no connection can break; searches may take long
		Name:      name,
	})
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	return &service{Service: client, name: name, id: id, close: func() { closeStore(ctx, st, name) }, ready: st.ReadyToWrite,
		scanner: st, readOnly: st.ReadOnly()}, nil
}

// closeStore closes a store. The end of ctx ends the wait for a disk that does not answer.
func closeStore(ctx context.Context, st *store.Store, name string) {
	longer, cancel := api.Linger(ctx)
	defer cancel()
	_, _ = api.Await(longer, waitingFor(name), func() (struct{}, error) { return struct{}{}, st.Close() })
}

// waitingFor is the message when a store does not answer.
func waitingFor(name string) string { return "waiting for the store (" + name + ")" }

// demoName is what the samples are called as a server. demoRating is the evaluator with which they
// can be judged.
const (
	demoName   = "demo"
	demoRating = `{"path": "rating", "spec": {"arguments_type": "target_free", "return_type": "select", "evaluator_type": "human",` +
		` "options": [{"name": "good", "valence": "positive"}, {"name": "bad", "valence": "negative"}]}}`
)

// demo makes a service of a store in memory with the sample logs.
func demo(ctx context.Context) (*service, error) {
	st, err := store.Open(ctx, ":memory:", store.Options{})
	if err != nil {
		return nil, err
	}
	err = st.Batch(ctx, func(ctx context.Context) error {
		for _, raw := range sample.Prompts() {
			if err := st.ImportPrompt(ctx, raw, true); err != nil {
				return err
			}
		}
		for _, raw := range sample.Logs() {
			if _, err := st.Import(ctx, raw); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	svc, err := embed(ctx, st, demoName, "")
	if err != nil {
		return nil, err
	}
	if _, err := svc.Service.(api.Evaluators).UpsertEvaluator(ctx, []byte(demoRating)); err != nil {
		svc.close()
		return nil, err
	}
	return svc, nil
}

// watcher is a server whose readings settle entries of the journal: when a log is read, the entries
// about it whose outcome is not known are compared with it.
type watcher struct {
	api.Backend
	state  string // the directory of the journal
	server string // the name of the server in the journal
}

// watched makes a watcher of a service.
func (a *access) watched(svc *service) *service {
	if back, ok := svc.Service.(api.Backend); ok && a.cfg.Paths().State != "" {
		svc.Service = watcher{back, a.cfg.Paths().State, svc.id}
	}
	return svc
}

// Watched is the server itself.
func (w watcher) Watched() api.Service { return w.Backend }

// Log implements api.Service.
func (w watcher) Log(ctx context.Context, id string) (api.Document, error) {
	doc, err := w.Backend.Log(ctx, id)
	if err != nil || !journal.Unsettled(w.state) {
		return doc, err
	}
	if j, err := journal.Open(w.state, journal.Options{}); err == nil {
		// if it fails, errata history tries again and prints why
		_ = j.SettleFrom(ctx, w.server, id, doc)
	}
	return doc, nil
}

// LogUnless implements api.Revalidator. If something is to be settled, the log is read.
func (w watcher) LogUnless(ctx context.Context, id, tag string) (api.Document, bool, error) {
	r, ok := w.Backend.(api.Revalidator)
	if !ok || journal.Unsettled(w.state) {
		doc, err := w.Log(ctx, id)
		return doc, false, err
	}
	return r.LogUnless(ctx, id, tag)
}

// file is a stream as a file, nil when it is none.
func file(stream any) *os.File {
	f, _ := stream.(*os.File)
	return f
}
