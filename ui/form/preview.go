package form

import (
	"strings"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/units"
)

// previewBytes is how much of a value a preview looks at; its cost does not grow with the value.
const previewBytes = 400

// preview is the text of a value in the list: its first words, or what it is where words would say
// little. It is not safe for a terminal. plain is false if the text is a word of ours and no text
// of the log.
func preview(f *model.Field, v model.Value) (text string, plain bool) {
	switch {
	case v.IsAbsent():
		return "absent", false
	case v.IsNull():
		return "null", false
	}
	switch kind := v.Kind(); {
	case kind == jsonraw.String && f != nil && f.Misfit(v):
		// the quotes tell it from what belongs here
		return string(v.Head(previewBytes)), true
	case kind == jsonraw.String:
		return previewText(v)
	case kind == jsonraw.Number:
		return units.Of(f, string(v.Head(previewBytes))), true
	case kind == jsonraw.Array, kind == jsonraw.Object:
		return container(f, v), !empty(v)
	default:
		return string(v.Bytes()), true
	}
}

// previewText is the preview of a string. It does not have one put together that was just edited.
func previewText(v model.Value) (text string, plain bool) {
	const enough = 4 << 10 // to see that it is words and no media, and for the words
	head := v.Head(enough)
	if d, ok := media.Of("", head); ok {
		if len(head) < v.Len() {
			d, ok = media.Of("", v.Bytes())
		}
		if ok {
			return d.String(), true
		}
	}
	if text, _ = jsonraw.TextPrefix(head, previewBytes); text == "" {
		return "empty text", false
	}
	return text, true
}

// largeValue is the size from which a value is no longer read to make its preview.
const largeValue = 64 << 10

// container says what a list or an object holds.
func container(f *model.Field, v model.Value) string {
	if v.Len() > largeValue {
		return v.Kind().Word() + " of " + figure.Size(v.Len())
	}
	raw := v.Bytes()
	if f != nil && (f.Kind == model.Messages || f.Kind == model.Message) {
		if list, ok := model.ReadMessages(v); ok {
			return conversation(list, f.Kind)
		}
	}
	if v.Kind() == jsonraw.Object {
		return membersOf(raw)
	}
	if elements, err := jsonraw.Elements(raw); err == nil && len(elements) != 1 {
		return figure.Count(len(elements), "element")
	}
	return onOneLine(jsonraw.Indent(media.Shown(raw)))
}

// membersOf are the members of an object side by side, without signs of JSON.
func membersOf(raw []byte) string {
	members, err := jsonraw.Members(raw)
	if err != nil {
		return onOneLine(jsonraw.Indent(media.Shown(raw)))
	}
	if len(members) == 0 {
		return "no members"
	}
	var words []string
	for n := 0; len(words) < len(members) && n < previewBytes; n += len(words[len(words)-1]) {
		m := members[len(words)]
		words = append(words, m.Name+" "+inFew(m.Val.Of(raw)))
	}
	return strings.Join(words, " · ")
}

// inFew is a member's value in a few words.
func inFew(raw []byte) string {
	const most = 60 // bytes of a text
	switch jsonraw.KindOf(raw) {
	case jsonraw.String:
		if d, ok := media.Of("", raw); ok {
			return d.String()
		}
		if text, _ := jsonraw.TextPrefix(raw, most); text != "" {
			return text
		}
		return `""`
	case jsonraw.Array:
		if elements, err := jsonraw.Elements(raw); err == nil {
			return "[" + figure.Int(len(elements)) + "]"
		}
	case jsonraw.Object:
		if members, err := jsonraw.Members(raw); err == nil {
			return "{" + figure.Int(len(members)) + "}"
		}
	}
	return string(raw[:min(len(raw), most)])
}

// empty reports whether a list or an object holds nothing.
func empty(v model.Value) bool {
	if v.Len() >= largeValue {
		return false
	}
	raw := v.Bytes()
	return len(strings.TrimSpace(string(raw[1:len(raw)-1]))) == 0
}

// onOneLine joins the lines of laid-out JSON, whose strings hold no line breaks.
func onOneLine(laid []byte) string {
	lines := strings.Split(string(laid), "\n")
	for i := range lines {
		lines[i] = strings.TrimLeft(lines[i], " ")
	}
	return strings.Join(lines, " ")
}

// conversation says how many messages there are and how the last one begins.
func conversation(list []model.ChatMessage, kind model.Kind) string {
	if len(list) == 0 {
		return "no messages"
	}
	last := list[len(list)-1]
	text := last.Role
	for _, part := range last.Content {
		if words := strings.TrimLeft(beginning(part), " \t\r\n"); words != "" {
			text += ": " + words[:min(len(words), previewBytes)]
			break
		}
	}
	if len(last.Content) == 0 && len(last.ToolCalls) > 0 {
		text += " → " + last.ToolCalls[0].Function
	}
	if kind == model.Message {
		return text
	}
	if len(list) == 1 {
		return "1 message, " + text
	}
	return figure.Count(len(list), "message") + ", last " + text
}

// beginning is the words of a part, or what it holds instead.
func beginning(part model.Part) string {
	if words, ok := part.Raw.Text(); ok && part.Type == "text" {
		return words
	}
	if d, ok := media.Of("image_url", part.Raw.Bytes()); ok {
		return d.String()
	}
	if p, ok := media.In(part.Raw.Bytes()); ok {
		return p.String()
	}
	return ""
}
