package model

import (
	"strings"
	"testing"
)

func TestFillsTheOutputAndTheMessageFromEachOther(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ output, message, want string }{
		"from the message":     {`null`, `{"role":"assistant","content":"At nine."}`, `output="At nine."`},
		"its literal stays":    {`null`, `{"role":"assistant","content":"\u00e9\/"}`, `output="\u00e9\/"`},
		"parts are joined":     {`null`, `{"role":"assistant","content":[{"type":"text","text":"At "},{"type":"text","text":"nine."}]}`, `output="At nine."`},
		"a new message":        {`"At \u006eine."`, `null`, `output_message={"role":"assistant","content":"At \u006eine."}`},
		"members stay":         {`"At nine."`, `{"role": "assistant", "content": null, "name": "t", "x": 1.0}`, `output_message={"role": "assistant", "content": "At nine.", "name": "t", "x": 1.0}`},
		"a content is added":   {`"At nine."`, `{"role":"assistant"}`, `output_message={"role":"assistant","content":"At nine."}`},
		"each way":             {`"At ten."`, `{"role":"assistant","content":"At nine."}`, `output_message={"role":"assistant","content":"At ten."} output="At nine."`},
		"the only text part":   {`"At ten."`, `{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"u"}}, {"type":"text", "text":"At nine.", "x":1}]}`, `output_message={"role":"assistant","content":[{"type":"image_url","image_url":{"url":"u"}}, {"type":"text", "text":"At ten.", "x":1}]} output="At nine."`},
		"two text parts":       {`"At ten."`, `{"role":"assistant","content":[{"type":"text","text":"At "},{"type":"text","text":"nine."}]}`, `output="At nine."`},
		"they agree":           {`"At nine."`, `{"role":"assistant","content":"At n\u0069ne."}`, ``},
		"neither":              {`null`, `null`, ``},
		"nothing to say":       {`null`, `{"role":"assistant","content":""}`, ``},
		"only calls":           {`null`, `{"role":"assistant","content":null,"tool_calls":[]}`, ``},
		"content of odd shape": {`"At nine."`, `{"role":"assistant","content":7}`, ``},
		"no message at all":    {`"At nine."`, `["x"]`, ``},
		"a message too little": {`"At nine."`, `{"content":null}`, ``},
		"an empty output":      {`""`, `{"role":"assistant","content":"At nine."}`, `output="At nine."`},
		"an empty message":     {`"At nine."`, `{"role":"assistant","content":""}`, `output_message={"role":"assistant","content":"At nine."}`},
		"untyped parts":        {`"At nine."`, `{"role":"assistant","content":[{"text":"At "},{"text":"nine."}]}`, ``},
		"parts of output text": {`null`, `{"role":"assistant","content":[{"type":"output_text","text":"At nine."}]}`, `output="At nine."`},
		"parts without text":   {`"At nine."`, `{"role":"assistant","content":[{"type":"refusal","refusal":"No."},{"type":"image_url","image_url":{"url":"u"}}]}`, ``},
		"no parts":             {`"At nine."`, `{"role":"assistant","content":[]}`, ``},
		"calls beside no text": {`"At nine."`, `{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f"}}]}`, `output_message={"role":"assistant","content":"At nine.","tool_calls":[{"id":"c","type":"function","function":{"name":"f"}}]}`},
		"a part of no text":    {`"At nine."`, `{"role":"assistant","content":[{"type":"text"},{"type":"text","text":7}]}`, ``},
		"a member twice":       {`"At nine."`, `{"role":"assistant","content":"a","content":"b"}`, `output="b"`},
	} {
		doc := `{"id":"log_1","output":` + c.output + `,"output_message":` + c.message + `}`
		if got := strings.Join(fills(t, changesOf(t, doc), nil), " "); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// A message that could not be whole is not offered, neither from the response nor from the text of
// the output, and it is said why. What else the response tells is offered all the same.
func TestNoMessageIsFilledInThatIsNotWhole(t *testing.T) {
	t.Parallel()
	custom := `{"object":"response","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"I look."}]},` +
		`{"type":"custom_tool_call","call_id":"c","name":"tide","input":"Brest"}],"usage":{"input_tokens":8,"output_tokens":2}}`
	strange := `{"type":"message","content":[{"type":"text","text":"I look."},{"type":"spoken_text","words":"At nine."}],"stop_reason":"end_turn"}`
	none := " is not taken from provider_response: it holds "
	for name, c := range map[string]struct{ log, response, want, why string }{
		"a call":                 {``, custom, `output="I look." finish_reason="completed" prompt_tokens=8 output_tokens=2`, "output_message" + none + `"custom_tool_call"`},
		"a call, the text known": {`"output":"I look.",`, custom, `finish_reason="completed" prompt_tokens=8 output_tokens=2`, "output_message" + none + `"custom_tool_call"`},
		"anything":               {``, strange, `finish_reason="end_turn"`, "output" + none + `"spoken_text"`},
		"anything, a text known": {`"output":"I look.",`, strange, `finish_reason="end_turn"`, "output_message" + none + `"spoken_text"`},
	} {
		ch := changesOf(t, `{"id":"log_1",`+c.log+`"provider_response":`+c.response+`}`)
		if got := strings.Join(fills(t, ch, nil), " "); got != c.want {
			t.Errorf("%s gives\n%s\nwant\n%s", name, got, c.want)
		}
		if got := Needs(ch, nil, outputMessage); !strings.HasPrefix(got, c.why) {
			t.Errorf("%s says %q", name, got)
		}
		made, _ := FillEverything(ch, nil)
		for _, fill := range made {
			if fill.Field == outputMessage {
				t.Errorf("%s: all together make the message %s", name, fill.Value.Bytes())
			}
		}
	}
}

// The output may have been corrected since: the calls beside it are those of the response.
func TestAMessageOfTheOutputHasTheCallsOfTheResponse(t *testing.T) {
	t.Parallel()
	ch := changesOf(t, `{"id":"log_1","output":"I look it up.","provider_response":{"choices":[{"message":{"content":"I lok.","tool_calls":[`+
		`{"id":"c","function":{"name":"tide","arguments":"{}"}}]}}]}}`)
	want := `output_message={"role":"assistant","content":"I look it up.","tool_calls":[{"id":"c","type":"function","function":{"name":"tide","arguments":"{}"}}]}`
	if got := strings.Join(fills(t, ch, nil), " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTheTextThatWasChangedIsTheOneToFollow(t *testing.T) {
	t.Parallel()
	doc := `{"id":"log_1","output":"At ten.","output_message":{"role":"assistant","content":"At nine."}}`
	for _, f := range []*Field{output, outputMessage} {
		c := changesOf(t, doc)
		for _, fill := range Fills(c, nil) {
			if fill.Opposite == nil {
				t.Errorf("%s does not tell that the other way is open", fill.Field.Name)
			}
		}
		literal := `"At eleven."`
		if f == outputMessage {
			literal = `{"role":"assistant","content":"At eleven."}`
		}
		c.Set(f, Raw([]byte(literal)))
		list := Fills(c, nil)
		if len(list) != 1 || list[0].Field == f || list[0].Opposite != nil {
			t.Errorf("after a change of %s: %v", f.Name, list)
		}
	}
}

// A text is only ever filled in with another text: whatever is in the message, no offer empties the
// output, and none the message.
func TestNoFillMakesATextEmpty(t *testing.T) {
	t.Parallel()
	contents := []string{`""`, `null`, `[]`, `{}`, `7`, `[{}]`, `[{"text":""}]`, `[{"type":"text","text":""}]`, `[{"type":"output_text","text":""}]`,
		`[{"type":"refusal","refusal":"No."}]`, `[{"type":"tool_use","name":"f"}]`, `"At nine."`, `[{"type":"text","text":"At nine."}]`}
	for _, content := range contents {
		for _, out := range []string{`"At ten."`, `""`, `null`} {
			for _, edited := range []*Field{output, outputMessage, nil} {
				c := changesOf(t, `{"id":"log_1","output":"Was.","output_message":{"role":"assistant","content":"Was."}}`)
				if edited != outputMessage {
					c.Set(output, Raw([]byte(out)))
				}
				if edited != output {
					c.Set(outputMessage, Raw([]byte(`{"role":"assistant","content":`+content+`}`)))
				}
				for _, f := range Fills(c, nil) {
					text := f.Value
					if f.Field == outputMessage {
						text, _ = contentText(f.Value)
					}
					if !filled(text) {
						t.Errorf("output %s, content %s: %s is offered as %s", out, content, f.Field.Name, f.Value.Bytes())
					}
				}
			}
		}
	}
}
