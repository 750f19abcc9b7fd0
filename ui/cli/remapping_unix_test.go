//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"testing"
)

// Keys of config.toml hold on the screen, in its footer and in its help; ctrl+c holds whatever they
// say, and what is wrong among them is said with its line.
func TestKeysOfTheConfiguration(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := filepath.Join(h.dir, ".config", "errata")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("[keys]\nform.edit = \"f4\"\nform.back = \"x\"\nform.null = \"f6\"\neverywhere.interrupt = \"f9\"\n")
	r := h.open(100, 30, "demo")
	r.Shows("31 logs")
	r.Send("\r")
	r.Shows("F4 edit")
	r.Send("?")
	r.Shows("F4 ")
	r.Send("\x1bx") // closes the help, then the form
	r.Shows("Logs")
	r.Send("\x03")
	if code, _ := r.Ends(); code != 0 {
		t.Errorf("ctrl+c ended it with %d", code)
	}
	write("[keys]\n\nform.edit = \"y\"\n")
	r = h.open(200, 30, "demo")
	if code, _ := r.Ends(); code != 1 {
		t.Errorf("a clash ended it with %d", code)
	}
	r.Shows("config.toml:3: edit: y is form.copy already; give that another key")
}
