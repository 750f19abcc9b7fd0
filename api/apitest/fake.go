package apitest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model"
)

// Op is the name of a method of a Service.
type Op string

// The methods of a Service; Any stands for all of them.
const (
	Any       Op = ""
	Logs      Op = "Logs"
	Log       Op = "Log"
	UpdateLog Op = "UpdateLog"
	CreateLog Op = "CreateLog"
	Prompts   Op = "Prompts"
	Prompt    Op = "Prompt"

	CreateJudgment Op = "CreateJudgment"
	DeleteLogs     Op = "DeleteLogs"
	Evaluators     Op = "Evaluators" // to list them, to get one, to make one
)

// Patch is a call of UpdateLog that the Fake got.
type Patch struct {
	PromptID, LogID string
	Body            []byte
	IfMatch         string
}

// Fake is a Service in memory. It answers as errata's own server does until a test tells it to
// fail, to wait, or to store something else than it was sent. It is safe for concurrent use.
type Fake struct {
	mu       sync.Mutex
	now      time.Time
	made     int // the number of ids given out
	logs     []*record
	versions []*version
	rubrics  []*evaluatorVersion
	said     []*said
	calls    map[Op]int
	patches  []Patch
	faults   []fault
	gates    []*Gate
	alter    func(doc []byte) []byte
}

var _ api.Service = (*Fake)(nil)

// record is a stored log.
type record struct {
	head    model.Head
	doc     []byte
	created time.Time // zero when the log has no time
}

// version is a version of a prompt.
type version struct {
	head model.Head
	doc  []byte
}

// fault is an error with which a call is to end.
type fault struct {
	op    Op
	err   error
	after bool
}

// NewFake makes a Fake that holds the seed. Its clock stands still at the first instant of 2025.
func NewFake(t testing.TB, seed Seed) *Fake {
	t.Helper()
	f := &Fake{now: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), calls: map[Op]int{}}
	for _, raw := range seed.Logs {
		f.Put(t, raw)
	}
	return f
}

// Put stores a log byte for byte, and replaces the one with the same id: a change by somebody else.
func (f *Fake) Put(t testing.TB, raw []byte) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.put(bytes.Clone(raw)); err != nil {
		t.Fatalf("the fake cannot hold the log: %v\n%s", err, raw)
	}
}

// Fail makes the next call of op return err without doing anything. Further faults wait in a queue.
func (f *Fake) Fail(op Op, err error) { f.queue(fault{op: op, err: err}) }

// FailAfter makes the next call of op do its work and then return err, as when an answer is lost.
func (f *Fake) FailAfter(op Op, err error) { f.queue(fault{op: op, err: err, after: true}) }

func (f *Fake) queue(x fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, x)
}

// Gate holds one call.
type Gate struct {
	op      Op
	reached chan struct{}
	opened  chan struct{}
	once    sync.Once
}

// Hold makes the next call of op wait until the gate opens or its context ends.
func (f *Fake) Hold(op Op) *Gate {
	g := &Gate{op: op, reached: make(chan struct{}), opened: make(chan struct{})}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gates = append(f.gates, g)
	return g
}

// Reached is closed when a call waits at the gate.
func (g *Gate) Reached() <-chan struct{} { return g.reached }

// Open lets the call go on. It may be called before the call comes, and again.
func (g *Gate) Open() { g.once.Do(func() { close(g.opened) }) }

// Alter sets a function that rewrites each document that a PATCH or a creation stores; nil ends
// that.
func (f *Fake) Alter(change func(doc []byte) []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.alter = change
}

// Patches lists the calls of UpdateLog so far, those that failed included.
func (f *Fake) Patches() []Patch {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Patch(nil), f.patches...)
}

// Calls counts the calls of op so far.
func (f *Fake) Calls(op Op) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if op != Any {
		return f.calls[op]
	}
	n := 0
	for _, c := range f.calls {
		n += c
	}
	return n
}

