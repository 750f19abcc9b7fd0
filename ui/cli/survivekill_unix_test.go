//go:build unix

package cli_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"errata/ui/term/termtest"
)

// script is work on a log in two hundred keys: texts typed, corrected and taken back, values that
// are none in between, null and back, fields reverted, steps undone and done again.
const script = "" +
	// output
	"jj" + keyEnter + " Or at ten, says the pilot.." + keyBackspace + keyEnter + "Springs c\u00e4me late, \u6f6e at dusk" + keyBackspace +
	keyUp + keyEnd + keyLeft + keyDelete + keyHome + "Low: " + keyRight + keyRight + keyToEnd + keyBack + keyBack + keyAgain + keyWord +
	// error
	keyTab + "gone" + keyBackspace + keyBackspace + keyBackspace + keyBackspace + "wet" + keyEsc + "xxruu" + keyRedo +
	// prompt_tokens
	"jjjj" + keyEnter + "07" + keyBackspace + keyBackspace + "5" + keyMore + keyMore + keyLess + keyEnter + "xu" +
	// prompt_cost, no number in between
	"jjj" + keyEnter + keyBackspace + "-1e" + keyEsc + "kj" + keyEnter + "3" + keyEnter +
	// finish_reason and tool_choice, which were absent
	"Gkkkkg" + keyTab + keyTab + keyBackTab + keyTab + keyTab + keyTab + keyEnter + "stop" + keyTab + "auto" + keyEsc + "ru" +
	// metadata as text, no JSON in between
	"jjjjjjjjjjjj" + "t" + keyUp + keyEnd + ",\"k\": [1" + keyEsc + keyEnter + "," + keyLiteral + keyTab + "2]" + keyEsc +
	// inputs, and back through everything
	"d" + keyEsc + " " + keyEsc + "k" + keyBackTab + keyEnter + "{ }" + keyEsc + "uuu" + keyRedo + "x" +
	// metadata as what it is made of: a member added, renamed, copied, moved, deleted, what is not
	// a word in between
	"Ggjjjjjjjjjjjjjjjjj" + keyEnter + "aseen:=tru" + keyEnter + "e" + keyEnter + "r2" + keyEnter + keyEnter + "x" + keyEnter + keyBackspace + keyEnter + "DKu" + keyRedo +
	"x" + keyEsc

// TestKilledBetweenTwoKeys kills the program when the screen has shown what some first keys of the
// script made, and the next key is on its way. After a restart all of that must be there, and at
// most what the next key made of it. Each run takes other moments, forty of them; ERRATA_KILLS=all
// takes every one.
func TestKilledBetweenTwoKeys(t *testing.T) {
	t.Parallel()
	srv := newRemote(t, tides)
	name, keys := srv.URL+"/v5", strokes(script)
	p := rehearse(t, name, tides)
	sights := []sight{p.sight()}
	for i, k := range keys {
		sights = append(sights, p.press(k).sight())
		if sights[i+1] == sights[i] {
			t.Errorf("key %d, %q, changes nothing to be seen", i+1, k.bytes)
		}
	}
	if len(keys) < 200 {
		t.Errorf("the script has %d keys", len(keys))
	}
	for _, k := range moments(len(keys)) {
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			defer func() {
				if t.Failed() {
					t.Logf("alone: ERRATA_KILLS=all go test ./ui/cli -run '^TestKilledBetweenTwoKeys$/^%d$'", k)
				}
			}()
			h := newHome(t)
			r := h.at(srv, "log_tides")
			await(r, sights[0])
			follow(r, keys[:k], sights)
			r.Send(keys[k].bytes)
			r.Signal(syscall.SIGKILL)
			r.Ends()

			r = h.at(srv, "log_tides")
			r.Shows("almanac/tides")
			survives(t, r, rehearse(t, name, tides).press(keys[:k]...), rehearse(t, name, tides).press(keys[:k+1]...))
		})
	}
}

// moments are the numbers of keys after which to kill: all, or one of each five.
func moments(keys int) (list []int) {
	every := 5
	if os.Getenv("ERRATA_KILLS") == "all" {
		every = 1
	}
	for k := 0; k < keys; k += every {
		list = append(list, min(k+rand.IntN(every), keys-1))
	}
	return list
}

// follow types keys, and waits until the screen shows what all of them made: as many at a time as
// cannot be mistaken, their last sight being none of those before it.
func follow(r *termtest.Remote, keys []stroke, sights []sight) {
	for at := 0; at < len(keys); {
		next := len(keys)
		for slices.Contains(sights[at:next], sights[next]) {
			next--
		}
		for _, k := range keys[at:next] {
			r.Send(k.bytes)
		}
		await(r, sights[next])
		at = next
	}
}

// survives checks that a program holds the work of one of the rehearsals, with its history.
func survives(t *testing.T, r *termtest.Remote, either ...rehearsal) {
	t.Helper()
	for _, keys := range []string{keyRight + keyEsc + keyEsc + keyEsc + "g", "u", keyRedo} {
		var sights []sight
		for _, p := range either {
			sights = append(sights, p.press(strokes(keys)...).sight())
		}
		r.Send(keys)
		await(r, sights...)
		if keys == "u" {
			continue
		}
		got := copied(r)
		either = slices.DeleteFunc(either, func(p rehearsal) bool { return p.document() != got })
		if len(either) == 0 {
			t.Fatalf("after %q the log is\n%s", keys, got)
		}
	}
}

var clipboard = regexp.MustCompile(`\x1b\]52;c;([^\x07\x1b]*)`)

// copied is the log with its changes, as the program copies it.
func copied(r *termtest.Remote) (text string) {
	before := len(clipboard.FindAllString(r.Output(), -1))
	r.Send("Y")
	r.Until("a copy of the log", func() bool {
		all := clipboard.FindAllStringSubmatch(r.Output(), -1)
		if len(all) <= before || !strings.Contains(r.Screen(), "copied the log") {
			return false
		}
		b, err := base64.StdEncoding.DecodeString(all[before][1])
		text = string(b)
		return err == nil
	})
	return text
}
