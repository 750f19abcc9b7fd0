package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"errata/api"
)

// TestBackendRequests compares what goes out for the rest of the API with its description.
func TestBackendRequests(t *testing.T) {
	t.Parallel()
	var got seen
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("ETag", `"tag"`)
		answerJSON(w, 200, `{"id":"a/b","records":[]}`)
	})
	c := dial(t, s.URL)
	ctx := t.Context()
	for _, x := range []struct {
		call func() error
		want string
	}{
		{func() error { return c.DeleteLogs(ctx, []string{"a/b", "c d"}) }, "DELETE /v5/logs?id=a%2Fb&id=c+d"},
		{func() error {
			doc, err := c.UpdateAgentLog(ctx, "ag/1", "a/b", []byte(`{"x":1}`), `"t"`)
			if string(doc.Raw) != `{"id":"a/b","records":[]}` || doc.ETag != `"tag"` {
				t.Errorf("document %+v", doc)
			}
			return err
		}, "PATCH /v5/agents/ag%2F1/log/a%2Fb"},
		{func() error {
			_, err := c.FilesOfKind(ctx, api.FlowFile, api.PromptQuery{Size: 3, Name: "n"})
			return err
		}, "GET /v5/flows?name=n&page=1&size=3"},
		{func() error {
			_, err := c.File(ctx, api.ToolFile, "a/b", api.CreateQuery{Environment: "e"})
			return err
		}, "GET /v5/tools/a%2Fb?environment=e"},
		{func() error { _, err := c.Versions(ctx, api.PromptFile, "a/b"); return err }, "GET /v5/prompts/a%2Fb/versions"},
		{func() error {
			_, err := c.Files(ctx, api.FileQuery{Page: 2, Size: 100, Path: "a/b", Name: "n", Kinds: []api.FileKind{api.PromptFile, api.AgentFile}, SortBy: "name", Order: "asc"})
			return err
		}, "GET /v5/files?name=n&order=asc&page=2&path=a%2Fb&size=100&sort_by=name&type=prompt&type=agent"},
		{func() error { _, err := c.Directory(ctx, "root"); return err }, "GET /v5/directories/root"},
		{func() error {
			_, err := c.Logs(ctx, api.LogQuery{FileID: "f", Size: 1, Sample: 5, InTrace: []bool{true, false}, IncludeTraceChildren: true})
			return err
		}, "GET /v5/logs?file_id=f&in_trace_filter=true&in_trace_filter=false&include_trace_children=true&page=1&sample=5&size=1"},
	} {
		before := len(got.all())
		if err := x.call(); err != nil {
			t.Errorf("%s: %v", x.want, err)
		}
		list := got.all()[before:]
		if len(list) != 1 {
			t.Errorf("%s: %d requests", x.want, len(list))
			continue
		}
		r := list[0]
		if r.method+" "+r.uri != x.want || r.header.Get("X-Api-Key") != testKey {
			t.Errorf("%s %s, want %s", r.method, r.uri, x.want)
		}
		if r.method == http.MethodDelete && r.body != "" {
			t.Errorf("DELETE with the body %q", r.body)
		}
		if r.method == http.MethodPatch && (r.header.Get("If-Match") != `"t"` || r.body != `{"x":1}`) {
			t.Errorf("PATCH with %q and %v", r.body, r.header)
		}
	}
}

// TestEmptyIDs wants nothing to be asked about nothing: the address of a list must not be taken for
// that of its member.
func TestEmptyIDs(t *testing.T) {
	t.Parallel()
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s %s", r.Method, r.URL) })
	c := dial(t, s.URL)
	ctx := t.Context()
	_, file := c.File(ctx, api.ToolFile, "", api.CreateQuery{})
	_, versions := c.Versions(ctx, api.ToolFile, "")
	_, directory := c.Directory(ctx, "")
	_, agent := c.UpdateAgentLog(ctx, "", "log", nil, "")
	for _, err := range []error{file, versions, directory, agent} {
		if api.CodeOf(err) != api.NotFound {
			t.Errorf("%v", err)
		}
	}
	if err := c.DeleteLogs(ctx, nil); api.CodeOf(err) != api.Invalid {
		t.Errorf("%v", err)
	}
}

// TestDeleteMany wants more ids than an address can hold to go in several requests, each once, none
// left out.
func TestDeleteMany(t *testing.T) {
	t.Parallel()
	deleted, requests, longest := map[string]int{}, 0, 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests++
		longest = max(longest, len(r.RequestURI))
		for _, id := range r.URL.Query()["id"] {
			deleted[id]++
		}
		w.WriteHeader(http.StatusNoContent)
	})
	var ids []string
	for i := range 1000 {
		ids = append(ids, fmt.Sprintf("log_%018d%%", i))
	}
	ids = append(ids, strings.Repeat("long", 2000), "last")
	if err := dial(t, s.URL).DeleteLogs(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if deleted[id] != 1 {
			t.Errorf("%.40s was deleted %d times", id, deleted[id])
		}
	}
	if len(deleted) != len(ids) || requests < 5 || longest > 9000 {
		t.Errorf("%d deleted in %d requests, the longest of %d bytes", len(deleted), requests, longest)
	}
}

// TestDeleteFails wants a DELETE to be sent once, and to tell whether it may have been carried out.
func TestDeleteFails(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		code api.Code
		sent api.Sent
	}{
		http.StatusUnauthorized:        {api.Unauthorized, api.NotSent},
		http.StatusUnprocessableEntity: {api.Invalid, api.NotSent},
		http.StatusServiceUnavailable:  {api.Unavailable, api.MaybeSent},
		http.StatusFound:               {api.Redirected, api.MaybeSent},
	} {
		requests := 0
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			requests++
			answerJSON(w, status, `{"detail":"this API key may only read"}`)
		})
		err := dial(t, s.URL).DeleteLogs(t.Context(), []string{"a"})
		e, _ := err.(*api.Error) //nolint:errorlint // every error of the client is one
		if e == nil || e.Code != want.code || e.Sent != want.sent || requests != 1 {
			t.Errorf("%d: %+v after %d requests", status, e, requests)
		}
		if status == http.StatusUnauthorized && !strings.Contains(e.Msg, "this API key may only read") {
			t.Errorf("the reason is lost: %s", e.Msg)
		}
	}
}
