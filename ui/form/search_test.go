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
	more := d.update(cmd())
	d.shows("2 hits so far")
	d.press("n", "n", "n") // one more than are known, and one more than that
	d.run(more)
	d.shows("1 of 4 hits")
}

// A hit in a large value is shown once the value is ready.
func TestAHitInALargeValueIsShown(t *testing.T) {
	t.Parallel()
	d := drive(t, large(), 120, 40)
	response, _ := model.Lookup("provider_response")
	d.press("/").write("bird").press("enter")
	if d.m.Field() != response {
		t.Fatalf("the cursor is on %v", d.m.Field())
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

// After a change of a value the search goes on from where it was, in the value as it is now.
func TestNextGoesOnAfterAChange(t *testing.T) {
	t.Parallel()
	const doc = `{"id":"log_1","prompt":{"id":"pr_1"},"messages":[{"role":"user","content":"ebb"}],"output":"ebb, ebb and ebb"}`
	for key, want := range map[string]string{"n": "ebb, a new Xebb and ebb", "N": "Xebb, a new ebb and ebb"} {
		d := drive(t, doc, 120, 40)
		d.press("/").write("ebb").press("enter", "n")
		d.shows("2 of 4 hits for ebb")
		d.press("n", "enter").write("a new ").press("esc")
		d.press(key, "enter").write("X").press("esc")
		d.body(`{"output":"` + want + `"}`)
	}
}

// A text that is not a value yet is what is shown, searched and opened.
func TestATextThatIsNoValueIsSearched(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 120, 40)
	d.at("prompt_tokens").press("enter", "ctrl+a", "ctrl+k").write("twelve or twelve").press("esc", "esc")
	d.press("/").write("twelve").press("enter", "n").shows("2 of 2 hits for twelve")
	d.press("enter").write("X")
	if text := string(d.m.edit.ed.Text().Bytes()); text != "twelve or Xtwelve" {
		t.Errorf("the text is %q", text)
	}
}
