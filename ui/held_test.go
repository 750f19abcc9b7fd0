package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"errata/ui/draft"
)

// The question about a draft that somebody else has says who, where and since when.
func TestTheQuestionAboutAHeldDraftSaysWho(t *testing.T) {
	t.Parallel()
	dir := heldBy(t, "anna\x1b[2J t take over, esc leave@kiln", "pts/3, over SSH from 192.0.2.7")
	o := drafted(dir, "log_one")
	p := sit(t, o).rest()
	for _, text := range []string{
		"Somebody edits log_one in another errata.", "who     anna␛[2J t take over, esc leave@kiln", "where   pts/3, over SSH from 192.0.2.7", "12 minutes ago",
		"r       look at the log", "has this log's draft: r read only, t take over, esc leave",
	} {
		p.shows(text)
	}
	now := time.Unix(1000, 0)
	// what another wrote is no button
	for _, text := range []string{"esc leave@kiln", "where   pts", "log_one in", ", t take"} {
		p.click(text, now).shows("Somebody edits log_one")
	}
	if n := len(strings.Split(p.screen(), "\n")); n != 24 {
		t.Errorf("the screen has %d lines", n)
	}
	p.click("take its unsaved", now).rest()
	p.shows("At nine.")
	p.showsNot("Somebody edits")
	p.r.drafts.close()
}

// heldBy is a folder of drafts in which another errata has had that of log_one for twelve minutes.
func heldBy(t *testing.T, who, where string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	since := time.Now().Add(-12 * time.Minute)
	other := draft.New(dir, draft.Options{Now: func() time.Time { return since }, Who: who, Where: where})
	held, _, err := other.Take(t.Context(), draft.Identity{Server: "http://127.0.0.1:1/v5", LogID: "log_one", PromptID: "pr_1"}, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = held.Close(context.Background()) })
	return dir
}

// A draft that this program itself still has is waited for, and nobody is asked.
func TestNobodyIsAskedAboutHimself(t *testing.T) {
	t.Parallel()
	store := draft.New(t.TempDir(), draft.Options{})
	id := draft.Identity{Server: "http://127.0.0.1:1/v5", LogID: "log_one", PromptID: "pr_1"}
	first, _, err := store.Take(t.Context(), id, false)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		second, _, err := takeOthers(t.Context(), store, id, false)
		if err == nil {
			err = second.Close(t.Context())
		}
		done <- err
	}()
	if err := first.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("the second one got %v", err)
	}
}
