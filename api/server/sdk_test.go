package server_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"errata/api/apitest"
	"errata/api/server"
)

// The headers of the two SDKs, in their order and case; %d is the length of a body.
const (
	typescript = "host: server\r\nconnection: keep-alive\r\n%sX-Fern-Language: JavaScript\r\nX-Fern-SDK-Name: humanloop\r\nX-Fern-SDK-Version: 0.8.20\r\nUser-Agent: humanloop/0.8.20\r\n" +
		"X-Fern-Runtime: node\r\nX-Fern-Runtime-Version: 20.20.2\r\nX-API-KEY: test-key\r\naccept: */*\r\naccept-language: *\r\nsec-fetch-mode: cors\r\naccept-encoding: gzip, deflate\r\n%s\r\n"
	python = "Host: server\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\nUser-Agent: humanloop/0.8.40b6\r\nX-Fern-Language: Python\r\nX-Fern-SDK-Name: humanloop\r\n" +
		"X-Fern-SDK-Version: 0.8.40b6\r\nX-API-KEY: test-key\r\n%s%s\r\n"
	contentType = "Content-Type: application/json\r\n"
)

// line is one connection that is kept, as the SDKs keep theirs.
type line struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

// say sends a request as the SDK with these headers writes it, and gives the answer, inflated.
func (l line) say(headers, start, body string) (status int, answer string) {
	l.t.Helper()
	kind, length := "", ""
	if body != "" || strings.HasPrefix(start, "PATCH") {
		kind, length = contentType, fmt.Sprintf("content-length: %d\r\n", len(body))
	}
	_ = l.conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(l.conn, start+" HTTP/1.1\r\n"+fmt.Sprintf(headers, kind, length)+body); err != nil {
		l.t.Fatal(err)
	}
	method, _, _ := strings.Cut(start, " ")
	res, err := http.ReadResponse(l.in, &http.Request{Method: method})
	if err != nil {
		l.t.Fatalf("%s: %v", start, err)
	}
	defer func() { _ = res.Body.Close() }()
	var text io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		if text, err = gzip.NewReader(res.Body); err != nil {
			l.t.Fatal(err)
		}
	}
	got, err := io.ReadAll(text)
	if err != nil {
		l.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, string(got)
}

// wants is say with a status and parts that the answer must hold.
func (l line) wants(headers, start, body string, status int, parts ...string) string {
	l.t.Helper()
	got, answer := l.say(headers, start, body)
	if got != status {
		l.t.Errorf("%s: %d, want %d: %.300s", start, got, status, answer)
	}
	for _, part := range parts {
		if !strings.Contains(answer, part) {
			l.t.Errorf("%s: no %s in %.1000s", start, part, answer)
		}
	}
	return answer
}

func dialled(t *testing.T) line {
	t.Helper()
	addr, _, _ := listening(t, server.Limits{}, server.New(seeded(t, apitest.Seed{}), server.Options{Allow: server.Only(testKey, "")}))
	conn := dial(t, addr, "")
	return line{t, conn, bufio.NewReader(conn)}
}

// made reads the answer to a creation.
func made(t *testing.T, answer string) (id, prompt, version string) {
	t.Helper()
	var m struct {
		ID      string `json:"id"`
		Prompt  string `json:"prompt_id"`
		Version string `json:"version_id"`
	}
	if err := json.Unmarshal([]byte(answer), &m); err != nil || m.ID == "" || m.Prompt == "" || m.Version == "" {
		t.Fatalf("%v: %s", err, answer)
	}
	return m.ID, m.Prompt, m.Version
}

