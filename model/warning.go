package model

import (
	"math/big"
	"strconv"

	"errata/model/jsonraw"
)

// Warning is something odd about a change. It never prevents sending.
type Warning struct {
	Field *Field // a changed field that it concerns
	Msg   string // a sentence without a full stop
}

// Warnings lists what is odd about the log as edited, as far as the changed fields have to do with
// it: each value by itself, and values that do not go together. Text that is not a value yet counts
// as not changed.
func (c *ChangeSet) Warnings() []Warning {
	w := &warner{changes: c}
	for _, f := range c.Changed() {
		if !w.changed(f) {
			continue
		}
		w.list = append(w.list, c.Odd(f)...)
	}
	w.times()
	w.outputs()
	w.usage()
	w.leaps()
	w.calls()
	return w.list
}

// Odd lists what is odd about the value of f by itself, and about what it takes the place of.
// Faults that stood before the edit are one warning: the first of them, and how many more there
// are.
func (c *ChangeSet) Odd(f *Field) []Warning {
	var list []Warning
	first, more := -1, 0
	for _, p := range c.findings(f) {
		switch {
		case p.Stood && first >= 0:
			more++
		case p.Warn:
			if p.Stood {
				first = len(list)
			}
			list = append(list, Warning{f, p.Msg})
		}
	}
	switch {
	case more == 1:
		list[first].Msg += ", and so does 1 more place"
	case more > 1:
		list[first].Msg += ", and so do " + strconv.Itoa(more) + " more places"
	}
	if c.base.Locked(f) == notUTF8 {
		list = append(list, Warning{f, f.Name + " held bytes that are not UTF-8, which an undo cannot bring back: export keeps them"})
	}
	return list
}

// warner collects the warnings about one change set.
type warner struct {
	changes *ChangeSet
	list    []Warning
}

func (w *warner) add(f *Field, msg string) { w.list = append(w.list, Warning{f, msg}) }

func (w *warner) changed(f *Field) bool {
	e, ok := w.changes.Edit(f)
	return ok && e.Err == nil
}

// first is the first of the fields that is changed, nil when none is.
func (w *warner) first(fields ...*Field) *Field {
	for _, f := range fields {
		if w.changed(f) {
			return f
		}
	}
	return nil
}

// times compares the start, the end and the latency.
func (w *warner) times() {
	took := duration(w.changes.Value(startTime), w.changes.Value(endTime))
	span, ok := jsonraw.Rat(took)
	if !ok {
		return
	}
	if span.Sign() < 0 {
		if f := w.first(endTime, startTime); f != nil {
			w.add(f, endTime.Name+" is before "+startTime.Name)
		}
		return
	}
	told := sum(w.changes.Value(latency))
	measured, ok := jsonraw.Rat(told)
	f := w.first(latency, endTime, startTime)
	if f == nil || !ok || holds(w.changes.Value(latency), w.changes.answered().Latency.Literal) {
		return
	}
	gap := new(big.Rat).Sub(measured, span)
	gap.Abs(gap)
	percent, millisecond := new(big.Rat).Mul(span, big.NewRat(1, 100)), big.NewRat(1, 1000)
	if gap.Cmp(percent) > 0 && gap.Cmp(millisecond) > 0 {
		w.add(f, latency.Name+" is "+told+" s, but from start to end it took "+took+" s")
	}
}

// outputs compares the output with the error and with the output message.
func (w *warner) outputs() {
	out := w.changes.Value(output)
	failed := w.changes.Value(errorText)
	if f := w.first(output, errorText); f != nil && filled(out) && filled(failed) && !w.brokeOff(out, failed) {
		w.add(f, output.Name+" and "+errorText.Name+" are both set")
	}
	f := w.first(output, outputMessage)
	if f == nil || out.Kind() != jsonraw.String {
		return
	}
	if content, ok := contentText(w.changes.Value(outputMessage)); ok && !content.Equal(out) {
		w.add(f, output.Name+" is not the text of "+outputMessage.Name)
	}
}

// brokeOff reports whether the response has both, as a stream that failed after some text.
func (w *warner) brokeOff(out, failed Value) bool {
	a := w.changes.answered()
	return a.Text != nil && a.Error.Literal != nil &&
		out.Equal(Value{raw: a.Text}) && failed.Equal(Value{raw: a.Error.Literal})
}

// filled reports whether v is set and not the empty string.
func filled(v Value) bool { return v.IsSet() && !v.Same(emptyText) }

// emptyText is a text without a character.
var emptyText = Value{raw: []byte(`""`)}

// contentText is the text of a message's content as a string; ok is false when it has no content
// that is text.
func contentText(message Value) (text Value, ok bool) {
	content := message.member("content")
	if content.Kind() == jsonraw.String {
		return content, true
	}
	joined := ""
	for _, part := range elements(content) {
		if piece, is := partContent(part); is {
			joined, ok = joined+piece, true
		}
	}
	if !ok {
		return Absent, false
	}
	text, err := String(joined)
	return text, err == nil
}

// partContent is the text of a part of a message's content that is text: of type "text", of type
// "output_text" as OpenAI's responses have it, or without a type as Bedrock's Converse has it.
func partContent(part Value) (text string, ok bool) {
	if kind := part.member("type"); kind.IsSet() {
		if name, _ := kind.Text(); name != "text" && name != "output_text" {
			return "", false
		}
	}
	return part.member("text").Text()
}

// leaps finds costs and counts that changed a hundredfold, as they do when a decimal point is lost
// or a unit is wrong.
func (w *warner) leaps() {
	hundred, hundredth := big.NewRat(100, 1), big.NewRat(1, 100)
	for _, f := range []*Field{promptTokens, reasonTokens, outputTokens, promptCost, outputCost} {
		was, known := jsonraw.Rat(sum(w.changes.base.Value(f)))
		is, ok := jsonraw.Rat(sum(w.changes.Value(f)))
		if !known || !ok || !w.changed(f) || was.Sign() == 0 || is.Sign() == 0 {
			continue
		}
		ratio := is.Quo(is, was)
		ratio.Abs(ratio)
		switch {
		case ratio.Cmp(hundred) >= 0:
			w.add(f, f.Name+" is at least a hundred times what it was")
		case ratio.Cmp(hundredth) <= 0:
			w.add(f, f.Name+" is at most a hundredth of what it was")
		}
	}
}

// calls looks for the first tool message that answers a call which no message before it makes.
func (w *warner) calls() {
	if !w.changed(messages) {
		return
	}
	made := map[string]bool{}
	for i, v := range w.changes.Value(messages).special() {
		m := readMessage(v)
		for _, call := range m.ToolCalls {
			made[call.ID] = true
		}
		switch place := messages.Name + pathText([]any{i}); {
		case m.Role != "tool" || made[m.ToolCallID]:
		case m.ToolCallID == "":
			w.add(messages, place+" is a tool message that names no call")
			return
		default:
			w.add(messages, place+" answers the call "+quoted(m.ToolCallID)+", which no message before it makes")
			return
		}
	}
}
