package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/draft"
)

// drafted are the options of a program that keeps drafts in a directory.
func drafted(dir, id string) Options {
	return Options{LogID: id, Drafts: draft.New(dir, draft.Options{}), ServerID: "http://127.0.0.1:1/v5"}
}

// waiting lists the drafts on disk.
func waiting(t *testing.T, dir string) []draft.Info {
	t.Helper()
	list, err := draft.New(dir, draft.Options{}).List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhatWasTypedIsThereAtTheNextStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := sit(t, drafted(dir, "log_one")).rest()
	p.press("j", "j", "enter", " Or ten").rest()
	p.r.drafts.close() // the program ends in the middle of the text
	p = sit(t, drafted(dir, "log_one")).rest()
	p.shows("restored unsaved work")
	p.shows("At nine. Or ten")
	p.shows("editing")
	p.press("!", "ctrl+s")
	p.showsBody(`{"output":"At nine. Or ten!"}`)
	p.press("enter").rest()
	p.shows("saved and verified")
	p.r.drafts.close()
	if list := waiting(t, dir); len(list) != 0 {
		t.Errorf("after the save there are still drafts: %+v", list)
	}
}

func TestUndoReachesBackBeyondARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := sit(t, drafted(dir, "log_one")).rest()
	p.press("j", "j", "x", "down", "down", "down", "down", "down", "x", "u").rest()
	p.r.drafts.close()
	p = sit(t, drafted(dir, "log_one")).rest()
	p.shows("1 changed")
	p.press("ctrl+r")
	p.shows("2 changed")
	p.press("u", "u")
	p.shows("no changes")
}

func TestALogThatMovedUnderItsDraft(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, leave, shows string }{
		"elsewhere":           {`"prompt_tokens": 12`, `"prompt_tokens": 99`, "esc", "restored unsaved work"},
		"in the field":        {"At nine.", "At eleven.", "esc", "Conflict"},
		"under its open text": {"At nine.", "At eleven.", "", "Conflict"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := sit(t, drafted(dir, "log_one")).rest()
			p.press("j", "j", "enter", "!", c.leave).rest()
			p.r.drafts.close()
			q := sit(t, drafted(dir, ""))
			q.rest()
			q.fake.Put(t, []byte(strings.Replace(first, c.old, c.new, 1)))
			q.press("enter").rest()
			q.shows(c.shows)
			if c.shows == "Conflict" {
				q.press("m", "enter")
				q.shows("Review")
			} else {
				q.press("ctrl+s")
			}
			q.showsBody(`{"output":"At nine.!"}`)
		})
	}
}

// TestUndoKeepsWhatWasMergedIn undoes an edit of a map to which somebody else has added since,
// before a restart and during it.
func TestUndoKeepsWhatWasMergedIn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := sit(t, drafted(dir, "log_one")).rest()
	p.press(strings.Repeat("j", 17), "t", "backspace", "backspace", `, "b": 1}`, "esc", "t", "backspace", `, "c": 1}`, "esc")
	p.fake.Put(t, []byte(strings.Replace(first, `{"a": 1}`, `{"a": 1, "x": 1}`, 1)))
	p.press("R").rest()
	p.shows("merged with yours: metadata")
	p.r.drafts.close()

	q := sit(t, drafted(dir, ""))
	q.rest()
	q.fake.Put(t, []byte(strings.Replace(first, `{"a": 1}`, `{"a": 1, "x": 1, "y": 1}`, 1)))
	q.press("enter").rest()
	q.press("u", "ctrl+s", "enter").rest()
	q.shows("saved and verified")
	q.sent(`{"metadata":{"a":1,"x":1,"y":1,"b":1}}`)
}

func TestUnsavedDraftsAreAnnouncedAtTheStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := sit(t, drafted(dir, "log_one")).rest()
	p.press("j", "j", "x").rest()
	p.press("q")
	p.shows("the draft stays")
	p.press("y").rest()
	p.r.drafts.close()
	p = sit(t, drafted(dir, "")).rest()
	p.shows("● 1 unsaved draft: log_one")
	p.shows("U lists them")
	p.r.drafts.close()
	elsewhere := drafted(dir, "")
	elsewhere.ServerID = "http://127.0.0.1:2/v5"
	p = sit(t, elsewhere).rest()
	p.showsNot("unsaved draft")
}

func TestASecondErrataIsToldWhoHoldsTheDraft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one := sit(t, drafted(dir, "log_one")).rest()
	one.press("j", "j", "enter", "!").rest()
	two := sit(t, drafted(dir, "log_one")).rest()
	two.shows("r read only")
	two.press("r").rest()
	two.shows("read-only")
	two.press("j", "j", "x")
	two.shows("no changes")

	three := sit(t, drafted(dir, "log_one")).rest()
	three.press("t").rest()
	three.shows("restored unsaved work")
	three.shows("At nine.!")
	one.press("?").rest()
	one.shows("drafts are off")
}

func TestDraftsThatCannotBeWrittenAreSaidToBeOff(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "drafts"), []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := sit(t, drafted(dir, "log_one")).rest()
	p.shows("drafts are off")
	p.press("j", "j", "enter", "!", "ctrl+s", "enter").rest()
	p.shows("saved and verified")
}
