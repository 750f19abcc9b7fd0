package cli_test

import (
	"strings"
	"testing"
)

func TestColumns(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage, dried"), plot("log_b", "two\nlines"))
	for _, c := range []struct {
		args, stdout, stderr string
		code                 int
	}{
		{"list --columns id,output --as csv --oldest", "id,output\nlog_a,\"sage, dried\"\nlog_b,\"two\nlines\"\n", "", 0},
		{"list --columns id,output --as tsv --where .output==\"two\\nlines\"", "id\toutput\nlog_b\ttwo\\nlines\n", "", 0},
		{"list --columns id,output --as csv --where false", "id,output\n", "", 0},
		{"list --columns id,output --as tsv --where false", "id\toutput\n", "", 0},
		{"list --columns id,output --as jsonl --where false", "", "", 0},
		{"list --columns id,output --where false", "", "no log fits", 0},
		{"list --columns id,question,time --as csv log_a", "id,question,time\nlog_a,,2025-07-01T10:00:00Z\n", "", 0},
		{"list --columns id --as jsonl --json log_a", "{\"id\":\"log_a\"}\n", "", 0},
		{"list --columns id --json", "", "--as jsonl prints columns as JSON", 2},
		{"list --as csv --json", "", "--as jsonl prints columns as JSON", 2},
		{"list --columns id -q .", "", "do not go together", 2},
		{"list --columns=", "", "column 1: a name is missing", 2},
		{"list --columns id,metdata.bed --as csv log_a", "id,metdata.bed\nlog_a,\n", `no log that is listed has "metdata"; did you mean metadata`, 0},
		{"list --columns metdata.bed --as csv --where false", "metdata.bed\n", "", 0},
		{"get log_a id prompt.path --as csv", "id,prompt.path\nlog_a,herbs\n", "", 0},
		{"get log_a metadata.bed error --as tsv", "metadata.bed\terror\n\t\n", "", 0},
		{"get log_a metdata.bed --as csv", "", `there is no field "metdata"; did you mean metadata`, 2},
	} {
		got := run(t, at(r.URL), strings.Fields(c.args)...)
		if got.code != c.code || got.stdout != c.stdout || !strings.Contains(got.stderr, c.stderr) || c.stderr == "" && strings.Contains(got.stderr, "errata:") {
			t.Errorf("%s: exit code %d\n%s%s", c.args, got.code, got.stdout, got.stderr)
		}
	}
}
