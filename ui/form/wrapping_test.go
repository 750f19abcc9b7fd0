package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// A text has the same rows where it is read and where it is edited: no word moves when it is
// opened.
func TestATextIsWrappedAlikeWhereItIsReadAndEdited(t *testing.T) {
	t.Parallel()
	var words strings.Builder
	for n := range 60 {
		fmt.Fprintf(&words, "n%d ", n*n)
	}
	doc := strings.Replace(document, "At nine.", words.String()+"日本語日本語日本語日本語日本語日本語日本語日本語 end", 1)
	word := regexp.MustCompile(`n\d+|[日本語]+|end`)
	for w := 40; w < 100; w++ { // wider windows have the list beside what is edited
		d := drive(t, doc, w, 40).at("output")
		rows := func() (list []string) {
			for line := range strings.SplitSeq(ansi.Strip(d.m.View()), "\n") {
				if pane := []rune(line); len(pane) > d.m.parts.Pane.X && strings.TrimSpace(line) != "" {
					if found := word.FindAllString(string(pane[d.m.parts.Pane.X:]), -1); found != nil {
						list = append(list, strings.Join(found, " "))
					}
				}
			}
			return list
		}
		d.press("space")
		read := rows()
		d.press("esc", "enter")
		if edited := rows(); len(read) < 4 || !slices.Equal(read, edited) {
			t.Fatalf("%d cells: read as\n%s\nedited as\n%s", w, strings.Join(read, "\n"), strings.Join(edited, "\n"))
		}
	}
}
