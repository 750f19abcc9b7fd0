//go:build unix

package term

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"errata/ui/term/termtest"
)

// A remote is a program of TestMain on a pseudo-terminal, and the files that the probe writes.
type remote struct {
	*termtest.Remote
	saved, result string
}

// start runs a program of TestMain with columns and rows, and further environment variables.
func start(t *testing.T, program string, w, h int, env ...string) *remote {
	t.Helper()
	dir := t.TempDir()
	r := &remote{saved: filepath.Join(dir, "saved"), result: filepath.Join(dir, "result")}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append([]string{
		"ERRATA_TEST_PROGRAM=" + program, "PATH=" + os.Getenv("PATH"),
		"GOCOVERDIR=" + dir, "GORACE=atexit_sleep_ms=0", "PROBE_SAVED=" + r.saved, "PROBE_RESULT=" + r.result,
	}, env...)
	r.Remote = termtest.Start(t, cmd, w, h)
	return r
}

// file is what the probe wrote.
func (r *remote) file(name string) string {
	b, _ := os.ReadFile(name)
	return string(b)
}

// wrote waits until what the program wrote is as ok wants it.
func (r *remote) wrote(what string, ok func(out string) bool) {
	r.Until(what, func() bool { return ok(r.Output()) })
}
