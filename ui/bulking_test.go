package ui

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/api/batch"
	"errata/model"
	"errata/model/redact"
	"errata/ui/annotate"
	"errata/ui/draft"
	"errata/ui/form"
	"errata/ui/theme"
)

// stated are the options of a program that keeps journal and batches in a folder.
func stated(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	o := journaled(t, dir, "")
	o.State, o.ServerID = dir, server
	return o
}

func TestMarkedLogsAreChangedAsOne(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{"kept": stated(t), "thrown away": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := sit(t, o, []byte(third)).rest()
			p.press("*", "b", "metadata.reviewed:=true", "enter").rest()
			p.shows("Review of 3 logs  set metadata.reviewed:=true")
			p.shows("3 match · 3 change · 0 already so · 0 refused")
			p.sent()
			p.press("j", "d", "enter").rest()
			p.shows("saved and verified: 2 logs")
			if n := len(p.fake.Patches()); n != 2 {
				t.Errorf("%d PATCHes", n)
			}
			p.press("o").rest()
			p.shows("almanac/tides")
			p.press("q").rest()
			p.shows("saved and verified")
			p.press("u").rest()
			p.shows("2 match · 2 change · 0 already so · 0 refused")
			p.shows("undo b_")
			p.press("enter").rest()
			p.shows("saved and verified: 2 logs")
			if open, err := p.fake.Log(t.Context(), "log_three"); err != nil || string(open.Raw) != third {
				t.Errorf("%v: log_three is %s", err, open.Raw)
			}
			p.press("esc").rest()
			p.shows("Logs")
			p.showsNot("marked")
		})
	}
}

func TestChangesOfAnOpenLogAreMadeInOthers(t *testing.T) {
	t.Parallel()
	p := sit(t, stated(t)).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "q").rest()
	p.press("j", "b", "as in", "enter").rest()
	p.shows("Review of 1 log  set output:=null")
	p.press("enter").rest()
	p.sent(`{"output":null}`)
}

