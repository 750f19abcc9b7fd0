package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"errata/api/apitest"
	"errata/api/server"
	"errata/model"
)

// loggedBody is a log as an SDK sends it, in a directory.
const loggedBody = `{"path":"team/deep/greeter","prompt":{"model":"m","template":[{"role":"system","content":"Hello {{name}}"}],"temperature":0.7,"provider":"openai","tools":[]},
	"messages":[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"data:","detail":"low"}}]},{"role":"assistant","content":null,
	"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}],"output_message":{"role":"assistant","content":"Hello"},"output":"Hello","inputs":{"name":"Ann"},
	"tool_choice":{"type":"function","function":{"name":"f"}},"created_at":"2024-07-19T00:29:35.178992","prompt_tokens":7,"prompt_cost":0.10,"metadata":null,"user":"u","save":true,"log_id":"log_sent","log_status":"complete"}`

// helpful is the spec of an evaluator.
const helpful = `{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good","valence":"positive"},{"name":"bad"}]}`

// filled is a server with a log of its own making.
func filled(t *testing.T) (h http.Handler, promptID string) {
	t.Helper()
	h = server.New(seeded(t, apitest.Seed{}), server.Options{Allow: server.Only(testKey, "")})
	w := call(h, "POST", "/v5/prompts/log", loggedBody)
	var made struct {
		PromptID string `json:"prompt_id"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || made.PromptID == "" {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return h, made.PromptID
}

func describedBy(t *testing.T, h http.Handler) described {
	t.Helper()
	w := call(h, "GET", "/v5/openapi.json", "")
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return readDescription(t, w.Body.Bytes())
}

// wantDescribed checks an answer against what the description says of it.
func wantDescribed(t *testing.T, d described, path, method string, w *httptest.ResponseRecorder) {
	t.Helper()
	op, ok := d.Paths[path][strings.ToLower(method)]
	if !ok {
		t.Errorf("%s %s is not described", method, path)
		return
	}
	r, ok := op.Responses[strconv.Itoa(w.Code)]
	if !ok {
		t.Errorf("%s %s: %d is not described: %s", method, path, w.Code, w.Body)
		return
	}
	r, err := d.response(r)
	if err != nil {
		t.Error(err)
	}
	body, ok := r.Content["application/json"]
	if !ok {
		if w.Body.Len() > 0 {
			t.Errorf("%s %s: a body that is not described: %s", method, path, w.Body)
		}
		return
	}
	if err := d.fits(body.Schema, w.Body.Bytes()); err != nil {
		t.Errorf("%s %s: %v\n%.300s", method, path, err, w.Body)
	}
}

// TestAnswersAreAsDescribed makes every request that the description knows, well and badly.
func TestAnswersAreAsDescribed(t *testing.T) {
	t.Parallel()
	h, promptID := filled(t)
	d := describedBy(t, h)
	bodies := map[string][]string{"PATCH": {`{}`, `{"output":"x"}`, `{"output":1}`, ``, `[`}, "POST": {`{"path":"a","prompt":{"model":"m"}}`, `{"id":"pr_none"}`, `{"log_id":"log_sent","path":"a"}`, `{"x":1}`,
		`{"path":"a/judge","parent_id":"log_sent","judgment":"good","user":"ann","spec":` + helpful + `}`, `{"path":"a/judge","parent_id":"log_sent","judgment":"fine"}`}}
	answered := map[int]bool{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			method = strings.ToUpper(method)
			if method == http.MethodDelete {
				continue // see below
			}
			for _, id := range []string{promptID, "log_sent", "root", "none"} {
				if id != promptID && !strings.Contains(path, "{id}") {
					break // it would be the same once more
				}
				url := "/v5" + strings.NewReplacer("{id}", id, "{log_id}", "log_sent", "{version_id}", "none").Replace(path)
				for _, query := range []string{"", "?file_id=" + promptID + "&size=3", "?file_id=none", "?size=-1&page=x&include_trace_children=maybe&order=up"} {
					for _, body := range append([]string{""}, bodies[method]...) {
						w := call(h, method, url+query, body)
						answered[w.Code] = true
						wantDescribed(t, d, path, method, w)
					}
				}
			}
			if op.OperationID == "" || len(op.Responses) < 2 {
				t.Errorf("%s %s is described poorly", method, path)
			}
			wantDescribed(t, d, path, method, call(h, method, "/v5"+path, "", "X-Api-Key", "wrong"))
		}
	}
	wantDescribed(t, d, "/logs", "DELETE", call(h, "DELETE", "/v5/logs", ""))
	wantDescribed(t, d, "/logs", "DELETE", call(h, "DELETE", "/v5/logs?id=log_sent", ""))
	for _, status := range []int{200, 404, 409, 422} {
		if !answered[status] {
			t.Errorf("nothing was answered with %d", status)
		}
	}
}

// TestDescription compares the description with the tables that it is made from.
func TestDescription(t *testing.T) {
	t.Parallel()
	h, _ := filled(t)
	d := describedBy(t, h)
	for name, own := range map[string]int{"LogFields": 0, "PromptLogUpdateRequest": 0, "PromptLogRequest": 13} {
		properties := d.Components.Schemas[name].Properties
		for _, f := range model.Fields() {
			if p, ok := properties[f.Name]; !ok || !p.Nullable {
				t.Errorf("%s does not describe %s", name, f.Name)
			}
		}
		if len(properties) != len(model.Fields())+own {
			t.Errorf("%s describes %d members", name, len(properties))
		}
	}
	if err := d.fits(d.Components.Schemas["PromptLogRequest"], []byte(loggedBody)); err != nil {
		t.Errorf("a log that was accepted: %v", err)
	}
	// Each reference leads somewhere.
	raw := call(h, "GET", "/v5/openapi.json", "").Body.String()
	for _, found := range regexp.MustCompile(`"#/components/(schemas|responses)/([^"]+)"`).FindAllStringSubmatch(raw, -1) {
		_, isSchema := d.Components.Schemas[found[2]]
		_, isResponse := d.Components.Responses[found[2]]
		if found[1] == "schemas" && !isSchema || found[1] == "responses" && !isResponse {
			t.Errorf("%s leads nowhere", found[0])
		}
	}
	// Names are unique, and every placeholder is a parameter.
	seen := map[string]bool{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			if seen[op.OperationID] {
				t.Errorf("two operations are called %s", op.OperationID)
			}
			seen[op.OperationID] = true
			var inPath []string
			for _, p := range op.Parameters {
				if p.In == "path" {
					inPath = append(inPath, "{"+p.Name+"}")
				}
			}
			if want := regexp.MustCompile(`\{\w+\}`).FindAllString(path, -1); !slices.Equal(inPath, want) {
				t.Errorf("%s %s has the parameters %v", method, path, inPath)
			}
		}
	}
}

// TestRoutesAreDescribed asks every path for every method: 405 exactly where the description knows
// no such thing.
func TestRoutesAreDescribed(t *testing.T) {
	t.Parallel()
	h, _ := filled(t)
	for path, methods := range describedBy(t, h).Paths {
		for _, method := range []string{"GET", "POST", "PATCH", "DELETE", "PUT"} {
			_, known := methods[strings.ToLower(method)]
			w := call(h, method, "/v5"+strings.NewReplacer("{id}", "some", "{log_id}", "other", "{version_id}", "other").Replace(path), "")
			if path == "/prompts/log" && method == "GET" || path == "/evaluators/log" && method != "PUT" {
				known = true // a prompt, or an evaluator, may be called log
			}
			if got := w.Code != 405; got != known {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
		}
	}
}
