package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/theme"
)

// The help can be searched, and enter does what the key under its cursor does.
func TestTheHelpIsSearchedAndCarriesTheKeyOut(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "?")
	p.shows("Help: Form")
	p.shows("Change")
	p.press("/", "null again")
	p.shows("1 of ")
	p.shows("▸ x")
	p.showsNot("Signs")
	p.press("enter")
	p.shows("1 changed")
	p.showsNot("Help: Form")
	p.press("?", "/", "history", "esc")
	p.shows("Help: Form")
	p.showsNot("search the keys")
	p.press("esc")
	p.showsNot("Help: Form")
}

// The help of the filter has the words that a filter is made of, and an example.
func TestTheHelpOfTheFilterListsItsWords(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("f", "f1")
	p.shows("Help: Filter")
	p.shows("Words of a filter")
	p.shows("--errors               only logs of calls that failed")
	p.press("enter").shows("filter:") // a word is no key that could be carried out
}

// Every line of the help is whole, at any width, and every key has one row.
func TestNothingOfTheHelpIsCut(t *testing.T) {
	t.Parallel()
	for _, m := range keys.Maps {
		for _, w := range []int{40, 80, 200} {
			h := newHelp([]keys.Map{m}, theme.None(), w, 24)
			lines, _, _ := h.lines()
			text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
			for _, row := range h.all {
				for _, word := range strings.Fields(row.Help().Desc) {
					if len(word) < w-30 && !strings.Contains(text, word) {
						t.Fatalf("%s at %d: %q is cut:\n%s", m.Title, w, row.Help().Desc, strings.Join(lines, "\n"))
					}
				}
			}
			for range h.all { // the cursor is seen wherever it is
				if view := h.view(); len(h.rows) > 0 && !strings.Contains(view, "▸") {
					t.Fatalf("%s at %d: the cursor is not seen:\n%s", m.Title, w, view)
				}
				h.move(1)
			}
		}
	}
}

// What the help carries out is the very key that the table names.
func TestEveryKeyOfTheTablesCanBePressed(t *testing.T) {
	t.Parallel()
	for _, m := range keys.Maps {
		for _, b := range m.Bindings() {
			for _, name := range b.Keys() {
				if msg, ok := keyNamed(name); !ok || msg.String() != name {
					t.Errorf("%s: %q becomes %q", m.Title, name, msg.String())
				}
			}
		}
	}
}

// A key that means nothing says so once, and leaves the news of others alone.
func TestAnUnknownKeySaysSoOnce(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("W")
	p.shows("W does nothing here; ? lists the keys")
	p.press("j")
	p.showsNot("does nothing here")
	p.press("W")
	p.showsNot("does nothing here")
	p.press("Q")
	p.shows("Q does nothing here")
	p.press("j", "enter", "ZZ") // it is text there
	p.showsNot("does nothing here")
	p.give(tea.KeyMsg{Type: tea.KeyCtrlG})
	p.shows("ctrl+g does nothing here; F1 lists the keys")
}

// What a key does is beside it: the column of keys is as wide as the longest of them.
func TestTheColumnOfKeysIsNoWiderThanTheKeys(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("?")
	p.shows("▸ /         search")
	p.press("/", "preview down")
	p.shows("▸ J ctrl+d  scroll")
}
