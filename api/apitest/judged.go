package apitest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/model/judgment"
)

// testNested judges logs that were imported with judgments in them, and deletes the imported
// judgments.
func testNested(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	seed := withNested(t)
	b := open(t, seed)
	names := []string{"log_held", "log_empty", "log_null", "log_absent", "log_twice"}
	for i, id := range names {
		if got := get(t, b, id); !bytes.Equal(got, seed.Logs[i]) {
			t.Errorf("unjudged, %s is\n%s", id, got)
		}
	}
	for i, id := range names {
		made := judge(t, b, `"path":"helps","spec":`+specs["select"]+`,"judgment":"good","parent_id":"`+id+`"`)
		got := get(t, b, id)
		alone := string(get(t, b, made.ID))
		want := strings.NewReplacer(
			`{"judgment": true}, 7 ]`, `{"judgment": true}, 7,`+alone+` ]`,
			`"evaluator_logs": [ ]`, `"evaluator_logs": [`+alone+`]`,
			`"evaluator_logs": null`, `"evaluator_logs": [`+alone+`]`,
			`"output": "absent"`, `"output": "absent", "evaluator_logs": [`+alone+`]`,
			`[{"id": "log_last"}]`, `[{"id": "log_last"},`+alone+`]`,
		).Replace(string(seed.Logs[i]))
		if string(got) != want {
			t.Errorf("judged, %s is\n%s\nwant\n%s", id, got, want)
		}
		if err := b.DeleteLogs(t.Context(), []string{made.ID}); err != nil {
			t.Fatal(err)
		}
		if got := get(t, b, id); !bytes.Equal(got, seed.Logs[i]) {
			t.Errorf("taken back, %s is\n%s", id, got)
		}
	}
	testNestedGone(t, b, seed)
}

// testNestedGone deletes a judgment that was imported within its log.
func testNestedGone(t *testing.T, b api.Backend, seed Seed) {
	t.Helper()
	whole, err := b.Log(t.Context(), "log_held")
	if err != nil {
		t.Fatal(err)
	}
	inner := get(t, b, "log_in")
	if !bytes.Contains(seed.Logs[0], inner) || !bytes.Contains(inner, []byte(`"log_in"`)) {
		t.Errorf("by itself the judgment is\n%s", inner)
	}
	if _, err := b.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(`{"path":"helps","judgment":"good","parent_id":"log_empty","log_id":"log_in"}`)); api.CodeOf(err) != api.Conflict {
		t.Errorf("an id that is in use within a log: %v", err)
	}
	if err := b.DeleteLogs(t.Context(), []string{"log_in"}); err != nil {
		t.Fatal(err)
	}
	less, err := b.Log(t.Context(), "log_held")
	if err != nil {
		t.Fatal(err)
	}
	if got := nestedTexts(t, less.Raw); !slices.Equal(got, []string{`"log_in2"`}) {
		t.Errorf("without it the log shows %v:\n%s", got, less.Raw)
	}
	if plain, _, ok := strings.Cut(less.ETag, "-"); !ok || plain+`"` != whole.ETag {
		t.Errorf("without it the log has the tag %s, and had %s", less.ETag, whole.ETag)
	}
	_, err = b.Log(t.Context(), "log_in")
	wantCode(t, err, api.NotFound)
	if page := listed(t, b, api.LogQuery{FileID: promptID, Size: 9, IDs: []string{"log_held"}}); !bytes.Equal(page.Logs[0].Bytes(), less.Raw) {
		t.Errorf("in the list the log is\n%s", page.Logs[0].Bytes())
	}
	// the id of a deleted judgment can be used again
	judge(t, b, `"path":"helps","judgment":"bad","parent_id":"log_held","log_id":"log_in"`)
	if got := nestedTexts(t, get(t, b, "log_held")); !slices.Equal(got, []string{`"log_in2"`, `"log_in"`}) {
		t.Errorf("made again, the log shows %v", got)
	}
}

