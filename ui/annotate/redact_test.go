package annotate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/annotate"
)

// What was typed to begin a queue, and why a log of it failed, goes where it holds what has to go.
// How far each log is stays.
func TestWordsOfAQueueAreTakenOut(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	begin := func(server, query string) *annotate.Queue {
		q, err := annotate.New(state, annotate.Head{Server: server, Query: query, Key: "k"}, []string{"log_a", "log_b"})
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	of, other, plain := begin("here", "--search okonkwo"), begin("there", "--search okonkwo"), begin("here", "--errors")
	if err := of.Fail("log_b", "metadata.who: okonkwo is too long"); err != nil {
		t.Fatal(err)
	}
	holds := func(literal []byte) bool { return bytes.Contains(literal, []byte("okonkwo")) }
	if n, err := annotate.Redact(state, "here", holds); n != 0 || err == nil || !strings.Contains(err.Error(), "another errata works on this queue") {
		t.Errorf("one that is in use: %d, %v", n, err)
	}
	for _, q := range []*annotate.Queue{of, other, plain} {
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := annotate.Redact(state, "here", holds); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	data, err := os.ReadFile(filepath.Join(state, "queues", of.ID+".jsonl"))
	if err != nil || holds(data) {
		t.Errorf("%v: it holds %s", err, data)
	}
	again, err := annotate.Open(state, of.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if is, why := again.Of("log_b"); is != annotate.Failed || why != "redacted" || again.Len() != 2 {
		t.Errorf("log_b is %v, %s, of %d", is, why, again.Len())
	}
}
