package model

import (
	"slices"
	"strings"

	"errata/model/jsonraw"
	"errata/model/provider"
)

// answer is what a provider's response says, read once for all fill-ins that use it.
type answer struct {
	*provider.Answer
	of Value // the response
}

// maxFill is the size, in bytes, up to which a value is read for fill-ins.
const maxFill = 4 << 20

// answered reads the provider's response in the log as edited. It is empty if there is none, or
// where it is larger than maxFill.
func (c *ChangeSet) answered() *answer {
	v := c.Value(response)
	if c.answer != nil && v.shares(c.answer.of) {
		return c.answer
	}
	c.answer = &answer{Answer: &provider.Answer{}, of: v}
	if v.IsSet() && v.Len() <= maxFill {
		c.answer.Answer = provider.Read(v.Bytes())
	}
	return c.answer
}

// from says where a value was found: "usage.prompt_tokens in provider_response (OpenAI)".
func (a *answer) from(place string) string {
	who := ""
	switch {
	case a.Dialect == nil:
	case a.Stream:
		who = " (" + a.Dialect.Provider + ", stream)"
	default:
		who = " (" + a.Dialect.Provider + ")"
	}
	return place + " in " + response.Name + who
}

// counted are the fields that are counts of tokens, with what the response tells of each.
func (a *answer) counted() []struct {
	field *Field
	count *provider.Count
} {
	return []struct {
		field *Field
		count *provider.Count
	}{{promptTokens, &a.Prompt}, {reasonTokens, &a.Reasoning}, {outputTokens, &a.Output}}
}

// holds reports whether v is the same number as a literal.
func holds(v Value, literal string) bool {
	is, ok := jsonraw.ParseDecimal(v.Bytes())
	want, told := jsonraw.ParseDecimal([]byte(literal))
	return ok && told && is.Equal(want)
}

// tokens are the counts that the response tells.
func (f *filler) tokens() {
	told := false
	for _, c := range f.answer.counted() {
		switch {
		case c.count.Told:
			told = true
			if !holds(f.changes.Value(c.field), c.count.Literal) {
				f.offer(c.field, Value{raw: []byte(c.count.Literal)}, f.answer.from(c.count.Where))
			}
		case c.count.Fault != "":
			told = true
			f.lacks(c.field.Name+" is not taken from "+response.Name+": "+c.count.Fault, c.field)
		}
	}
	if !told {
		f.lacks("tokens need a "+response.Name+" with its usage", promptTokens, reasonTokens, outputTokens)
	}
}

// reason is why the provider stopped, in its own word.
func (f *filler) reason() {
	a := f.answer
	switch {
	case a.Pending != "":
		f.lacks(finishReason.Name+" needs a response that is finished: this one is "+quoted(a.Pending), finishReason)
	case a.Reason.Fault != "":
		f.lacks(finishReason.Name+" is not taken from "+response.Name+": "+a.Reason.Fault, finishReason)
	case a.Reason.Literal == nil:
		f.lacks(finishReason.Name+" needs a "+response.Name+" that tells why it stopped", finishReason)
	default:
		is, _ := f.changes.Value(finishReason).Text()
		said := Value{raw: a.Reason.Literal}
		if word, _ := said.Text(); !strings.EqualFold(is, word) {
			f.offer(finishReason, said, a.from(a.Reason.Where))
		}
	}
}

// failure is the text of an error that the response is. One that the log has already stays.
func (f *filler) failure() {
	if said := f.answer.Error; said.Literal != nil && !f.changes.Value(errorText).IsSet() {
		f.offer(errorText, Value{raw: said.Literal}, f.answer.from(said.Where))
	}
}

// latency is what the provider measured itself; else the time from the start to the end. A latency
// that is either of the two is left alone.
func (f *filler) latency() {
	own, is := f.answer.Latency, f.changes.Value(latency)
	took := duration(f.changes.Value(startTime), f.changes.Value(endTime))
	switch {
	case own.Literal != "" && (holds(is, own.Literal) || holds(is, took)):
	case own.Literal != "":
		f.offer(latency, Value{raw: []byte(own.Literal)}, f.answer.from(own.Where))
	case took == "":
		f.lacks(latency.Name+" needs "+startTime.Name+" and "+endTime.Name, latency)
	case took[0] == '-':
		f.lacks(latency.Name+" needs an "+endTime.Name+" that is not before "+startTime.Name, latency)
	default:
		f.offer(latency, Value{raw: []byte(took)}, endTime.Name+" − "+startTime.Name)
	}
}

// said fills in the output and its message from the response, where the log has none.
func (f *filler) said() {
	a := f.answer
	text, message := f.changes.Value(output), f.changes.Value(outputMessage)
	if _, told := contentText(message); !text.IsSet() && a.Text != nil && (!told || !f.offers(output)) {
		f.offer(output, Value{raw: a.Text}, a.from("the text"))
	}
	if a.Message != nil && !message.IsSet() && (!filled(text) || a.Text != nil && text.Equal(Value{raw: a.Text})) {
		f.withdraw(outputMessage)
		f.offer(outputMessage, Value{raw: a.Message}, a.from("the message"))
	}
	switch {
	case a.Unread != "" && !message.IsSet():
		f.unread()
	case f.wordless && !f.offers(output) && !f.offers(outputMessage):
		f.silent()
	}
}

// unread says why the message is not filled in, nor the output where it may not be whole either.
func (f *filler) unread() {
	fields := []*Field{outputMessage}
	if !f.changes.Value(output).IsSet() && !f.offers(output) {
		fields = []*Field{output, outputMessage}
	}
	f.lacks(fields[0].Name+" is not taken from "+response.Name+": "+f.answer.Unread, fields...)
}

// silent says why neither the output nor its message can be filled in.
func (f *filler) silent() {
	switch a := f.answer; {
	case a.Refusal != "":
		f.lacks("the provider refused: "+quoted(a.Refusal), output, outputMessage)
	case a.Unclear != "":
		f.lacks(output.Name+" is not taken from "+response.Name+": "+a.Unclear, output, outputMessage)
	default:
		f.lacks(output.Name+" needs an "+outputMessage.Name+" or a "+response.Name+" with text, or the other way round", output, outputMessage)
	}
}

func (f *filler) offers(field *Field) bool {
	return slices.ContainsFunc(f.list, func(fill Fill) bool { return fill.Field == field })
}

// withdraw removes an offered fill-in, because there is a better one.
func (f *filler) withdraw(field *Field) {
	f.list = slices.DeleteFunc(f.list, func(fill Fill) bool { return fill.Field == field })
}