// TestTypeScriptSDK plays what the TypeScript SDK 0.8.20 sends: the start line, the headers and the
// body as it writes them.
func TestTypeScriptSDK(t *testing.T) {
	t.Parallel()
	l := dialled(t)
	const ts = typescript
	id, prompt, version := made(t, l.wants(ts, "POST /v5/prompts/log?", `{"path":"team/greeter","prompt":{"model":"m","template":[{"role":"system","content":"Hello {{name}}"}],"temperature":0.7},`+
		`"messages":[{"role":"user","content":"Hi"}],"output":"Hello","created_at":"2025-01-02T03:04:05.678Z","error":null,"inputs":{"a":"b"},"log_status":"complete","prompt_cost":1e-7,"log_id":"log/1"}`, 200, `"session_id":null`))
	if id != "log/1" {
		t.Errorf("the log is called %s", id)
	}
	l.wants(ts, "GET /v5/logs/log%2F1", "", 200, `"created_at":"2025-01-02T03:04:05.678Z"`, `"prompt_cost":1e-7`, `"error":null`, `"evaluator_logs":[]`, `"trace_children":[]`)
	l.wants(ts, "PATCH /v5/prompts/"+prompt+"/log/log%2F1", `{"output":"x","log_status":"complete","error":null}`, 200, `"output":"x"`, `"prompt":{`)
	l.wants(ts, "GET /v5/logs?file_id="+prompt+"&page=1&size=50&version_status=committed&id=log%2F&id=b&search=X&start_date=2020-01-01T00%3A00%3A00.000Z&end_date=2030-01-01T00%3A00%3A00.000Z"+
		"&include_parent=false&in_trace_filter=true&in_trace_filter=false&sample=5&include_trace_children=true", "", 200, `"total":1`, `"size":50`, `"id":"log/1"`)
	l.wants(ts, "GET /v5/logs?file_id="+prompt+"&page=2&size=50", "", 200, `"records":[]`, `"page":2`)
	l.wants(ts, "GET /v5/logs?file_id="+prompt+"&metadata_search=%C3%A9&search=x%20y%26z", "", 200, `"records":[]`)
	l.wants(ts, "GET /v5/prompts?page=1&size=5&name=GREET&user_filter=&sort_by=name&order=asc", "", 200, `"path":"team/greeter"`, `"total":1`)
	l.wants(ts, "GET /v5/prompts/"+prompt, "", 200, `"version_id":"`+version+`"`, `"environments":[]`, `"total_logs_count":1`, `"inputs":[{"name":"name"}]`)
	l.wants(ts, "GET /v5/prompts/"+prompt+"/versions?evaluator_aggregates=true", "", 200, `{"records":[{`, version)
	l.wants(ts, "GET /v5/files?size=5&template=false&type=prompt&type=tool&sort_by=created_at&order=desc", "", 200, `"type":"prompt"`, `"total":1`)
	for _, kind := range []string{"tools", "evaluators", "flows", "datasets"} {
		l.wants(ts, "GET /v5/"+kind+"?size=5", "", 200, `"records":[]`, `"total":0`)
	}
	l.wants(ts, "GET /v5/directories", "", 200, `"path":"team"`)
	l.wants(ts, "GET /v5/evaluations?file_id="+prompt+"&size=10", "", 200, `"records":[]`)
	l.wants(ts, "GET /v5/logs?file_id="+prompt+"&size=5000", "", 422, `"loc":["query","size"]`)
	l.wants(ts, "DELETE /v5/logs?id=log%2F1&id=b", "", 204)
	l.wants(ts, "GET /v5/logs/log%2F1", "", 404, `{"detail":"`)
}

