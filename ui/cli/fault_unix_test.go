//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"errata/api/store"
)

// TestFaults corrects a log, as a user does, while errata is killed, the line fails in every way
// that the proxy knows, and somebody else writes into the same log. After each script no word is
// lost, nothing was sent that nobody edited, no PATCH was sent twice, and nothing that somebody
// else wrote was overwritten without the user's decision.
//
//	go test ./ui/cli -run TestFaults
//	ERRATA_FAULT_SEEDS=10000 go test ./ui/cli -run 'TestFaults$' -timeout 0
//	ERRATA_FAULT_SEED=n go test ./ui/cli -run 'TestFaults$' -v
//
// are 200 scripts, the long run, and one script; ERRATA_FAULT_FROM=n begins at seed n.
func TestFaults(t *testing.T) {
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	playSeeds(t, func(t *testing.T, seed uint64) scripted { return newTrial(t, st, seed) })
}

// A scripted test does what a seed chooses.
type scripted interface {
	play()
	steps() []string // what was done so far, for the report of a failure
}

// playSeeds plays the scripts of the first seeds, or of those that the environment names.
func playSeeds(t *testing.T, begin func(t *testing.T, seed uint64) scripted) {
	t.Helper()
	from, n := number(t, "ERRATA_FAULT_FROM", 1), number(t, "ERRATA_FAULT_SEEDS", faultSeeds)
	alone, name := number(t, "ERRATA_FAULT_SEED", 0), t.Name()
	if alone != 0 {
		from, n = alone, 1
	}
	for seed := from; seed < from+n; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := begin(t, seed)
			t.Cleanup(func() {
				if t.Failed() || alone != 0 {
					t.Logf("ERRATA_FAULT_SEED=%d go test ./ui/cli -run '%s$' -v\n%s", seed, name, strings.Join(s.steps(), "\n"))
				}
			})
			s.play()
		})
	}
}

func number(t *testing.T, variable string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}
