package form

import (
	"strings"
	"testing"

	"errata/ui/annotate"
)

// Digits that leave no room for more are alone: nothing that is not there is cut.
func TestLongSumsStandAlone(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id": "log_1", "prompt": {"id": "pr_1"}, "prompt_cost": 0.00018209999999999998, "output_cost": 3e-06}`, 120, 40)
	d.shows("total cost        $0.00018509999999999998   ")
	d.showsNot("$0.00018509999999999998  …")
}

// The first words of the last message are words, also where it begins with an empty line.
func TestTheLastMessageBeginsWithWords(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id": "log_1", "prompt": {"id": "pr_1"}, "messages": [{"role": "user", "content": "\n\n  When is high tide?"}]}`, 120, 40)
	d.shows("1 message, user: When")
}

// Where nothing is on the digits of a queue the footer does not speak of them.
func TestDigitsThatSayNothingAreNotOffered(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40)
	d.m.o.Annotating = &Annotating{Progress: "0 of 2"}
	d.m.SetSize(120, 40)
	d.shows("ctrl+n next")
	d.showsNot(" say ")
	d.showsNot(" again ")
	d.m.o.Annotating.Slots = []annotate.Slot{{Key: "1", Label: "checked"}}
	d.shows("1–9 say")
}

// Somebody who reads a long value sees how much of it has passed; of a short one there is nothing
// to say.
func TestReadingSaysHowMuchHasPassed(t *testing.T) {
	t.Parallel()
	d := drive(t, `{"id": "log_1", "prompt": {"id": "pr_1"}, "output": "`+strings.Repeat(`a line of it\n`, 99)+`its last line", "stdout": "short"}`, 80, 24).at("output")
	d.press(" ")
	d.shows("17 %  reading")
	d.press("j", "j")
	d.shows("19 %  reading")
	d.press("G")
	d.shows("100 %  reading")
	d.press("esc").at("stdout").press(" ")
	d.showsNot(" %  reading")
}
