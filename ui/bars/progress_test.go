package bars

import "testing"

func TestProgress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done, all int
		want      string
	}{
		{0, 0, ""}, {-1, 4, "░░░░ 0 %"}, {0, 4, "░░░░ 0 %"}, {1, 2, "██░░ 50 %"}, {999, 1000, "████ 99 %"}, {5, 4, "████ 100 %"},
	} {
		if got := Progress(c.done, c.all, 4); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.done, c.all, got, c.want)
		}
	}
}
