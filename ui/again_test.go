package ui

import (
	"testing"

	"errata/model"
)

// The last change is repeated on another log, also where no queue is worked on.
func TestTheLastChangeIsRepeatedOnAnotherLog(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{}).rest()
	p.press("enter").rest().shows("log_one")
	p.press(".").shows("nothing was said or changed yet that could be repeated")
	p.r.form.GoTo(model.Output)
	p.press("x", "]").rest().shows("log_two")
	p.press(".").shows("output:=null")
	if got := p.r.form.Changes().Changed(); len(got) != 1 || got[0] != model.Output {
		t.Errorf("%v is changed", got)
	}
	p.press("u", ".").shows("output:=null")
}