// nestedTexts lists the ids, as JSON literals, of the judgments with an id that a log shows.
func nestedTexts(t *testing.T, doc []byte) (ids []string) {
	t.Helper()
	_, members := memberList(t, doc)
	list := []byte(members[judgment.Nested])
	for _, id := range elementTexts(list) {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// testLearned checks that an evaluator that is known only from judgments within imported logs can
// be used to judge, and that it is in no list before it was used.
func testLearned(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, withNested(t))
	listedAs := func() (evaluators, files []string) {
		raw, err := b.FilesOfKind(t.Context(), api.EvaluatorFile, api.PromptQuery{Size: 9})
		if err != nil {
			t.Fatal(err)
		}
		all, err := b.Files(t.Context(), api.FileQuery{Size: 9})
		if err != nil {
			t.Fatal(err)
		}
		return recordIDs(t, raw), recordIDs(t, all)
	}
	check := func(want ...string) {
		t.Helper()
		evaluators, files := listedAs()
		slices.Sort(files)
		if !slices.Equal(evaluators, []string{"ev_seen"}) || !slices.Equal(files, want) {
			t.Errorf("listed are the evaluators %v and the files %v, want %v", evaluators, files, want)
		}
	}
	check(promptID)
	made := judge(t, b, `"path":"judges/seen","parent_id":"log_empty","judgment":9`)
	check("ev_seen", promptID)
	_, members := memberList(t, get(t, b, made.ID))
	got, _ := memberList(t, []byte(members["evaluator"]))
	for _, want := range evaluatorMembers[:len(evaluatorMembers)-1] { // the last is lacking
		if !slices.Contains(got, want) {
			t.Errorf("the evaluator of the judgment has no %s: %s", want, members["evaluator"])
		}
	}
	if err := b.DeleteLogs(t.Context(), []string{made.ID}); err != nil {
		t.Fatal(err)
	}
	check(promptID)
	if _, err := b.UpsertEvaluator(t.Context(), []byte(`{"id":"ev_seen","spec":`+specs["number"]+`}`)); err != nil {
		t.Fatal(err)
	}
	check("ev_seen", promptID)
}

// testEvaluators makes, changes and deletes evaluators and their versions.
func testEvaluators(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	first := upsert(t, b, "team/helps", specs["select"])
	id, version := strings.Trim(first["id"], `"`), strings.Trim(first["version_id"], `"`)
	again := upsert(t, b, "/team/helps/", strings.Replace(specs["select"], `{"name":"bad"}`, `{"valence":"neutral","name":"bad","x":1}`, 1))
	if again["version_id"] != first["version_id"] || again["id"] != first["id"] {
		t.Errorf("the same spec made %s, then %s", first["version_id"], again["version_id"])
	}
	other := upsert(t, b, "team/helps", specs["number"])
	if other["id"] != first["id"] || other["version_id"] == first["version_id"] {
		t.Errorf("another spec made %s of %s", other["version_id"], other["id"])
	}
	for body, loc := range map[string][]any{
		`{"path":"a"}`:                   {"body", "spec"},
		`{"spec":` + specs["text"] + `}`: {"body", "path"},
		`{"path":"a","spec":{"evaluator_type":"robot","arguments_type":"target_free","return_type":"text"}}`:                                      {"body", "spec", "evaluator_type"},
		`{"path":"a","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select"}}`:                                    {"body", "spec", "options"},
		`{"path":"a","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"valence":"positive"}]}}`: {"body", "spec", "options"},
		`{"path":"a","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"number","number_limits":{"min":"0"}}}`:        {"body", "spec", "number_limits"},
		`{"path":"a","spec":{"evaluator_type":"python","arguments_type":"target_free","return_type":"text"}}`:                                     {"body", "spec", "code"},
		`{"path":"a","spec":{"evaluator_type":"llm","arguments_type":"target_free","return_type":"text","prompt":{}}}`:                            {"body", "spec", "prompt"},
		`{"path":"a","version_name":7,"spec":` + specs["text"] + `}`:                                                                              {"body", "version_name"},
	} {
		_, err := b.UpsertEvaluator(t.Context(), []byte(body))
		wantFields(t, err, loc...)
	}
	_, err := b.UpsertEvaluator(t.Context(), []byte(`{"id":"ev_none","spec":`+specs["text"]+`}`))
	wantCode(t, err, api.NotFound)
	testVersionNames(t, b, id, version)
	testMoved(t, b, id)
}

// testVersionNames names the versions of an evaluator with two, and deletes one.
func testVersionNames(t *testing.T, b api.Backend, id, version string) {
	t.Helper()
	doc, err := b.UpdateEvaluatorVersion(t.Context(), id, version, []byte(`{"name":"first","description":"how it began"}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, got := memberList(t, doc); got["version_name"] != `"first"` || got["version_description"] != `"how it began"` {
		t.Errorf("the version is %s", doc)
	}
	_, err = b.UpsertEvaluator(t.Context(), []byte(`{"id":"`+id+`","version_name":"first","spec":`+specs["text"]+`}`))
	wantCode(t, err, api.Conflict)
	raw, err := b.Versions(t.Context(), api.EvaluatorFile, id)
	if err != nil {
		t.Fatal(err)
	}
	versions := recordMembers(t, raw, "version_id")
	if len(versions) != 2 || versions[1] != version {
		t.Fatalf("the versions are %v", versions)
	}
	_, err = b.UpdateEvaluatorVersion(t.Context(), id, versions[0], []byte(`{"name":"first"}`))
	wantCode(t, err, api.Conflict)
	_, err = b.UpdateEvaluatorVersion(t.Context(), id, "evv_none", []byte(`{}`))
	wantCode(t, err, api.NotFound)
	wantCode(t, b.DeleteEvaluatorVersion(t.Context(), id, "evv_none"), api.NotFound)
	if err := b.DeleteEvaluatorVersion(t.Context(), id, versions[0]); err != nil {
		t.Fatal(err)
	}
	wantCode(t, b.DeleteEvaluatorVersion(t.Context(), id, version), api.Conflict)
}

// testMoved moves an evaluator and deletes it; what was judged with it stays.
func testMoved(t *testing.T, b api.Backend, id string) {
	t.Helper()
	_, err := b.MoveEvaluator(t.Context(), id, []byte(`{"path":"judges/length"}`))
	wantCode(t, err, api.Conflict)
	_, err = b.MoveEvaluator(t.Context(), "ev_none", []byte(`{"path":"x"}`))
	wantCode(t, err, api.NotFound)
	_, err = b.MoveEvaluator(t.Context(), id, []byte(`{"path":""}`))
	wantFields(t, err, "body", "path")
	for body, want := range map[string]string{`{"path":"other/place"}`: "other/place", `{"path":"other/place", "name": null}`: "other/place"} {
		doc, err := b.MoveEvaluator(t.Context(), id, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if _, got := memberList(t, doc); got["path"] != `"`+want+`"` || got["id"] != `"`+id+`"` {
			t.Errorf("moved, the evaluator is %s", doc)
		}
	}
	doc, err := b.MoveEvaluator(t.Context(), id, []byte(`{"name":"helpful"}`))
	if _, got := memberList(t, doc); err != nil || got["path"] != `"other/helpful"` || got["name"] != `"helpful"` {
		t.Errorf("renamed, the evaluator is %s, %v", doc, err)
	}
	made := judge(t, b, `"path":"other/helpful","parent_id":"log_alone","judgment":"good"`)
	shown := get(t, b, "log_alone")
	if err := b.DeleteEvaluator(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		b.DeleteEvaluator(t.Context(), id),
		second(b.File(t.Context(), api.EvaluatorFile, id, api.CreateQuery{})),
		second(b.Logs(t.Context(), api.LogQuery{FileID: id, Size: 9})),
		second(b.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(`{"path":"other/helpful","parent_id":"log_alone"}`))),
	} {
		wantCode(t, err, api.NotFound)
	}
	if got := get(t, b, "log_alone"); !bytes.Equal(got, shown) || !slices.Contains(nestedIDs(t, got), made.ID) {
		t.Errorf("without its evaluator the log is\n%s", got)
	}
	if again := upsert(t, b, "other/helpful", specs["text"]); again["id"] == `"`+id+`"` {
		t.Error("a deleted evaluator came back")
	}
}

func second[T any](_ T, err error) error { return err }
