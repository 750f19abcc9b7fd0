//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// pictured are the screens of which there are pictures, each with the keys that lead there from the
// list of the sample logs, and what it then shows.
var pictured = []struct {
	name  string
	keys  []string
	shows string
}{
	{"01-list", nil, "Logs"},
	{"02-marked", []string{"j", " ", "j", " ", "j"}, "2 marked"},
	{"03-filter", []string{"/", "bread"}, "filter: bread"},
	{"04-prompts", []string{"p"}, "all prompts"},
	{"05-form", []string{"\r"}, "Conversation"},
	{"06-text", []string{"\r", "gjj", "\r", " And more."}, "And more."},
	{"07-messages", []string{"\r", "g", "\r"}, "editing"},
	{"08-diff", []string{"\r", "gjj", "\r", " And more.", "\x1b", "d"}, "old and new"},
	{"09-fill", []string{"\r", "f"}, "what follows"},
	{"10-review", []string{"\r", "gjj", "\r", " And more.", "\x1b", "\x13"}, "Review"},
	{"11-history", []string{"H"}, "History"},
	{"12-bulk", []string{" ", "j", " ", "b", "finish_reason=length", "\r"}, "Review of 2"},
	{"13-help", []string{"?"}, "Help: Browse"},
	{"14-themes", []string{"\x1bOQ"}, "Themes"},
}

// TestPictures draws every screen in three sizes and three themes into the folder that
// ERRATA_PICTURES names, as SVG files, from frames that the program drew.
func TestPictures(t *testing.T) {
	dir := os.Getenv("ERRATA_PICTURES")
	if dir == "" {
		t.Skip("ERRATA_PICTURES=DIR go test ./ui/cli -run TestPictures draws pictures of the screens")
	}
	h := newHome(t)
	h.run("import", "../sample/logs.jsonl")
	id := h.run("list", "--limit", "1", "-q", ".[0].id")
	h.run("set", "--yes", strings.TrimSpace(id), "finish_reason=stop", "metadata.checked=yes")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for name, g := range map[string]ground{"dark": onDark, "light": onLight, "none": onDark} {
			for _, p := range pictured {
				title := fmt.Sprintf("%s-%dx%d-%s", p.name, size[0], size[1], name)
				r := h.open(size[0], size[1], "--theme", name)
				r.Shows("31 logs")
				r.Quiet(300 * time.Millisecond)
				for _, k := range p.keys {
					r.Send(k)
					r.Quiet(150 * time.Millisecond)
				}
				r.Shows(p.shows)
				r.Quiet(300 * time.Millisecond)
				var drawn []byte
				r.Look(func(screen *vt.Emulator) { drawn = g.drawing(screen, title) })
				if err := os.WriteFile(filepath.Join(dir, title+".svg"), drawn, 0o644); err != nil {
					t.Fatal(err)
				}
				r.HangUp()
				if err := os.RemoveAll(filepath.Join(stateOf(h.dir), "drafts")); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
