package model

import (
	"strings"

	"errata/model/jsonraw"
)

// maxUsage is the size in bytes up to which a provider's response is read for its token counts.
const maxUsage = 1 << 20

// counters tells how providers call a count, in the response's usage (OpenAI's chat completions and responses,
// Anthropic's messages) or usageMetadata (Gemini). A row adds up the members that it names: whether reasoning
// and what came from a cache are part of a count is told differently, so the sum of any row will do.
var counters = []struct {
	field *Field
	rows  []string // paths to members
}{
	{promptTokens, []string{
		"prompt_tokens",
		"input_tokens",
		"input_tokens cache_creation_input_tokens cache_read_input_tokens",
		"promptTokenCount",
	}},
	{outputTokens, []string{
		"completion_tokens",
		"output_tokens",
		"candidatesTokenCount",
		"candidatesTokenCount thoughtsTokenCount",
	}},
	{reasonTokens, []string{
		"completion_tokens_details.reasoning_tokens",
		"output_tokens_details.reasoning_tokens",
		"thoughtsTokenCount",
	}},
}

// usage compares the counts of tokens with those of the provider's response.
func (w *warner) usage() {
	whole := w.changes.Value(response)
	if len(whole.raw) >= maxUsage || w.first(promptTokens, outputTokens, reasonTokens, response) == nil {
		return
	}
	told := []Value{whole.member("usage"), whole.member("usageMetadata")}
	for _, c := range counters {
		f := w.first(c.field, response)
		count, ok := jsonraw.ParseDecimal(w.changes.Value(c.field).raw)
		if f == nil || !ok {
			continue
		}
		if other := mismatch(told, c.rows, count); other != "" {
			w.add(f, c.field.Name+" is "+count.String()+", but "+response.Name+" says "+other)
		}
	}
}

// mismatch is the first of the counts that were told, "" when there is none or one of them is count.
func mismatch(told []Value, rows []string, count jsonraw.Decimal) string {
	first := ""
	for _, usage := range told {
		for _, row := range rows {
			total := sum(at(usage, row)...)
			d, ok := jsonraw.ParseDecimal([]byte(total))
			switch {
			case !ok:
			case d.Equal(count):
				return ""
			case first == "":
				first = total
			}
		}
	}
	return first
}

// at gives the members at the paths of a row.
func at(v Value, row string) []Value {
	var list []Value
	for path := range strings.FieldsSeq(row) {
		end := v
		for name := range strings.SplitSeq(path, ".") {
			end = end.member(name)
		}
		list = append(list, end)
	}
	return list
}
