package layout

import "testing"

// The bar tells truly whether rows are hidden above and below, wherever it has room for that.
func TestThumb(t *testing.T) {
	t.Parallel()
	for h := 1; h < 30; h++ {
		for n := range 90 {
			for top := range max(n-h, 0) + 1 {
				first, last := Thumb(top, h, n)
				switch {
				case n <= h:
					if first != 0 || last != 0 {
						t.Fatalf("%d of %d rows: %d to %d", h, n, first, last)
					}
				case first < 0 || last <= first || last > h:
					t.Fatalf("%d of %d rows from %d: %d to %d", h, n, top, first, last)
				case h > 3 && ((first == 0) != (top == 0) || (last == h) != (top == n-h)):
					t.Fatalf("%d of %d rows from %d: %d to %d touches a wrong end", h, n, top, first, last)
				}
			}
		}
	}
}
