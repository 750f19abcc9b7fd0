package store_test

import (
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
	"errata/model"
	"errata/model/jsonraw"
)

// TestCreateDocument compares the whole document of a log that was created, and of its prompt.
func TestCreateDocument(t *testing.T) { onEach(t, testCreateDocument) }

func testCreateDocument(t *testing.T, s *store.Store) {
	body := ` {"output" : "a\u00e9\ud800", "path":"team/greet", "prompt":{"model":"m-1","temperature":0.70,"template":"Hi {{name}}, {{ name }} of {{city}}"},
		"prompt_cost":1e-07, "inputs":{"b":1.0, "a":null}, "user":"u\/1", "batch_id":"b1", "created_at":null} `
	made, err := s.CreateLog(t.Context(), api.CreateQuery{}, []byte(body))
	if err != nil || made != (api.Created{ID: "log_3", PromptID: "pr_1", VersionID: "prv_2"}) {
		t.Fatalf("made %+v, %v", made, err)
	}
	prompt := `{"path":"team/greet","id":"pr_1","name":"greet","version_id":"prv_2","type":"prompt","directory_id":"dir_OyCgMEXkzWUu6tHXP5MrD",` +
		`"model":"m-1","endpoint":"chat","template":"Hi {{name}}, {{ name }} of {{city}}","template_language":null,"provider":null,"max_tokens":-1,` +
		`"temperature":0.70,"top_p":1,"stop":null,"presence_penalty":0,"frequency_penalty":0,"other":{},"seed":null,"response_format":null,` +
		`"reasoning_effort":null,"tools":[],"linked_tools":[],"attributes":{},"raw_file_content":null,"version_name":null,"version_description":null,` +
		`"description":null,"readme":null,"schema":null,"created_by":null,"evaluator_aggregates":null,"tags":[],"environments":[],"evaluators":[],` +
		`"created_at":"2025-06-01T12:30:00.000000Z","updated_at":"2025-06-01T12:30:00.000000Z","last_used_at":"2025-06-01T12:30:00.000000Z",` +
		`"version_logs_count":0,"total_logs_count":0,"inputs":[{"name":"name"},{"name":"city"}]}`
	want := `{"id":"log_3","output_message":null,"prompt_tokens":null,"reasoning_tokens":null,"output_tokens":null,"prompt_cost":1e-07,` +
		`"output_cost":null,"finish_reason":null,"messages":null,"tool_choice":null,"output":"a\u00e9\ud800","created_at":"2025-06-01T12:30:00.000000Z",` +
		`"error":null,"provider_latency":null,"stdout":null,"provider_request":null,"provider_response":null,"inputs":{"b":1.0, "a":null},"source":null,` +
		`"metadata":null,"start_time":null,"end_time":null,"prompt":` + prompt + `,"source_datapoint_id":null,"trace_parent_id":null,"user":"u\/1",` +
		`"environment":null,"log_id":null,"batches":["b1"],"save":true,"trace_flow_id":null,"trace_id":null,"log_status":null,"trace_children":[],"evaluator_logs":[]}`
	if got := get(t, s, "log_3"); got != want {
		t.Errorf("log\n%s\nwant\n%s", got, want)
	}
	served, err := s.Prompt(t.Context(), "pr_1", api.CreateQuery{})
	want = strings.NewReplacer(`"version_logs_count":0`, `"version_logs_count":1`, `"total_logs_count":0`, `"total_logs_count":1`).Replace(prompt)
	if err != nil || string(served) != want {
		t.Errorf("prompt\n%s, %v\nwant\n%s", served, err, want)
	}
}

// TestCreateVersions wants a prompt that means the same to be the same version, however it is
// written.
func TestCreateVersions(t *testing.T) { onEach(t, testCreateVersions) }

