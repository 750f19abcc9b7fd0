package ui

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/ui/draft"
)

// walkKeys are what somebody presses who goes from log to log; those that change something come
// less often.
var walkKeys = strings.Fields("] ] ] [ [ [ q q q enter enter enter enter esc esc j k R H H H x x u r d tab ctrl+s ctrl+s ctrl+c y n f")

// heldLogs are the logs whose drafts are locked, by this process or another.
func heldLogs(t *testing.T, dir string, ids ...string) (list []string) {
	t.Helper()
	for _, id := range ids {
		d, _, err := draft.New(dir, draft.Options{}).Take(t.Context(), draft.Identity{Server: server, LogID: id}, false)
		var by *draft.HeldError
		switch {
		case errors.As(err, &by):
			list = append(list, id)
		case err != nil:
			t.Fatal(err)
		default:
			_ = d.Close(context.Background())
		}
	}
	return list
}

// An entry of a log in which other fields have work that was not sent is taken back without it: the
// work is left out, and stays.
func TestUndoLeavesOtherWorkOut(t *testing.T) {
	t.Parallel()
	o := drafted(t.TempDir(), "")
	o.Journal = journaled(t, t.TempDir(), "").Journal
	p := sit(t, o).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "ctrl+s", "ctrl+s").rest()
	p.shows("saved and verified")
	p.press("j", "enter", "late", "esc", "q").rest()
	p.shows("log_one: 1 changed field not sent; the draft stays")
	p.press("H").rest()
	p.press("enter").rest()
	p.shows("what else is changed here is left out, and stays; d takes it in")
	p.shows("left out, it stays changed in the form")
	p.press("ctrl+s").rest()
	p.shows("saved and verified; left out and still changed: error")
	p.shows("1 changed")
	p.shows("late")
}

// Work in the very field that an entry would take back stays, and the entry is not undone.
func TestUndoKeepsWorkInTheSameField(t *testing.T) {
	t.Parallel()
	o := drafted(t.TempDir(), "")
	o.Journal = journaled(t, t.TempDir(), "").Journal
	p := sit(t, o).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "ctrl+s", "ctrl+s").rest()
	p.press("enter", "late", "esc", "q", "H").rest()
	p.press("enter").rest()
	p.shows("not undone: unsaved work in output: ctrl+s sends it, r reverts it")
	p.shows("log_one")
	p.shows("late")
}

func TestALogGivenUpWhileItIsReadOpensAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := sit(t, drafted(dir, "")).rest()
	for range 3 {
		p.press("enter", "esc") // the answer comes after that
	}
	p.rest()
	if held := heldLogs(t, dir, "log_one", "log_two"); len(held) > 0 {
		t.Errorf("%v are held though nothing is open", held)
	}
	p.press("enter", "esc", "enter").rest()
	p.shows("almanac/tides")
	p.press("x").rest()
	if list := waiting(t, dir); len(list) != 1 {
		t.Errorf("the drafts are %v", list)
	}
}

func TestAChangedLogIsNotLeftWithoutAWord(t *testing.T) {
	t.Parallel()
	p := sit(t, drafted(t.TempDir(), "")).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "]").rest()
	p.shows("log_two")
	p.shows("log_one: 1 changed field not sent; the draft stays")
	p.press("[").rest()
	p.showsNot("not sent") // log_two has no changes
}

// TestNoWalkLocksItselfOut goes from log to log at random, some of them changed, some given up
// while they are read, some reached through the history. What this process has itself is never
// somebody else's, and a log that was only looked at is given back. On a slow disk that may take
// longer than a user waits, and a draft may be off, as the screen says then: neither counts here.
func TestNoWalkLocksItselfOut(t *testing.T) {
	t.Parallel()
	const walks, steps = 60, 60
	third := strings.ReplaceAll(second, "log_two", "log_three")
	for seed := range uint64(walks) {
		rng := rand.New(rand.NewPCG(seed, 21))
		dir := t.TempDir()
		o := drafted(dir, "")
		o.Journal = journaled(t, t.TempDir(), "").Journal
		p := sit(t, o, []byte(third)).rest()
		// so that the history has an entry
		p.press("enter", "j", "j", "x", "ctrl+s", "ctrl+s").rest()
		p.press("q").rest()
		var pressed []string
		for range steps {
			key := walkKeys[rng.IntN(len(walkKeys))]
			pressed = append(pressed, key)
			switch rng.IntN(6) {
			case 0: // the answer comes when the next keys have been pressed
				gate := p.fake.Hold(apitest.Log)
				p.press(key, walkKeys[rng.IntN(len(walkKeys))])
				gate.Open()
			case 1:
				p.press(key)
			default:
				p.press(key).rest()
			}
			if strings.Contains(p.screen(), "has this log's draft") {
				t.Fatalf("seed %d: it is locked out by itself after %v\n%s", seed, pressed, p.screen())
			}
			if p.r.form == nil && p.quit {
				break
			}
		}
		p.rest()
		if p.r.ask != nil {
			p.press("esc").rest()
		}
		if closing := p.r.drafts.closing; closing != nil {
			<-closing
		}
		held := heldLogs(t, dir, "log_one", "log_two", "log_three")
		for _, id := range []string{"log_one", "log_two", "log_three"} {
			f := p.r.forms[id]
			wanted := f != nil && (f == p.r.form || len(f.Changes().Changed()) > 0)
			if has := slices.Contains(held, id); has != wanted && (has || f.Kept()) {
				t.Errorf("seed %d: the draft of %s is held: %v, after %v", seed, id, has, pressed)
			}
		}
	}
}
