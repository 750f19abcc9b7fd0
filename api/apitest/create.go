package apitest

import (
	"bytes"
	"strings"
	"testing"

	"errata/api"
	"errata/model"
)

// kernel is the version of a prompt, as JSON, to which the tests create logs.
const kernel = `{"model": "model-b", "temperature": 0.70}`

// body builds the body of a request that creates a log: head has the members that are not fields,
// fields those that get the sample of their kind.
func body(head string, fields []*model.Field) []byte {
	parts := []string{head}
	for _, f := range fields {
		parts = append(parts, `"`+f.Name+`":`+samples[f.Kind])
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}

func testCreate(t *testing.T, open opener) {
	t.Run("new prompt", func(t *testing.T) { testCreateNew(t, open) })
	t.Run("same version", func(t *testing.T) { testCreateAgain(t, open) })
	t.Run("known prompt", func(t *testing.T) {
		svc := open(t, pair(t))
		made := create(t, svc, body(`"id":"`+fullPrompt+`"`, nil))
		if made.PromptID != fullPrompt || made.VersionID == "" {
			t.Errorf("made %+v under %s", made, fullPrompt)
		}
	})
	t.Run("refused", func(t *testing.T) { testCreateRefused(t, open) })
}

func testCreateNew(t *testing.T, open opener) {
	svc := open(t, Seed{})
	fields := model.Fields()
	sent, rest := fields[:len(fields)/2], fields[len(fields)/2:]
	made := create(t, svc, body(`"path":"apitest/made","prompt":`+kernel+`,"log_id":"log_chosen","user":null`, sent))
	if made.ID != "log_chosen" || made.PromptID == "" || made.VersionID == "" {
		t.Fatalf("made %+v", made)
	}
	doc := get(t, svc, made.ID)
	_, got := memberList(t, doc)
	for _, f := range sent {
		if got[f.Name] != samples[f.Kind] {
			t.Errorf("%s is %s, want %s", f.Name, got[f.Name], samples[f.Kind])
		}
	}
	for _, f := range rest {
		// the server may set the time itself
		if f.Kind != model.Datetime && got[f.Name] != "null" {
			t.Errorf("%s was not sent, but is %q", f.Name, got[f.Name])
		}
	}
	log, err := model.ParseLog(doc)
	if err != nil {
		t.Fatal(err)
	}
	if head := log.Head(); head.PromptID != made.PromptID || head.VersionID != made.VersionID || head.PromptPath != "apitest/made" || head.Model != "model-b" {
		t.Errorf("the log says of its prompt %+v", head)
	}
	page := listed(t, svc, api.LogQuery{FileID: made.PromptID, Size: 9})
	if len(page.Logs) != 1 || !bytes.Equal(page.Logs[0].Bytes(), doc) {
		t.Errorf("the list of the new prompt holds %d logs", len(page.Logs))
	}
	if got := promptIDs(t, svc, api.PromptQuery{Size: 9}); !sameSet(got, made.PromptID) {
		t.Errorf("prompts %v, want %s", got, made.PromptID)
	}
	checkPatch(t, svc, made.PromptID, made.ID, sent[0].Name, "null")
}

// testCreateAgain creates logs at one path three times, the last time with another kernel,
// which makes another version.
func testCreateAgain(t *testing.T, open opener) {
	svc := open(t, Seed{})
	first := create(t, svc, body(`"path":"apitest/made","prompt":`+kernel, nil))
	second := create(t, svc, body(`"path":"apitest/made","prompt":{"temperature": 0.7, "model": "model-b"}`, nil))
	third := create(t, svc, body(`"path":"apitest/made","prompt":{"model": "model-c"}`, nil))
	if first.ID == second.ID || first.PromptID != second.PromptID || first.VersionID != second.VersionID {
		t.Errorf("an equal prompt made %+v, then %+v", first, second)
	}
	if third.PromptID != first.PromptID || third.VersionID == first.VersionID {
		t.Errorf("another model made %+v after %+v", third, first)
	}
}

func testCreateRefused(t *testing.T, open opener) {
	svc := open(t, pair(t))
	before := get(t, svc, fullLog)
	post := func(head string) error {
		_, err := svc.CreateLog(t.Context(), api.CreateQuery{}, body(head, nil))
		return err
	}
	wantCode(t, post(`"id":"`+fullPrompt+`","log_id":"`+fullLog+`"`), api.Conflict)
	wantCode(t, post(`"id":"pr_none"`), api.NotFound)
	wantFields(t, post(`"id":"`+fullPrompt+`","no_such_member":1`), "body", "no_such_member")
	wantFields(t, post(`"prompt":`+kernel), "body")
	for _, f := range model.Fields() {
		wantFields(t, post(`"id":"`+fullPrompt+`","`+f.Name+`":`+wrong[f.Kind][0]), "body", f.Name)
	}
	if after := get(t, svc, fullLog); !bytes.Equal(after, before) {
		t.Error("a refused log changed another")
	}
	if page := listed(t, svc, api.LogQuery{FileID: fullPrompt, Size: 9}); len(page.Logs) != 1 {
		t.Errorf("refused logs were kept: %d", len(page.Logs))
	}
}

func create(t *testing.T, svc api.Service, body []byte) api.Created {
	t.Helper()
	made, err := svc.CreateLog(t.Context(), api.CreateQuery{}, body)
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return made
}
