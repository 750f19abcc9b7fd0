package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/cli"
)

// homeAt points a run to a server, with a home that several runs share.
func homeAt(url, home string) func(*cli.Env) {
	return func(e *cli.Env) {
		at(url)(e)
		e.Environ = append(e.Environ, "HOME="+home)
	}
}

func TestADeletionGoesOnWhereItWasKilled(t *testing.T) {
	t.Parallel()
	var logs []string
	for i := range 120 {
		logs = append(logs, plot(fmt.Sprintf("log_%03d", i), "sage"))
	}
	r, home := newRemote(t, logs...), t.TempDir()
	ctx, kill := context.WithCancel(t.Context())
	deletes := 0
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		if req.Method == http.MethodDelete {
			if deletes++; deletes == 2 { // it is carried out, and nobody hears of it
				kill()
			}
		}
		return false
	})
	got := runIn(t, ctx, homeAt(r.URL, home), "delete", "--all", "--yes")
	if got.code != 130 || !strings.Contains(got.stderr, "the same command goes on") {
		t.Fatalf("exit code %d\n%s", got.code, got.stderr)
	}
	got = run(t, homeAt(r.URL, home), "delete", "--all", "--yes")
	got.wants(t, 0, "going on with the deletion of 120 logs", "120 logs deleted")
	if deletes != 3 {
		t.Errorf("%d requests to delete, want one for each step", deletes)
	}
	files, _ := filepath.Glob(filepath.Join(home, ".local/state/errata/trash/*"))
	if len(files) != 1 {
		t.Fatalf("the trash is %v", files)
	}
	data, err := os.ReadFile(files[0])
	if err != nil || bytes.Count(data, []byte("\n")) != 120 {
		t.Errorf("the trash has %d lines, %v", bytes.Count(data, []byte("\n")), err)
	}
	for i := range 120 {
		if n := bytes.Count(data, fmt.Appendf(nil, `"log_%03d"`, i)); n != 1 {
			t.Errorf("log_%03d stands %d times in the trash", i, n)
		}
	}
	run(t, homeAt(r.URL, home), "delete", "--all", "--yes").wants(t, 0, "no log fits")
}

func TestWhatIsDeletedIsTypedBack(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"), plot("log_c", "mint"), plot("log_d", "dill"))
	for _, test := range []struct {
		answer string
		args   []string
		code   int
		word   string
	}{
		{"y\n", []string{"log_a"}, 1, "nothing was deleted"},
		{"", []string{"log_a"}, 1, "nothing was deleted"},
		{"log_b log_a\n", []string{"log_a", "log_b"}, 1, "type the ids, with spaces between them,"},
		{"3\n", []string{"--all"}, 1, "type the number of logs"},
		{"log_a  log_b\n", []string{"log_a", "log_b"}, 0, "2 logs deleted"},
		{"LOG_C\n", []string{"log_c"}, 0, "1 log deleted"},
	} {
		reviewing(t, r, test.answer, nil, append([]string{"delete"}, test.args...)...).wants(t, test.code, test.word)
	}
	if list := run(t, at(r.URL), "list", "--all").stdout; !strings.Contains(list, "log_d") || strings.Contains(list, "log_a") {
		t.Error(list)
	}
}

func TestALogThatStaysIsNamed(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"))
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		if req.Method == http.MethodDelete {
			w.WriteHeader(http.StatusNoContent)
			return true
		}
		return false
	})
	run(t, at(r.URL), "delete", "log_a", "--yes").wants(t, 7, "log log_a is still there", "0 logs deleted, 1 left")
}

// TestRoomOfDeletedLogs says how much of the store's file is free, where that is worth a sentence.
func TestRoomOfDeletedLogs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, db := filepath.Join(dir, "logs.jsonl"), filepath.Join(dir, "errata.db")
	manyLogs(t, path, 600, 8000)
	run(t, nil, "--db", db, "import", path).wants(t, 0, "600 logs")
	if got := run(t, nil, "--db", db, "delete", "log_000001", "--yes"); got.code != 0 || strings.Contains(got.stderr, "keeps its size") {
		t.Errorf("after one log: %q", got.stderr)
	}
	if got := run(t, nil, "--db", db, "doctor"); strings.Contains(got.stdout, "free for logs") {
		t.Errorf("after one log: %q", got.stdout)
	}
	const free = "are free for logs to come, and errata backup FILE writes a copy without them"
	run(t, nil, "--db", db, "delete", "--all", "--yes").wants(t, 0, "599 logs deleted", "the file of the store keeps its size: ", free)
	if got := run(t, nil, "--db", db, "doctor"); !strings.Contains(got.stdout, free) {
		t.Errorf("doctor says %q", got.stdout)
	}
	run(t, nil, "--db", db, "backup", filepath.Join(dir, "copy.db")).wants(t, 0)
	if info, err := os.Stat(filepath.Join(dir, "copy.db")); err != nil || info.Size() > 1<<20 {
		t.Errorf("the copy: %v, %v", info, err)
	}
}
