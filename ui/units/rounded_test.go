package units

import "testing"

func TestShort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		literal string
		unit    Unit
		want    string
	}{
		{"0", Tokens, "0"}, {"1234", Tokens, "1,234"}, {"123456", Tokens, "123k"}, {"999500", Tokens, "1.0M"}, {"9007199254740993", Tokens, "9e+15"}, {"x", Tokens, "x"}, {"", Tokens, ""},
		{"0", USD, "$0"}, {"0.00010395", USD, "$0.0001"}, {"0.0032225", USD, "$0.0032"}, {"0.1", USD, "$0.10"}, {"0.2750275", USD, "$0.28"}, {"0.999", USD, "$1.00"},
		{"12.3456", USD, "$12.35"}, {"12345.6", USD, "$12,346"}, {"-0.0999999", USD, "-$0.10"}, {"1e-9", USD, "<$0.00001"}, {"1e-07", USD, "<$0.00001"},
		{"0", Seconds, "0 s"}, {"0.212", Seconds, "212 ms"}, {"2.913", Seconds, "2.9 s"}, {"0.9996", Seconds, "1.0 s"}, {"264.6", Seconds, "265 s"}, {"1e400", Seconds, "1e400"},
	} {
		if got := Short(c.literal, c.unit); got != c.want {
			t.Errorf("%s is %q, want %q", c.literal, got, c.want)
		}
	}
}
