package spell

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	commands := []string{"list", "history", "import", "export", "set", "get", "undo", "config", "completion", "check"}
	for typed, want := range map[string]string{
		"histroy": "history", "HISTORY": "history", "lsit": "list", "imprt": "import", "exprot": "export", "udno": "undo",
		"sett": "set", "hist": "history", "comp": "completion", "lists": "list",
		"": "", "x": "", "co": "", "c": "", "test": "", "log_1": "", "frobnicate": "",
		strings.Repeat("list", 1000): "",
	} {
		if got := Nearest(typed, commands); got != want {
			t.Errorf("%.20s: %q, want %q", typed, got, want)
		}
	}
}

func TestABeginningOfSeveralIsNone(t *testing.T) {
	t.Parallel()
	known := []string{"prompt_tokens", "prompt_cost"}
	if got := Meant("prompt", known); got != "" {
		t.Error(got)
	}
	if got := Meant("prompt_t", known); got != "; did you mean prompt_tokens" {
		t.Error(got)
	}
}
