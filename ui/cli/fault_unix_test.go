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

// TestFaults has a person correct a log while errata is killed, the line fails in every way that
// the proxy knows, and somebody else writes into the same log. After each script no word is lost,
// nothing was sent that nobody edited, no PATCH was sent twice, and nothing of somebody else's was
// overwritten that the person has not decided about.
//
//	go test ./ui/cli -run TestFaults
//	ERRATA_FAULT_SEEDS=10000 go test ./ui/cli -run TestFaults -timeout 0
//	ERRATA_FAULT_SEED=n go test ./ui/cli -run TestFaults -v
//
// are 200 scripts, the long run, and one script; ERRATA_FAULT_FROM=n begins at seed n.
func TestFaults(t *testing.T) {
	from, n := number(t, "ERRATA_FAULT_FROM", 1), number(t, "ERRATA_FAULT_SEEDS", 200)
	alone := number(t, "ERRATA_FAULT_SEED", 0)
	if alone != 0 {
		from, n = alone, 1
	}
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	for seed := from; seed < from+n; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := newTrial(t, st, seed)
			t.Cleanup(func() {
				if t.Failed() || alone != 0 {
					t.Logf("ERRATA_FAULT_SEED=%d go test ./ui/cli -run TestFaults -v\n%s", seed, strings.Join(s.script, "\n"))
				}
			})
			s.play()
			for _, wrong := range s.book.verdict() {
				t.Error(wrong)
			}
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
