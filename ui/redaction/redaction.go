package redaction

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/model"
	"errata/model/redact"
	"errata/ui/draft"
)

// Kind is the kind of change that a redaction is.
const Kind = "redact"

// Reach is what a redaction reaches beside the logs of a batch.
type Reach struct {
	Service api.Service
	Store   any    // the store behind the service; nil for a server
	Server  string // what journal, drafts and batches call it
	Name    string // of the server, for people
	State   string // the directory of journal, drafts and batches
	Journal *journal.Journal
	Drafts  *draft.Store
	Copies  []string // patterns of files that may hold copies of logs: they are named, not changed
	File    string   // of an embedded store; empty for any other
	Say     func(words string)
}

// Options say what is masked.
type Options struct {
	Kinds    []string `json:"kinds,omitempty"` // empty for all
	Numbered bool     `json:"numbered,omitempty"`
}

// ReadOptions reads the options of a batch.
func ReadOptions(r batch.Recipe) (o Options, err error) {
	if len(r.Spec) == 0 { // of an earlier errata, or cleared
		return o, fmt.Errorf("%w: errata %s", batch.ErrOwnCommand, r.Words)
	}
	return o, json.Unmarshal(r.Spec, &o)
}

// Redaction is the masking of many logs.
type Redaction struct {
	Reach
	redact.Redactor
	Found *redact.Report // of the logs that were planned so far
	Logs  int            // of them, those that hold hits

	o       Options
	numbers *redact.Numbers // nil for masks without numbers

	mu      sync.Mutex
	reports map[int]*redact.Report // of the logs of a plan, until they are counted; nil for no plan
}

// New makes a redaction. own are the words and patterns of the user, which are in no batch: one
// that is continued gets those of now. The error says which kind there is not.
func New(o Options, own redact.Options) (*Redaction, error) {
	own.Kinds = o.Kinds
	finder, err := redact.New(own)
	if err != nil {
		return nil, err
	}
	r := &Redaction{Redactor: redact.Redactor{Finder: finder}, Found: redact.NewReport(), o: o, reports: map[int]*redact.Report{}}
	if o.Numbered {
		r.number(nil)
	}
	return r, nil
}

// number has the masks numbered, from numbers that were given before.
func (r *Redaction) number(saved *redact.Saved) {
	r.numbers = redact.NewNumbers(saved)
	r.Number = r.numbers.Of
}

// Workers is how many logs of a plan may be in hand at a time, of as many as there are. Numbers are
// given in the order of the logs, so a plan of them makes one log after the other.
func (r *Redaction) Workers(most int) int {
	if r.numbers != nil {
		return 1
	}
	return most
}

// Change is what is done to each log.
func (r *Redaction) Change() batch.Change {
	words := Kind
	if len(r.o.Kinds) > 0 {
		words += " " + strings.Join(slices.Sorted(slices.Values(r.o.Kinds)), ", ")
	}
	if r.o.Numbered {
		words += " with numbers"
	}
	recipe := batch.Recipe{Kind: Kind, Words: words, Irreversible: true}
	recipe.Spec, _ = json.Marshal(r.o) // names of kinds, and a flag
	return batch.Change{Recipe: recipe, Make: func(_ context.Context, log *model.Log, of batch.Item) (batch.Edit, error) {
		changes, report, err := r.Log(log)
		if err != nil {
			return batch.Edit{}, err
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.reports != nil {
			r.reports[of.N] = report
		}
		return batch.Edit{Changes: changes}, nil
	}}
}

// Clean is the head of a batch with nothing in it that has to go: what is searched for may.
func (r *Redaction) Clean(h batch.Head) batch.Head {
	if len(r.Finder.Find(h.Query, "").Hits) > 0 {
		h.Query = ""
	}
	return h
}

// Count has the next plan counted from nothing.
func (r *Redaction) Count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Found, r.Logs, r.reports = redact.NewReport(), 0, map[int]*redact.Report{}
}

// Planned counts what was found in one log of a plan.
func (r *Redaction) Planned(e batch.Event) *redact.Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	report := r.reports[e.N]
	delete(r.reports, e.N)
	if report == nil {
		report = redact.NewReport()
	}
	r.Found.Merge(report)
	if masked, _ := report.Hits(); masked > 0 {
		r.Logs++
	}
	return report
}

// Lines sum up what was found in a number of logs, with samples of hits and of near misses.
func (r *Redaction) Lines(of int, samples bool) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return lines(r.Found, r.Logs, of, samples)
}