// do carries a call out: it waits at the gate, fails if it is told to, and calls work under the
// lock.
func (f *Fake) do(ctx context.Context, op Op, work func() error) error {
	if err := f.wait(ctx, op); err != nil {
		return &api.Error{Code: api.Canceled, Msg: "canceled", Err: err}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.nextFault(op)
	if x.err != nil && !x.after {
		return x.err
	}
	if err := work(); err != nil {
		return err
	}
	return x.err
}

func (f *Fake) wait(ctx context.Context, op Op) error {
	f.mu.Lock()
	f.calls[op]++
	var gate *Gate
	for i, g := range f.gates {
		if g.op == op || g.op == Any {
			gate = g
			f.gates = append(f.gates[:i:i], f.gates[i+1:]...)
			break
		}
	}
	f.mu.Unlock()
	if gate != nil {
		close(gate.reached)
		select {
		case <-gate.opened:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

func (f *Fake) nextFault(op Op) fault {
	for i, x := range f.faults {
		if x.op == op || x.op == Any {
			f.faults = append(f.faults[:i:i], f.faults[i+1:]...)
			return x
		}
	}
	return fault{}
}

// Log implements api.Service.
func (f *Fake) Log(ctx context.Context, id string) (doc api.Document, err error) {
	err = f.do(ctx, Log, func() error {
		if r := f.find(id); r != nil {
			doc = f.document(r)
			return nil
		}
		if j := f.judgment(id); j != nil {
			doc = api.Document{Raw: f.judged(id, j.doc)}
			return nil
		}
		return missing("no log %q on this server", id)
	})
	return doc, err
}

// UpdateLog implements api.Service.
func (f *Fake) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (doc api.Document, err error) {
	f.mu.Lock()
	f.patches = append(f.patches, Patch{promptID, logID, bytes.Clone(patch), ifMatch})
	f.mu.Unlock()
	err = f.do(ctx, UpdateLog, func() error {
		doc, err = f.update(ctx, promptID, logID, patch, ifMatch)
		return err
	})
	if err != nil {
		return api.Document{}, err
	}
	return doc, nil
}

func (f *Fake) update(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	change, err := rules.Patch(patch)
	if err != nil {
		return api.Document{}, err
	}
	if api.IsLenient(ctx) {
		change.AcceptAnyType()
	}
	r := f.find(logID)
	if r == nil || r.head.PromptID != promptID {
		return api.Document{}, change.WithoutLog(missing("no log %q under prompt %q on this server", logID, promptID))
	}
	if ifMatch != "" && !rules.IfMatch(ifMatch, r.etag()) {
		return api.Document{}, &api.Error{Code: api.Precondition, Status: http.StatusPreconditionFailed, Msg: "the log has changed since it was read; read it again"}
	}
	edited, err := change.Apply(r.doc)
	if err != nil {
		return api.Document{}, err
	}
	if err := f.put(f.altered(edited)); err != nil {
		return api.Document{}, err
	}
	return f.document(f.find(logID)), nil
}

func (f *Fake) altered(doc []byte) []byte {
	if f.alter == nil {
		return doc
	}
	return f.alter(doc)
}

// put stores a document, in its old place when its id is known, and records its prompt.
func (f *Fake) put(doc []byte) error {
	log, err := model.ParseLog(doc)
	if err != nil {
		return err
	}
	r := &record{head: log.Head(), doc: doc}
	if r.head.ID == "" || r.head.PromptID == "" {
		return errors.New("a log needs an id and a prompt with an id")
	}
	text, _ := log.Value(model.CreatedAt).Text()
	if t, _, err := model.ParseTime(text); err == nil {
		r.created = t
	}
	if prompt := log.Member("prompt").Bytes(); f.version(r.head.PromptID, r.head.VersionID) == nil {
		f.versions = append(f.versions, &version{r.head, prompt})
	}
	if old := f.find(r.head.ID); old != nil {
		*old = *r
		return nil
	}
	f.logs = append(f.logs, r)
	return nil
}

func (f *Fake) find(id string) *record {
	for _, r := range f.logs {
		if r.head.ID == id {
			return r
		}
	}
	return nil
}

func (f *Fake) document(r *record) api.Document {
	return api.Document{Raw: bytes.Clone(f.judged(r.head.ID, r.doc)), ETag: r.etag()}
}

func (r *record) etag() string {
	sum := sha256.Sum256(r.doc)
	return rules.Tag(sum[:])
}

func missing(format string, args ...any) error {
	return &api.Error{Code: api.NotFound, Status: http.StatusNotFound, Msg: fmt.Sprintf(format, args...)}
}
