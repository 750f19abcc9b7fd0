//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/store"
	"errata/model"
	"errata/model/jsonraw"
)

// word is a text without equal in a field of the log.
type word struct {
	text  string
	field *model.Field
	own   bool // typed into errata; else written by somebody else
	saved bool // it has reached the store
	seen  bool // somebody else's: it has been on the form
	free  bool // it may be gone: who wrote it, or who saw it, has decided so
}

// ledger is what a fault script may expect of the store: which words must not be gone, and which
// fields a PATCH may have. It is in front of the server, where it sees what each PATCH does.
type ledger struct {
	t     testing.TB
	store *store.Store
	id    string // of the log
	next  http.Handler

	mu      sync.Mutex
	words   []*word
	touched map[string]bool // the fields that were edited since the last save
	seen    int             // entries of the journal that have been checked
	ambush  func()          // carried out between errata's reading and its PATCH
	wrongs  []string
}

// doc is the log as it is stored; l.mu is held.
func (l *ledger) doc() *model.Log {
	d, err := l.store.Log(context.Background(), l.id)
	if err != nil {
		l.t.Error(err)
		return &model.Log{}
	}
	log, err := model.ParseLog(d.Raw)
	if err != nil {
		l.t.Error(err)
		return &model.Log{}
	}
	return log
}

func (w *word) in(log *model.Log) bool {
	return bytes.Contains(log.Value(w.field).Bytes(), []byte(w.text))
}

func (l *ledger) wrong(format string, args ...any) {
	l.wrongs = append(l.wrongs, fmt.Sprintf(format, args...))
}

