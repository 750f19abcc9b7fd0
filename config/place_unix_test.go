//go:build unix

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPlacesOfTheDatabase gives the database in each layer in every way that people write it.
func TestPlacesOfTheDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for text, want := range map[string]string{
		"~/z.db":            "/home/me/z.db",
		"~":                 "/home/me",
		"/a/~/z.db":         "/a/~/z.db",
		"./~z.db":           "./~z.db",
		"file:/a/z.db":      "/a/z.db",
		"file:///a/z.db":    "/a/z.db",
		"file:~/z.db":       "/home/me/z.db",
		":memory:":          ":memory:",
		"postgres://h/logs": "postgres://h/logs",
		"a:b.db":            "a:b.db",
		"~bob/z.db":         "error: somebody else",
		"mysql://h/logs":    "error: want a file or postgres://…, not mysql://…",
		"sqlite:///a/z.db":  "error: not sqlite://…",
	} {
		for layer, load := range map[string]func() (*Config, error){
			"flag":        func() (*Config, error) { return Load(Flags{DB: text}, []string{"HOME=/home/me"}) },
			"environment": func() (*Config, error) { return Load(nil, []string{"HOME=/home/me", "ERRATA_DB=" + text}) },
			"profile": func() (*Config, error) {
				config := filepath.Join(dir, strings.ReplaceAll(text, "/", "_"))
				writeConfig(t, config, "[profiles.default]\ndb = '"+text+"'\n")
				return Load(nil, []string{"HOME=/home/me", "XDG_CONFIG_HOME=" + config})
			},
		} {
			if layer == "profile" && !strings.HasPrefix(want, "/") {
				continue // it is relative to the file there
			}
			c, err := load()
			var got string
			if err != nil {
				got = "error: " + err.Error()
			} else {
				got, _ = c.DB()
			}
			if why, fails := strings.CutPrefix(want, "error: "); fails != (err != nil) || !strings.Contains(got, why) || !fails && got != want {
				t.Errorf("%s %q: %q, want %q", layer, text, got, want)
			}
		}
	}
	if _, err := Load(Flags{DB: "~/z.db"}, nil); err == nil || !strings.Contains(err.Error(), "HOME is not set") {
		t.Errorf("without a home: %v", err)
	}
	c, err := Load(Flags{LogFile: "~/log"}, []string{"HOME=/home/me"})
	if err != nil || c.LogFile() != "/home/me/log" {
		t.Errorf("another place: %v, %v", c.LogFile(), err)
	}
}

func writeConfig(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "errata"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "errata", "config.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOneNameForOneStore reaches a store, and one that is not there yet, through links.
func TestOneNameForOneStore(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := os.Mkdir(in("real"), 0o700); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"link.db": "real/x.db", "second.db": "link.db", "dir": "real"} {
		if err := os.Symlink(target, in(link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, there := range []bool{false, true} {
		if there {
			if err := os.WriteFile(in("real/x.db"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"real/x.db", "link.db", "second.db", "dir/x.db", "real/../dir/./x.db"} {
			c, err := Load(Flags{DB: in(name)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := c.DBName(); got != in("real/x.db") || err != nil {
				t.Errorf("there: %v: %s is called %s, %v", there, name, got, err)
			}
		}
	}
}
