package store_test

import (
	"strings"
	"testing"

	"errata/api"
)

// What a server knows of a log that another one has changed decides nothing: no change is lost, and
// If-Match is compared with the log as it is.
func TestLately(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	here, there := open(t, address), open(t, address)
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
