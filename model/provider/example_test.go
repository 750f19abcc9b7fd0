package provider

import (
	"os"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// example is a response and what it tells, as testdata holds them.
type example struct{ name, response, want string }

func examples(t testing.TB, file string) (list []example) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(data), "\n== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		response, want, ok := strings.Cut(rest, "\n->")
		if !ok {
			t.Fatalf("%s says nothing of what is wanted", name)
		}
		list = append(list, example{name, response, strings.TrimSpace(want)})
	}
	return list
}

// told writes what an answer tells, as the examples have it.
func told(a *Answer) string {
	var b strings.Builder
	say := func(name, text string) {
		if text != "" {
			b.WriteString(" " + name + "=" + text)
		}
	}
	count := func(name string, c Count) {
		if c.Told {
			say(name, c.Literal)
		} else if c.Fault != a.Odd {
			say(name+"!", c.Fault)
		}
	}
	say("odd", a.Odd)
	count("prompt", a.Prompt)
	count("output", a.Output)
	count("reasoning", a.Reasoning)
	for i, name := range []string{"cached", "written", "hour", "audio", "heard again", "spoken"} {
		count(name, a.Kinds[i])
	}
	say("reason", string(a.Reason.Literal))
	say("reason!", a.Reason.Fault)
	say("pending", a.Pending)
	say("unclear", a.Unclear)
	say("unread", a.Unread)
	say("text", string(a.Text))
	say("refusal", a.Refusal)
	say("error", string(a.Error.Literal))
	say("latency", a.Latency.Literal)
	say("prompt_cost", a.PromptCost.Literal)
	say("output_cost", a.OutputCost.Literal)
	say("cost", a.TotalCost.Literal)
	if plain := `{"role":"assistant","content":` + string(a.Text) + `}`; string(a.Message) != plain {
		say("message", string(a.Message))
	}
	return strings.TrimSpace(b.String())
}

func TestWhatEveryDialectTells(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, e := range append(examples(t, "examples.txt"), examples(t, "streams.txt")...) {
		a := Read([]byte(e.response))
		name := "nothing known"
		switch {
		case a.Dialect != nil:
			name = a.Dialect.Name()
		case a.Error.Literal != nil:
			name = "an error"
		}
		want, _, _ := strings.Cut(e.name, ", ")
		if name != want {
			t.Errorf("%s is taken for %s\n%s", want, name, e.response)
		}
		seen[name] = true
		if got := told(a); got != e.want {
			t.Errorf("%s tells\n%s\nwant\n%s", e.name, got, e.want)
		}
	}
	for _, d := range dialects() {
		if !seen[d.Name()] {
			t.Errorf("%s has no example", d.Name())
		}
		if d.Checked == "" {
			t.Errorf("%s does not say with what it was compared", d.Name())
		}
	}
}

// An SDK for JavaScript hands out the names of the wire in camelCase, one for Python in snake_case:
// both are the same response.
func TestNamesInEitherStyleTellTheSame(t *testing.T) {
	t.Parallel()
	for _, e := range append(examples(t, "examples.txt"), examples(t, "streams.txt")...) {
		want := told(Read([]byte(e.response)))
		for style, rename := range map[string]func(string) string{"camelCase": camel, "snake_case": snake} {
			other := renamed([]byte(e.response), rename)
			// The member of a fault is named as it stands.
			if got := told(Read(other)); plain(got) != plain(want) {
				t.Errorf("%s in %s tells\n%s\nwant\n%s", e.name, style, got, want)
			}
		}
	}
}

// plain leaves out how members are named.
func plain(text string) string { return strings.ToLower(strings.ReplaceAll(text, "_", "")) }

func camel(name string) string {
	if strings.HasPrefix(name, "_") || strings.Contains(name, "-") || name == "x_groq" {
		return name
	}
	return spell.Camel(name)
}

func snake(name string) string {
	if strings.Contains(name, "-") {
		return name
	}
	var b strings.Builder
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			b.WriteByte('_')
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// renamed is a document with other names of its members, but for those inside of arguments.
func renamed(doc []byte, rename func(string) string) []byte {
	n := newNode(doc)
	n.open()
	switch n.kind {
	case jsonraw.Object:
		o := &object{}
		for i, name := range n.names {
			value := n.kids[i].raw
			if name != "input" && name != "args" && name != "arguments" && name != "parameters" {
				value = renamed(value, rename)
			}
			o.set(rename(name), value)
		}
		return o.bytes()
	case jsonraw.Array:
		var list [][]byte
		for i := range n.kids {
			list = append(list, renamed(n.kids[i].raw, rename))
		}
		return array(list)
	}
	return doc
}
