package apitest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// specs has the spec of an evaluator for each kind of judgment.
var specs = map[string]string{
	"select": `{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good","valence":"positive"},{"name":"bad"}],"instructions":"Does it help?"}`,
	"multi":  `{"evaluator_type":"human","arguments_type":"target_free","return_type":"multi_select","options":[{"name":"short"},{"name":"dull","valence":"negative"}]}`,
	"number": `{"evaluator_type":"human","arguments_type":"target_free","return_type":"number","number_limits":{"min":0,"max":5,"step":0.5},"number_valence":"positive"}`,
	"yes no": `{"evaluator_type":"human","arguments_type":"target_free","return_type":"boolean"}`,
	"text":   `{"evaluator_type":"human","arguments_type":"target_free","return_type":"text"}`,
	"llm":    `{"evaluator_type":"llm","arguments_type":"target_required","return_type":"boolean","prompt":{"model":"m","template":"{{answer}}?"}}`,
	"code":   `{"evaluator_type":"python","arguments_type":"target_free","return_type":"number","code":"return 1"}`,
	"other":  `{"evaluator_type":"external","arguments_type":"target_free","return_type":"select"}`,
}

// The members of an evaluator and of a judgment that clients rely on. A client that misses one
// takes the document for something else.
var (
	evaluatorMembers = strings.Fields("path id spec name version_id created_at updated_at last_used_at version_logs_count total_logs_count inputs environments type")
	judgmentMembers  = strings.Fields("id evaluator evaluator_logs judgment marked_completed parent_id parent user")
)

func withNested(t *testing.T) Seed {
	t.Helper()
	return Seed{Logs: lines(t, "nested.jsonl")}
}

// upsert creates or updates the evaluator at a path, and returns its members as JSON literals by
// name.
func upsert(t *testing.T, b api.Backend, path, spec string) map[string]string {
	t.Helper()
	doc, err := b.UpsertEvaluator(t.Context(), fmt.Appendf(nil, `{"path":%q,"spec":%s}`, path, spec))
	if err != nil {
		t.Fatal(err)
	}
	names, members := memberList(t, doc)
	for _, want := range evaluatorMembers {
		if !slices.Contains(names, want) {
			t.Errorf("the evaluator %s has no %s", path, want)
		}
	}
	return members
}

// judge sends a judgment whose body has these members, and wants it to be taken.
func judge(t *testing.T, b api.Judge, members string) api.Judged {
	t.Helper()
	made, err := b.CreateJudgment(t.Context(), api.CreateQuery{}, []byte("{"+members+"}"))
	if err != nil {
		t.Fatalf("%s: %v", members, err)
	}
	return made
}

// nestedIDs lists the ids of the judgments that a log shows.
func nestedIDs(t *testing.T, doc []byte) []string {
	t.Helper()
	_, members := memberList(t, doc)
	return elementMembers(t, []byte(members[judgment.Nested]), "id")
}

