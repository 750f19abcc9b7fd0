package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"errata/api"
	"errata/api/store"
)

const anyText = `"spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"text"}`

// TestScansAndWalksShowJudgments wants whoever goes through all logs to see them as they are shown.
func TestScansAndWalksShowJudgments(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]func(t *testing.T) string{
		"file":   func(*testing.T) string { return ":memory:" },
		"server": func(t *testing.T) string { return onPostgres(t).database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, address(t))
			for i := range 70 {
				put(t, s, logDoc(fmt.Sprintf("log_%02d", i), "pr_1", `, "evaluator_logs": [{"id": "log_in`+fmt.Sprint(i)+`"}], "output": "x"`))
			}
			seen(t, s, 70)
			for i := range 40 {
				if _, err := s.CreateJudgment(t.Context(), api.CreateQuery{}, fmt.Appendf(nil, `{"path":"note","parent_id":"log_%02d","judgment":"n",%s}`, i, anyText)); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.DeleteLogs(t.Context(), []string{"log_in69"}); err != nil {
				t.Fatal(err)
			}
			seen(t, s, 70)
		})
	}
}

// seen compares a scan and a walk of all logs with each log by itself.
func seen(t *testing.T, s *store.Store, want int) {
	t.Helper()
	check := func(id string, doc []byte) {
		t.Helper()
		alone, err := s.Log(t.Context(), id)
		if err != nil || !bytes.Equal(alone.Raw, doc) {
			t.Errorf("%s is shown as\n%s\nalone it is\n%s, %v", id, doc, alone.Raw, err)
		}
	}
	n := 0
	err := s.Walk(t.Context(), "pr_1", func(doc []byte) error {
		n++
		check(idIn(t, doc), doc)
		return nil
	})
	if err != nil || n != want {
		t.Errorf("walked over %d logs, %v", n, err)
	}
	scan, err := s.Scan(t.Context(), api.ScanQuery{Files: []string{"pr_1"}})
	if err != nil {
		t.Fatal(err)
	}
	for n = 0; ; {
		docs, err := scan.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			n++
			check(string(doc[8:14]), doc)
		}
	}
	if n != want {
		t.Errorf("scanned %d logs", n)
	}
}

// TestCopyTakesJudgmentsAlong copies a store in which was judged, and a judgment deleted.
func TestCopyTakesJudgmentsAlong(t *testing.T) {
	t.Parallel()
	from, to := open(t, ":memory:"), open(t, ":memory:")
	put(t, from, logDoc("log_a", "pr_1", `, "evaluator_logs": [{"id": "log_in", "evaluator": {"id": "ev_in", "version_id": "v"}}, {"id": "log_stays"}]`))
	for _, body := range []string{`{"path":"note","parent_id":"log_a","judgment":"n","log_id":"log_j",` + anyText + `}`, `{"path":"note","parent_id":"log_j","judgment":"m"}`} {
		if _, err := from.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := from.DeleteLogs(t.Context(), []string{"log_in"}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // once more changes nothing
		if _, err := store.Copy(t.Context(), from, to, store.CopyOptions{}); err != nil {
			t.Fatal(err)
		}
		a, errA := from.Log(t.Context(), "log_a")
		b, errB := to.Log(t.Context(), "log_a")
		if errA != nil || errB != nil || !bytes.Equal(a.Raw, b.Raw) || a.ETag != b.ETag || !bytes.Contains(b.Raw, []byte(`"log_j"`)) || bytes.Contains(b.Raw, []byte(`"log_in"`)) {
			t.Errorf("copied, the log is\n%s\nand was\n%s, %v, %v", b.Raw, a.Raw, errA, errB)
		}
	}
	if got, err := to.File(t.Context(), api.EvaluatorFile, "ev_in", api.CreateQuery{}); err != nil {
		t.Errorf("the evaluator is %s, %v", got, err)
	}
}

// TestAnImportOfWhatWasExported leaves a judged log as it is shown, and what was made once.
func TestAnImportOfWhatWasExported(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	put(t, s, logDoc("log_a", "pr_1", `, "evaluator_logs": []`))
	if _, err := s.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(`{"path":"note","parent_id":"log_a","judgment":"n","log_id":"log_j",`+anyText+`}`)); err != nil {
		t.Fatal(err)
	}
	before, err := s.Log(t.Context(), "log_a")
	if err != nil {
		t.Fatal(err)
	}
	inner, err := s.Log(t.Context(), "log_j")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range [][]byte{before.Raw, inner.Raw, before.Raw} {
		put(t, s, string(doc))
	}
	if after, err := s.Log(t.Context(), "log_a"); err != nil || !bytes.Equal(after.Raw, before.Raw) {
		t.Errorf("imported again the log is\n%s\nand was\n%s, %v", after.Raw, before.Raw, err)
	}
	if err := s.DeleteLogs(t.Context(), []string{"log_j"}); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Log(t.Context(), "log_a"); err != nil || bytes.Contains(after.Raw, []byte("log_j")) {
		t.Errorf("without it the log is\n%s, %v", after.Raw, err)
	}
}
