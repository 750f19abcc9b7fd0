package cli_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"errata/config"
	"errata/model"
)

// languages are those of blocks. What is typed is in sh or console, which tests run.
var languages = map[string]bool{"sh": true, "console": true, "toml": true, "tmux": true, "text": true}

var (
	fence    = regexp.MustCompile("(?m)^```(.*)$")
	indented = regexp.MustCompile(`(?m)^    [a-zA-Z$./].*`) // Markdown has that for a block, too
)

// TestEveryBlockSaysWhatItIs keeps commands from standing where no test types them.
func TestEveryBlockSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for _, p := range pages(t) {
		if line := indented.FindString(fenced.ReplaceAllString(p.text, "")); line != "" {
			t.Errorf("%s has a block without a fence: %s", p.name, line)
		}
		for i, found := range fence.FindAllStringSubmatch(p.text, -1) {
			if i%2 == 0 && !languages[found[1]] {
				t.Errorf("%s has a block of %q", p.name, found[1])
			}
		}
	}
}

var settingsBlock = regexp.MustCompile("(?ms)^```toml\n(.*?)^```$")

// TestSettingsInPages reads every block of settings as the file that it is of.
func TestSettingsInPages(t *testing.T) {
	t.Parallel()
	read := 0
	for _, p := range pages(t) {
		for _, block := range settingsBlock.FindAllStringSubmatch(p.text, -1) {
			home := t.TempDir()
			file, args := filepath.Join(home, ".config", "errata", "config.toml"), []string{"doctor"}
			if strings.HasPrefix(block[1], "base = ") {
				file, args = filepath.Join(home, ".config", "errata", "themes", "mine.toml"), []string{"doctor", "--theme", "mine"}
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(block[1]), 0o600); err != nil {
				t.Fatal(err)
			}
			read++
			got := run(t, living(home), append(args, "--profile", "")...)
			for line := range strings.Lines(got.stdout + got.stderr) {
				if strings.Contains(line, filepath.Base(file)) && !strings.HasPrefix(line, "ok") {
					t.Errorf("%s: %sis said of\n%s", p.name, line, block[1])
				}
			}
		}
	}
	if read < 7 {
		t.Errorf("only %d blocks were read", read)
	}
}

var (
	variable  = regexp.MustCompile(`\bERRATA_[A-Z_]+\b`)
	pathInTo  = regexp.MustCompile("`((?:\\.ci|\\.docs|findings|api|config|model|ui)/[A-Za-z0-9_./-]+)[` ]")
	wordOfAPI = regexp.MustCompile("`(/[a-z0-9]+(?:/[a-z]+)*|\"[a-z]+\"|[a-z]+\\.txt)`") // a path of a server, a member, a file of text
	testNamed = regexp.MustCompile("`((?:Test|Benchmark|Fuzz)[A-Z][A-Za-z0-9]+)`|-(?:run|bench|fuzz) '?\\^?([A-Z][A-Za-z0-9]+)")
)

// TestNamesInPages wants the variables, files and tests that pages name to be there.
func TestNamesInPages(t *testing.T) {
	t.Parallel()
	code, tests := allCode(t), testNames(t)
	for _, p := range pages(t) {
		if p.name == "architecture.md" || p.name == "changelog.md" {
			continue // one has examples of what is not there, the other one what was
		}
		for _, name := range variable.FindAllString(p.text, -1) {
			if !strings.Contains(code, `"`+name+`"`) {
				t.Errorf("%s names %s, which nothing reads", p.name, name)
			}
		}
		for _, found := range pathInTo.FindAllStringSubmatch(p.text, -1) {
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(found[1]))); err != nil {
				t.Errorf("%s names %s, which is not there", p.name, found[1])
			}
		}
		for _, found := range wordOfAPI.FindAllStringSubmatch(p.text, -1) {
			if !strings.Contains(code, found[1]) {
				t.Errorf("%s names %s, which the code does not have", p.name, found[1])
			}
		}
		for _, found := range testNamed.FindAllStringSubmatch(p.text, -1) {
			name, there := found[1]+found[2], false
			for test := range tests {
				there = there || strings.Contains(test, name)
			}
			if !there {
				t.Errorf("%s names %s, and no test is called so", p.name, name)
			}
		}
	}
}

// allCode is the Go files of the module.
func allCode(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, folder := range []string{"api", "config", "model", "ui"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(name string, d os.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".go" {
				return err
			}
			text, err := os.ReadFile(name)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// placeInPage finds a place on disk that a page names.
var placeInPage = regexp.MustCompile("`((?:\\$XDG_[A-Z]+_HOME|~/\\.)[^` ]*)`")

// TestPlacesInPages wants the files that pages name to be where the program has them.
func TestPlacesInPages(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"~/.pgpass": true} // of PostgreSQL
	at := config.FindPaths(func(name string) string { return map[string]string{"HOME": "~"}[name] }, "linux")
	for variable, place := range map[string]string{"$XDG_CONFIG_HOME": at.Config, "$XDG_DATA_HOME": at.Data, "$XDG_STATE_HOME": at.State} {
		place = filepath.ToSlash(place) // as pages write it, on any system
		for _, below := range []string{"", "/", "/config.toml", "/prices.toml", "/errata.db", "/trash"} {
			known[variable+"/errata"+below], known[place+below] = true, true
		}
		known[path.Dir(place)] = true
	}
	found := 0
	for _, p := range pages(t) {
		for _, place := range placeInPage.FindAllStringSubmatch(p.text, -1) {
			found++
			if !known[place[1]] {
				t.Errorf("%s names %s, where errata keeps nothing", p.name, place[1])
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d places were found", found)
	}
}

// numbersInPages are numbers that pages give, each with what it counts.
var numbersInPages = []struct {
	page, says string
	count      func(t *testing.T) int
	want       int
}{
	{"safety.md", "the 21 fields", formFields, 21},
	{"compare.md", "all 21 fields", formFields, 21},
	{"ssh.md", "ten terminals", measuredTerminals, 10},
	{"safety.md", "[Ten terminals]", measuredTerminals, 10},
}

func formFields(*testing.T) int { return len(model.Form()) }

// measuredTerminals counts the columns behind the three that are not of a terminal.
func measuredTerminals(t *testing.T) int {
	for _, p := range pages(t) {
		if p.name == "terminals.md" {
			_, head, _ := strings.Cut(p.text, "\n| cluster ")
			head, _, _ = strings.Cut(head, "\n")
			return strings.Count(head, "|") - 3
		}
	}
	return 0
}

// TestFiguresInPages counts what pages give a number of.
func TestFiguresInPages(t *testing.T) {
	t.Parallel()
	for _, p := range pages(t) {
		for _, f := range numbersInPages {
			if f.page != p.name {
				continue
			}
			if got := f.count(t); got != f.want {
				t.Errorf("%s says %q, and there are %d", p.name, f.says, got)
			}
			if !strings.Contains(p.text, f.says) {
				t.Errorf("%s does not say %q any more: take it off the list", p.name, f.says)
			}
		}
	}
}
