//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"errata/api/server"
	"errata/api/store"
	"errata/model"
)

// bulkBook is in front of the server, behind the bad line: it counts what the server carries out,
// has others write into the logs in between, and does something at the n-th request.
type bulkBook struct {
	t      *testing.T
	store  *store.Store
	prompt string
	next   http.Handler

	mu     sync.Mutex
	rng    *rand.Rand
	others bool // write between a reading and its PATCH now and then
	wrote  map[string][]string
	words  int
	done   map[string]int // changes that were carried out since begin, by log
	judges map[string]int // judgments that were made since begin, by log
	calls  int
	when   map[int]func()
}

func newBulkBook(t *testing.T, st *store.Store, prompt string, seed uint64) *bulkBook {
	t.Helper()
	b := &bulkBook{t: t, store: st, prompt: prompt, rng: rand.New(rand.NewPCG(seed, 4)), wrote: map[string][]string{}}
	b.next = server.New(st, server.Options{Allow: server.Only(key, "")})
	b.begin()
	b.calm()
	return b
}

// begin begins to count again.
func (b *bulkBook) begin() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done, b.judges = map[string]int{}, map[string]int{}
}

// calm ends what is to happen.
func (b *bulkBook) calm() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.others, b.calls, b.when = false, 0, map[int]func(){}
}

// meet has others write from now on, or not.
func (b *bulkBook) meet(others bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.others = others
}

// at has something done at a request, counted from now on.
func (b *bulkBook) at(call int, do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.when[b.calls+call] = do
}

func (b *bulkBook) sent(id string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.done[id]
}

// judged is how many judgments of a log were made since begin.
func (b *bulkBook) judged(id string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.judges[id]
}

// made counts a judgment that the server has made, by its answer.
func (b *bulkBook) made(answer []byte) {
	var of struct {
		Parent string `json:"parent_id"`
	}
	if err := json.Unmarshal(answer, &of); err != nil {
		b.t.Error(err)
	}
	b.judges[of.Parent]++
}

// doc is a log as it is stored.
func (b *bulkBook) doc(id string) string {
	doc, err := b.store.Log(b.t.Context(), id)
	if err != nil {
		b.t.Error(err)
	}
	return string(doc.Raw)
}

// ServeHTTP carries a request out.
func (b *bulkBook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if do := b.when[b.calls]; do != nil {
		do()
	}
	b.calls++
	id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	var before string
	if r.Method == http.MethodPatch {
		if b.others && b.rng.IntN(6) == 0 {
			b.writes(id)
		}
		before = b.doc(id)
	}
	answer := httptest.NewRecorder()
	b.next.ServeHTTP(answer, r)
	if r.Method == http.MethodPatch && answer.Code == http.StatusOK && b.doc(id) != before {
		b.done[id]++
	}
	if r.Method == http.MethodPost && answer.Code/100 == 2 {
		b.made(answer.Body.Bytes())
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// writes has somebody else add a word to one of the fields of a log.
func (b *bulkBook) writes(id string) {
	b.words++
	word := fmt.Sprintf("other%d.", b.words)
	log, err := model.ParseLog([]byte(b.doc(id)))
	if err != nil {
		b.t.Error(err)
		return
	}
	name := pick(b.rng, "output", "error", "metadata")
	f, _ := model.Lookup(name)
	was, _ := log.Value(f).Text()
	patch := fmt.Appendf(nil, `{%q:%q}`, name, was+" "+word)
	if f == model.Metadata {
		patch = fmt.Appendf(nil, `{%q:%s,%q:1}}`, name, bytes.TrimSuffix(log.Value(f).Bytes(), []byte("}")), word)
	}
	if _, err := b.store.UpdateLog(b.t.Context(), b.prompt, id, patch, ""); err != nil {
		b.t.Error(err)
	}
	b.wrote[id] = append(b.wrote[id], word)
}

// verdict looks for what others wrote.
func (b *bulkBook) verdict(ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range ids {
		doc := b.doc(id)
		for _, word := range b.wrote[id] {
			if !strings.Contains(doc, word) {
				b.t.Errorf("%s, which somebody else wrote, is gone from %s: %s", word, id, doc)
			}
		}
	}
}
