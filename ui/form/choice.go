package form

import (
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// words are the tool choices that need no tool.
var words = []string{"none", "auto", "required"}

// choice is a tool choice that can be stepped to or completed: its name and its text.
type choice struct{ name, text string }

// choices are the words, then a function for each of the tools; if there are no tools, one whose
// name is to be filled in.
func choices(tools []string) []choice {
	list := make([]choice, 0, len(words)+max(len(tools), 1))
	for _, w := range words {
		list = append(list, choice{w, w})
	}
	if len(tools) == 0 {
		tools = []string{""}
	}
	for _, name := range tools {
		if v, err := model.FunctionChoice(name); err == nil {
			list = append(list, choice{name, string(v.Bytes())})
		}
	}
	return list
}

// stepChoice gives the choice after or before text, going round. Where text is none of them it is
// completed: to a choice whose name begins so, the first going down and the last going up. It is ""
// if none does.
func stepChoice(text string, by int, list []choice) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return list[0].text
	}
	for i, c := range list {
		if c.is(text) {
			return list[(i+by+len(list))%len(list)].text
		}
	}
	fits := completions(text, list)
	switch {
	case len(fits) == 0:
		return ""
	case by < 0:
		return fits[len(fits)-1].text
	}
	return fits[0].text
}

// is reports whether a text is this choice: the word, with or without quotes, or JSON that means
// the same.
func (c choice) is(text string) bool {
	if strings.Trim(text, `"`) == c.text {
		return true
	}
	return strings.HasPrefix(text, "{") && jsonraw.Check([]byte(text)) == nil && jsonraw.Equal([]byte(text), []byte(c.text))
}

// completions are the choices whose name begins with what was typed, in any case; the name itself
// first.
func completions(text string, list []choice) []choice {
	typed := strings.ToLower(strings.TrimLeft(strings.TrimSpace(text), `"`))
	if typed == "" {
		return nil
	}
	var fits []choice
	for _, c := range list {
		switch {
		case strings.Trim(text, `" `) == c.name:
			fits = append([]choice{c}, fits...)
		case strings.HasPrefix(strings.ToLower(c.name), typed):
			fits = append(fits, c)
		}
	}
	return fits
}

// choiceText is the text that an editor of a tool choice opens with: on one line, so that it can be
// stepped.
func choiceText(f *model.Field, text []byte) []byte {
	if f.Kind != model.ToolChoice {
		return text
	}
	return jsonraw.Compact(text)
}

// choiceHint names the choices.
func choiceHint(list []choice) string {
	names := words[:len(words):len(words)]
	for _, c := range list[len(words):] {
		if c.name != "" {
			names = append(names, c.name)
		}
	}
	if len(names) == len(words) {
		return "none, auto, required or {\"type\": \"function\", …}; alt+↑ ↓ choose"
	}
	return "alt+↑ ↓ choose, ctrl+n completes: " + strings.Join(names, ", ")
}