// ServeHTTP watches what a PATCH makes of the log.
func (l *ledger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPatch {
		l.next.ServeHTTP(w, r)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if do := l.ambush; do != nil {
		l.ambush = nil
		do()
	}
	var body bytes.Buffer
	if _, err := body.ReadFrom(r.Body); err != nil {
		return // it was cut
	}
	r.Body = http.NoBody
	before := l.doc()
	inner := httptest.NewRequest(r.Method, r.URL.String(), &body).WithContext(r.Context())
	inner.Header = r.Header
	patch := body.Bytes()
	answer := httptest.NewRecorder()
	l.next.ServeHTTP(answer, inner)
	if answer.Code == http.StatusOK {
		l.judge(before, patch, l.doc())
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// judge compares the log before and after a PATCH that was carried out.
func (l *ledger) judge(before *model.Log, patch []byte, after *model.Log) {
	members, err := jsonraw.Members(patch)
	if err != nil {
		l.wrong("the PATCH %s is not an object: %v", patch, err)
		return
	}
	for _, m := range members {
		if f, ok := model.Lookup(m.Name); !ok || before.Value(f).Equal(after.Value(f)) {
			l.wrong("%s was sent though it has not changed: %s", m.Name, patch)
		}
	}
	for _, w := range l.words {
		had, has := w.in(before), w.in(after)
		if had && !has && !w.free {
			l.wrong("%s is gone from %s by the PATCH %s", w.text, w.field.Name, patch)
		}
		w.saved = w.saved || w.own && has
	}
}

// typed notes a word that was typed into a field and has been on the screen.
func (l *ledger) typed(f *model.Field, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.words = append(l.words, &word{text: text, field: f, own: true})
	l.touched[f.Name] = true
}

// touch notes that a field was edited without a word that must stay.
func (l *ledger) touch(f *model.Field) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.touched[f.Name] = true
}

// other has somebody else write a word into a field: a member of a map, or the value itself. l.mu
// is held.
func (l *ledger) other(f *model.Field, text string) {
	log := l.doc()
	value := text
	switch f.Kind {
	case model.Map:
		raw, err := jsonraw.Set(log.Value(f).Bytes(), []jsonraw.Edit{{Name: text, Val: []byte("1")}})
		if err != nil {
			l.t.Error(err)
		}
		value = string(raw)
	case model.Text, model.Line:
		value = `"` + text + `"`
	}
	patch := fmt.Appendf(nil, `{%q:%s}`, f.Name, value)
	if _, err := l.store.UpdateLog(context.Background(), faultPrompt, l.id, patch, ""); err != nil {
		l.t.Error(err)
	}
	after := l.doc()
	for _, w := range l.words {
		if w.field == f && w.in(log) && !w.in(after) {
			w.free = true // it was saved, and somebody else decided
		}
	}
	l.words = append(l.words, &word{text: text, field: f})
}

// release lets go of words of a field, as which says; w.in(log) says what the store has.
func (l *ledger) release(f *model.Field, which func(w *word, stored bool) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	log := l.doc()
	for _, w := range l.words {
		if w.field == f && which(w, w.in(log)) {
			w.free = true
		}
	}
	l.touched[f.Name] = true
}

// see notes which of somebody else's words are on the form.
func (l *ledger) see(onScreen func(text string) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range l.words {
		w.seen = w.seen || !w.own && onScreen(w.text)
	}
}

// merged notes that the user sees a merge of a field.
func (l *ledger) merged(f *model.Field) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range l.words {
		w.seen = w.seen || w.field == f
	}
	l.touched[f.Name] = true
}

// missing notes the words that are neither in the store nor, where they were typed, among the
// unsaved changes.
func (l *ledger) missing(when string, unsaved func(w *word) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	log := l.doc()
	for _, w := range l.words {
		kept := w.free || w.in(log) || w.own && unsaved(w)
		if !kept {
			l.wrong("%s: %s of %s is lost; stored is %s", when, w.text, w.field.Name, log.Value(w.field).Bytes())
		}
	}
}

// sent checks the PATCHes that errata has sent: each was recorded first, in an entry of its own,
// those recorded since the last time hold what was edited since then, and they are no more than
// were asked for. It gives the number of those recorded.
func (l *ledger) sent(list []apitest.Exchange, entries []journal.Entry, asked int) (patches int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	recorded := map[string]int{}
	for _, e := range entries {
		recorded[recordedPatch(l.t, e)]++
	}
	patches = len(entries)
	for _, x := range list {
		if x.Method != http.MethodPatch {
			continue
		}
		what := patchOf(l.t, x.Body)
		if recorded[what]--; recorded[what] < 0 {
			l.wrong("%s was sent more often than the journal says", what)
		}
		// it may be sent again if nothing was written; judge sees to that
		if x.Status >= http.StatusBadRequest {
			patches--
		}
	}
	if patches > asked {
		l.wrong("%d PATCHes were sent for %d that were asked for", patches, asked)
	}
	for _, e := range entries[:len(entries)-l.seen] { // the newest come first
		for _, c := range e.Changes {
			if !l.touched[c.Field.Name] {
				l.wrong("%s was sent, which nobody has edited", c.Field.Name)
			}
		}
	}
	l.seen = len(entries)
	return patches
}

// clean begins the edited fields again after a save, with those that are still edited.
func (l *ledger) clean(edited map[*model.Field][]byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.touched = map[string]bool{}
	for f := range edited {
		l.touched[f.Name] = true
	}
}

func (l *ledger) verdict() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.wrongs)
}

// recordedPatch is patchOf of what an entry of the journal says was sent. Of a large value it has
// the hash alone.
func recordedPatch(t testing.TB, e journal.Entry) string {
	if !e.Spliced() {
		return patchOf(t, e.Body())
	}
	var fields []string
	for _, c := range e.Changes {
		if c.NewSum != nil {
			fields = append(fields, c.Field.Name+" "+c.NewSum.SHA256)
			continue
		}
		fields = append(fields, hashed(c.Field.Name, c.New.Bytes()))
	}
	slices.Sort(fields)
	return strings.Join(fields, ", ")
}

// patchOf names the fields of a PATCH, each with the hash of its value.
func patchOf(t testing.TB, body []byte) string {
	members, err := jsonraw.Members(body)
	if err != nil {
		t.Errorf("a body that is not an object: %.100s", body)
	}
	var fields []string
	for _, m := range members {
		fields = append(fields, hashed(m.Name, m.Val.Of(body)))
	}
	slices.Sort(fields)
	return strings.Join(fields, ", ")
}

func hashed(name string, literal []byte) string {
	return fmt.Sprintf("%s %x", name, sha256.Sum256(literal))
}
