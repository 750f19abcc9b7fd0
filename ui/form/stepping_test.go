package form

import "testing"

func TestStepNumberKeepsTheDigits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, up, down string
	}{
		{"12", "13", "11"},
		{"0", "1", "-1"},
		{"", "1", "-1"},
		{"-1", "0", "-2"},
		{"0.10", "0.11", "0.09"},
		{"0.00", "0.01", "-0.01"},
		{"9.99", "10.00", "9.98"},
		{"-0.01", "0.00", "-0.02"},
		{"9007199254740993", "9007199254740994", "9007199254740992"},
		{"1e-07", "", ""},
		{"1_000", "", ""},
		{"+5", "", ""},
		{"1.2.3", "", ""},
		{"abc", "", ""},
	} {
		if got := stepNumber(c.text, -1); got != c.up {
			t.Errorf("%q up is %q, want %q", c.text, got, c.up)
		}
		if got := stepNumber(c.text, 1); got != c.down {
			t.Errorf("%q down is %q, want %q", c.text, got, c.down)
		}
	}
}
