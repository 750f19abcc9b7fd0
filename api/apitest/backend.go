package apitest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
)

// BackendSuite is Suite for an api.Backend, with further tests of what only a backend does.
func BackendSuite(t *testing.T, open func(t *testing.T, seed Seed) api.Backend) {
	t.Helper()
	Suite(t, func(t *testing.T, seed Seed) api.Service { return open(t, seed) })
	for _, part := range []struct {
		name string
		run  func(*testing.T, func(*testing.T, Seed) api.Backend)
	}{
		{"kinds", testKinds},
		{"agent", testAgent},
		{"delete", testDelete},
		{"arrivals", testArrivals},
		{"all prompts", testAllPrompts},
		{"files", testFiles},
		{"versions", testVersions},
		{"directories", testDirectories},
		{"traces", testTraces},
		{"sample", testSample},
		{"judge each kind", testJudgeEach},
		{"judge refused", testJudgeRefused},
		{"judge judgments", testJudgeDeep},
		{"judge and tag", testJudgeTag},
		{"judge nested", testNested},
		{"learned", testLearned},
		{"evaluators", testEvaluators},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.run(t, open)
		})
	}
}

// The ids of the files in the seed that has files of every kind.
const (
	toolID, judgeID, flowID, agentID, promptID = "tl_1", "evl_1", "fl_1", "ag_1", "pr_1"
)

// kindsOf has the kind of each file in that seed.
var kindsOf = map[string]api.FileKind{
	toolID: api.ToolFile, judgeID: api.EvaluatorFile, flowID: api.FlowFile, agentID: api.AgentFile, promptID: api.PromptFile,
}

func allKinds(t *testing.T) Seed {
	t.Helper()
	return Seed{Logs: lines(t, "kinds.jsonl")}
}

// testKinds checks that logs of files of every kind are stored and listed as they came, and that
// only logs of prompts can be changed by the endpoint for prompts.
func testKinds(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	seed := allKinds(t)
	b := open(t, seed)
	for _, raw := range seed.Logs {
		log, err := model.ParseLog(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := get(t, b, log.Head().ID); !bytes.Equal(got, raw) {
			t.Errorf("log is\n%s\nwant\n%s", got, raw)
		}
	}
	for file, want := range map[string][]string{
		toolID: {"log_part2"}, judgeID: {"log_judge_of_judge", "log_judge"}, flowID: {"log_flow"}, agentID: {"log_agent"},
		promptID: {"log_alone", "log_part1"},
	} {
		checkPage(t, b, api.LogQuery{FileID: file, Size: 9}, want, len(want))
	}
	patch := object(model.PromptTokens.Name, "1")
	for file, log := range map[string]string{toolID: "log_part2", judgeID: "log_judge", flowID: "log_flow", agentID: "log_agent"} {
		before := get(t, b, log)
		_, err := b.UpdateLog(t.Context(), file, log, patch, "")
		wantCode(t, err, api.NotFound)
		if after := get(t, b, log); !bytes.Equal(after, before) {
			t.Errorf("a log of a %s was changed", kindsOf[file])
		}
	}
}

// testAgent changes a log of an agent, which has an endpoint of its own.
func testAgent(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	for _, f := range model.Fields() {
		want := object(f.Name, samples[f.Kind])
		doc, err := b.UpdateAgentLog(t.Context(), agentID, "log_agent", want, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, got := memberList(t, doc.Raw); got[f.Name] != samples[f.Kind] || !bytes.Equal(get(t, b, "log_agent"), doc.Raw) {
			t.Errorf("%s is %s, want %s", f.Name, got[f.Name], samples[f.Kind])
		}
		_, err = b.UpdateAgentLog(t.Context(), agentID, "log_agent", object(f.Name, wrong[f.Kind][0]), "")
		wantFields(t, err, "body", f.Name)
	}
	patch := object(model.PromptTokens.Name, "1")
	for _, c := range [][2]string{{agentID, "log_none"}, {"ag_none", "log_agent"}, {promptID, "log_alone"}, {agentID, "log_alone"}, {flowID, "log_flow"}} {
		_, err := b.UpdateAgentLog(t.Context(), c[0], c[1], patch, "")
		wantCode(t, err, api.NotFound)
	}
	_, err := b.UpdateAgentLog(t.Context(), agentID, "log_agent", patch, `"stale"`)
	wantCode(t, err, api.Precondition)
}

func testDelete(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	wantFields(t, b.DeleteLogs(t.Context(), nil), "query", "id")
	if err := b.DeleteLogs(t.Context(), []string{"log_none", "log_", "LOG_ALONE", ""}); err != nil {
		t.Fatal(err)
	}
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9}, []string{"log_alone", "log_part1"}, 2)
	if err := b.DeleteLogs(t.Context(), []string{"log_alone", "log_none", "log_alone"}); err != nil {
		t.Fatal(err)
	}
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9}, []string{"log_part1"}, 1)
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9, VersionID: "prv_2"}, nil, 0)
	// the judgments of a log are deleted with it
	checkPage(t, b, api.LogQuery{FileID: judgeID, Size: 9}, nil, 0)
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9, Search: "alone"}, nil, 0)
	for _, id := range []string{"log_alone", "log_judge", "log_judge_of_judge"} {
		_, err := b.Log(t.Context(), id)
		wantCode(t, err, api.NotFound)
	}
	_, err := b.UpdateLog(t.Context(), promptID, "log_alone", []byte(`{}`), "")
	wantCode(t, err, api.NotFound)
	made := create(t, b, body(`"id":"`+promptID+`","log_id":"log_alone"`, nil))
	if made.ID != "log_alone" {
		t.Errorf("made %+v", made)
	}
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9}, []string{"log_alone", "log_part1"}, 2)
}

