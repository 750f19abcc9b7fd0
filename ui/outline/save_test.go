package outline

import (
	"strings"
	"testing"

	"errata/ui/rows"
	"errata/ui/uitest"
)

// A picture is a line that says what it is; its text stays what it was, and O saves it.
func TestHeldDataIsALine(t *testing.T) {
	t.Parallel()
	const gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7R0lGODlhAQABAIAA"
	literal := `{"picture": "` + gif + `", "words": "R0lGODlh"}`
	d := drive(t, literal, 70, 8)
	d.shows("▸ + picture: [image image/gif, 54 bytes, 1×1 pixels]", "    words: R0lGODlh")
	if strings.Contains(d.screen(), gif[:20]) {
		t.Errorf("the data are in sight:\n%s", d.screen())
	}
	_, cmd := d.Update(uitest.Key("O"))
	msg, ok := cmd().(rows.SaveMsg)
	if data, err := msg.Data(); !ok || msg.Name != "image.gif" || msg.Kind != "image" || err != nil || !strings.HasPrefix(string(data), "GIF89a") {
		t.Errorf("O asks for %+v", msg)
	}
	d.press("j O").says("there is no image, sound or file under the cursor")
	d.holds(literal)
}