// testJudgeEach judges with an evaluator of each kind, with every value that it allows, and deletes
// all judgments again.
func testJudgeEach(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	before, err := b.Log(t.Context(), "log_alone")
	if err != nil {
		t.Fatal(err)
	}
	for path, spec := range specs {
		upsert(t, b, path, spec)
	}
	var want, said []string
	for _, c := range []struct{ path, value string }{
		{"select", `"good"`}, {"select", `null`}, {"multi", `["dull","short"]`}, {"multi", `[]`}, {"number", `4.50`}, {"number", `0`}, {"number", `5.0`}, {"yes no", `false`},
		{"text", `""`}, {"text", `"\ud800\u0000 43"`}, {"llm", `true`}, {"code", `1e-7`}, {"other", `"anything"`},
	} {
		id := fmt.Sprintf("log_said%02d", len(want))
		made := judge(t, b, fmt.Sprintf(`"path":%q,"parent_id":"log_alone","judgment":%s,"user":"ann","log_id":%q`, c.path, c.value, id))
		if made.ID != id || made.ParentID != "log_alone" || made.VersionID == "" {
			t.Errorf("made %+v", made)
		}
		want, said = append(want, id), append(said, c.value)
	}
	doc, err := b.Log(t.Context(), "log_alone")
	if err != nil {
		t.Fatal(err)
	}
	if got := nestedIDs(t, doc.Raw); !slices.Equal(got, want) {
		t.Fatalf("the log shows %v, want %v", got, want)
	}
	checkNested(t, b, doc.Raw, said)
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9}, []string{"log_alone", "log_part1"}, 2)
	if got := listed(t, b, api.LogQuery{FileID: promptID, Size: 9}).Logs[0].Bytes(); !bytes.Equal(got, doc.Raw) {
		t.Errorf("in the list the log is\n%s", got)
	}
	if err := b.DeleteLogs(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	after, err := b.Log(t.Context(), "log_alone")
	if err != nil || !bytes.Equal(after.Raw, before.Raw) || after.ETag != before.ETag || before.ETag == doc.ETag {
		t.Errorf("taken back, the log is\n%s %s\nand was\n%s %s, %v", after.Raw, after.ETag, before.Raw, before.ETag, err)
	}
}

// checkNested compares the judgments that a log shows with what was sent, and each with the
// document of the judgment itself.
func checkNested(t *testing.T, b api.Backend, doc []byte, said []string) {
	t.Helper()
	_, members := memberList(t, doc)
	list := []byte(members[judgment.Nested])
	i := 0
	for e := range jsonraw.EachElement(list) {
		nested := e.Val.Of(list)
		names, got := memberList(t, nested)
		for _, want := range judgmentMembers {
			if !slices.Contains(names, want) {
				t.Errorf("the judgment %s has no %s", got["id"], want)
			}
		}
		ofEvaluator, _ := memberList(t, []byte(got["evaluator"]))
		for _, want := range evaluatorMembers {
			if !slices.Contains(ofEvaluator, want) {
				t.Errorf("the evaluator in the judgment %s has no %s", got["id"], want)
			}
		}
		if got[judgment.Said] != said[i] || got["user"] != `"ann"` || got["parent"] != "null" {
			t.Errorf("the judgment is %s, want %s", nested, said[i])
		}
		if alone := get(t, b, strings.Trim(got["id"], `"`)); !bytes.Equal(alone, nested) {
			t.Errorf("alone the judgment is\n%s\nwithin the log\n%s", alone, nested)
		}
		i++
	}
}

