package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "[redact]\nwords = [\"Falkenberg\", \"Mondstein*\"]\nwords_file = \"names.txt\"\n[redact.patterns]\nticket = 'T-\\d+'\n")
	if err := os.WriteFile(filepath.Join(filepath.Dir(p.file), "names.txt"), []byte("# people\r\nOkonkwo\r\n\r\n Ada Lindqvist \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := p.load(t, nil).Redact()
	if err != nil || !slices.Equal(o.Words, []string{"Falkenberg", "Mondstein*", "Okonkwo", "Ada Lindqvist"}) {
		t.Errorf("%q, %v", o.Words, err)
	}
	if len(o.Patterns) != 1 || o.Patterns[0].Name != "ticket" || !o.Patterns[0].Expr.MatchString("T-4711") {
		t.Errorf("%v", o.Patterns)
	}
	o, err = newPlace(t, "[redact]\npatterns = ['T-\\d+']\n").load(t, nil).Redact()
	if err != nil || len(o.Patterns) != 1 || o.Patterns[0].Name != "word" {
		t.Errorf("%v, %v", o, err)
	}
}

func TestRedactRefusals(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"redact = 1":                       "want a table [redact]",
		"[redact]\nwords = \"x\"":          ":2: words: want a list of texts",
		"[redact]\nwords = [\"\"]":         "want a list of texts",
		"[redact]\nwrods = []":             "words",
		"[redact]\npatterns = ['(']":       ":2: patterns: not a regular expression",
		"[redact]\npatterns = ['x*']":      "it also fits where nothing stands",
		"[redact.patterns]\n\"A b\" = 'x'": "a name is of small letters",
		"[redact.patterns]\nticket = 5":    "want a regular expression in quotes",
	} {
		_, err := Load(nil, newPlace(t, file).env)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
	if _, err := newPlace(t, "[redact]\nwords_file = \"none\"").load(t, nil).Redact(); err == nil || !strings.Contains(err.Error(), "the file of words cannot be read") {
		t.Error(err)
	}
}
