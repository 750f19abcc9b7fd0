package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"errata/ui/keys"
)

// section is the text between two marks, which is made from the tables.
var section = regexp.MustCompile(`(?s)(<!-- made: (\w+) -->\n).*?(<!-- end -->)`)

// page is the README, or one of the pages that it leads to.
type page struct{ name, file, text string }

// pages reads all of them.
func pages(t *testing.T) (list []page) {
	t.Helper()
	files, err := filepath.Glob(root + "/.docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d pages: %v", len(files), err)
	}
	for _, file := range append([]string{root + "/README.md"}, files...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, page{filepath.Base(file), file, string(text)})
	}
	return list
}

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
	all := pages(t)
	for _, p := range all[1:] {
		if !strings.Contains(all[0].text, "(.docs/"+p.name+")") {
			t.Errorf("the README has no link to %s", p.name)
		}
	}
}

// TestReadmeIsShort: what somebody has to know before the first try is read in four minutes.
func TestReadmeIsShort(t *testing.T) {
	t.Parallel()
	if n := len(strings.Fields(pages(t)[0].text)); n > 900 {
		t.Errorf("the README has %d words, want 900 at most: the rest belongs into a page", n)
	}
}

var (
	fenced   = regexp.MustCompile("(?ms)^```.*?^```$")
	codeSpan = regexp.MustCompile("`+[^`\n]+`+")
	link     = regexp.MustCompile(`\]\(([^()\s]+)\)|(?:src|srcset)="([^"\s]+)"`)
	heading  = regexp.MustCompile(`(?m)^#+ (.+)$`)
	noAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors are what a link within a page can lead to: its headings, as GitHub names them.
func anchors(text string) map[string]bool {
	names := map[string]bool{}
	for _, h := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		names[strings.ReplaceAll(strings.ToLower(noAnchor.ReplaceAllString(h[1], "")), " ", "-")] = true
	}
	return names
}

// TestLinks follows every link of the README and the pages, and looks for every picture.
func TestLinks(t *testing.T) {
	t.Parallel()
	followed := 0
	for _, p := range pages(t) {
		prose := codeSpan.ReplaceAllString(fenced.ReplaceAllString(p.text, ""), "")
		for _, found := range link.FindAllStringSubmatch(prose, -1) {
			to := found[1] + found[2]
			if strings.HasPrefix(to, "https://") {
				continue
			}
			followed++
			path, anchor, _ := strings.Cut(to, "#")
			target := p.text
			if path != "" {
				raw, err := os.ReadFile(filepath.Join(filepath.Dir(p.file), filepath.FromSlash(path)))
				if err != nil {
					t.Errorf("%s has a link to %s, which is not there", p.name, path)
					continue
				}
				target = string(raw)
			}
			if anchor != "" && !anchors(target)[anchor] {
				t.Errorf("%s has a link to %s, and no heading is called so", p.name, to)
			}
		}
	}
	if followed < 30 {
		t.Errorf("only %d links were found", followed)
	}
}

// keyName finds code that can only be a key.
var keyName = regexp.MustCompile("`((?:ctrl|alt|shift)\\+[^` ]+|F[0-9]+|enter|esc|tab|space|home|end|pgup|pgdn|backspace|del|[←↑→↓]|[A-Za-z?*/:.{}<>\\[\\]-])`")

// pagesOfKeys are the pages that tell what keys do. The others write letters for other things.
var pagesOfKeys = []string{"README.md", "keys.md", "screens.md", "selections.md", "judgments.md", "ssh.md", "safety.md", "servers.md", "settings.md"}

// bareKey finds a key that is in prose without backquotes, where nothing would look at it.
var bareKey = regexp.MustCompile(`\b(?:ctrl|alt|shift)\+\S|\bF[0-9]+\b`)

// TestKeysInProse wants every key that is named to do something on some screen.
func TestKeysInProse(t *testing.T) {
	t.Parallel()
	bound := map[string]bool{"alt": true}
	for _, m := range keys.Maps {
		for _, b := range m.Bindings() {
			for _, name := range append(b.Keys(), strings.Fields(b.Help().Key)...) {
				bound[strings.ToLower(name)] = true
				bound[name] = true
			}
		}
	}
	for _, p := range pages(t) {
		if !slices.Contains(pagesOfKeys, p.name) {
			continue
		}
		prose := section.ReplaceAllString(fenced.ReplaceAllString(p.text, ""), "")
		if bare := bareKey.FindString(codeSpan.ReplaceAllString(prose, "")); bare != "" {
			t.Errorf("%s names the key %s without backquotes", p.name, bare)
		}
		for _, found := range keyName.FindAllStringSubmatch(prose, -1) {
			if name := found[1]; !bound[name] && !bound[strings.ToLower(name)] {
				t.Errorf("%s names the key %s, which does nothing on any screen", p.name, name)
			}
		}
	}
}
