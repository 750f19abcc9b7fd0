package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/apitest"
)

// sendNext is the key of the review that sends and goes on.
func (p *person) sendNext() *person {
	p.give(tea.KeyMsg{Type: tea.KeyCtrlN})
	return p
}

// ctrl+n in the review sends, and opens the next log once it is saved.
func TestSendAndOpenTheNext(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest().shows("log_one")
	p.press("j", "j", "x", "ctrl+s").rest().showsBody(`{"output":null}`)
	p.sendNext().rest().shows("log_two")
	p.shows("log_one: saved and verified")
	p.sent(`{"output":null}`)

	p.press("x", "ctrl+s").rest()
	p.sendNext().rest().shows("there is no further log in the list")
	p.shows("log_two")
}

// What was not saved keeps its log open.
func TestWhatWasNotSavedStaysOpen(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "ctrl+s").rest()
	p.fake.Fail(apitest.UpdateLog, &api.Error{Code: api.Invalid, Status: 422, Msg: "output is wanted"})
	p.sendNext().rest().shows("log_one")
	p.shows("output is wanted")
	p.showsNot("log_two")
}