func testFiles(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	for id, kind := range kindsOf {
		raw, err := b.FilesOfKind(t.Context(), kind, api.PromptQuery{Size: 9})
		if err != nil {
			t.Fatal(err)
		}
		if got := recordIDs(t, raw); !slices.Equal(got, []string{id}) {
			t.Errorf("files of kind %s: %v, want %s", kind, got, id)
		}
		raw, err = b.File(t.Context(), kind, id, api.CreateQuery{})
		if err != nil {
			t.Fatal(err)
		}
		if _, got := memberList(t, raw); got["id"] != `"`+id+`"` || got["type"] != `"`+string(kind)+`"` {
			t.Errorf("%s is %s", id, raw)
		}
		for _, other := range kindsOf {
			if other != kind {
				_, err := b.File(t.Context(), other, id, api.CreateQuery{})
				wantCode(t, err, api.NotFound)
			}
		}
	}
	for _, c := range []struct {
		q    api.FileQuery
		want string
	}{
		{api.FileQuery{Size: 9}, "evl_1 ag_1 fl_1 tl_1 pr_1"},
		{api.FileQuery{Size: 9, Order: "asc"}, "pr_1 tl_1 fl_1 ag_1 evl_1"},
		{api.FileQuery{Size: 9, SortBy: "updated_at"}, "tl_1 evl_1 ag_1 fl_1 pr_1"},
		{api.FileQuery{Size: 9, SortBy: "name", Order: "asc"}, "pr_1 ag_1 evl_1 fl_1 tl_1"},
		{api.FileQuery{Size: 2, Page: 2}, "fl_1 tl_1"},
		{api.FileQuery{Size: 9, Name: "SEA"}, "tl_1"},
		{api.FileQuery{Size: 9, Path: "team"}, "ag_1 fl_1 tl_1 pr_1"},
		{api.FileQuery{Size: 9, Path: "team/tools"}, "tl_1"},
		{api.FileQuery{Size: 9, Path: "tea"}, ""},
		{api.FileQuery{Size: 9, Kinds: []api.FileKind{api.FlowFile, api.AgentFile}}, "ag_1 fl_1"},
		{api.FileQuery{Size: 9, Kinds: []api.FileKind{api.DatasetFile}}, ""},
	} {
		raw, err := b.Files(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(recordIDs(t, raw), " "); got != c.want {
			t.Errorf("files of %+v: %s, want %s", c.q, got, c.want)
		}
	}
}

func testVersions(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	raw, err := b.Versions(t.Context(), api.PromptFile, promptID)
	if err != nil {
		t.Fatal(err)
	}
	if got := recordMembers(t, raw, "version_id"); !slices.Equal(got, []string{"prv_2", "prv_1"}) {
		t.Errorf("versions %v", got)
	}
	for q, want := range map[api.CreateQuery]string{
		{}: "prv_2", {VersionID: "prv_1"}: "prv_1", {Environment: "production"}: "prv_2",
	} {
		raw, err := b.File(t.Context(), api.PromptFile, promptID, q)
		if err != nil {
			t.Fatal(err)
		}
		if _, got := memberList(t, raw); got["version_id"] != `"`+want+`"` {
			t.Errorf("%+v gives version %s, want %s", q, got["version_id"], want)
		}
	}
	for id, kind := range map[string]api.FileKind{"pr_none": api.PromptFile, promptID: api.ToolFile, "": api.FlowFile} {
		_, err := b.Versions(t.Context(), kind, id)
		wantCode(t, err, api.NotFound)
	}
}

// testDirectories lists the directories from the root downwards.
func testDirectories(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	b := open(t, allKinds(t))
	root := directory(t, b, "root")
	if root["path"] != `""` || root["parent_id"] != "null" {
		t.Errorf("root is %v", root)
	}
	again := directory(t, b, strings.Trim(root["id"], `"`))
	if again["id"] != root["id"] || !strings.HasPrefix(root["id"], `"dir_`) {
		t.Errorf("the root is %s, then %s", root["id"], again["id"])
	}
	paths := elementMembers(t, []byte(root["subdirectories"]), "path")
	slices.Sort(paths)
	if !slices.Equal(paths, []string{"judges", "team"}) || root["files"] != "[]" {
		t.Errorf("in the root are %v and %s", paths, root["files"])
	}
	at := elementMembers(t, []byte(root["subdirectories"]), "id")[slices.Index(elementMembers(t, []byte(root["subdirectories"]), "path"), "team")]
	team := directory(t, b, at)
	files := elementMembers(t, []byte(team["files"]), "id")
	slices.Sort(files)
	if !slices.Equal(files, []string{flowID, promptID}) || team["parent_id"] != root["id"] || team["name"] != `"team"` {
		t.Errorf("the directory is %v", team)
	}
	for i, path := range elementMembers(t, []byte(team["subdirectories"]), "path") {
		below := directory(t, b, elementMembers(t, []byte(team["subdirectories"]), "id")[i])
		if got := elementMembers(t, []byte(below["parents"]), "path"); !slices.Equal(got, []string{"team", ""}) || below["path"] != `"`+path+`"` {
			t.Errorf("%s has the parents %q", below["path"], got)
		}
	}
	for _, id := range []string{"dir_none", "", "ROOT"} {
		_, err := b.Directory(t.Context(), id)
		wantCode(t, err, api.NotFound)
	}
	if got := directory(t, open(t, Seed{}), "root"); got["id"] != root["id"] || got["files"] != "[]" || got["subdirectories"] != "[]" {
		t.Errorf("the root of nothing is %v", got)
	}
}

func directory(t *testing.T, b api.Backend, id string) map[string]string {
	t.Helper()
	raw, err := b.Directory(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	names, members := memberList(t, raw)
	for _, want := range strings.Fields("id parent_id name path tags created_at updated_at subdirectories files parents") {
		if !slices.Contains(names, want) {
			t.Errorf("directory %s has no %s", id, want)
		}
	}
	return members
}

func testTraces(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	seed := allKinds(t)
	b := open(t, seed)
	for _, c := range []struct {
		in   []bool
		want []string
	}{
		{nil, []string{"log_alone", "log_part1"}},
		{[]bool{true}, []string{"log_part1"}},
		{[]bool{false}, []string{"log_alone"}},
		{[]bool{false, true}, []string{"log_alone", "log_part1"}},
		{[]bool{true, true}, []string{"log_part1"}},
	} {
		checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9, InTrace: c.in}, c.want, len(c.want))
	}
	checkPage(t, b, api.LogQuery{FileID: promptID, Size: 9, InTrace: []bool{true}, Search: "alone"}, nil, 0)
	for file, want := range map[string][]string{flowID: {"log_part1", "log_part2"}, agentID: nil} {
		page := listed(t, b, api.LogQuery{FileID: file, Size: 9, IncludeTraceChildren: true})
		if got := elementMembers(t, page.Logs[0].Member("trace_children").Bytes(), "id"); !slices.Equal(got, want) {
			t.Errorf("parts of %s: %v, want %v", file, got, want)
		}
		page = listed(t, b, api.LogQuery{FileID: file, Size: 9})
		if got := page.Logs[0].Bytes(); !bytes.Equal(got, get(t, b, page.Logs[0].Head().ID)) {
			t.Errorf("unasked, the log of %s is listed as %s", file, got)
		}
	}
	page := listed(t, b, api.LogQuery{FileID: promptID, Size: 9, IncludeTraceChildren: true})
	if !bytes.Equal(page.Logs[0].Bytes(), get(t, b, "log_alone")) {
		t.Errorf("a log of a prompt is listed as %s", page.Logs[0].Bytes())
	}
}

