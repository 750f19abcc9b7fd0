// Package walk goes through the logs of a selection. What a server can search for is sent to it;
// the rest is tested here as pages arrive, or within the store if that is at hand.
//
// It knows services and selections. It must not know commands, screens, nor what is done with the
// logs.
package walk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"time"

	"errata/api"
	"errata/api/jq"
	"errata/api/rules"
	"errata/model"
	"errata/model/search"
	"errata/model/selection"
)

// Source is where the logs are.
type Source struct {
	Service api.Service
	Scanner api.Scanner // the store behind Service; nil for a server

	// Corrected reports whether a log of a server was corrected, as far as is known locally; nil if
	// nothing is known.
	Corrected func(id string) bool
	Now       func() time.Time
}

// Query says which logs are meant, and in what form.
type Query struct {
	selection.Selection
	IDs   []string // these and no others, in this order
	Files []string // the files whose logs are meant, where no prompt is named; nil for all prompts
	Cut   int      // as in api.LogQuery

	// Counted asks for the number of logs that a search finds at once, as a list gives it with its
	// first page. Without it the store yields the logs as it finds them.
	Counted bool
}

// Check says what of a query makes no sense, before anything is asked of a server. What is wrong
// with an expression is a *jq.SyntaxError.
func (q Query) Check(now time.Time) error {
	if err := q.Selection.Check(now); err != nil {
		return err
	}
	if len(q.IDs) > 0 && q.Oldest {
		return errors.New("--oldest orders what is looked for: logs that are named come as they are named")
	}
	if _, err := search.Parse(q.Search, selection.IsSearchField); err != nil {
		return fmt.Errorf("--search: %w", err)
	}
	if q.Where == "" {
		return nil
	}
	_, err := compile(q.Where)
	return err
}

// Doubts are sentences about members that the expression names and no log that was read has, where
// the name is near one that is there.
func (w *Walk) Doubts() (list []string) {
	if w.expr != nil {
		for _, m := range w.expr.Misses() {
			list = append(list, "--where: "+m.String())
		}
	}
	return list
}

// searched is the search as it is sent. One text in quotes is sent without them where it means the
// same: a server that does not know the language looks for the text.
func (q Query) searched() string {
	s, err := search.Parse(q.Search, selection.IsSearchField)
	if wanted := s.Wanted(); err == nil && len(wanted) == 1 && reflect.DeepEqual(s, search.Plain(wanted[0])) {
		if bare, err := search.Parse(wanted[0], selection.IsSearchField); err == nil && reflect.DeepEqual(bare, s) {
			return wanted[0]
		}
	}
	return q.Search
}

// searchIn is where a search looks.
func (q Query) searchIn() []string {
	if q.Search == "" {
		return nil
	}
	return []string{rules.SearchAll}
}

func compile(where string) (*jq.Expr, error) {
	expr, err := jq.Compile(where)
	if err != nil {
		return nil, fmt.Errorf("--where: %w", err)
	}
	return expr, nil
}

// Walk yields the logs that match a query. Its methods are for one goroutine at a time, but for
// Looked.
type Walk struct {
	src   Source
	q     Query
	from  supply   // nil before the first Next
	expr  *jq.Expr // nil before that, and without one
	moved bool     // the prompt was found by its path
	lot   *lot     // nil without a sample
	ready []*model.Log
	ended bool // from is at its end
	given int
}

// New makes a walk; nothing is asked for before the first Next.
func New(src Source, q Query) *Walk {
	w := &Walk{src: src, q: q}
	if q.Sample > 0 {
		w.lot = newLot(q.Sample, uint64(w.Seed())) //nolint:gosec // a seed is more than 0
	}
	return w
}

// Seed is the number that draws the same sample again, 0 without one.
func (w *Walk) Seed() int {
	if w.q.Sample > 0 && w.q.Seed == 0 {
		w.q.Seed = 1 + rand.IntN(1_000_000) //nolint:gosec // a lot, no secret
	}
	return w.q.Seed
}

// supply is where logs come from, one step at a time.
type supply interface {
	// more gives the next logs that pass the tests, about n at most; none when it has looked for a
	// while and found none; io.EOF at the end. After another error it goes on where it stopped.
	more(ctx context.Context, n int) ([]*model.Log, error)
	// looked is how many logs were looked at, and of how many, 0 when that is not known.
	looked() (n, of int)
	// missing are the ids that no log has.
	missing() []string
	// searchedIn reports whether the search looked in all places.
	searchedIn() bool
}

// Next gives the next logs, n at most; none when it has looked for a while and found none; io.EOF
// at the end. After another error nothing is lost: calling again goes on where it stopped.
func (w *Walk) Next(ctx context.Context, n int) ([]*model.Log, error) {
	if w.q.Limit > 0 {
		n = min(n, w.q.Limit-w.given)
	}
	if n <= 0 {
		return nil, io.EOF
	}
	if len(w.ready) == 0 {
		if err := w.step(ctx, n); err != nil {
			return nil, w.meant(ctx, err)
		}
	}
	n = min(n, len(w.ready))
	logs := w.ready[:n:n]
	w.ready = w.ready[n:]
	w.given += n
	return logs, nil
}

// step looks a little further.
func (w *Walk) step(ctx context.Context, n int) error {
	if w.ended {
		return io.EOF
	}
	logs, err := w.more(ctx, n)
	switch {
	case errors.Is(err, io.EOF):
		w.ended = true
		if w.lot == nil || len(w.lot.drawn) == 0 {
			return io.EOF
		}
		w.ready = w.lot.logs()
		return nil
	case err != nil:
		return err
	case w.lot != nil:
		w.lot.draw(logs)
		return nil
	}
	w.ready = logs
	return nil
}

// Rest is what a walk leaves at its limit.
type Rest int

// What may be left.
const (
	Nothing Rest = iota
	Maybe        // some: it was not looked for to the end
	Some
)

// Rest looks a little beyond the limit.
func (w *Walk) Rest(ctx context.Context) (Rest, error) {
	if len(w.ready) > 0 {
		return Some, nil
	}
	err := w.step(ctx, 1)
	switch {
	case errors.Is(err, io.EOF):
		return Nothing, nil
	case err != nil:
		return Maybe, err
	case len(w.ready) == 0:
		return Maybe, nil
	}
	return Some, nil
}

// Looked is how many logs were looked at, and of how many; the latter is 0 when that is not known.
func (w *Walk) Looked() (n, of int) {
	if w.from == nil {
		return 0, 0
	}
	return w.from.looked()
}

// Missing lists the ids of the query that no log has, as far as it was walked.
func (w *Walk) Missing() []string {
	if w.from == nil {
		return nil
	}
	return w.from.missing()
}

// SearchedEverywhere reports whether the search looked in all places that rules.SearchPlaces lists,
// as errata's own servers do; others look in the inputs and the output, and take a search in the
// language of the package model/search for a text.
func (w *Walk) SearchedEverywhere() bool { return w.from != nil && w.from.searchedIn() }

// Each does something with each log that a query means, until that is an error.
func (w *Walk) Each(ctx context.Context, do func(*model.Log) error) error {
	for {
		logs, err := w.Next(ctx, stride)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, log := range logs {
			if err := do(log); err != nil {
				return err
			}
		}
	}
}

// stride is how many logs are asked for at once.
const stride = 100
