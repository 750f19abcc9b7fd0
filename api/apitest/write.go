package apitest

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/model"
)

// testPatch changes each field by itself, in a log that has the field and in one that has not, and
// checks that every other member stays as it was.
func testPatch(t *testing.T, open opener) {
	for _, f := range model.Fields() {
		for _, literal := range []string{samples[f.Kind], "null"} {
			t.Run(f.Name+"/"+strings.Trim(literal[:1], `"[{`), func(t *testing.T) {
				t.Parallel()
				svc := open(t, pair(t))
				checkPatch(t, svc, fullPrompt, fullLog, f.Name, literal)
				checkPatch(t, svc, barePrompt, bareLog, f.Name, literal)
			})
		}
	}
	t.Run("nothing", func(t *testing.T) {
		svc := open(t, pair(t))
		before := get(t, svc, fullLog)
		for _, body := range []string{`{}`, ` { "no_field_of_a_log": 1, "id": "log_new", "log_status": "complete" } `} {
			doc, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, []byte(body), "")
			if err != nil || !bytes.Equal(doc.Raw, before) {
				t.Errorf("a patch of %s gave %s, %v", body, doc.Raw, err)
			}
			if after := get(t, svc, fullLog); !bytes.Equal(after, before) {
				t.Errorf("a patch of %s changed the log", body)
			}
		}
	})
	t.Run("all at once", func(t *testing.T) {
		svc := open(t, pair(t))
		var members []string
		for _, f := range model.Fields() {
			members = append(members, string(object(f.Name, samples[f.Kind])[1:][:len(object(f.Name, samples[f.Kind]))-2]))
		}
		body := "{" + strings.Join(members, ",") + "}"
		if _, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, []byte(body), ""); err != nil {
			t.Fatal(err)
		}
		_, got := memberList(t, get(t, svc, fullLog))
		for _, f := range model.Fields() {
			if got[f.Name] != samples[f.Kind] {
				t.Errorf("%s is %s, want %s", f.Name, got[f.Name], samples[f.Kind])
			}
		}
	})
}

// checkPatch gives one field a value and compares the whole log.
func checkPatch(t *testing.T, svc api.Service, prompt, id, field, literal string) {
	t.Helper()
	names, want := memberList(t, get(t, svc, id))
	if _, there := want[field]; !there {
		names = append(names, field) // a new member comes last
	}
	want[field] = literal
	doc, err := svc.UpdateLog(t.Context(), prompt, id, object(field, literal), "")
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	if after := get(t, svc, id); !bytes.Equal(after, doc.Raw) {
		t.Errorf("%s: the answer to the patch is not what is kept:\n%s\n%s", id, doc.Raw, after)
	}
	gotNames, got := memberList(t, doc.Raw)
	if !slices.Equal(gotNames, names) {
		t.Errorf("%s: members %v, want %v", id, gotNames, names)
	}
	for name, literal := range want {
		if got[name] != literal {
			t.Errorf("%s: %s is %s, want %s", id, name, got[name], literal)
		}
	}
}

// testRefuse sends wrong values beside right ones. The error names the wrong one, and nothing is
// written.
func testRefuse(t *testing.T, open opener) {
	svc := open(t, pair(t))
	before := get(t, svc, fullLog)
	fields := model.Fields()
	for i, f := range fields {
		good := fields[(i+1)%len(fields)]
		for _, literal := range wrong[f.Kind] {
			body := `{"` + good.Name + `":` + samples[good.Kind] + `,"` + f.Name + `":` + literal + `}`
			_, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, []byte(body), "")
			wantFields(t, err, "body", f.Name)
		}
	}
	a, b := fields[1], fields[3]
	both := `{"` + a.Name + `":"1","` + b.Name + `":"2"}`
	_, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, []byte(both), "")
	wantFields(t, err, "body", a.Name)
	var e *api.Error
	if errors.As(err, &e) && len(e.Fields) != 2 {
		t.Errorf("two wrong members gave the entries %v", e.Fields)
	}
	twice := `{"` + a.Name + `":1,"` + a.Name + `":2}`
	for _, body := range []string{``, `null`, `[]`, `"text"`, `{"a":`, `{} {}`, twice} {
		_, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, []byte(body), "")
		wantFields(t, err, "body")
	}
	if after := get(t, svc, fullLog); !bytes.Equal(after, before) {
		t.Errorf("a refused patch changed the log:\n%s", after)
	}
}

