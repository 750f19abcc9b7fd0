//go:build unix

package cli_test

import (
	"encoding/xml"
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

// TestPictures draws every screen from a frame that the program drew, as an SVG file: at 80×24 on a
// dark ground, or in three sizes and three themes into the folder that is named:
//
//	ERRATA_PICTURES=DIR go test ./ui/cli -run TestPictures
func TestPictures(t *testing.T) {
	dir, sizes, grounds := t.TempDir(), [][2]int{{80, 24}}, map[string]ground{"dark": onDark}
	if named := os.Getenv("ERRATA_PICTURES"); named != "" {
		dir, sizes = named, [][2]int{{80, 24}, {120, 40}, {200, 60}}
		grounds = map[string]ground{"dark": onDark, "light": onLight, "none": onDark}
	}
	for _, p := range pictured {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for _, size := range sizes {
				for theme, g := range grounds {
					title := fmt.Sprintf("%s-%dx%d-%s", p.name, size[0], size[1], theme)
					drawn := pictureHome(t).picture(size, theme, p.keys, p.shows, func(screen *vt.Emulator, cursor bool) []byte {
						return g.drawing(screen, title, cursor)
					})
					if err := xml.Unmarshal(drawn, new(struct{})); err != nil {
						t.Errorf("%s is no SVG: %v", title, err)
					}
					if err := os.WriteFile(filepath.Join(dir, title+".svg"), drawn, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}

// pictureHome has the sample logs, and an entry in the history.
func pictureHome(t *testing.T) home {
	h := newHome(t)
	h.run("import", "../sample/logs.jsonl")
	id := h.run("list", "--limit", "1", "-q", ".[0].id")
	h.run("set", "--yes", strings.TrimSpace(id), "finish_reason=stop", "metadata.checked=yes")
	return h
}

// picture is what is drawn of the screen that keys lead to, which then shows some words.
func (h home) picture(size [2]int, theme string, keys []string, shows string, draw func(screen *vt.Emulator, cursor bool) []byte) (drawn []byte) {
	r := h.open(size[0], size[1], "--theme", theme)
	r.Shows("31 logs")
	r.Quiet(300 * time.Millisecond)
	for _, k := range keys {
		r.Send(k)
		r.Quiet(150 * time.Millisecond)
	}
	r.Shows(shows)
	r.Quiet(300 * time.Millisecond)
	cursor := r.CursorShown()
	r.Look(func(screen *vt.Emulator) { drawn = draw(screen, cursor) })
	r.HangUp()
	return drawn
}