// testSample checks that a sample contains some of the logs, and the same ones on every page.
func testSample(t *testing.T, open func(*testing.T, Seed) api.Backend) {
	var seed Seed
	for range 200 {
		seed.Logs = append(seed.Logs, sampleLog(len(seed.Logs)))
	}
	b := open(t, seed)
	all := listed(t, b, api.LogQuery{FileID: promptID, Size: 200})
	sample := api.LogQuery{FileID: promptID, Size: 200, Sample: 50}
	some := listed(t, b, sample)
	if n := len(some.Logs); n < 20 || n > 90 || some.Total != n || all.Total != 200 {
		t.Errorf("a sample of 50 of %d has %d logs, total %d", all.Total, n, some.Total)
	}
	var paged []string
	sample.Size = 7
	for sample.Page = 1; len(paged) < some.Total && sample.Page < 99; sample.Page++ {
		for _, log := range listed(t, b, sample).Logs {
			paged = append(paged, log.Head().ID)
		}
	}
	var want []string
	for _, log := range some.Logs {
		want = append(want, log.Head().ID)
	}
	if !slices.Equal(paged, want) {
		t.Errorf("in pages the sample is %v, want %v", paged, want)
	}
	if got := listed(t, b, api.LogQuery{FileID: promptID, Size: 9, Sample: 500}); got.Total != 200 {
		t.Errorf("a sample of more than there are has %d logs", got.Total)
	}
}

