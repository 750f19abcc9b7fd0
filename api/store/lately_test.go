package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// onTwo runs a test with two stores on one file, and on one server.
func onTwo(t *testing.T, test func(t *testing.T, here, there *store.Store)) {
	t.Parallel()
	for name, address := range map[string]func(t *testing.T) string{
		"file":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "errata.db") },
		"server": func(t *testing.T) string { return onPostgres(t).database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := address(t)
			here, there := open(t, at), open(t, at)
			test(t, here, there)
			sound(t, here)
		})
	}
}

// What is known of a log that somebody else has changed decides nothing: no change is lost, and
// If-Match is compared with the log as it is.
func TestLately(t *testing.T) { onTwo(t, changesElsewhereCount) }

func changesElsewhereCount(t *testing.T, here, there *store.Store) {
	put(t, here, logDoc("log_1", "pr_1", `,"output":"ebb"`))
	first, err := here.Log(t.Context(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	patch := func(s api.Service, body, ifMatch string) (api.Document, api.Code) {
		t.Helper()
		doc, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(body), ifMatch)
		return doc, api.CodeOf(err)
	}
	second, code := patch(there, `{"output":"flow"}`, first.ETag)
	if code != 0 {
		t.Fatal(code)
	}
	third, code := patch(here, `{"error":"none"}`, "")
	if code != 0 || !strings.Contains(string(third.Raw), "flow") || get(t, there, "log_1") != string(third.Raw) {
		t.Errorf("%v, and of two changes is left\n%s", code, third.Raw)
	}
	if _, code := patch(there, `{"error":"some"}`, second.ETag); code != api.Precondition {
		t.Errorf("a log that another server has changed was changed: %v", code)
	}
	fourth, code := patch(there, `{"error":"some"}`, third.ETag)
	if code != 0 || fourth.ETag == third.ETag {
		t.Errorf("the log as it is was not changed: %v", code)
	}
	same, code := patch(here, `{"error":"none"}`, "")
	if code != 0 || same.ETag != third.ETag || get(t, there, "log_1") != string(third.Raw) {
		t.Errorf("%v, %s and not %s", code, same.ETag, third.ETag)
	}
	if err := there.DeleteLogs(t.Context(), []string{"log_1"}); err != nil {
		t.Fatal(err)
	}
	if _, code := patch(here, `{"error":"late"}`, ""); code != api.NotFound {
		t.Errorf("a log that is gone was changed: %v", code)
	}
	put(t, there, logDoc("log_1", "pr_1", `,"output":"ebb"`))
	if doc, code := patch(here, `{"error":"again"}`, first.ETag); code != 0 || get(t, there, "log_1") != string(doc.Raw) {
		t.Errorf("a log that came again was not changed: %v", code)
	}
}

// A PATCH of what is known does all that one of a log that is read does: what is said of the log
// elsewhere is in the answer, searches find it by its new words alone, and it is told whether it is
// corrected.
func TestLatelyChanged(t *testing.T) { onTwo(t, changesOfTheKnown) }

func changesOfTheKnown(t *testing.T, here, there *store.Store) {
	patch := func(s *store.Store, body string) api.Document {
		t.Helper()
		doc, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(body), "")
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	corrected := func(want bool) {
		t.Helper()
		if got, err := there.Corrected(t.Context(), "log_1"); got != want || err != nil {
			t.Errorf("corrected: %v, %v", got, err)
		}
	}
	put(t, here, logDoc("log_1", "pr_1", `,"prompt_tokens":1.0,"output":"the ebb"`))
	patch(here, `{"output":"the flow"}`)
	corrected(true)
	patch(here, `{"output":"the ebb"}`)
	corrected(false)
	patch(here, `{"prompt_tokens":2}`)
	patch(here, `{"prompt_tokens":1}`) // corrected, though it means the same as what came in
	corrected(true)
	patch(there, `{"prompt_tokens":2}`)
	patch(there, `{"prompt_tokens":1.0}`)
	patch(there, `{"prompt_tokens":1}`) // as it is known here, but not corrected
	corrected(false)
	patch(here, `{"output":"the spring"}`)
	corrected(true)
	patch(here, `{"output":"the neap"}`)
	for word, want := range map[string]int{"flow": 0, "spring": 0, "neap": 1} {
		if list := scanned(t, there, api.ScanQuery{Search: word}); len(list) != want {
			t.Errorf("%q finds %v", word, list)
		}
	}
	if _, err := there.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(`{"path":"note","parent_id":"log_1","judgment":"well said",`+anyText+`}`)); err != nil {
		t.Fatal(err)
	}
	if doc := patch(here, `{"output":"the tide"}`); !strings.Contains(string(doc.Raw), "well said") || string(doc.Raw) != get(t, there, "log_1") {
		t.Errorf("what was said of it elsewhere is missing:\n%s", doc.Raw)
	}
}
