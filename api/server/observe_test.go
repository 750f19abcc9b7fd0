package server_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/api/server"
)

// record is a line of the record of requests.
type record struct {
	Level, Msg, ID, Remote, Method, Path, Query, Key string
	Status                                           int
	Bytes                                            int64
	Fault                                            string
}

func recordsOf(t *testing.T, text string) (list []record) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var r record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		list = append(list, r)
	}
	return list
}

// TestRecords wants one record a request, without key, body or what is searched for.
func TestRecords(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	o := server.Options{Allow: server.Only(testKey, "ovens"), Logger: slog.New(slog.NewJSONHandler(&out, nil))}
	h := server.New(seeded(t, apitest.Seed{Logs: [][]byte{[]byte(doc)}}), o)
	call(h, "GET", logPath, "", "X-Request-Id", "from-a-proxy:7")
	call(h, "PATCH", patchPath+"?token=hidden", `{"output":`)
	call(h, "GET", "/v5/logs/a%0Ab", "", "X-Api-Key", "wrong")
	call(h, "GET", listPath+"&search=hidden&metadata_search=hidden&size=2&size=3&hidden=1", "")
	call(server.New(broken{}, o), "GET", logPath, "")
	list := recordsOf(t, out.String())
	want := []record{
		{Level: "INFO", Msg: "request", ID: "from-a-proxy:7", Method: "GET", Path: "/v5/logs/log/1", Key: "ovens", Status: 200, Bytes: int64(len(doc))},
		{Level: "INFO", Msg: "request", Method: "PATCH", Path: "/v5/prompts/pr 1%/log/log/1", Key: "ovens", Status: 422},
		{Level: "INFO", Msg: "request", Method: "GET", Path: "/v5/logs/a\nb", Status: 401},
		{Level: "INFO", Msg: "request", Method: "GET", Path: "/v5/logs", Query: "file_id=pr 1%&metadata_search=*&search=*&size=2&size=3", Key: "ovens", Status: 200},
		{Level: "ERROR", Msg: "panic", Fault: "secret state"},
		{Level: "INFO", Msg: "request", Method: "GET", Path: "/v5/logs/log/1", Key: "ovens", Status: 500},
	}
	if len(list) != len(want) {
		t.Fatalf("%d records, want %d:\n%s", len(list), len(want), out.String())
	}
	for i, got := range list {
		if got.ID == "" || got.Msg == "request" && (got.Remote == "" || got.Bytes == 0) {
			t.Errorf("record %d lacks something: %+v", i, got)
		}
		if want[i].ID == "" {
			got.ID = ""
		}
		if want[i].Bytes == 0 {
			got.Bytes = 0
		}
		got.Remote = ""
		if got != want[i] {
			t.Errorf("record %d\n%+v, want\n%+v", i, got, want[i])
		}
	}
	for _, secret := range []string{testKey, "wrong", "hidden", "output"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the records", secret)
		}
	}
	if list[4].ID != list[5].ID {
		t.Error("the panic and its request have different ids")
	}
}

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	h := handler(t)
	seen := map[string]bool{}
	for _, given := range []string{"", "with space", "line\nbreak", "quote\"", "café", strings.Repeat("a", 129)} {
		got := call(h, "GET", "/healthz", "", "X-Request-Id", given).Header().Get("X-Request-Id")
		if got == "" || got == given || seen[got] {
			t.Errorf("%q became %q", given, got)
		}
		seen[got] = true
	}
	for _, given := range []string{"a", "01J-9_x.y:z/+=", strings.Repeat("a", 128)} {
		if got := call(h, "GET", logPath, "", "X-Request-Id", given, "X-Api-Key", "").Header().Get("X-Request-Id"); got != given {
			t.Errorf("%q became %q", given, got)
		}
	}
}
