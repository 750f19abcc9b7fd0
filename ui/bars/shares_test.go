package bars

import "testing"

func TestShares(t *testing.T) {
	t.Parallel()
	fills := []string{"#", "=", "-"}
	for _, c := range []struct {
		shares []float64
		w      int
		want   string
	}{
		{[]float64{0.5, 0.5}, 8, "####===="},
		{[]float64{0.28, 0.001, 0.719}, 10, "###=------"},
		{[]float64{0, 1}, 5, "====="},
		{[]float64{1, 0}, 5, "#####"},
		{[]float64{0.1, 0.1, 0.8}, 2, "--"},
		{[]float64{0.34, 0.33, 0.33}, 1, "#"},
		{[]float64{0.01, 0.01, 0.98}, 3, "#=-"},
		{[]float64{0.17, 0.17, 0.17, 0.49}, 4, "#=-#"},
		{[]float64{1}, 0, ""},
		{nil, 4, ""},
	} {
		if got := Shares(c.shares, fills, c.w); got != c.want {
			t.Errorf("%v in %d cells: %q, want %q", c.shares, c.w, got, c.want)
		}
	}
	if got := Shares([]float64{1}, nil, 4); got != "" {
		t.Errorf("without fills: %q", got)
	}
}
