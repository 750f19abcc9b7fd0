package model

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"errata/model/price"
)

// exampleResponses are those of the examples of every dialect.
func exampleResponses(t *testing.T) (list []string) {
	t.Helper()
	for _, file := range []string{"examples.txt", "streams.txt"} {
		data, err := os.ReadFile("provider/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(data), "\n== ")[1:] {
			_, rest, _ := strings.Cut(part, "\n")
			response, _, _ := strings.Cut(rest, "\n->")
			list = append(list, response)
		}
	}
	return list
}

// What is offered passes the check of its field, never empties a text, and once everything is
// filled in nothing is offered any more and nothing is odd: whatever the log held before.
func TestFillInsHold(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	prices := func(string, string) (price.Price, bool) {
		return price.Price{Rates: price.Rates{Prompt: "2.50", Cached: "1.25", CacheWrite: "3", CacheWriteHour: "5", Audio: "40", Output: "10", AudioOutput: "80"}}, true
	}
	list := exampleResponses(t)
	for range 5_000 {
		doc := `{"id":"log_1","prompt":{"id":"pr_1","model":"m"},"provider_response":` + list[r.IntN(len(list))]
		for name, held := range map[*Field][]string{
			output:        {`null`, `"Nine."`, `""`, `"Ten."`},
			outputMessage: {`null`, `{"role":"assistant","content":"Nine."}`, `{"role":"assistant","content":null,"tool_calls":[]}`, `{"role":"assistant","content":""}`},
			errorText:     {`null`, `"boom"`},
			promptTokens:  {`null`, `7`, strconv.Itoa(r.IntN(900))},
			outputTokens:  {`null`, `2`},
			promptCost:    {`null`, `0.5`},
			metadata:      {`null`, `{}`, `{"total_cost":1}`, `{"a":{"total_cost":2}}`},
			latency:       {`null`, `3`},
			endTime:       {`null`, `"2025-03-01T10:00:02"`},
			startTime:     {`null`, `"2025-03-01T10:00:00"`},
		} {
			if r.IntN(3) > 0 {
				doc += `,"` + name.Name + `":` + held[r.IntN(len(held))]
			}
		}
		c := changesOf(t, doc+"}")
		for _, fill := range Fills(c, prices) {
			for _, p := range fill.Field.Check(fill.Value) {
				t.Fatalf("%s is offered as %s: %s\n%s", fill.Name(), fill.Value.Bytes(), p.Msg, doc)
			}
			if text, told := fill.Value, fill.Field == output || fill.Field == errorText; told && !filled(text) {
				t.Fatalf("%s is offered as %s\n%s", fill.Name(), text.Bytes(), doc)
			}
			before, had := contentText(fill.Old)
			if after, _ := contentText(fill.Value); fill.Field == outputMessage && had && filled(before) && !filled(after) {
				t.Fatalf("the message loses its text\n%s", doc)
			}
		}
		FillEverything(c, prices)
		for _, fill := range Fills(c, prices) {
			if fill.Opposite == nil {
				t.Fatalf("after all was filled in, %s is offered as %s\n%s", fill.Name(), fill.Value.Bytes(), doc)
			}
		}
		for _, w := range c.Warnings() {
			if strings.Contains(w.Msg, response.Name) {
				t.Fatalf("what was filled in is odd: %s\n%s", w.Msg, doc)
			}
		}
	}
}
