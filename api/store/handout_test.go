package store_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"errata/api"
	embedded "errata/api/server"
	"errata/api/store"
	"errata/model"
	"errata/model/jsonraw"
)

// inProcess is a client of a store in the same process.
func inProcess(t *testing.T, st *store.Store) *api.Client {
	t.Helper()
	c, err := api.New(api.Options{
		BaseURL:   &url.URL{Scheme: "http", Host: "embedded", Path: "/v5"},
		Key:       "key",
		Transport: api.InMemory(embedded.New(st, embedded.Options{Allow: embedded.Only("key", "")})),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// reads is a log as a client has it, parsed.
func reads(t *testing.T, svc api.Service, id string) (*model.Log, string) {
	t.Helper()
	doc, err := svc.Log(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	log, err := doc.Log()
	if err != nil {
		t.Fatal(err)
	}
	return log, doc.ETag
}

// randomEdits are changes of some fields of a log, small and large.
func randomEdits(random *rand.Rand) (list []jsonraw.Edit) {
	text := func() []byte {
		return fmt.Appendf(nil, `"%s %d"`, largeOutput([]int{0, 10, 1 << 16, 1 << 20, 2 << 20}[random.IntN(5)]), random.Int())
	}
	for _, name := range []string{"output", "error", "stdout"} {
		if random.IntN(2) == 0 {
			list = append(list, jsonraw.Edit{Name: name, Val: text()})
		}
	}
	if random.IntN(2) == 0 {
		list = append(list, jsonraw.Edit{Name: model.PromptTokens.Name, Val: fmt.Append(nil, random.IntN(100))})
	}
	return list
}

// bodyOf is the PATCH of some edits.
func bodyOf(edits []jsonraw.Edit) []byte {
	body, _ := jsonraw.Set([]byte(`{}`), edits)
	return body
}

// TestWhatAClientHoldsIsChangedAsWhatIsStored: a PATCH of a large log that is made of what the
// client holds leaves the bytes in the file that Set gives, and the client what is in the file,
// whatever changes, and one change after the other.
func TestWhatAClientHoldsIsChangedAsWhatIsStored(t *testing.T) {
	t.Parallel()
	st, db := fileStore(t)
	want := []byte(`{"id":"log_1", "output": "` + largeOutput(3<<20) + `" , "prompt":{"id":"pr_1"},"stdout":null,"prompt_tokens":1}`)
	if _, err := st.Import(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	svc, random := inProcess(t, st), rand.New(rand.NewPCG(3, 4))
	held, tag := reads(t, svc, "log_1")
	for i := range 10 {
		edits := randomEdits(random)
		doc, err := svc.UpdateLog(t.Context(), "pr_1", "log_1", bodyOf(edits), tag)
		if err != nil {
			t.Fatal(i, err)
		}
		if want, err = jsonraw.Set(want, edits); err != nil {
			t.Fatal(err)
		}
		log, err := doc.Log()
		if err != nil || !log.Is(want) {
			t.Fatalf("change %d: the answer has %d bytes, want %d; %v", i, log.Size(), len(want), err)
		}
		parsed, _ := model.ParseLog(want)
		for _, f := range model.Fields() {
			if string(log.Value(f).Bytes()) != string(parsed.Value(f).Bytes()) {
				t.Fatalf("change %d: %s is another value", i, f.Name)
			}
		}
		readsBack(t, st, db, doc)
		held, tag = log, doc.ETag
	}
	runtime.KeepAlive(held)
	if report, err := st.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("%v, %q", err, report.Problems)
	}
}

// TestALargeLogThatAnotherProcessChangesMeanwhile: what a client holds is no longer the log then,
// and a PATCH is made of what is stored.
func TestALargeLogThatAnotherProcessChangesMeanwhile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	here, there := opened(t, path), opened(t, path)
	if _, err := here.Import(t.Context(), []byte(`{"id":"log_1","output":"`+largeOutput(3<<20)+`","prompt":{"id":"pr_1"},"error":null}`)); err != nil {
		t.Fatal(err)
	}
	svc := inProcess(t, here)
	held, tag := reads(t, svc, "log_1")
	if _, err := there.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"`+largeOutput(2<<20)+`ebb"}`), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := svc.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"error":"late"}`), tag); api.CodeOf(err) != api.Precondition {
		t.Errorf("with the tag of before: %v", err)
	}
	if _, err := svc.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"error":"late"}`), ""); err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(held)
	now, _ := reads(t, there, "log_1")
	if text, _ := now.Value(model.Output).Text(); !strings.HasSuffix(text, "ebb") {
		t.Error("the change of the other process is lost")
	}
	if text, _ := now.Member("error").Text(); text != "late" {
		t.Errorf("error is %q", text)
	}
}

// opened is a store that closes with the test.
func opened(t *testing.T, path string) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

// TestALargeLogThatNobodyHoldsAnyMore: its memory is given back, and a PATCH is made of what is
// stored.
func TestALargeLogThatNobodyHoldsAnyMore(t *testing.T) {
	t.Parallel()
	st, db := fileStore(t)
	if _, err := st.Import(t.Context(), []byte(`{"id":"log_1","output":"`+largeOutput(3<<20)+`","prompt":{"id":"pr_1"}}`)); err != nil {
		t.Fatal(err)
	}
	svc := inProcess(t, st)
	gone := make(chan struct{})
	func() {
		log, _ := reads(t, svc, "log_1")
		runtime.AddCleanup(log, func(gone chan struct{}) { close(gone) }, gone)
	}()
	runtime.GC()
	<-gone
	doc, err := svc.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"`+largeOutput(2<<20)+`"}`), "")
	if err != nil {
		t.Fatal(err)
	}
	readsBack(t, st, db, doc)
}

// TestALostPieceIsMended: where a piece is gone, a log that is changed as the client holds it is
// written whole.
func TestALostPieceIsMended(t *testing.T) {
	t.Parallel()
	st, db := fileStore(t)
	if _, err := st.Import(t.Context(), []byte(`{"id":"log_1","output":"`+largeOutput(3<<20)+`","prompt":{"id":"pr_1"}}`)); err != nil {
		t.Fatal(err)
	}
	svc := inProcess(t, st)
	held, _ := reads(t, svc, "log_1")
	lose(t, db)
	doc, err := svc.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"error":"ebb"}`), "")
	if err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(held)
	readsBack(t, st, db, doc)
}

// lose removes one of the pieces.
func lose(t *testing.T, db *sql.DB) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), `DELETE FROM pieces WHERE place = (SELECT place FROM pieces ORDER BY place LIMIT 1 OFFSET 3)`); err != nil {
		t.Fatal(err)
	}
}
