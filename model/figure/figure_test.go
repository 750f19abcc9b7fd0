package figure

import "testing"

func TestSizes(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		0: "0 bytes", 1: "1 byte", 999: "999 bytes", 12_345: "12,345 bytes", 99_999: "99,999 bytes", 100_000: "100 kB",
		999_499: "999 kB", 999_500: "1.0 MB", 12_345_678: "12.3 MB", 104_857_600: "104.9 MB", 2_345_600_000: "2,345.6 MB",
	} {
		if got := Size(n); got != want {
			t.Errorf("%d bytes are %q, want %q", n, got, want)
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n          int64
		noun, want string
	}{
		{0, "log", "0 logs"}, {1, "log", "1 log"}, {1, "entry", "1 entry"}, {2, "entry", "2 entries"}, {1, "batch", "1 batch"}, {2, "batch", "2 batches"},
		{999, "hit", "999 hits"}, {1_000, "hit", "1,000 hits"}, {1_234_567, "line", "1,234,567 lines"}, {-1_234, "line", "-1,234 lines"},
	} {
		if got := Count(c.n, c.noun); got != c.want {
			t.Errorf("%d are %q, want %q", c.n, got, c.want)
		}
	}
}

func TestThousands(t *testing.T) {
	t.Parallel()
	for literal, want := range map[string]string{
		"": "", "-": "-", "12": "12", "0.123456": "0.123456", "1234.5678": "1,234.5678", "-1234567": "-1,234,567",
		"9007199254740993.0": "9,007,199,254,740,993.0", "1e6": "1e6", "12 345": "12 345", "12.3.4": "12.3.4",
	} {
		if got := Thousands(literal); got != want {
			t.Errorf("%q is %q, want %q", literal, got, want)
		}
	}
}
