package model

import (
	"math/big"
	"strings"

	"errata/model/jsonraw"
)

// usage is a field of tokens and where a response tells them.
type usage struct {
	field *Field
	rows  []string
}

// usages tells where providers say how many tokens were used. The first row of a field that is there in the response counts; a
// row that names several members is their sum, of those that are there.
var usages = []usage{
	{promptTokens, []string{
		"usage.prompt_tokens",             // OpenAI's chat completions, Mistral, Groq
		"usage.input_tokens",              // OpenAI's responses, Anthropic
		"usageMetadata.promptTokenCount",  // Gemini
		"usage.inputTokens",               // Bedrock
		"usage.tokens.input_tokens",       // Cohere
		"meta.tokens.input_tokens",        // Cohere, version 1
		"usage.billed_units.input_tokens", // Cohere where it tells only what it bills
		"meta.billed_units.input_tokens",  //
		"prompt_eval_count",               // Ollama
	}},
	{reasonTokens, []string{
		"usage.completion_tokens_details.reasoning_tokens",
		"usage.output_tokens_details.reasoning_tokens",
		"usageMetadata.thoughtsTokenCount",
	}},
	{outputTokens, []string{
		"usage.completion_tokens",
		"usage.output_tokens",
		"usageMetadata.candidatesTokenCount usageMetadata.thoughtsTokenCount", // reasoning is part of the output
		"usage.outputTokens",
		"usage.tokens.output_tokens",
		"meta.tokens.output_tokens",
		"usage.billed_units.output_tokens",
		"meta.billed_units.output_tokens",
		"eval_count",
	}},
}

// tokens are the counts that the response tells. A count is left alone when it agrees with any way in which the
// response can be read, as the warnings have it.
func (f *filler) tokens() {
	found := false
	told := []Value{f.response["usage"], f.response["usageMetadata"]}
	for _, u := range usages {
		where, v := f.counted(u.rows)
		if v.IsAbsent() {
			continue
		}
		found = true
		is, known := jsonraw.ParseDecimal(f.changes.Value(u.field).raw)
		if known && agrees(told, u.field, is) {
			continue
		}
		f.offer(u.field, v, where+" in "+response.Name)
	}
	if !found {
		f.lacks("tokens need a "+response.Name+" with its usage", promptTokens, reasonTokens, outputTokens)
	}
}

// agrees tells whether a count is one that the response tells in some way; see counters.
func agrees(told []Value, field *Field, count jsonraw.Decimal) bool {
	for _, c := range counters {
		if c.field != field {
			continue
		}
		for _, usage := range told {
			for _, row := range c.rows {
				if n, ok := jsonraw.ParseDecimal([]byte(sum(at(usage, row)...))); ok && n.Equal(count) {
					return true
				}
			}
		}
	}
	return false
}

// counted is the first of the rows that is there: the literal where one member tells it, else the sum.
func (f *filler) counted(rows []string) (where string, v Value) {
	for _, row := range rows {
		var parts []Value
		var paths []string
		for path := range strings.FieldsSeq(row) {
			v := f.response.path(path)
			if n, ok := jsonraw.ParseDecimal(v.raw); ok && n.IsWhole() && (len(parts) == 0 || n.Sign() != 0) {
				parts, paths = append(parts, v), append(paths, path)
			}
		}
		switch total := sum(parts...); {
		case len(parts) == 1:
			return paths[0], parts[0]
		case total != "":
			return strings.Join(paths, " + "), Value{raw: []byte(total)}
		}
	}
	return "", Absent
}

// costs are the tokens of the log times the price of its model.
func (f *filler) costs() {
	name, price, ok := f.price()
	if !ok {
		if name == "" {
			f.lacks("costs need the name of the model", promptCost, outputCost)
		} else {
			f.lacks("costs need a price of "+name+" in the configuration file", promptCost, outputCost)
		}
		return
	}
	for _, part := range []struct {
		field, tokens *Field
		price         string
	}{
		{promptCost, promptTokens, price.Prompt},
		{outputCost, outputTokens, price.Output},
	} {
		tokens := f.changes.Value(part.tokens)
		switch cost := times(tokens, part.price); {
		case part.price == "":
			f.lacks(part.field.Name+" needs a price of "+name+" in the configuration file", part.field)
		case cost == "":
			f.lacks(part.field.Name+" needs "+part.tokens.Name, part.field)
		default:
			f.offer(part.field, Value{raw: []byte(cost)}, string(tokens.raw)+" × $"+part.price+" a million, the price of "+name)
		}
	}
}

// price finds the price of the model that answered, as the response calls it, the request, or the prompt; ok is false
// when none of them has one, and name is what the prompt says then.
func (f *filler) price() (name string, p Price, ok bool) {
	called := []Value{f.response["model"], f.response["modelVersion"]}
	asked := f.changes.Value(request).object()
	called = append(called, asked["model"], asked["modelId"])
	names := []string{}
	for _, v := range called {
		if name, _ := v.Text(); name != "" {
			names = append(names, name)
		}
	}
	if name := f.changes.base.Head().Model; name != "" {
		names = append(names, name)
	}
	for _, name := range names {
		if p, ok := f.prices(name); ok {
			return name, p, true
		}
	}
	if len(names) > 0 {
		name = names[len(names)-1]
	}
	return name, Price{}, false
}

// times is the cost of a number of tokens at a price for a million, exact; "" when either is no number.
func times(tokens Value, price string) string {
	count, ok := exact(string(tokens.raw))
	if !ok || tokens.Kind() != jsonraw.Number {
		return ""
	}
	each, ok := exact(price)
	if !ok {
		return ""
	}
	cost := count.Mul(count, each)
	cost.Quo(cost, big.NewRat(1_000_000, 1))
	digits, _ := cost.FloatPrec() // a decimal by a power of ten is a decimal
	d, _ := jsonraw.ParseDecimal([]byte(cost.FloatString(digits)))
	return d.String()
}
