//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/cli"
)

// profiled is a run with a profile for a server, and a key file with a mode.
func profiled(t *testing.T, r *remote, lines string, mode os.FileMode) func(*cli.Env) {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "errata"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"config.toml": {"[profiles.default]\nbase_url = '" + r.URL + "/v5'\n" + lines, 0o600},
		"key":         {key + "\n", mode},
	} {
		path := filepath.Join(dir, "errata", name)
		if err := os.WriteFile(path, []byte(file.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, file.mode); err != nil {
			t.Fatal(err)
		}
	}
	return func(e *cli.Env) {
		e.Environ = []string{"HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "PATH=" + os.Getenv("PATH")}
	}
}

func TestAKeyFileThatEverybodyMayReadIsWarnedOfOnce(t *testing.T) {
	t.Parallel()
	r := numbered(t, 1)
	const warning = "warning: "
	got := run(t, profiled(t, r, "api_key_file = 'key'", 0o644), "get", "log_0", "output")
	if got.code != 0 || got.stdout != "old" || strings.Count(got.stderr, warning) != 1 || !strings.Contains(got.stderr, "errata/key holds a secret, and every user of this machine may read it: run chmod o= on it") {
		t.Errorf("%+v", got)
	}
	if got := run(t, profiled(t, r, "api_key_file = 'key'", 0o640), "get", "log_0", "output"); got.code != 0 || got.stderr != "" {
		t.Errorf("%+v", got)
	}
}

func TestWhatAFailingKeyCommandSaysIsNotRepeated(t *testing.T) {
	t.Parallel()
	r := numbered(t, 1)
	got := run(t, profiled(t, r, `api_key_command = "sh -xc 'echo test-key >&2; exit 3'"`, 0o600), "get", "log_0")
	got.wants(t, 5, `"sh" failed: exit status 3; run it by itself to see why`)
	if strings.Contains(got.stderr, key) {
		t.Errorf("the key is told: %s", got.stderr)
	}
}
