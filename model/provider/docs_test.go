package provider

import (
	"os"
	"strings"
	"testing"
)

const docsFile = "../../.docs/providers.md"

const docsHead = `# What errata reads in the responses of providers

Made from the table in model/provider by ` + "`UPDATE_README=1 go test ./model/provider -run TestTheTableOfProviders`" + `.

errata reads a response by the first row that recognises it. Names are written in snake_case, as on the wire, and stand for
camelCase as well, which SDKs for JavaScript write. ` + "`@`" + ` is the answer with index 0, ` + "`a / b`" + ` the first of these that is there; what has
a *?* may be missing. If a row has several ways of counting, the one that agrees with the total of the response is used; if none
agrees, no count is offered. Negative counts, fractions and numbers in quotes are reported, but not used.

A response may be a line of a batch, in a body, or in a list of its own. It may also be recorded as the events of a stream, as a list
or as text: these are put together first, and a later count replaces an earlier one. The same is done with pieces of a stream that are
separate parts of the content of a message, as Weave for JavaScript writes them.

A message is offered only if it would be complete: its text, its thinking and its function calls. What a provider does with its own
tools does not belong to it. If there is a picture or a call of another kind, only the text is offered; if there is a part of an
unknown type, which could be text, neither is. Counts and the finish reason are offered in any case.

`

func TestTheTableOfProviders(t *testing.T) {
	want := docsHead + docsTable()
	if os.Getenv("UPDATE_README") != "" {
		if err := os.WriteFile(docsFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(docsFile); err != nil || string(got) != want {
		t.Errorf("%s is not what the table says: UPDATE_README=1 makes it again (%v)", docsFile, err)
	}
}

func docsTable() string {
	var b strings.Builder
	columns := []string{"provider", "API", "recognised by", "prompt_tokens", "output_tokens", "reasoning_tokens", "inside the prompt and the output",
		"total", "finish_reason", "output, output_message", "provider_latency", "cost", "checked with"}
	b.WriteString("| " + strings.Join(columns, " | ") + " |\n|" + strings.Repeat("---|", len(columns)) + "\n")
	for _, d := range dialects() {
		var prompts, outputs []string
		for _, c := range d.Counts {
			prompts, outputs = append(prompts, place(c.Prompt)), append(outputs, place(c.Output))
		}
		cells := []string{
			d.Provider, d.API, strings.Join(each(d.Known, place), " and "), lines(prompts), lines(outputs), place(d.Reasoning), kindsOf(d),
			place(d.Total), finishOf(d), saidOf(d), latencyOf(d), costOf(d), d.Checked,
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

// place is a place of the table in Markdown.
func place(text string) string {
	if text == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(text, " | ", " / ") + "`"
}

func each(list []string, f func(string) string) (out []string) {
	for _, one := range list {
		out = append(out, f(one))
	}
	return out
}

func lines(list []string) string { return strings.Join(list, "<br>or ") }

// named lists what there is, with its name before it.
func named(pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, strings.TrimSpace(pairs[i]+" "+pairs[i+1]))
		}
	}
	return strings.Join(out, "<br>")
}

func kindsOf(d *Dialect) string {
	return named("cached", place(d.Cached), "written to the cache", place(d.CacheWrite), "for an hour", place(d.CacheHour),
		"audio", place(d.Audio), "cached audio", place(d.CachedAudio), "audio of the output", place(d.AudioOut))
}

func finishOf(d *Dialect) string {
	none := ""
	if len(d.Pending) > 0 {
		none = strings.Join(d.Pending, ", ")
	}
	return named("", place(d.Finish), "none yet:", none)
}

func saidOf(d *Dialect) string {
	return named("", place(d.Text), "thinking", place(d.Thinking), "calls", place(d.Calls), "refusal", place(d.Refusal), "no message with", place(d.Beyond))
}

// units are the powers of ten of the table in words.
var units = map[int]string{0: "", milli: " in thousandths", nano: " in thousand millionths", ticks: " in ten thousand millionths"}

func latencyOf(d *Dialect) string {
	var out []string
	for _, m := range d.Latency {
		out = append(out, place(m.Place)+units[m.Power])
	}
	return lines(out)
}

func costOf(d *Dialect) string {
	var out []string
	for _, c := range d.Costs {
		out = append(out, named("", place(c.Total)+units[c.Power], "prompt", place(c.Prompt), "output", place(c.Output)))
	}
	return lines(out)
}