func TestMarkedLogsAreJudged(t *testing.T) {
	t.Parallel()
	p := sit(t, stated(t)).rest()
	for _, body := range []string{
		`{"path":"team/rating","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good"},{"name":"bad"}]}}`,
		`{"path":"team/note","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"text"}}`,
	} {
		if _, err := p.fake.UpsertEvaluator(t.Context(), []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	p.press("*", "b", "judge rating=fair").press("enter").rest()
	p.shows(`rating wants good or bad, not "fair"`)
	p.press("ctrl+u", "judge rating=good --note 'has a source'").press("enter").rest()
	p.shows("Review of 2 logs  judge team/rating=good team/note=has a source")
	p.shows(`▸ log_one  team/rating: nothing → "good" · team/note: nothing`)
	p.press("enter").rest()
	p.shows("saved and verified: 2 logs")
	p.press("u").rest()
	p.shows(`team/rating: "good" → nothing`)
	p.press("enter").rest()
	p.shows("saved and verified: 2 logs")
	for _, id := range []string{"log_one", "log_two"} {
		doc, err := p.fake.Log(t.Context(), id)
		if err != nil || !strings.Contains(string(doc.Raw), `"evaluator_logs": []`) {
			t.Errorf("%s is %s, %v", id, doc.Raw, err)
		}
	}
}

// What is masked from the screen is gone from the logs, the journal, drafts and other batches.
func TestMarkedLogsAreRedacted(t *testing.T) {
	t.Parallel()
	o := stated(t)
	o.Masking.Own = func() (redact.Options, error) { return redact.Options{Words: []string{"nine"}}, nil }
	o.Drafts = draft.New(o.State, draft.Options{})
	p := sit(t, o).rest()
	p.press("b", "output='Ask ada@example.org at nine, see logo@2x.png.'").press("enter").rest()
	p.press("enter").rest()
	p.press("esc").rest()
	p.press("j", "b", "output='At nine.'").press("enter").rest()
	p.press("d", "esc").rest() // it is not sent, and its hashes go with it
	p.press("*", "b", "redact --kinds word,mail").press("enter").rest()
	p.shows("A redaction cannot be undone")
	p.shows("2 hits in 1 log of 2")
	p.shows("»ada@example.org«")
	p.shows("(.png is the ending")
	p.shows("hits are also in 1 entry of the journal")
	p.press("enter")
	p.shows("change 1 log? This cannot be undone: y / n")
	p.press("n", "f")
	p.rest().shows("▸ log_one  Output:")
	p.press("enter", "y").rest()
	p.shows("saved and verified: 1 log")
	p.shows("nothing of it is left in these logs, the journal and the drafts")
	p.press("u").shows("it cannot be taken back")
	doc, err := p.fake.Log(t.Context(), "log_one")
	if err != nil || !strings.Contains(string(doc.Raw), `"Ask [mail] at [word], see logo@2x.png."`) {
		t.Errorf("log_one is %s, %v", doc.Raw, err)
	}
	err = filepath.WalkDir(o.State, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(string(data), "ada@") || strings.Contains(string(data), "at nine") {
			t.Errorf("%s holds %s", name, data)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A log whose draft is in use is not masked behind the back of who edits it.
func TestWhatIsNotSentIsNotRedacted(t *testing.T) {
	t.Parallel()
	o := stated(t)
	o.Masking.Own = func() (redact.Options, error) { return redact.Options{}, nil }
	p := sit(t, o).rest()
	p.press("enter").rest()
	p.press("j", "j", "x", "q").rest()
	p.press("*", "b", "redact").press("enter")
	p.rest().shows("log_one has changes that are not sent: send them, or undo them")
}

// A queue that was left is offered as well, but where somebody is at it.
func TestAQueueThatWasLeftIsOfferedAtTheStart(t *testing.T) {
	t.Parallel()
	o := stated(t)
	q, err := annotate.New(o.State, annotate.Head{Server: o.ServerID, Began: time.Now()}, []string{"log_one", "log_two"})
	if err == nil {
		err = q.Complete("log_one", 1, time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	const offer = "1 of 2 logs annotated; errata annotate --resume goes on"
	looked := func() *person {
		p := sit(t, o).rest()
		p.run(p.r.looking.looks())
		return p.rest()
	}
	looked().showsNot(offer)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	looked().shows(offer)
	both := leftOver(leftMsg{[]batch.Summary{{Head: batch.Head{Recipe: batch.Recipe{Words: "set output=Late."}}}}, q})
	if !strings.HasSuffix(both, "; B goes on; errata annotate --resume") {
		t.Errorf("beside a batch it is offered as %q", both)
	}
}

func TestWhatWasStoppedIsOfferedAtTheStart(t *testing.T) {
	t.Parallel()
	o := stated(t)
	late, err := model.ParseAssignment("output=Late.")
	if err != nil {
		t.Fatal(err)
	}
	set := batch.Set(model.Edits{Assign: []model.Assignment{late}})
	b, err := batch.New(o.State, batch.Head{Server: o.ServerID, Recipe: set.Recipe})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Gather(batch.Logs("log_one", "log_two")); err != nil {
		t.Fatal(err)
	}
	if err := b.Agree(); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	p := sit(t, o).rest()
	p.run(p.r.looking.looks())
	p.rest()
	p.shows("set output=Late.: 2 of 2 logs left to do; B goes on")
	p.press("B").rest()
	p.shows("2 match · 0 saved")
	p.press("enter").rest()
	p.shows("saved and verified: 2 logs")
	p.sent(`{"output":"Late."}`, `{"output":"Late."}`)
}

func TestNothingIsChangedReadOnly(t *testing.T) {
	t.Parallel()
	p := sit(t, Options{ReadOnly: true}).rest()
	p.press("*", "b")
	p.shows("read-only: nothing can be changed here")
}

func TestBulkWords(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"a=b  c=d":                                    `["a=b","c=d"]`,
		`a='two words' b="it's" c=d\ e`:               `["a=two words","b=it's","c=d e"]`,
		`metadata.t:=["a", {"b": "c d"}] x=1`:         `["metadata.t:=[\"a\", {\"b\": \"c d\"}]","x=1"]`,
		`output:="two words" a:=null b+='{"c": 1}'`:   `["output:=\"two words\"","a:=null","b+={\"c\": 1}"]`,
		`replace 'old one' "new \"one\"" --in output`: `["replace","old one","new \"one\"","--in","output"]`,
		`metadata["a.b"]=1`:                           `["metadata[a.b]=1"]`,
	} {
		got, err := bulkWords(line)
		raw, _ := json.Marshal(got)
		if err != nil || string(raw) != want {
			t.Errorf("%s is %s, %v, want %s", line, raw, err, want)
		}
	}
	if _, err := bulkWords("a='b"); err == nil || !strings.Contains(err.Error(), "column 3") {
		t.Errorf("an open quote: %v", err)
	}
}

// made is the change that words make.
func made(t *testing.T, s *session, words []string) (batch.Change, error) {
	t.Helper()
	making, err := s.bulkChange(words)
	if err != nil {
		return batch.Change{}, err
	}
	return making(t.Context())
}

func TestBulkChanges(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(first))
	if err != nil {
		t.Fatal(err)
	}
	changed := model.NewChangeSet(log)
	changed.Set(model.Metadata, model.Raw([]byte(`{"b":[1]}`)))
	files := func(_ context.Context, name string) ([]byte, error) {
		if name == "none" {
			return nil, errors.New("there is no none")
		}
		return []byte("of " + name), nil
	}
	s := &session{o: Options{File: files}, forms: map[string]*form.Model{"log_one": form.New(changed, theme.None(), form.Options{})}}
	for line, want := range map[string]string{
		"output=Late. metadata.b:=2":                     `{"output":"Late.","metadata":{"a": 1, "b": 2}}`,
		"set metadata.b:=2":                              `{"metadata":{"a": 1, "b": 2}}`,
		"null output metadata":                           `{"output":null,"metadata":null}`,
		"--remove metadata.a --copy output=metadata.was": `{"metadata":{"was": "At nine."}}`,
		"--move=output=metadata.was":                     "cannot be moved",
		"replace nine ten":                               `{"output":"At ten."}`,
		"replace --regexp '(n)ine' ${1}oon --in output":  `{"output":"At noon."}`,
		"as in":                    `{"metadata":{"b": [1]}}`,
		"as in log_two":            "no log is open with changes",
		"replace nine":             "replace wants OLD and NEW",
		"replace a b --in nowhere": "there is no field",
		"nowhere=1":                "there is no field",
		"output":                   "not an assignment",
		"fill":                     "which fields",
		"fill output --every":      "which fields",
		"fill messages":            "cannot be filled in",
		"output=@file":             `{"output":"of file"}`,
		"output=@-":                "the keyboard here",
		"output=@none":             "output: there is no none",
		"judge a=b":                "no judgments",
		"repalce nine ten":         "did you mean replace",
		"outptu=Late.":             "did you mean output",
		"null outptu":              "did you mean output",
		"replace a b --whol":       "did you mean --whole",
		"replace a b --in outptu":  "did you mean output",
		"--remvoe metadata.a":      "did you mean --remove",
		"fill output_cots":         "did you mean output_cost",
		"fill --evry":              "did you mean --every",
		"judge a=b --complted":     "did you mean --completed",
		"judge a":                  "a is no judgment; write EVALUATOR=VALUE",
		"judge --completed":        "judge wants EVALUATOR=VALUE",
		"delete":                   "errata delete does that",
		"--remove":                 "wants a path",
	} {
		var change batch.Change
		var got string
		words, err := bulkWords(line)
		if err == nil {
			change, err = made(t, s, words)
			err = meant(err, words)
		}
		if err == nil {
			var e batch.Edit
			if e, err = change.Make(context.Background(), log, batch.Item{}); err == nil {
				got = string(e.Changes.Patch())
			}
		}
		if err != nil {
			got = err.Error()
		}
		if got != want && (err == nil || !strings.Contains(got, want)) {
			t.Errorf("%s makes %s, want %s", line, got, want)
		}
		if err == nil && !slices.Contains([]string{batch.SetKind, batch.ReplaceKind, batch.FillKind}, change.Kind) {
			t.Errorf("%s is of kind %s", line, change.Kind)
		}
	}
}
