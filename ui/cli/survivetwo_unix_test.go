//go:build unix

package cli_test

import (
	"slices"
	"strings"
	"syscall"
	"testing"

	"errata/ui/term/termtest"
)

// annotate adds a member to the metadata behind its first one, and types more text into the output.
func annotate(r *termtest.Remote, member, text string) {
	r.Shows("almanac/tides")
	r.Send("jj" + keyEnter + text + keyEsc)
	r.Shows("1 changed")
	r.Send(strings.Repeat(keyDown, 15) + keyEnter)
	r.Shows("editing")
	r.Send("a" + member + keyEnter + keyEsc)
	r.Shows("2 changed")
}

// TestTwoEditALogAtOnce has two people annotate a log and correct the same text of it. Each has a
// home of their own.
func TestTwoEditALogAtOnce(t *testing.T) {
	t.Parallel()
	const line = keyToEnd + keyDelete // takes a line away, with its end
	const first = `"output":"At nine. Or ten.","metadata":{"b":1e-07,"mine":0.10,"a":"x"}`
	const metadata = `"metadata":{"b":1e-07,"mine":0.10,"a":"x","yours":2}`
	for name, c := range map[string]struct{ settle, second, output string }{
		"mine":   {"m", `"output":"At nine. Or eleven.",`, "At nine. Or eleven."},
		"theirs": {"t", ``, "At nine. Or ten."},
		"both": {
			"e" + keyTextTop + line + keyDown + line + line + line + keyDown + line + keyReview,
			`"output":"At nine. Or eleven.\nAt nine. Or ten.\n",`, `At nine. Or eleven.\nAt nine. Or ten.\n`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := newRemote(t, tides)
			mine, yours := newHome(t), newHome(t)
			one, two := mine.at(srv, "log_tides"), yours.at(srv, "log_tides")
			annotate(one, "mine:=0.10", " Or ten.")
			annotate(two, "yours:=2", " Or eleven.")
			one.Send(keyReview + keyReview)
			one.Shows("saved and verified")

			two.Send(keyReview + keyReview)
			two.Shows("Conflict")
			two.Signal(syscall.SIGKILL) // at the next start it is there again
			two.Ends()
			two = yours.at(srv, "log_tides")
			two.Shows("Conflict")
			for _, text := range []string{"Base: as it was fetched\nAt nine.", "+ At nine. Or ten.", "+ At nine. Or eleven."} {
				two.Shows(text)
			}
			two.Send(c.settle + keyEnter)
			two.Shows("Review")
			two.Send(keyReview)
			two.Shows("saved and verified")
			if want := []string{"{" + first + "}", "{" + c.second + metadata + "}"}; !slices.Equal(srv.sent(), want) {
				t.Errorf("the server got\n%s\nwant\n%s", strings.Join(srv.sent(), "\n"), strings.Join(want, "\n"))
			}
			want := strings.NewReplacer("At nine.", c.output, `"metadata":{"b":1e-07,"a":"x"}`, metadata).Replace(tides)
			if got := srv.get(t, "log_tides"); got != want {
				t.Errorf("the log is\n%s\nwant\n%s", got, want)
			}
			for _, h := range []home{mine, yours} {
				if work := h.drafted(); work != nil {
					t.Errorf("a draft is left: %v", work)
				}
			}
		})
	}
}
