package compare

import (
	"testing"

	"errata/ui/term"
	"errata/ui/uitest"
)

func TestAClickSelectsAPlaceOfOneOfTheLogs(t *testing.T) {
	t.Parallel()
	d := drive(t, early, late, 120, 40)
	x, y := uitest.At(t, d.View(), "metadata.tags[1]")
	d.give(term.ClickMsg{X: x, Y: y})
	d.shows("▸ metadata.tags[1]")
	d.press("m").shows("metadata.tags[1] copied into log_early")
	d.press("u").rest()
	d.give(term.ClickMsg{X: 100, Y: y})
	d.press("m").shows("metadata.tags[1] copied into log_late")
}
