package sanitize

import (
	"slices"
	"testing"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text       string
		hang, ends bool
		want       []int
	}{
		{"", true, false, []int{0}},
		{"ten cells!", true, false, []int{0}},
		{"ten cells! more", true, false, []int{0, 11}}, // the space hangs over
		{"ten cells! more", false, false, []int{0, 10}},
		{"ten cells! ", true, false, []int{0}},
		{"ten cells! ", true, true, []int{0, 11}}, // a row for the cursor
		{"one two three", true, false, []int{0, 8}},
		{"a bcdefghijklmnop", true, false, []int{0, 10}}, // half a row would stay empty
		{"日本語日本語", true, false, []int{0, 15}},
		{"ten cells!\r\n", true, false, []int{0}},
	} {
		if got := Wrap([]byte(c.text), 10, c.hang, c.ends); !slices.Equal(got, c.want) {
			t.Errorf("%q (%v, %v) has rows at %v, want %v", c.text, c.hang, c.ends, got, c.want)
		}
	}
}
