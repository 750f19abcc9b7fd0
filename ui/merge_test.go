package ui

import (
	"strings"
	"testing"
)

// merging has a person change the output, somebody else the same, and opens the editor of the
// merge.
func merging(t *testing.T, dir string) *person {
	t.Helper()
	p := sit(t, drafted(dir, "log_one")).rest()
	p.press("j", "j", "enter", "!", "esc")
	p.fake.Put(t, []byte(strings.Replace(first, "At nine.", "At ten.", 1)))
	p.press("R").rest()
	p.shows("Conflict")
	p.press("e")
	return p
}

func TestWordsInAMergeOutliveErrata(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"typed":             {"my words"},
		"typed and settled": {"my words", "ctrl+s", "ctrl+s"},
		"gone on with":      {"my", "esc", "e", " words"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := merging(t, dir)
			p.press(keys...)
			p.r.drafts.close() // the program ends
			p = sit(t, drafted(dir, "log_one")).rest()
			p.shows("restored unsaved work")
			p.press("g", "j", "j", " ") // if the editor is open, letters in it
			p.shows("my words")
		})
	}
}

func TestAMergeThatIsGivenUpLeavesTheChangeAsItWas(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"closed":              {"my words", "esc", "esc"},
		"settled, then esc":   {"my words", "ctrl+s", "ctrl+s", "esc"},
		"settled, then mine":  {"my words", "ctrl+s", "ctrl+s", "m", "esc"},
		"only looked at":      {"esc", "esc"},
		"settled by a choice": {"esc", "m", "esc"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := merging(t, dir)
			p.press(keys...)
			p.shows("At nine.!")
			p.r.drafts.close()
			list := waiting(t, dir)
			if len(list) != 1 || len(list[0].Changes) != 1 || string(list[0].Changes[0].Edit.Value.Bytes()) != `"At nine.!"` {
				t.Errorf("the draft holds %+v", list)
			}
		})
	}
}
