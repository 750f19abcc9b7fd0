//go:build unix

package config

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFileThatEverybodyMayReadIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte("test-key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[os.FileMode]string{
		0o600: "",
		0o640: "",
		0o644: path + " holds a secret, and every user of this machine may read it: run chmod o= on it",
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if got := Exposed(path); got != want {
			t.Errorf("%o: %q, want %q", mode, got, want)
		}
	}
	if got := Exposed(path + "-not-there"); got != "" {
		t.Errorf("of a file that is not there: %q", got)
	}
}
