package ui

import (
	"strings"
	"testing"

	"errata/ui/keys"
	"errata/ui/uitest"
)

// alt presses alt with a key, as esc and a key right behind it arrive.
func (p *person) alt(name string) *person {
	p.give(uitest.Key("alt+" + name))
	return p
}

func TestEscAndAKeyThatComeAsOneAreBothCarriedOut(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "enter", "!").alt("j")
	p.shows("▸   Error")
	p.shows("At nine.!")
	p.shows("1 changed")
	p.press("k", "enter", "?").alt("ctrl+s").rest()
	p.showsBody(`{"output":"At nine.!?"}`)
	p.press("esc", "/", "tide").alt("G")
	p.showsNot("tide_")
	p.press("?").alt("g") // the help
	p.shows("▸   Messages")
}

func TestAltWithAKeyThatMeansSomethingIsThat(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "enter").alt("b")
	p.press("X")
	p.shows("At nineX.")
	p.press("esc", "/").alt("r")
	p.shows("regexp/")
}

// What the tables call a change is not made by a key behind esc; esc is carried out, and the key
// can be pressed again.
func TestAKeyThatChangesAValueIsAskedForAgain(t *testing.T) {
	t.Parallel()
	n := 0
	for _, b := range keys.Form.Bindings() {
		for _, key := range b.Keys() {
			if !b.Changes || len(key) != 1 {
				continue
			}
			n++
			p := sit(t, Options{LogID: "log_one"}).rest()
			p.press("j", "j", "enter", "!")
			if key == "f" { // alt+f is the next word there
				p.press("esc")
			}
			p.alt(key)
			p.shows("esc; press " + key + " again")
			p.shows("At nine.!")
			p.shows("1 changed")
		}
	}
	if n < 4 {
		t.Errorf("%d keys of the form change a value", n)
	}
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j").alt("x")
	p.shows("no changes")
	p.press("x")
	p.shows("1 changed")
}

func TestInAnOutlineNothingIsDeletedByAKeyBehindEsc(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press(strings.Repeat("j", 17), "enter")
	p.shows("a: 1")
	p.press("enter", "2").alt("x") // esc keeps the number, and returns to the rows
	p.shows("esc; press x again")
	p.shows("a: 12")
	p.press("x")
	p.showsNot("a: 12")
}

// A quit that is asked about is answered by esc, and the key behind it goes to the form.
func TestAQuestionIsAnsweredByEsc(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{LogID: "log_one"}).rest()
	p.press("j", "j", "enter", "!", "esc", "q")
	p.shows("? y / n")
	p.alt("j")
	p.showsNot("? y / n")
	p.shows("▸   Error")
}
