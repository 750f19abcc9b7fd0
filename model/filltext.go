package model

import "errata/model/jsonraw"

// texts makes the output and the text of the output message agree. If both are set and differ there
// is a fill-in each way, unless one of them alone was changed: then the other follows it. No
// fill-in makes a text empty, or a message of a text alone if the response says more.
func (f *filler) texts() {
	text, message := f.changes.Value(output), f.changes.Value(outputMessage)
	if text.Len() > maxFill || message.Len() > maxFill {
		return
	}
	content, told := contentText(message)
	if told && content.Equal(text) {
		return
	}
	base, from := message, "the text of "+output.Name
	if !message.IsSet() && f.answer.Message != nil { // it may have calls, too
		base, from = Value{raw: f.answer.Message}, from+" in the message of "+response.Name
	}
	var there, back Value
	if told && filled(content) {
		there = content
	}
	if text.Kind() == jsonraw.String && filled(text) && (message.IsSet() || f.answer.Unread == "") {
		back = withContent(base, text)
	}
	switch {
	case there.IsAbsent() && back.IsAbsent():
		f.wordless = true
		return
	case there.IsSet() && back.IsSet() && f.changed(output) != f.changed(outputMessage):
		if f.changed(output) {
			there = Absent
		} else {
			back = Absent
		}
	}
	before := len(f.list)
	if back.IsSet() {
		f.offer(outputMessage, back, from)
	}
	if there.IsSet() {
		f.offer(output, there, "the text of "+outputMessage.Name)
	}
	if pair := f.list[before:]; len(pair) == 2 {
		pair[0].Opposite, pair[1].Opposite = pair[1].Field, pair[0].Field
	}
}

func (f *filler) changed(field *Field) bool {
	_, ok := f.changes.Edit(field)
	return ok
}

// withContent gives a message with another text and everything else as it was; a new message of the
// assistant where there is none. It is Absent if the text would have to replace more than one text
// part, or what is not a text.
func withContent(message, text Value) Value {
	if !message.IsSet() {
		return Value{raw: append(append([]byte(`{"role":"assistant","content":`), text.Bytes()...), '}')}
	}
	content := message.member("content")
	swap := text.Bytes()
	if content.Kind() == jsonraw.Array {
		if swap = withPart(content, text); swap == nil {
			return Absent
		}
	} else if content.IsSet() && content.Kind() != jsonraw.String {
		return Absent
	}
	raw, err := jsonraw.Set(message.Bytes(), []jsonraw.Edit{{Name: "content", Val: swap}})
	if err != nil {
		return Absent
	}
	return Value{raw: raw}
}

// withPart gives a list of content parts with another text in its only text part, nil when there is
// none or more than one.
func withPart(content, text Value) []byte {
	list, err := jsonraw.Elements(content.Bytes())
	if err != nil {
		return nil
	}
	var only *jsonraw.Span
	for _, e := range list {
		if _, ok := partContent(Value{raw: e.Val.Of(content.Bytes())}); !ok {
			continue
		}
		if only != nil {
			return nil
		}
		only = &e.Val
	}
	if only == nil {
		return nil
	}
	part, err := jsonraw.Set(only.Of(content.Bytes()), []jsonraw.Edit{{Name: "text", Val: text.Bytes()}})
	if err != nil {
		return nil
	}
	out := append([]byte(nil), content.Bytes()[:only.Start]...)
	return append(append(out, part...), content.Bytes()[only.End:]...)
}
