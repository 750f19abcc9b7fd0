package config

import (
	"strings"
	"testing"
)

func TestColumns(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "columns = [\"time\", 'metadata.channel', \"judgment.rating\", \"output\"]\n")
	var names []string
	for _, c := range p.load(t, nil).Columns() {
		names = append(names, c.Name)
	}
	if got := strings.Join(names, " "); got != "time metadata.channel judgment.rating output" {
		t.Errorf("the columns are %s", got)
	}
	if got := newPlace(t, "").load(t, nil).Columns(); got != nil {
		t.Errorf("without a word of them they are %v", got)
	}
}

func TestColumnsThatAreNone(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"columns = 'time'\n":               `config.toml:1: columns: want a list like ["time"`,
		"columns = [1]\n":                  "want a list like",
		"columns = []\n":                   "name one column at least",
		"\ncolumns = ['time', 'moddel']\n": "config.toml:2: columns: there is no column moddel; did you mean model",
		"columns = ['time', 'time']\n":     "time stands twice",
		"columns = ['metadata.']\n":        "column 10: a name is missing",
		"colums = ['time']\n":              "did you mean columns",
	} {
		p := newPlace(t, file)
		if _, err := Load(nil, p.env); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}
