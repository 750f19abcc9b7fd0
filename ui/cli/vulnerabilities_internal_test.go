package cli

import (
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestVulnerabilitiesOfVersions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		module, version string
		want            bool
	}{
		{"", "go1.26.8", true},
		{"", "go1.26.8 X:nocoverageredesign", true},
		{"", "go1.25.14", true}, // its line got no version without them
		{"", "go1.26.9", false},
		{"", "go1.26.10", false},
		{"", "go1.27.0", true},
		{"", "go1.27.2", false},
		{"", "go1.28.0", false},
		{"", "devel go1.28-0123456789", false},
		{netModule, "v0.59.0", true},
		{netModule, "v0.60.0", false},
		{netModule, "v0.62.0", false},
		{"github.com/spf13/cobra", "v0.0.1", false},
	} {
		if got := len(vulnerabilitiesOf(c.module, c.version)) > 0; got != c.want {
			t.Errorf("%s %s: %v, want %v", c.module, c.version, got, c.want)
		}
	}
	const want = "built with go1.26.8, with which any client can end a server that speaks HTTP/2 (CVE-2026-97032, "
	if got := vulnerabilityWords("go1.26.8"); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "build it with go1.26.9, go1.27.2 or newer") {
		t.Errorf("words %q", got)
	}
	if got := vulnerabilityWords("go1.26.10"); got != "" {
		t.Errorf("words about a version without vulnerabilities: %q", got)
	}
}

// TestPinnedVersions holds the versions that the module asks for, Go's among them, against the
// list.
func TestPinnedVersions(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	pinned := regexp.MustCompile(`(?m)^\t?(?:require )?(\S+) (v\S+|go1\S+)( // indirect)?$`).FindAllStringSubmatch(string(text), -1)
	if len(pinned) < 10 {
		t.Fatalf("only %d versions found in go.mod", len(pinned))
	}
	asked := false
	for _, p := range pinned {
		module := p[1]
		if module == "toolchain" {
			module, asked = "", true
		}
		for _, h := range vulnerabilitiesOf(module, p[2]) {
			t.Errorf("%s %s has %s: see %s", p[1], p[2], h.id, h.source)
		}
	}
	if !asked {
		t.Error("go.mod asks for no toolchain")
	}
	for _, h := range vulnerabilities {
		if u, err := url.Parse(h.source); err != nil || u.Host == "" || h.does == "" || len(h.fixed) == 0 {
			t.Errorf("%s lacks its source or what it does", h.id)
		}
	}
}