// TestPythonSDK plays what the Python SDK sends where it differs: times with microseconds, ids that
// are not encoded, a content type without a body.
func TestPythonSDK(t *testing.T) {
	t.Parallel()
	l := dialled(t)
	const py = python
	_, prompt, version := made(t, l.wants(py, "POST /v5/prompts/log", `{"path": "a", "prompt": {"model": "m"}, "created_at": "2024-07-19T00:29:35.178992+02:00", "output_message": {"role": "assistant", "content": null}, "log_id": "medqa_experiment_0001"}`, 200))
	l.wants(py, "GET /v5/logs/medqa_experiment_0001", "", 200, `"created_at":"2024-07-19T00:29:35.178992+02:00"`)
	l.wants(py, "PATCH /v5/prompts/"+prompt+"/log/medqa_experiment_0001", "", 422, `{"detail":[{"loc":["body"],"msg":"field required","type":"value_error.missing"}]}`)
	l.wants(py, "PATCH /v5/prompts/"+prompt+"/log/medqa_experiment_0001", `{"inputs": {}, "end_time": "2024-07-19T00:29:36.000001Z"}`, 200, `"end_time":"2024-07-19T00:29:36.000001Z"`, `"inputs":{}`)
	l.wants(py, "GET /v5/logs?file_id="+prompt+"&start_date=2024-07-18T22%3A29%3A35.178992Z&end_date=2024-07-18T22%3A29%3A35.178992Z&include_trace_children=true", "", 200, `"total":1`)
	l.wants(py, "GET /v5/logs?file_id="+prompt+"&start_date=2024-07-18T22%3A29%3A35.178993Z", "", 200, `"total":0`)
	l.wants(py, "POST /v5/prompts/log", `{"path": "a", "prompt": {"model": "m"}, "output": 7, "messages": [{"role": "user"}, {"role": "robot"}]}`, 422, `["body","output"]`, `["body","messages",1,"role"]`)
	l.wants(py, "POST /v5/prompts/log?version_id="+version, `{"id": "`+prompt+`", "prompt": "---\nmodel: m\n---\n"}`, 200)
	l.wants(py, "POST /v5/prompts/log", `{"id": "`+prompt+`", "log_status": "done"}`, 422, `["body","log_status"]`, "permitted: complete, incomplete")
	l.wants(py, "GET /v5/logs/a/b", "", 404)
}

// TestSDKsJudge plays what the SDKs send of evaluators and judgments: TypeScript first, then what
// Python writes otherwise.
func TestSDKsJudge(t *testing.T) {
	t.Parallel()
	l := dialled(t)
	const ts, py = typescript, python
	_, prompt, _ := made(t, l.wants(ts, "POST /v5/prompts/log?", `{"path":"team/answer","prompt":{"model":"m"},"output":"42","log_id":"log_A"}`, 200))
	answer := l.wants(ts, "POST /v5/evaluators?", `{"path":"Helpfulness","version_name":"one","spec":{"arguments_type":"target_free","return_type":"select","options":[{"name":"good","valence":"positive"},{"name":"bad"}],`+
		`"instructions":"Does it help?","evaluator_type":"human"}}`, 200, `"version_name":"one"`, `"inputs":[]`, `"environments":[]`, `"last_used_at":"`, `{"name":"bad","valence":"neutral"}`, `"number_limits":null`)
	var ev struct {
		ID      string `json:"id"`
		Version string `json:"version_id"`
	}
	if err := json.Unmarshal([]byte(answer), &ev); err != nil || !strings.HasPrefix(ev.ID, "ev_") || !strings.HasPrefix(ev.Version, "evv_") {
		t.Fatalf("%v: %s", err, answer)
	}
	l.wants(ts, "POST /v5/evaluators/log?", `{"id":"`+ev.ID+`","parent_id":"log_A","judgment":"good","user":"ann","log_id":"log_J","created_at":"2026-01-02T03:04:05.678Z","metadata":{"a":1}}`, 200,
		`{"id":"log_J","parent_id":"log_A","session_id":null,"version_id":"`+ev.Version+`"}`)
	l.wants(ts, "POST /v5/evaluators/log?version_id="+ev.Version, `{"path":"Helpfulness","parent_id":"log_A","judgment":null}`, 200)
	l.wants(ts, "GET /v5/logs/log_A", "", 200, `"evaluator_logs":[{"id":"log_J",`, `"judgment":"good"`, `"marked_completed":null`, `"parent":null`, `"version_logs_count":0`)
	l.wants(ts, "GET /v5/logs?file_id="+ev.ID+"&page=1&size=50&include_parent=true", "", 200, `"total":2`, `"parent":{"id":"log_A"`)
	l.wants(ts, "GET /v5/logs?file_id="+prompt+"&size=50", "", 200, `"total":1`, `"id":"log_J"`)
	l.wants(ts, "PATCH /v5/prompts/"+prompt+"/log/log_A", `{"output":"43"}`, 200, `"output":"43"`, `"id":"log_J"`)
	l.wants(ts, "GET /v5/evaluators/"+ev.ID+"/versions", "", 200, `{"records":[{`, ev.Version)
	l.wants(ts, "GET /v5/evaluators/"+ev.ID+"/environments", "", 200, `[]`)
	l.wants(ts, "PATCH /v5/evaluators/"+ev.ID+"/versions/"+ev.Version, `{"name":"uno","description":"prima"}`, 200, `"version_name":"uno"`)
	l.wants(ts, "PATCH /v5/evaluators/"+ev.ID, `{"path":"team/helps"}`, 200, `"path":"team/helps"`, `"name":"helps"`)
	l.wants(py, "POST /v5/evaluators/log", `{"path": "team/score", "spec": {"arguments_type": "target_free", "return_type": "number", "evaluator_type": "human", "number_limits": {"min": 0.0, "max": 5.0, "step": 0.5}}, "parent_id": "log_A", "judgment": 4.0, "marked_completed": true}`, 200)
	l.wants(py, "POST /v5/evaluators/log", `{"path": "team/score", "parent_id": "log_A", "judgment": 6.0, "error": null, "save": true}`, 422, `["body","judgment"]`, `value_error.judgment`)
	l.wants(py, "POST /v5/evaluators/log", `{"path": "team/nothing", "parent_id": "log_A", "judgment": 4.0}`, 404, `{"detail":"`)
	l.wants(py, "POST /v5/evaluators/log", `{"path": "team/score", "parent_id": "log_A", "judgment": 4.0, "prompt_tokens": 1}`, 422, `["body","prompt_tokens"]`, "value_error.extra")
	l.wants(py, "GET /v5/logs/log_A", "", 200, `"judgment":4.0,"marked_completed":true`)
	l.wants(py, "DELETE /v5/logs?id=log_J", "", 204)
	if got := l.wants(py, "GET /v5/logs/log_A", "", 200); strings.Contains(got, `"log_J"`) {
		t.Errorf("taken back the log is %s", got)
	}
	l.wants(py, "DELETE /v5/evaluators/"+ev.ID, "", 204)
	l.wants(py, "GET /v5/evaluators/"+ev.ID, "", 404)
}

