package save_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/api/save"
	"errata/api/server"
	"errata/api/store"
	"errata/model"
)

// largeDoc is a log of more than a megabyte.
var largeDoc = strings.Replace(doc, "high at nine", strings.Repeat("High water at the northern pier. ", 1<<15), 1)

// clientOf is a client of a server.
func clientOf(t *testing.T, h http.Handler) api.Service {
	t.Helper()
	far := httptest.NewServer(h)
	t.Cleanup(far.Close)
	base, err := url.Parse(far.URL + "/v5")
	if err != nil {
		t.Fatal(err)
	}
	svc, err := api.New(api.Options{BaseURL: base, Key: "test-key"})
	if err != nil {
		t.Fatal(err)
	}
	return svc
}

// hasty waits for nothing.
func hasty(<-chan struct{}, time.Duration) bool { return true }

// largeEdit is the large log with another output.
func largeEdit(t *testing.T) *model.ChangeSet {
	t.Helper()
	log, err := model.ParseLog([]byte(largeDoc))
	if err != nil {
		t.Fatal(err)
	}
	c := model.NewChangeSet(log)
	c.Set(field(t, "output"), model.Raw([]byte(`"low"`)))
	c.Set(field(t, "error"), model.Raw([]byte(`"`+strings.Repeat("x", 1<<20)+`"`)))
	return c
}

func tagOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return rules.Tag(sum[:])
}

// TestALargeLogIsNotReadTwiceFromAServerThatKnowsItsBytes: before the PATCH and after it.
func TestALargeLogIsNotReadTwiceFromAServerThatKnowsItsBytes(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	if _, err := st.Import(t.Context(), []byte(largeDoc)); err != nil {
		t.Fatal(err)
	}
	var sent int
	inner := server.New(st, server.Options{Allow: server.Only("test-key", "")})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		inner.ServeHTTP(rec, r)
		if r.Method == http.MethodGet {
			sent += rec.Body.Len()
		}
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		w.WriteHeader(rec.Code)
		_, _ = io.Copy(w, rec.Body)
	})
	r := save.Send(t.Context(), clientOf(t, h), largeEdit(t), save.Options{Sleep: hasty})
	if r.Outcome != save.Verified || sent != 0 {
		t.Fatalf("outcome %v, %v, %d bytes were read", r.Outcome, r.Err, sent)
	}
	if kept, err := st.Log(t.Context(), "log_1"); err != nil || !bytes.Equal(kept.Raw, r.Got.Bytes()) {
		t.Errorf("what was read back is not what is stored: %v", err)
	}
}

// TestALargeLogThatMovedIsRead: the merge needs the other side.
func TestALargeLogThatMovedIsRead(t *testing.T) {
	t.Parallel()
	l := &liar{stored: []byte(strings.Replace(largeDoc, "High water", "Slack water", 1)), honest: true}
	if r := save.Send(t.Context(), clientOf(t, l), largeEdit(t), save.Options{Sleep: hasty}); r.Outcome != save.Conflict || names(r.Conflicts) != "output" {
		t.Errorf("outcome %v, %v", r.Outcome, r.Err)
	}
}

// liar is a server that answers a PATCH with all that was sent, whatever it keeps.
type liar struct {
	mu      sync.Mutex
	stored  []byte
	version int
	patches int

	honest   bool                             // it keeps what it is sent
	tag      func(l *liar, raw []byte) string // what it says of a document
	modified func(l *liar, w http.ResponseWriter, r *http.Request) (said bool)
}

func (l *liar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	answer := l.stored
	if r.Method == http.MethodPatch {
		body, _ := io.ReadAll(r.Body)
		l.version++
		l.patches++
		answer = merged(l.stored, body)
		if l.honest {
			l.stored = answer
		}
	} else if l.modified != nil && r.Header.Get("If-None-Match") != "" && l.modified(l, w, r) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if l.tag != nil {
		w.Header().Set("ETag", l.tag(l, answer))
	}
	_, _ = w.Write(answer)
}

// merged is a document with the members of a PATCH.
func merged(raw, body []byte) []byte {
	change, err := rules.Patch(body)
	if err != nil {
		panic(err)
	}
	now, err := change.Apply(raw)
	if err != nil {
		panic(err)
	}
	return now
}

// TestNoServerIsBelievedThatDoesNotKeepWhatItAnswers holds what a save says to what is stored, for
// servers whose tags and "not modified" mean something else than the bytes that they keep.
func TestNoServerIsBelievedThatDoesNotKeepWhatItAnswers(t *testing.T) {
	t.Parallel()
	byVersion := func(l *liar, _ []byte) string { return fmt.Sprintf(`"v%d"`, l.version) }
	byBytes := func(_ *liar, raw []byte) string { return tagOf(raw) }
	says := func(tag string) func(*liar, http.ResponseWriter, *http.Request) bool {
		return func(_ *liar, w http.ResponseWriter, _ *http.Request) bool {
			if tag != "" {
				w.Header().Set("ETag", tag)
			}
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	for _, c := range []struct {
		name string
		liar *liar
	}{
		{"tags that count versions", &liar{tag: byVersion, modified: func(l *liar, w http.ResponseWriter, r *http.Request) bool {
			return r.Header.Get("If-None-Match") == byVersion(l, nil) && says(byVersion(l, nil))(l, w, r)
		}}},
		{"tags of the bytes", &liar{tag: byBytes, modified: func(l *liar, w http.ResponseWriter, r *http.Request) bool {
			return r.Header.Get("If-None-Match") == tagOf(l.stored) && says(tagOf(l.stored))(l, w, r)
		}}},
		{"never modified, without a tag", &liar{modified: says("")}},
		{"never modified, of another tag", &liar{tag: byVersion, modified: says(`"v0"`)}},
		{"never modified, of a weak tag", &liar{tag: byVersion, modified: func(l *liar, w http.ResponseWriter, r *http.Request) bool {
			return says("W/"+r.Header.Get("If-None-Match"))(l, w, r)
		}}},
		{"never modified after a PATCH, of whatever tag it is asked for", &liar{tag: byVersion, modified: func(l *liar, w http.ResponseWriter, r *http.Request) bool {
			return l.patches > 0 && says(r.Header.Get("If-None-Match"))(l, w, r)
		}}},
	} {
		l := c.liar
		l.stored = []byte(largeDoc)
		r := save.Send(t.Context(), clientOf(t, l), largeEdit(t), save.Options{Sleep: hasty})
		if r.Outcome != save.Accepted && r.Outcome != save.Unkept || l.patches != 1 {
			t.Errorf("%s: outcome %v, %v after %d PATCHes", c.name, r.Outcome, r.Err, l.patches)
		}
		l.stored, l.honest, l.patches = []byte(largeDoc), true, 0
		if r = save.Send(context.Background(), clientOf(t, l), largeEdit(t), save.Options{Sleep: hasty}); r.Outcome != save.Verified {
			t.Errorf("%s, honest: outcome %v, %v", c.name, r.Outcome, r.Err)
		}
	}
}
