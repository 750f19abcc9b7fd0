package term

import (
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
)

// A row without doubtful clusters is measured alike by every way of measuring, whatever is in it.
func TestUndoubtedClustersHaveOneWidth(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		c := sanitize.First(string(r))
		if !c.Sure || c.Width != 1 || c.Text == "" {
			continue
		}
		if wc, whole := ansi.WcWidth.StringWidth(c.Text), ansi.GraphemeWidth.StringWidth(c.Text); wc != whole {
			t.Errorf("%U is %d or %d wide, and not doubted", r, wc, whole)
		}
	}
}
