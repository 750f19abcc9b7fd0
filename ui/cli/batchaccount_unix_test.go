//go:build unix

package cli_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// Of a batch whose process was killed one line says what became of all that was in hand.
func TestABatchThatWasKilledIsAccountedForInOneLine(t *testing.T) {
	t.Parallel()
	var logs []string
	for i := range 12 {
		logs = append(logs, plot(fmt.Sprintf("log_%02d", i), "sage"))
	}
	r, h := newRemote(t, logs...), newHome(t)
	cmd := h.command("set", "--all", "error=late", "--yes")
	cmd.Env = append(cmd.Env, "ERRATA_BASE_URL="+r.URL+"/v5", "ERRATA_API_KEY="+key)
	third, killed := make(chan struct{}), make(chan struct{})
	var once sync.Once
	r.answer(func(_ http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method == http.MethodPatch && n == 3 {
			once.Do(func() { close(third) })
			<-killed
		}
		return false
	})
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-third
	_ = cmd.Process.Kill()
	err := cmd.Wait()
	close(killed)
	if err == nil {
		t.Fatal("it was not killed")
	}
	got := run(t, both(at(r.URL), living(h.dir)), "history")
	lines := 0
	for line := range strings.Lines(got.stderr) {
		if strings.Contains(line, "unaccounted for") {
			lines++
			if !strings.HasPrefix(line, "batch b_") {
				t.Error(line)
			}
		}
	}
	if lines != 1 {
		t.Errorf("%d lines: %s", lines, got.stderr)
	}
}
