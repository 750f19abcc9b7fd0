package bars

import (
	"fmt"

	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"
)

// Progress draws how much of all is done: a bar of w cells, without colours, and the share. It is
// "" while all is not known.
func Progress(done, all, w int) string {
	if all <= 0 {
		return ""
	}
	bar := progress.New(progress.WithWidth(w), progress.WithoutPercentage(), progress.WithColorProfile(termenv.Ascii))
	share := min(float64(max(done, 0))/float64(all), 1)
	return bar.ViewAs(share) + fmt.Sprintf(" %d %%", int(100*share))
}
