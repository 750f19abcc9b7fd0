package model_test

import (
	"fmt"
	"strings"
	"testing"

	"errata/model"
	"errata/model/replace"
)

const replaced = `{"id":"log_1","created_at":"2025-03-02T10:00:00","output":"At nine, \u0061t nine.","error":null,"finish_reason":"stop",` +
	`"messages":[{"role":"system","content":"Say nine."},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",` +
	`"function":{"name":"look","arguments":"{\"at\": \"nine\", \"n\": 9.0}"}}]}],"metadata":{"nine":"nine","a":{"b":"nine"},"a.b":1}}`

func TestReplace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule replace.Rule
		in   string
		want string // the body of the PATCH
		at   string
	}{
		{replace.Rule{Old: "nine", New: "ten"}, "output", `{"output":"At ten, \u0061t ten."}`, "output:2"},
		{replace.Rule{Old: "nine", New: "ten"}, "messages[-1]", `{"messages":[{"role":"system","content":"Say nine."},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",` +
			`"function":{"name":"look","arguments":"{\"at\": \"ten\", \"n\": 9.0}"}}]}]}`, "messages[-1].tool_calls[0].function.arguments.at:1"},
		{replace.Rule{Old: "nine", New: "ten"}, "metadata metadata.nine metadata", `{"metadata":{"nine":"ten","a":{"b":"ten"},"a.b":1}}`, "metadata.nine:1 metadata.a.b:1"},
		{replace.Rule{Old: "nine", New: "nine nine"}, "metadata.nine metadata.nine metadata.nowhere error", `{"metadata":{"nine":"nine nine","a":{"b":"nine"},"a.b":1}}`, "metadata.nine:1"},
		{replace.Rule{Old: "2025", New: "2026"}, "", `{}`, ""},
		{replace.Rule{Old: "2025", New: "2026"}, "created_at", `{"created_at":"2026-03-02T10:00:00"}`, "created_at:1"},
		{replace.Rule{Old: "9", New: "8"}, "", `{}`, ""},
	} {
		log, err := model.ParseLog([]byte(replaced))
		if err != nil {
			t.Fatal(err)
		}
		c := model.NewChangeSet(log)
		places, err := c.Replace(rule(t, test.rule), targets(t, test.in))
		var told []string
		for _, p := range places {
			told = append(told, fmt.Sprintf("%s:%d", p.Path, p.Hits))
		}
		if got := string(c.Patch()); err != nil || got != test.want || strings.Join(told, " ") != test.at {
			t.Errorf("%+v in %s sends %s for %v, %v\nwant %s for %s", test.rule, test.in, got, told, err, test.want, test.at)
		}
	}
}

func TestReplaceChangesNothingWhereAFieldIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ old, with, want string }{
		{"system", "", "role"},
		{"2025-03", "in spring", "created_at"},
	} {
		log, _ := model.ParseLog([]byte(replaced))
		c := model.NewChangeSet(log)
		_, err := c.Replace(rule(t, replace.Rule{Old: test.old, New: test.with}), targets(t, "messages created_at output"))
		if err == nil || !strings.Contains(err.Error(), test.want) || len(c.Changed()) > 0 {
			t.Errorf("%s: %v, and %d fields changed", test.old, err, len(c.Changed()))
		}
	}
}

func rule(t *testing.T, r replace.Rule) *replace.Replacer {
	t.Helper()
	made, err := replace.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func targets(t *testing.T, words string) (list []model.Target) {
	t.Helper()
	for _, word := range strings.Fields(words) {
		target, err := model.ParseTarget(word)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, target)
	}
	return list
}
