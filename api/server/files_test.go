package server_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"errata/api"
	"errata/api/server"
)

// recorder is a Backend that writes down what it is asked for.
type recorder struct {
	api.Backend
	asked []string
}

func (r *recorder) note(format string, args ...any) ([]byte, error) {
	r.asked = append(r.asked, fmt.Sprintf(format, args...))
	return []byte(`{"asked":true}`), nil
}

func (r *recorder) Logs(_ context.Context, q api.LogQuery) ([]byte, error) {
	return r.note("Logs %+v", q)
}

func (r *recorder) Prompts(_ context.Context, q api.PromptQuery) ([]byte, error) {
	return r.note("Prompts %+v", q)
}

func (r *recorder) Prompt(_ context.Context, id string, q api.CreateQuery) ([]byte, error) {
	return r.note("Prompt %s %+v", id, q)
}

func (r *recorder) FilesOfKind(_ context.Context, kind api.FileKind, q api.PromptQuery) ([]byte, error) {
	return r.note("FilesOfKind %s %+v", kind, q)
}

func (r *recorder) File(_ context.Context, kind api.FileKind, id string, q api.CreateQuery) ([]byte, error) {
	return r.note("File %s %s %+v", kind, id, q)
}

func (r *recorder) Versions(_ context.Context, kind api.FileKind, id string) ([]byte, error) {
	return r.note("Versions %s %s", kind, id)
}

func (r *recorder) Files(_ context.Context, q api.FileQuery) ([]byte, error) {
	return r.note("Files %+v", q)
}

func (r *recorder) Arrived(_ context.Context, after string, n int) (api.Arrivals, error) {
	_, err := r.note("Arrived %q %d", after, n)
	return api.Arrivals{After: "1"}, err
}

func (r *recorder) DeleteLogs(_ context.Context, ids []string) error {
	_, _ = r.note("DeleteLogs %q", ids)
	return nil
}

func (r *recorder) UpdateAgentLog(_ context.Context, agentID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	doc, err := r.note("UpdateAgentLog %s %s %s %s", agentID, logID, patch, ifMatch)
	return api.Document{Raw: doc, ETag: `"t"`}, err
}

func (r *recorder) CreateJudgment(_ context.Context, q api.CreateQuery, body []byte) (api.Judged, error) {
	_, _ = r.note("CreateJudgment %+v %s", q, body)
	return api.Judged{ID: "j", ParentID: "p", VersionID: "v"}, nil
}

func (r *recorder) UpsertEvaluator(_ context.Context, body []byte) ([]byte, error) {
	return r.note("UpsertEvaluator %s", body)
}

func (r *recorder) MoveEvaluator(_ context.Context, id string, body []byte) ([]byte, error) {
	return r.note("MoveEvaluator %s %s", id, body)
}

func (r *recorder) DeleteEvaluator(_ context.Context, id string) error {
	_, err := r.note("DeleteEvaluator %s", id)
	return err
}

func (r *recorder) UpdateEvaluatorVersion(_ context.Context, id, versionID string, body []byte) ([]byte, error) {
	return r.note("UpdateEvaluatorVersion %s %s %s", id, versionID, body)
}

func (r *recorder) DeleteEvaluatorVersion(_ context.Context, id, versionID string) error {
	_, err := r.note("DeleteEvaluatorVersion %s %s", id, versionID)
	return err
}

func (r *recorder) Environments(_ context.Context, kind api.FileKind, id string) ([]byte, error) {
	return r.note("Environments %s %s", kind, id)
}

func (r *recorder) Directory(_ context.Context, id string) ([]byte, error) {
	return r.note("Directory %s", id)
}

func (r *recorder) Directories(context.Context) ([]byte, error) {
	return r.note("Directories")
}

