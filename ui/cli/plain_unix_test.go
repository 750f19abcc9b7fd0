//go:build unix

package cli_test

import (
	"testing"
	"time"

	"errata/ui/uitest"
)

// plainWalk goes through every screen, in one run: the keys of each step, and what is then to be
// read.
var plainWalk = []struct {
	name  string
	keys  []string
	shows []string
}{
	{"list", nil, []string{"here", "corrected"}},
	{"marked", []string{"j", " ", "j"}, []string{"marked", "1 marked"}},
	{"unmarked", []string{"k", " "}, nil},
	{"sorted", []string{"s", "s", "s", "s"}, []string{"down"}},
	{"filter", []string{"R", "/", "bread"}, []string{"filter: bread"}},
	{"prompts", []string{"\x1b", "p"}, []string{"all prompts", "here"}},
	{"columns", []string{"\x1b", "C"}, []string{"here", "with time"}},
	{"help", []string{"\x1b", "?"}, []string{"Help: Browse", "here"}},
	{"legend", []string{"G"}, []string{"corrected: a value", "up k"}},
	{"themes", []string{"\x1b", "\x1bOQ"}, []string{"Themes", "here"}},
	{"form", []string{"\x1b", "g", "\r"}, []string{"Messages", "here"}},
	{"locked", []string{"G"}, []string{"locked", "here"}},
	{"cards", []string{"g", "\r"}, []string{"here [0] system", "editing"}},
	{"card", []string{"\r"}, nil},
	{"role", []string{"\x1b", "R"}, []string{"chosen:"}},
	{"message list", []string{"\x1b", "o"}, []string{"here"}},
	{"text", []string{"\x1b", "\x1b", "gjj", "\r", " And more."}, []string{"And more."}},
	{"changed", []string{"\x1b"}, []string{"here changed"}},
	{"old and new", []string{"d"}, []string{"old: ", "new: "}},
	{"finish reason", []string{"\x1b", "jj", "\r"}, nil},
	{"tool choice", []string{"\x1b", "j", "\r"}, nil},
	{"found", []string{"\x1b", "/created_at\r"}, []string{"When the caller made"}},
	{"time", []string{"\r"}, []string{"editing"}},
	{"found again", []string{"\x1b", "/metadata\r"}, []string{"Anything else worth"}},
	{"outline", []string{"\r"}, []string{"editing", "here"}},
	{"outline menu", []string{"T"}, []string{"s string"}},
	{"fill in", []string{"\x1b", "\x1b", "f"}, []string{"what follows"}},
	{"search", []string{"\x1b", "/", "bread", "\r"}, nil},
	{"review", []string{"\x13"}, []string{"Review", "old: ", "new: ", "here"}},
	{"body", []string{"b"}, []string{"output"}},
	{"sent", []string{"\x13"}, []string{"saved and verified"}},
	{"history", []string{"H"}, []string{"History", "here", "new: "}},
	{"compare", []string{"q", "q", "g", " ", "j", " ", "D"}, []string{"Compare", "first: ", "second: ", "here"}},
	{"change line", []string{"q", "b"}, []string{"change:"}},
	{"bulk review", []string{"finish_reason=length", "\r"}, []string{"Review of 2", "here", ` to "length"`}},
	{"bulk results", []string{"\x13"}, []string{"Change of 2 logs"}},
	{"history with a batch", []string{"\x1b", "H"}, []string{"History", "all logs", "2 logs"}},
	{"follow", []string{"q", "F"}, []string{"following"}},
	{"annotate", []string{"\x1b", "A"}, []string{"of 31", "here"}},
	{"quit", []string{"\x03"}, nil},
}

// Where a screen is heard no screen draws lines or signs, and how something stands is a word.
func TestNoScreenDrawsSignsWhereItIsHeard(t *testing.T) {
	t.Parallel()
	h := pictureHome(t)
	r := h.open(110, 34, "--plain", "--theme", "dark")
	r.Shows("31 logs")
	for _, step := range plainWalk {
		for _, k := range step.keys {
			before := r.Screen()
			r.Send(k)
			if k == "\x1b" { // which would make the next key another one
				r.Until("an answer to esc", func() bool { return r.Screen() != before })
			}
			r.Quiet(120 * time.Millisecond)
		}
		for _, words := range step.shows {
			r.Shows(words)
		}
		for _, c := range r.Screen() {
			if uitest.Drawn(c) {
				t.Errorf("%s draws %q:\n%s", step.name, c, r.Screen())
				break
			}
		}
	}
}