// TestExportTool plays what the vendor's export tool asks for.
func TestExportTool(t *testing.T) {
	t.Parallel()
	l := dialled(t)
	const py = python
	id, prompt, version := made(t, l.wants(py, "POST /v5/prompts/log", `{"path": "team/deep/greeter", "prompt": {"model": "m"}, "output": "Hello"}`, 200))
	var root struct{ ID string }
	if err := json.Unmarshal([]byte(l.wants(py, "GET /v5/directories/root", "", 200)), &root); err != nil || root.ID == "" {
		t.Fatalf("no root: %v", err)
	}
	l.wants(py, "GET /v5/directories/"+root.ID, "", 200, `"path":""`, `"subdirectories":[{`)
	l.wants(py, "GET /v5/files?page=1&size=100&path=", "", 200, `"id":"`+prompt+`"`, `"type":"prompt"`)
	l.wants(py, "GET /v5/files?page=1&size=100&path=team/deep", "", 200, `"id":"`+prompt+`"`)
	l.wants(py, "GET /v5/files?page=2&size=100&path=team", "", 200, `"records":[]`)
	l.wants(py, "GET /v5/prompts/"+prompt+"/versions", "", 200, `"environments":[]`, version)
	l.wants(py, "GET /v5/logs?file_id="+prompt+"&page=1&size=100&include_trace_children=true", "", 200, `"id":"`+id+`"`, `"total":1`)
	l.wants(py, "GET /v5/logs?file_id="+prompt+"&page=2&size=100&include_trace_children=true", "", 200, `"records":[]`)
	l.wants(py, "GET /v5/evaluations?file_id="+prompt+"&page=1&size=100", "", 200, `{"records":[],"page":1,"size":100,"total":0}`)
}
