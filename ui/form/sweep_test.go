package form

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
)

// large is a log whose messages and provider_response are too large to be made ready on the key
// path.
func large() string {
	text := strings.Repeat(`a line of the message, one of many\n`, 10_000)
	return fmt.Sprintf(`{"id":"log_1","prompt":{"id":"pr_1"},"messages":[{"role":"user","content":"%s"},{"role":"user","content":"the heron"}],`+
		`"output":"A heron, and a heron.","provider_response":{"text":"%s","bird":"heron"}}`, text, text)
}

// The first hit is shown while the search goes on, from the cursor's row; the rest is counted in.
func TestTheFirstHitIsShownBeforeTheLast(t *testing.T) {
	t.Parallel()
	d := drive(t, large(), 120, 40)
	output, _ := model.Lookup("output")
	d.m.GoTo(output)
	d.press("/").write("heron")
	cmd := d.update(tea.KeyMsg{Type: tea.KeyEnter})
	d.shows("searching for heron")
	first, ok := cmd().(hitsMsg)
	if !ok || len(first.hits) != 2 || first.rest == nil {
		t.Fatalf("the first report is %+v", first)
	}
	d.m.Update(first)
	d.shows("2 hits so far")
	d.press("n", "n", "n") // one more than are known, and one more than that
	d.run(first.rest.run)
	d.shows("1 of 4 hits")
}

// What a search had to make ready is there for the pane.
func TestASearchLeavesItsSourcesToThePane(t *testing.T) {
	t.Parallel()
	d := drive(t, large(), 120, 40)
	response, _ := model.Lookup("provider_response")
	d.press("/").write("bird").press("enter")
	if d.m.Field() != response {
		t.Fatalf("the cursor is on %v", d.m.Field())
	}
	if h := d.m.sources[paneKey{row: d.m.cursor}]; h.source == nil {
		t.Error("the source is made again")
	}
	d.shows(`"bird": "heron"`)
}

// A search that another log has overtaken says nothing.
func TestASearchEndsWithItsLog(t *testing.T) {
	t.Parallel()
	d := drive(t, large(), 120, 40).press("/").write("heron")
	cmd := d.update(tea.KeyMsg{Type: tea.KeyEnter})
	log, err := model.ParseLog([]byte(`{"id":"log_2","prompt":{"id":"pr_1"},"output":"a gull"}`))
	if err != nil {
		t.Fatal(err)
	}
	d.m.SetChanges(model.NewChangeSet(log))
	d.run(cmd)
	d.showsNot("heron")
}
