package ui

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"errata/api/batch"
	"errata/model"
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

func TestWhatWasStoppedIsOfferedAtTheStart(t *testing.T) {
	t.Parallel()
	o := stated(t)
	set, err := setWords([]string{"output=Late."})
	if err != nil {
		t.Fatal(err)
	}
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
	p.give(lookBackMsg{})
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

func TestBulkChanges(t *testing.T) {
	t.Parallel()
	log, err := model.ParseLog([]byte(first))
	if err != nil {
		t.Fatal(err)
	}
	changed := model.NewChangeSet(log)
	changed.Set(model.Metadata, model.Raw([]byte(`{"b":[1]}`)))
	s := &session{forms: map[string]*form.Model{"log_one": form.New(changed, theme.None(), form.Options{})}}
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
		"output":                   "no assignment",
		"fill":                     "which fields",
		"fill output --every":      "which fields",
		"fill messages":            "cannot be filled in",
		"output=@file":             "files are read by errata set",
		"judge a=b":                "errata judge does that",
		"--remove":                 "wants a path",
	} {
		change, err := s.bulkChange(line)
		var got string
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
