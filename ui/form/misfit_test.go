package form

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

const wrongTypes = `{"id": "log_wrong", "prompt": {"id": "pr_1"}, "output": {"text": "teh"}, "error": 429, "finish_reason": ["stop"],
 "prompt_tokens": "57", "prompt_cost": "0.0012", "created_at": 1748772000, "metadata": "k=v", "inputs": [1], "messages": "Hi",
 "output_message": [], "tool_choice": 1, "source": true}`

// A value of a wrong type opens as the JSON that it is, and gives way to what fits.
func TestWrongTypesAreMended(t *testing.T) {
	for _, test := range []struct{ field, shown, typed, body string }{
		{"output", `"text": "teh"`, `the words`, `{"output":"the words"}`},
		{"output", `"text": "teh"`, `"the \"words\""`, `{"output":"the \"words\""}`},
		{"error", `429`, `late`, `{"error":"late"}`},
		{"finish_reason", `"stop"`, `stop`, `{"finish_reason":"stop"}`},
		{"prompt_tokens", `"57"`, `57`, `{"prompt_tokens":57}`},
		{"prompt_cost", `"0.0012"`, `0.00120`, `{"prompt_cost":0.00120}`},
		{"created_at", `1748772000`, `2025-06-01T10:00:00Z`, `{"created_at":"2025-06-01T10:00:00Z"}`},
		{"metadata", `"k=v"`, `{"k": "v"}`, `{"metadata":{"k":"v"}}`},
		{"inputs", `1`, `{}`, `{"inputs":{}}`},
		{"messages", `"Hi"`, `[{"role": "user", "content": "Hi"}]`, `{"messages":[{"role":"user","content":"Hi"}]}`},
		{"output_message", `[]`, `{"role": "assistant"}`, `{"output_message":{"role":"assistant"}}`},
		{"tool_choice", `1`, `auto`, `{"tool_choice":"auto"}`},
		{"source", `true`, `sdk`, `{"source":"sdk"}`},
	} {
		d := drive(t, wrongTypes, 80, 24)
		d.at(test.field).press("enter")
		d.shows(test.shown)
		d.shows("edited as JSON: it holds ")
		d.press("esc")
		d.body("{}")
		d.press("enter", "ctrl+home", "ctrl+k", "ctrl+k", "ctrl+k", "ctrl+k", "ctrl+k").write(test.typed).press("esc")
		d.body(test.body)
		d.press("enter", "esc") // open again, what was typed says the same
		d.body(test.body)
		d.press("r")
		d.body("{}")
	}
}

// A time that is counted from 1970 is told, and alt+u writes it as a time.
func TestEpochsBecomeTimes(t *testing.T) {
	d := drive(t, wrongTypes, 80, 24)
	d.at("created_at").press("enter").shows("counted from 1970 it is 2025-06-01T10:00:00Z; alt+u writes that")
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("u"), Alt: true})
	d.press("esc")
	d.body(`{"created_at":"2025-06-01T10:00:00Z"}`)
}

func TestWrongTypesStayRefused(t *testing.T) {
	d := drive(t, wrongTypes, 80, 24)
	d.shows(`"57"`) // and not 57, as the right one would be
	d.at("output").press("enter", "up", "end", "backspace").write(`!"`)
	d.shows("output wants a string, not an object")
	d.press("ctrl+s").shows("not sent: ")
	d.body("{}")
}

// A message of a foreign shape keeps nobody from correcting it, or the others.
func TestForeignMessagesDoNotBlock(t *testing.T) {
	const before = `[{"role":"user","content":"teh question"},{"role":"function","name":"f","content":"42"},{"type":"reasoning","id":"r"},{"role":"user","content":[{"image":"a"},{"type":"text","text":"b"}]}]`
	doc := `{"id": "log_foreign", "prompt": {"id": "pr_1"}, "messages": ` + before + `}`
	d := drive(t, doc, 80, 24)
	d.press("enter", "down", "enter", "ctrl+home").write("X").press("esc", "down", "down", "enter", "ctrl+home").write("Y").press("esc", "esc")
	d.body(`{"messages":[{"role":"user","content":"Xteh question"},{"role":"function","name":"f","content":"Y42"},{"type":"reasoning","id":"r"},{"role":"user","content":[{"image":"a"},{"type":"text","text":"b"}]}]}`)
	d.press("enter", "D", "esc").showsNot("invalid") // the first one twice
	d.press("enter", "down", "down", "down", "down", "D", "esc").shows("1 changed, 1 invalid")
}
