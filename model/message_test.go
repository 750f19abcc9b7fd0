package model

import (
	"strings"
	"testing"
)

// outline writes a view in one line.
func outline(m ChatMessage) string {
	parts := []string{m.Role}
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	add("name", m.Name)
	add("for", m.ToolCallID)
	for _, p := range m.Content {
		add("content:"+p.Type, string(p.Raw.Bytes()))
	}
	for _, p := range m.Thinking {
		add("thinking:"+p.Type, string(p.Raw.Bytes()))
	}
	for _, c := range m.ToolCalls {
		add("call:"+c.ID, c.Function+"("+string(c.Arguments.Bytes())+")")
	}
	for _, o := range m.Other {
		add("other:"+o.Name, string(o.Value.Bytes()))
	}
	add("bad", m.Bad)
	return strings.Join(parts, " ")
}

func TestReadMessages(t *testing.T) {
	for literal, want := range map[string]string{
		`{"role":"user","content":"h\u00e9"}`:                                                                                                                 `user content:text="h\u00e9"`,
		`{"role":"user","content":null,"name":"ann","tool_calls":null,"thinking":null}`:                                                                       `user name=ann`,
		`{"role":"tool","tool_call_id":"c1","content":""}`:                                                                                                    `tool for=c1 content:text=""`,
		`{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:x"}},{"type":"audio","a":1},7]}`:                   `user content:text="a" content:image_url="data:x" content:audio={"type":"audio","a":1} content:=7`,
		`{"role":"user","content":[{"type":"text","text":5},{"type":"image_url","image_url":"u"}]}`:                                                           `user content:text={"type":"text","text":5} content:image_url={"type":"image_url","image_url":"u"}`,
		`{"role":"assistant","thinking":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"redacted_thinking","data":"zz"}]}`:                      `assistant thinking:thinking="hm" thinking:redacted_thinking="zz"`,
		`{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":0.10}"}},{"id":"c2","function":{}},null]}`: `assistant call:c1=f("{\"a\":0.10}") call:c2=() call:=()`,
		`{"role":"assistant","audio":{"id":1},"refusal":null}`:                                                                                                `assistant other:audio={"id":1} other:refusal=null`,
		`{"content":"x"}`: ` content:text="x" bad=it has no role`,
		`{"role":"user","content":5,"tool_calls":{}}`: `user other:content=5 other:tool_calls={} bad=its content is a number`,
		`{"role":7}`: ` other:role=7 bad=its role is a number`,
	} {
		list, ok := ReadMessages(raw(literal))
		if !ok || len(list) != 1 || outline(list[0]) != want {
			t.Errorf("%s reads as %v, want %s", literal, list, want)
		}
	}
	list, ok := ReadMessages(raw(`[{"role":"user"},"x",{"role":"system","content":"s"}]`))
	if !ok || len(list) != 3 || list[1].Bad != "the message is a string, not an object" || outline(list[1]) != ` other:="x" bad=`+list[1].Bad || list[2].Role != "system" {
		t.Errorf("the list reads as %v", list)
	}
	for _, literal := range []string{``, `null`, `"x"`, `5`} {
		if list, ok := ReadMessages(raw(literal)); ok {
			t.Errorf("%s reads as %v", literal, list)
		}
	}
	if list, ok := ReadMessages(raw(`[]`)); !ok || len(list) != 0 {
		t.Errorf("no messages read as %v, %t", list, ok)
	}
}