func sampleLog(i int) []byte {
	digits := []byte{byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)}
	return []byte(`{"id": "log_` + string(digits) + `", "prompt": {"id": "` + promptID + `", "version_id": "prv_1"}}`)
}

// recordIDs lists the ids of the records of a page.
func recordIDs(t *testing.T, page []byte) []string { return recordMembers(t, page, "id") }

func recordMembers(t *testing.T, page []byte, name string) []string {
	t.Helper()
	_, members := memberList(t, page)
	return elementMembers(t, []byte(members["records"]), name)
}

// elementMembers lists a member that is a string, of each element of a list.
func elementMembers(t *testing.T, list []byte, name string) (texts []string) {
	t.Helper()
	elements, err := jsonraw.Elements(list)
	if err != nil {
		t.Fatalf("no list: %v\n%s", err, list)
	}
	for _, e := range elements {
		_, members := memberList(t, e.Val.Of(list))
		text, _ := jsonraw.Text([]byte(members[name]))
		texts = append(texts, text)
	}
	return texts
}

// elementTexts lists the ids of the elements of a list as JSON literals, "" for elements without
// one.
func elementTexts(list []byte) (ids []string) {
	for e := range jsonraw.EachElement(list) {
		members, _ := jsonraw.Members(e.Val.Of(list))
		m, _ := jsonraw.Find(members, "id")
		ids = append(ids, string(m.Val.Of(e.Val.Of(list))))
	}
	return ids
}
