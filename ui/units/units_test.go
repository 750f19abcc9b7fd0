package units

import (
	"testing"

	"errata/model"
)

func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ field, literal, want string }{
		{"prompt_tokens", "0", "0 tokens"},
		{"prompt_tokens", "999", "999 tokens"},
		{"prompt_tokens", "12345", "12,345 tokens"},
		{"prompt_tokens", "-1234567", "-1,234,567 tokens"},
		{"prompt_tokens", "9007199254740993.0", "9,007,199,254,740,993.0 tokens"},
		{"prompt_tokens", "1e6", "1e6 tokens"},
		{"prompt_cost", "0.000123", "$0.000123"},
		{"prompt_cost", "0.10", "$0.10"},
		{"prompt_cost", "1e-07", "$0.0000001"},
		{"prompt_cost", "-1234.50", "-$1,234.50"},
		{"prompt_cost", "1e400", "$1e400"},
		{"provider_latency", "1234.5678", "1,234.5678 s"},
		{"provider_latency", "1E+2", "1E+2 s"},
		{"output", "12345", "12345"},
	} {
		f, _ := model.Lookup(c.field)
		if got := Of(f, c.literal); got != c.want {
			t.Errorf("%s %s is shown as %q, want %q", c.field, c.literal, got, c.want)
		}
	}
}

func TestFigureSaysOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ field, text, want string }{
		{"prompt_tokens", "12345", "12,345"},
		{"prompt_tokens", "123", ""},
		{"prompt_tokens", "12 345", ""},
		{"prompt_tokens", "=1+1", ""},
		{"prompt_cost", "1e-7", "$0.0000001"},
		{"prompt_cost", "x", ""},
	} {
		f, _ := model.Lookup(c.field)
		if got := Figure(f, c.text); got != c.want {
			t.Errorf("%s %q is %q, want %q", c.field, c.text, got, c.want)
		}
	}
}