// TestRequestsReachTheBackend wants each request of the API to be the call that it stands for, all
// its parameters with it.
func TestRequestsReachTheBackend(t *testing.T) {
	t.Parallel()
	back := &recorder{}
	h := server.New(back, server.Options{Allow: server.Only(testKey, "")})
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", "/v5/logs?file_id=f&page=2&size=3&version_id=v&id=a&id=b&search=s&search_in=id&search_in=tool&metadata_search=m&start_date=2024-01-01&end_date=2024-01-02T00%3A00%3A00.000Z&sample=7&in_trace_filter=true&in_trace_filter=0&include_trace_children=on&include_parent=1&cut=9", "",
			"Logs {FileID:f Page:2 Size:3 VersionID:v IDs:[a b] Search:s SearchIn:[id tool] MetadataSearch:m StartDate:2024-01-01 EndDate:2024-01-02T00:00:00.000Z Sample:7 InTrace:[true false] IncludeTraceChildren:true IncludeParent:true Cut:9 After:}"},
		{"GET", "/v5/prompts?name=n&sort_by=name&order=asc&user_filter=u", "", "Prompts {Page:1 Size:10 Name:n SortBy:name Order:asc User:u}"},
		{"GET", "/v5/prompts/p%2Fq?version_id=v", "", "Prompt p/q {VersionID:v Environment:}"},
		{"GET", "/v5/tools?page=7&size=0", "", "FilesOfKind tool {Page:7 Size:0 Name: SortBy: Order: User:}"},
		{"GET", "/v5/evaluators", "", "FilesOfKind evaluator {Page:1 Size:10 Name: SortBy: Order: User:}"},
		{"GET", "/v5/flows", "", "FilesOfKind flow {Page:1 Size:10 Name: SortBy: Order: User:}"},
		{"GET", "/v5/agents", "", "FilesOfKind agent {Page:1 Size:10 Name: SortBy: Order: User:}"},
		{"GET", "/v5/datasets", "", "FilesOfKind dataset {Page:1 Size:10 Name: SortBy: Order: User:}"},
		{"GET", "/v5/flows/fl_1?environment=production", "", "File flow fl_1 {VersionID: Environment:production}"},
		{"GET", "/v5/prompts/pr_1/versions?evaluator_aggregates=true&status=committed", "", "Versions prompt pr_1"},
		{"GET", "/v5/agents/ag_1/versions", "", "Versions agent ag_1"},
		{"GET", "/v5/files?path=a%2Fb&name=n&type=prompt&type=flow&sort_by=updated_at&order=desc&template=false&environment=e&include_raw_file_content=true&size=100", "",
			"Files {Page:1 Size:100 Path:a/b Name:n Kinds:[prompt flow] SortBy:updated_at Order:desc User: Environment:e}"},
		{"GET", "/v5/datasets/ds_1/datapoints?version_id=v", "", "File dataset ds_1 {VersionID:v Environment:}"},
		{"GET", "/v5/directories", "", "Directories"},
		{"GET", "/v5/directories/root", "", "Directory root"},
		{"GET", "/v5/arrivals?after=7+3-4&size=20", "", `Arrived "7 3-4" 20`},
		{"DELETE", "/v5/logs?id=a&id=b%2Fc", "", `DeleteLogs ["a" "b/c"]`},
		{"POST", "/v5/evaluators/log?version_id=v&environment=e", `{"x":1}`, `CreateJudgment {VersionID:v Environment:e} {"x":1}`},
		{"POST", "/v5/evaluators", `{"x":1}`, `UpsertEvaluator {"x":1}`},
		{"PATCH", "/v5/evaluators/e%2F1", `{"x":1}`, `MoveEvaluator e/1 {"x":1}`},
		{"DELETE", "/v5/evaluators/e%2F1", "", `DeleteEvaluator e/1`},
		{"PATCH", "/v5/evaluators/e1/versions/v%201", `{"x":1}`, `UpdateEvaluatorVersion e1 v 1 {"x":1}`},
		{"DELETE", "/v5/evaluators/e1/versions/v1", "", `DeleteEvaluatorVersion e1 v1`},
		{"GET", "/v5/evaluators/e1/environments", "", `Environments evaluator e1`},
		{"PATCH", "/v5/agents/a%2F1/log/l%201", `{"x":1}`, `UpdateAgentLog a/1 l 1 {"x":1} "t"`},
	} {
		back.asked = nil
		w := call(h, c.method, c.path, c.body, "If-Match", `"t"`)
		if w.Code/100 != 2 || len(back.asked) != 1 || !strings.HasPrefix(back.asked[0], c.want) {
			t.Errorf("%s %s: %d %s\nasked for %q\nwant %s", c.method, c.path, w.Code, w.Body, back.asked, c.want)
		}
	}
	back.asked = nil
	for _, path := range []string{"/v5/files?type=spoon", "/v5/files?type=prompt&type=spoon", "/v5/files?template=maybe", "/v5/tools?order=up", "/v5/datasets?size=1001", "/v5/prompts/a/versions?status=lost", "/v5/logs?file_id=f&version_status=lost"} {
		if w := call(h, "GET", path, ""); w.Code != 422 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := call(h, "DELETE", "/v5/logs", ""); w.Code != 422 || !strings.Contains(w.Body.String(), `["query","id"]`) {
		t.Errorf("nothing to delete: %d %s", w.Code, w.Body)
	}
	if len(back.asked) > 0 {
		t.Errorf("a refused request reached the backend: %q", back.asked)
	}
}

func TestDeleteAnswersNothing(t *testing.T) {
	t.Parallel()
	w := call(server.New(&recorder{}, server.Options{Allow: server.Only(testKey, "")}), "DELETE", "/v5/logs?id=a", "")
	if w.Code != http.StatusNoContent || w.Body.Len() > 0 || w.Header().Get("Content-Type") != "" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

func TestEvaluations(t *testing.T) {
	t.Parallel()
	h := handler(t)
	check(t, call(h, "GET", "/v5/evaluations?file_id=any&size=100&page=2", ""), 200, `{"records":[],"page":2,"size":100,"total":0}`)
	check(t, call(h, "GET", "/v5/evaluations", ""), 422, refused(`["query","file_id"]`, "field required", "value_error.missing"))
	for _, path := range []string{"", "/stats", "/runs", "/logs?page=1&size=50"} {
		check(t, call(h, "GET", "/v5/evaluations/evr_1"+path, ""), 404, `{"detail":"no evaluation \"evr_1\""}`)
	}
}
