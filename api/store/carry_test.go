package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/model"
)

// manyTides is more logs than a search reads at once.
const manyTides = readAllMost + 500

// addTides adds manyTides logs.
func addTides(t *testing.T, s *Store) {
	t.Helper()
	var entries []*Entry
	for n := range manyTides {
		e, err := Prepare(fmt.Appendf(nil, `{"id":"many_%d","prompt":{"id":"pr_1"},"output":"high water"}`, n))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
}

// totalOf is the exact total of a search. It asks again as long as an upper bound comes.
func totalOf(t *testing.T, s *Store, search string, want int) {
	t.Helper()
	var got int
	for range 200 {
		raw, err := s.Logs(context.Background(), api.LogQuery{FileID: "pr_1", Page: 1, Size: 1, Search: search})
		if err != nil {
			t.Fatal(err)
		}
		page, err := model.ParsePage(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got = page.Total; got == want {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%q has %d hits, want %d", search, got, want)
}

// counts is the total of a word that is remembered, nil for none.
func counts(s *Store, search string) *total {
	s.totals.mu.Lock()
	defer s.totals.mu.Unlock()
	for key, one := range s.totals.known {
		if strings.Contains(key, fmt.Sprint([]rune(strings.ToUpper(search)))) {
			return one
		}
	}
	return nil
}

// TestATotalIsCarriedOn counts once, and follows what is written: a log that is changed, one that
// comes, one that goes, one whose time moves it out of the dates, and changes that are undone.
func TestATotalIsCarriedOn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := storeOfTides(t, 1)
	addTides(t, s)
	totalOf(t, s, "water", manyTides)
	once := counts(s, "water")
	if once == nil {
		t.Fatal("the total is not remembered")
	}
	steps := []struct {
		want int
		do   func() error
	}{
		{manyTides - 1, func() error { return patched(t, s, "many_7", "low", "") }},
		{manyTides, func() error { return patched(t, s, "log_0", "more Water", "") }},
		{manyTides + 1, func() error {
			_, err := s.Import(ctx, []byte(`{"id":"late","prompt":{"id":"pr_1"},"output":"water again"}`))
			return err
		}},
		{manyTides + 1, func() error {
			_, err := s.Import(ctx, []byte(`{"id":"else","prompt":{"id":"pr_2"},"output":"water elsewhere"}`))
			return err
		}},
		{manyTides, func() error { return s.DeleteLogs(ctx, []string{"many_9"}) }},
		{manyTides, func() error {
			err := s.Batch(ctx, func(ctx context.Context) error {
				_, err := s.UpdateLog(ctx, "pr_1", "many_11", []byte(`{"output":"low"}`), "")
				return errors.Join(err, errors.New("undone"))
			})
			if err == nil {
				return errors.New("the batch was committed")
			}
			return nil
		}},
	}
	for i, step := range steps {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		raw, err := s.Logs(ctx, api.LogQuery{FileID: "pr_1", Page: 1, Size: 1, Search: "WaTeR"})
		if err != nil {
			t.Fatal(err)
		}
		if page, err := model.ParsePage(raw); err != nil || page.Total != step.want {
			t.Errorf("step %d: the total is %d, want %d; %v", i, page.Total, step.want, err)
		}
	}
	if counts(s, "water") != once {
		t.Error("the logs were counted again")
	}
}

// TestOthersAreNoticedHoweverLateItIs asks for what others have written when the time to wait for
// the connection is over already, as it is on a busy machine. The connection is free.
func TestOthersAreNoticedHoweverLateItIs(t *testing.T) {
	t.Parallel()
	s := storeOfTides(t, 1)
	other, err := Open(t.Context(), s.path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	if !s.noticeOthers(t.Context()) {
		t.Fatal("the version of the database is not known")
	}
	before := s.changed.end()
	if err := patched(t, other, "log_0", "low", ""); err != nil {
		t.Fatal(err)
	}
	late, end := context.WithTimeout(t.Context(), 0)
	defer end()
	if !s.noticeOthers(late) || s.changed.end() == before {
		t.Error("what another program has written is not noticed")
	}
}

// TestATotalNoticesOthers has another program write to the same file.
func TestATotalNoticesOthers(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := storeOfTides(t, 1)
	addTides(t, s)
	s.moving.stop() // a round has the connection that writes, and what others do is noticed behind it
	other, err := Open(ctx, s.path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	totalOf(t, s, "water", manyTides)
	if err := patched(t, other, "many_3", "low", ""); err != nil {
		t.Fatal(err)
	}
	totalOf(t, s, "water", manyTides-1)
	if err := patched(t, s, "many_4", "low", ""); err != nil {
		t.Fatal(err)
	}
	totalOf(t, s, "water", manyTides-2)
	if _, err := other.Import(ctx, []byte(`{"id":"theirs","prompt":{"id":"pr_1"},"output":"water of theirs"}`)); err != nil {
		t.Fatal(err)
	}
	raw, err := s.Logs(ctx, api.LogQuery{FileID: "pr_1", Page: 1, Size: 1, Search: "water"})
	if err != nil {
		t.Fatal(err)
	}
	if page, err := model.ParsePage(raw); err != nil || page.Total < manyTides-1 {
		t.Errorf("the first page after a log of another program has the total %d, want no less than %d; %v", page.Total, manyTides-1, err)
	}
	totalOf(t, s, "water", manyTides-1)
}
