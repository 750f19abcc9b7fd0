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

func TestClip(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "four": "four", "fives": "fiv…", "äöüß": "äöüß", "äöüßs": "äöü…", "a\xffb\xffc": "a\xffb…"} {
		if got := Clip(text, 4); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestBegun(t *testing.T) {
	t.Parallel()
	if got := Begun("one line\nand more"); got != "one line" {
		t.Error(got)
	}
	if got, want := Begun(strings.Repeat("ö", 61)), strings.Repeat("ö", 59)+"…"; got != want {
		t.Error(got)
	}
}