// testJudgeRefused sends judgments that are wrong in several ways at once. The answer names the
// most serious one, and nothing is written.
func testJudgeRefused(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	before := get(t, b, "log_alone")
	for path, spec := range specs {
		upsert(t, b, path, spec)
	}
	post := func(q api.CreateQuery, members string) error {
		_, err := b.CreateJudgment(t.Context(), q, []byte("{"+members+"}"))
		return err
	}
	const of = `"parent_id":"log_alone","judgment":`
	for _, c := range [][2]string{
		{"select", `"fine"`}, {"select", `"Good"`}, {"select", `["good"]`}, {"select", `true`}, {"multi", `"short"`}, {"multi", `["short","short"]`}, {"multi", `["long"]`},
		{"number", `-0.1`}, {"number", `5.000001`}, {"number", `1e400`}, {"number", `true`}, {"number", `"4"`}, {"yes no", `1`}, {"yes no", `"true"`}, {"text", `4`}, {"llm", `"yes"`},
	} {
		wantFields(t, post(api.CreateQuery{}, fmt.Sprintf(`"path":%q,%s%s`, c[0], of, c[1])), "body", judgment.Said)
	}
	for members, loc := range map[string][]any{
		`"path":"text",` + of + `{}`:                                      {"body", judgment.Said},
		`"path":"text","judgment":"x"`:                                    {"body", judgment.Parent},
		`"path":"text","parent_id":null`:                                  {"body", judgment.Parent},
		`"path":"text","parent_id":""`:                                    {"body", judgment.Parent},
		of + `"x"`:                                                        {"body", "path"},
		`"path":"/",` + of + `"x"`:                                        {"body", "path"},
		`"path":"text","no_such_member":1,` + of + `"x"`:                  {"body", "no_such_member"},
		`"path":"text","prompt":null,` + of + `"x"`:                       {"body", "prompt"},
		`"path":"text","marked_completed":1,` + of + `"x"`:                {"body", judgment.Done},
		`"path":"text","user":7,` + of + `"x"`:                            {"body", "user"},
		`"path":"new","spec":{},` + of + `"x"`:                            {"body", "spec", "evaluator_type"},
		`"path":"none","parent_id":"log_none","log_id":"","judgment":[7]`: {"body", judgment.Said},
	} {
		wantFields(t, post(api.CreateQuery{}, members), loc...)
	}
	// a missing log is reported before a judgment that the spec does not allow, and that before an
	// id that is in use
	wantCode(t, post(api.CreateQuery{}, `"path":"number","parent_id":"log_none","judgment":9`), api.NotFound)
	wantCode(t, post(api.CreateQuery{}, `"path":"unknown",`+of+`"x"`), api.NotFound)
	wantCode(t, post(api.CreateQuery{}, `"id":"ev_none",`+of+`"x"`), api.NotFound)
	wantCode(t, post(api.CreateQuery{}, `"id":"`+promptID+`",`+of+`"x"`), api.NotFound)
	wantCode(t, post(api.CreateQuery{}, `"path":"made","parent_id":"log_none","spec":`+specs["text"]), api.NotFound)
	wantFields(t, post(api.CreateQuery{}, `"path":"made",`+of+`7,"spec":`+specs["text"]), "body", judgment.Said)
	wantCode(t, post(api.CreateQuery{VersionID: "evv_none"}, `"path":"number",`+of+`9`), api.NotFound)
	wantCode(t, post(api.CreateQuery{Environment: "none"}, `"path":"number",`+of+`9`), api.NotFound)
	wantFields(t, post(api.CreateQuery{}, `"path":"number","log_id":"log_alone",`+of+`9`), "body", judgment.Said)
	wantCode(t, post(api.CreateQuery{}, `"path":"number","log_id":"log_alone",`+of+`4`), api.Conflict)
	if after := get(t, b, "log_alone"); !bytes.Equal(after, before) {
		t.Errorf("refused judgments changed the log:\n%s", after)
	}
	raw, err := b.FilesOfKind(t.Context(), api.EvaluatorFile, api.PromptQuery{Size: 99})
	if err != nil || len(recordIDs(t, raw)) != len(specs)+1 {
		t.Errorf("refused judgments made evaluators: %s, %v", raw, err)
	}
}