func testCreateVersions(t *testing.T, s *store.Store) {
	same := []string{
		`{"model":"m-1","temperature":0.7}`,
		`{"temperature":7e-1,"model":"\u006d-1"}`,
		`{"model":"m-1","temperature":0.70,"max_tokens":-1,"tools":null,"other":{},"endpoint":"chat"}`,
		`{"model":"m-1","temperature":0.7,"not_of_a_kernel":true}`,
	}
	other := []string{
		`{"model":"m-2","temperature":0.7}`,
		`{"model":"m-1"}`,
		`{"model":"m-1","temperature":0.7,"tools":[{"name":"t"}]}`,
		`"---\nmodel: m-1\ntemperature: 0.7\n---\nHi"`,
	}
	first := create(t, s, api.CreateQuery{}, `{"path":"p","prompt":`+same[0]+`}`)
	for _, kernel := range same {
		if got := create(t, s, api.CreateQuery{}, `{"path":"p","prompt":`+kernel+`}`); got.VersionID != first.VersionID {
			t.Errorf("%s made another version", kernel)
		}
	}
	seen := map[string]string{first.VersionID: same[0]}
	for _, kernel := range other {
		made := create(t, s, api.CreateQuery{}, `{"id":"`+first.PromptID+`","prompt":`+kernel+`}`)
		if earlier, ok := seen[made.VersionID]; ok {
			t.Errorf("%s made no version beside %s", kernel, earlier)
		}
		seen[made.VersionID] = kernel
		if again := create(t, s, api.CreateQuery{}, `{"path":"/p/","prompt":`+kernel+`}`); again.VersionID != made.VersionID {
			t.Errorf("%s made another version the second time", kernel)
		}
	}
	named := create(t, s, api.CreateQuery{VersionID: first.VersionID}, `{"path":"p","prompt":`+other[0]+`}`)
	if named.VersionID != first.VersionID {
		t.Errorf("version %s, want the one that the query names", named.VersionID)
	}
	for _, c := range []struct {
		q    api.CreateQuery
		body string
	}{
		{api.CreateQuery{VersionID: "prv_none"}, `{"path":"p"}`},
		{api.CreateQuery{Environment: "none"}, `{"path":"p"}`},
		{api.CreateQuery{}, `{"path":"unknown"}`},
		{api.CreateQuery{}, `{"id":"pr_none","path":"p"}`},
	} {
		if _, err := s.CreateLog(t.Context(), c.q, []byte(c.body)); api.CodeOf(err) != api.NotFound {
			t.Errorf("%+v %s: %v, want not found", c.q, c.body, err)
		}
	}
}

// TestCreateUnsaved wants the raw request and response of a log that is not to be saved to be left
// out.
func TestCreateUnsaved(t *testing.T) { onEach(t, testCreateUnsaved) }

func testCreateUnsaved(t *testing.T, s *store.Store) {
	made := create(t, s, api.CreateQuery{}, `{"path":"p","prompt":{"model":"m"},"save":false,"provider_request":{"a":1},"provider_response":{"b":1},"output":"kept"}`)
	log, err := model.ParseLog([]byte(get(t, s, made.ID)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"save": "false", "provider_request": "null", "provider_response": "null", "output": `"kept"`} {
		if got := string(log.Member(name).Bytes()); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

// TestCreateIDs wants ids that are not injected to have their documented form and not to repeat.
func TestCreateIDs(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	seen := map[string]bool{}
	for range 50 {
		made := create(t, s, api.CreateQuery{}, `{"path":"p","prompt":{"model":"m"}}`)
		for id, prefix := range map[string]string{made.ID: "log_", made.PromptID: "pr_", made.VersionID: "prv_"} {
			rest, ok := strings.CutPrefix(id, prefix)
			if !ok || len(rest) != 21 || strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") != "" {
				t.Errorf("id %q", id)
			}
		}
		if seen[made.ID] {
			t.Errorf("id %s twice", made.ID)
		}
		seen[made.ID] = true
	}
}

func create(t *testing.T, s api.Service, q api.CreateQuery, body string) api.Created {
	t.Helper()
	made, err := s.CreateLog(t.Context(), q, []byte(body))
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return made
}

// memberTexts lists the text of one member of each record of a page.
func memberTexts(t *testing.T, page []byte, name string) []string {
	t.Helper()
	p, err := model.ParsePage(page)
	if err != nil {
		t.Fatalf("%v\n%s", err, page)
	}
	var texts []string
	for _, record := range p.Logs {
		text, ok := jsonraw.Text(record.Member(name).Bytes())
		if !ok {
			t.Errorf("no %s in %s", name, record.Bytes())
		}
		texts = append(texts, text)
	}
	return texts
}