func testMissing(t *testing.T, open opener) {
	svc := open(t, pair(t))
	before := get(t, svc, fullLog)
	for _, id := range []string{"log_none", "log_ful", "LOG_FULL", "log_full ", ".", "log/full"} {
		_, err := svc.Log(t.Context(), id)
		wantCode(t, err, api.NotFound)
	}
	patch := object(model.PromptTokens.Name, "1")
	for _, c := range []struct{ prompt, log string }{
		{fullPrompt, "log_none"},
		{"pr_none", fullLog},
		{barePrompt, fullLog}, // the log exists, but belongs to another prompt
	} {
		_, err := svc.UpdateLog(t.Context(), c.prompt, c.log, patch, "")
		wantCode(t, err, api.NotFound)
	}
	if after := get(t, svc, fullLog); !bytes.Equal(after, before) {
		t.Error("a patch under another prompt changed the log")
	}
	bad := object(model.PromptTokens.Name, `"x"`)
	_, err := svc.UpdateLog(t.Context(), "pr_none", "log_none", bad, "")
	wantCode(t, err, api.Invalid) // the body is checked before the log is looked up
}

func testPrecondition(t *testing.T, open opener) {
	svc := open(t, pair(t))
	doc, err := svc.Log(t.Context(), fullLog)
	if err != nil {
		t.Fatal(err)
	}
	if doc.ETag == "" {
		t.Fatal("a log has no ETag")
	}
	f := model.PromptTokens
	first, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, object(f.Name, "1"), doc.ETag)
	if err != nil {
		t.Fatal(err)
	}
	if first.ETag == "" || first.ETag == doc.ETag {
		t.Errorf("ETag %q after a change, was %q", first.ETag, doc.ETag)
	}
	_, err = svc.UpdateLog(t.Context(), fullPrompt, fullLog, object(f.Name, "2"), doc.ETag)
	wantCode(t, err, api.Precondition)
	now, err := svc.Log(t.Context(), fullLog)
	if err != nil || !bytes.Equal(now.Raw, first.Raw) || now.ETag != first.ETag {
		t.Errorf("after a failed precondition the log is %s (%s), %v", now.Raw, now.ETag, err)
	}
	if _, err := svc.UpdateLog(t.Context(), fullPrompt, fullLog, object(f.Name, "3"), first.ETag); err != nil {
		t.Errorf("the newest ETag was refused: %v", err)
	}
}

// get returns the bytes of a log, which must exist.
func get(t *testing.T, svc api.Service, id string) []byte {
	t.Helper()
	doc, err := svc.Log(t.Context(), id)
	if err != nil {
		t.Fatalf("log %s: %v", id, err)
	}
	return bytes.Clone(doc.Raw)
}

// wantCode checks that err is an *api.Error with this code, which says that certainly nothing was
// changed.
func wantCode(t *testing.T, err error, code api.Code) {
	t.Helper()
	var e *api.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("error %v, want code %d", err, code)
		return
	}
	if e.Sent != api.NotSent {
		t.Errorf("error %v says that it may have taken effect", err)
	}
	if e.Msg == "" || strings.HasSuffix(e.Msg, ".") || strings.Contains(e.Msg, "\n") {
		t.Errorf("%q is not a sentence for a user", e.Msg)
	}
}

// wantFields checks that err is an api.Invalid of which an entry has a loc that begins with these
// steps.
func wantFields(t *testing.T, err error, loc ...any) {
	t.Helper()
	wantCode(t, err, api.Invalid)
	var e *api.Error
	if !errors.As(err, &e) {
		return
	}
	for _, f := range e.Fields {
		if len(f.Loc) >= len(loc) && reflect.DeepEqual(f.Loc[:len(loc)], loc) && f.Msg != "" && f.Type != "" {
			return
		}
	}
	t.Errorf("%v has no entry at %v: %+v", err, loc, e.Fields)
}
