//go:build unix

package cli_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// licensesFile holds the texts that errata version --licenses prints.
const licensesFile = "licenses.txt.gz"

// unlicensed are the modules that carry no file of their licence, with what their README says of
// it.
var unlicensed = map[string]string{
	"github.com/mattn/go-localereader": "MIT, Copyright (c) Yasuhiro Matsumoto\n",
}

// TestLicenses holds the licences that the program prints against the sources of every module that
// is linked into it on any system. UPDATE_LICENSES=1 makes them again.
func TestLicenses(t *testing.T) {
	t.Parallel()
	want := allLicenses(t)
	if os.Getenv("UPDATE_LICENSES") != "" {
		writeLicenses(t, want)
		return
	}
	got := run(t, nil, "version", "--licenses")
	if got.code != 0 || got.stdout != want {
		t.Errorf("exit code %d, %d bytes, want %d, first at %s\nUPDATE_LICENSES=1 go test ./ui/cli -run TestLicenses makes them anew",
			got.code, len(got.stdout), len(want), firstDifference([]byte(got.stdout), []byte(want)))
	}
}

// allLicenses is the licence of errata, that of Go, and each other text once below the modules that
// it holds for.
func allLicenses(t *testing.T) string {
	t.Helper()
	modules := map[string][]string{} // by text
	for module, dir := range linkedModules(t) {
		text := licenseOf(t, module, dir)
		modules[text] = append(modules[text], module)
	}
	modules[licenseOf(t, "Go", goOutput(t, nil, "env", "GOROOT"))] = []string{"Go and its standard library"}
	var parts []string
	for text, list := range modules {
		slices.Sort(list)
		parts = append(parts, strings.Join(list, "\n")+"\n\n"+text)
	}
	slices.Sort(parts)
	own, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	rule := "\n" + strings.Repeat("-", 78) + "\n\n"
	return "errata\n\n" + string(own) + rule + strings.Join(parts, rule)
}

// linkedModules gives the folder of each module whose code is linked on one of the systems.
func linkedModules(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		out := goOutput(t, []string{"CGO_ENABLED=0", "GOOS=" + system},
			"list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", ".")
		for line := range strings.Lines(out) {
			if module, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				found[module] = dir
			}
		}
	}
	return found
}

// goOutput is what the go command prints in the folder of the module, without white space around
// it.
func goOutput(t *testing.T, environ []string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), environ...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", args[0], err)
	}
	return strings.TrimSpace(string(out))
}

// licenseOf is the text of all files of a module that name its licence, in order of their names.
func licenseOf(t *testing.T, module, dir string) string {
	t.Helper()
	if text, ok := unlicensed[module]; ok {
		return text
	}
	var b strings.Builder
	for _, pattern := range []string{"COPYING*", "LICENSE*", "NOTICE*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString(strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")) + "\n")
		}
	}
	if b.Len() == 0 {
		t.Fatalf("%s has no licence", module)
	}
	return b.String()
}

func writeLicenses(t *testing.T, text string) {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(licensesFile, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