// testJudgeDeep judges judgments, and reads them by each of the ways that show them.
func testJudgeDeep(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	of := `"path":"helps","spec":` + specs["select"] + `,"judgment":"good"`
	first := judge(t, b, of+`,"parent_id":"log_part1","log_id":"log_a"`)
	second := judge(t, b, of+`,"parent_id":"log_a","log_id":"log_b"`)
	judge(t, b, of+`,"parent_id":"log_b","log_id":"log_c"`)
	judge(t, b, of+`,"parent_id":"log_judge","log_id":"log_d"`)
	if first.VersionID != second.VersionID {
		t.Errorf("one spec made %s and %s", first.VersionID, second.VersionID)
	}
	doc := get(t, b, "log_part1")
	inner := doc
	for _, id := range []string{"log_a", "log_b", "log_c"} {
		if got := nestedIDs(t, inner); !slices.Equal(got, []string{id}) {
			t.Fatalf("the log shows %v, want %s:\n%s", got, id, doc)
		}
		_, members := memberList(t, inner)
		inner = []byte(members[judgment.Nested])
		inner = inner[1 : len(inner)-1]
		if alone := get(t, b, id); !bytes.Equal(alone, inner) {
			t.Errorf("alone %s is\n%s\nwithin\n%s", id, alone, inner)
		}
	}
	page := listed(t, b, api.LogQuery{FileID: flowID, Size: 9, IncludeTraceChildren: true})
	children := page.Logs[0].Member("trace_children").Bytes()
	if !bytes.Contains(children, doc) {
		t.Errorf("as a part of a trace the log is not shown with its judgments:\n%s", children)
	}
	var file string
	raw, err := b.FilesOfKind(t.Context(), api.EvaluatorFile, api.PromptQuery{Size: 9, Name: "helps"})
	if err != nil {
		t.Fatal(err)
	}
	file = recordIDs(t, raw)[0]
	if count := recordCount(t, raw); count != "4" {
		t.Errorf("the evaluator has %s logs", count)
	}
	list := listed(t, b, api.LogQuery{FileID: file, Size: 9, IncludeParent: true})
	if got := list.Logs[len(list.Logs)-1].Member("parent").Bytes(); !bytes.Equal(got, doc) {
		t.Errorf("the log that is judged is shown as\n%s", got)
	}
	// the imported judgment has been judged, and is shown so where it is shown
	if got := nestedIDs(t, get(t, b, "log_judge")); !slices.Equal(got, []string{"log_d"}) {
		t.Errorf("the imported judgment shows %v", got)
	}
	if got := get(t, b, "log_alone"); bytes.Contains(got, []byte("log_judge")) {
		t.Errorf("an imported judgment was added to a line that does not show it:\n%s", got)
	}
	if err := b.DeleteLogs(t.Context(), []string{"log_part1"}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"log_a", "log_b", "log_c"} {
		_, err := b.Log(t.Context(), id)
		wantCode(t, err, api.NotFound)
	}
}

// recordCount returns the number of logs that the first file of a page claims to have, as JSON.
func recordCount(t *testing.T, page []byte) string {
	t.Helper()
	_, members := memberList(t, page)
	list := []byte(members["records"])
	for e := range jsonraw.EachElement(list) {
		_, of := memberList(t, e.Val.Of(list))
		return of["total_logs_count"]
	}
	return ""
}

// testJudgeTag checks that a judgment changes the ETag of its log for conditional reads
// (If-None-Match), and not for conditional writes (If-Match).
func testJudgeTag(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, pair(t))
	before, err := b.Log(t.Context(), fullLog)
	if err != nil {
		t.Fatal(err)
	}
	judge(t, b, `"path":"helps","spec":`+specs["select"]+`,"judgment":"good","parent_id":"`+fullLog+`"`)
	judged, err := b.Log(t.Context(), fullLog)
	if err != nil {
		t.Fatal(err)
	}
	if plain, _, ok := strings.Cut(judged.ETag, "-"); !ok || plain+`"` != before.ETag {
		t.Errorf("judged, the log has the tag %s, and had %s", judged.ETag, before.ETag)
	}
	patch := object("output", `"new"`)
	doc, err := b.UpdateLog(t.Context(), fullPrompt, fullLog, patch, before.ETag)
	if err != nil {
		t.Fatalf("a judgment in between keeps the log from being changed: %v", err)
	}
	if len(nestedIDs(t, doc.Raw)) == 0 || !bytes.Equal(doc.Raw, get(t, b, fullLog)) {
		t.Errorf("the answer to the patch is\n%s", doc.Raw)
	}
	_, err = b.UpdateLog(t.Context(), fullPrompt, fullLog, patch, judged.ETag)
	wantCode(t, err, api.Precondition)
	if _, err = b.UpdateLog(t.Context(), fullPrompt, fullLog, patch, doc.ETag); err != nil {
		t.Errorf("the tag of a judged log is not known again: %v", err)
	}
}
