package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"errata/api"
	"errata/model"
)

// TestLockedFields reads a log in which a server shows U+FFFD for bytes that are not UTF-8.
func TestLockedFields(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set(api.LockedHeader, "output, metadata")
		_, _ = w.Write([]byte(`{"id":"log_1","output":"caf\ufffd","metadata":{},"error":null}`))
	}))
	t.Cleanup(srv.Close)
	doc, err := dial(t, srv.URL).Log(t.Context(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	log, err := doc.Log()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"output": "it holds bytes that are not UTF-8", "metadata": "it holds bytes that are not UTF-8", "error": ""} {
		f, _ := model.Lookup(name)
		if got := log.Locked(f); got != want {
			t.Errorf("%s is locked because %q, want %q", name, got, want)
		}
	}
}
