package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mapPage is the page that leads through the code.
const mapPage = root + "/.docs/architecture.md"

// quotedPath finds what the page names as a file: a path in backquotes, with a folder and a suffix.
var quotedPath = regexp.MustCompile("`([.a-z0-9_]+(?:/[.A-Za-z0-9_-]+)+\\.[a-z]+)`")

func readPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(mapPage)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// TestEveryFileOnTheMapIsThere keeps the page from naming what was moved or removed.
func TestEveryFileOnTheMapIsThere(t *testing.T) {
	t.Parallel()
	found := quotedPath.FindAllStringSubmatch(readPage(t), -1)
	if len(found) < 50 {
		t.Fatalf("the page names %d files only", len(found))
	}
	for _, match := range found {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(match[1]))); err != nil {
			t.Errorf("architecture.md names %s, which is not there", match[1])
		}
	}
}

// TestEveryPackageIsOnTheMap wants a row for each package of the module.
func TestEveryPackageIsOnTheMap(t *testing.T) {
	t.Parallel()
	page := readPage(t)
	for _, s := range sources(t) {
		if s.pkg != "." && !strings.Contains(s.pkg, "testdata") && !strings.Contains(page, "\n| `"+s.pkg+"` | ") {
			t.Errorf("architecture.md has no row for %s", s.pkg)
		}
	}
}

// TestEveryPageIsLinked keeps the README leading to all pages.
func TestEveryPageIsLinked(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(root + "/.docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	for _, page := range pages {
		if name := filepath.Base(page); !strings.Contains(string(text), "(.docs/"+name+")") {
			t.Errorf("the README has no link to %s", name)
		}
	}
}
