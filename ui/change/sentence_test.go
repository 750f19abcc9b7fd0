package change

import (
	"strings"
	"testing"
	"time"

	"errata/model"
)

const talk = `{"role":"system","content":"Be brief."},{"role":"user","content":"When is high tide?"},{"role":"assistant","content":"At nine."}`

func TestSentence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, field, old, new, want string }{
		{"short texts", "finish_reason", `"stop"`, `"length"`, `"stop" → "length"`},
		{"from null", "error", `null`, `"too late"`, `null → "too late"`},
		{"to null", "output", `"one\ntwo\nthree"`, `null`, `a text of 3 lines → null`},
		{"many words", "output", ``, `"` + strings.Repeat("word ", 40) + `"`, `absent → a text of 40 words`},
		{"tokens", "prompt_tokens", `61`, `1064`, `61 → 1,064 tokens (+1,003)`},
		{"cost", "prompt_cost", `0.5`, `0.25`, `$0.5 → $0.25 (-0.25)`},
		{"of another type", "prompt_tokens", `"12"`, `12`, `"12" → 12 tokens`},
		{"a time", "start_time", `"2025-07-01T12:00:00"`, `"2025-07-01T12:01:30"`, `1m30s later: "2025-07-01T12:00:00" → "2025-07-01T12:01:30"`},
		{"a word of one line", "output", `"a\nb\nthe fox jumpd"`, `"a\nb\nthe fox jumped"`, `line 3: "the fox jumpd" → "the fox jumped"`},
		{"lines", "output", `"a\nb\nc\nd\ne\nf"`, `"a\nB\nc\nd\nE\nE\nf"`, `2 lines changed, 1 added of 6`},
		{"a line added", "output", `"a\nb\n"`, `"a\nb\nc\n"`, `1 line added of 2`},
		{"the last break", "output", `"a\nb\n"`, `"a\nb"`, "the line break at the end is gone"},
		{"all of it", "output", `"a\nb\nc"`, `"x\ny"`, "rewritten: 3 lines → 2"},
		{"a message behind the first", "messages", `[` + talk + `]`, `[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"},{"role":"user","content":"When is high tide?"},{"role":"assistant","content":"At nine."}]`, "1 added after the system message"},
		{"one at the end", "messages", `[` + talk + `]`, `[` + talk + `,{"role":"user","content":"Thanks"}]`, "1 added at the end"},
		{"one at the beginning gone", "messages", `[{"role":"developer","content":"x"},` + talk + `]`, `[` + talk + `]`, "1 removed at the beginning"},
		{"one changed", "messages", `[` + talk + `]`, `[` + strings.Replace(talk, "nine", "ten", 1) + `]`, `the assistant message, content: "At nine." → "At ten."`},
		{"two changed", "messages", `[` + talk + `]`, `[` + strings.NewReplacer("nine", "ten", "brief", "kind").Replace(talk) + `]`, "2 changed: [0] system, [2] assistant"},
		{"turned", "messages", `[{"role":"user","content":"a"},{"role":"user","content":"b"}]`, `[{"role":"user","content":"b"},{"role":"user","content":"a"}]`, "2 put in another order"},
		{"moved down", "messages", `[` + talk + `]`, `[{"role":"user","content":"When is high tide?"},{"role":"assistant","content":"At nine."},{"role":"system","content":"Be brief."}]`, "1 moved: [0] system to [2]"},
		{"moved up", "metadata", `{"a":[0,1,2,3,4]}`, `{"a":[0,4,1,2,3]}`, "a: 1 element moved: [4] to [1]"},
		{"reversed", "metadata", `{"a":[0,1,2,3]}`, `{"a":[3,2,1,0]}`, "a: 4 elements put in another order"},
		{"all gone", "messages", `[` + talk + `]`, `[]`, "3 removed and nothing left"},
		{"many", "messages", `null`, `[` + talk + `]`, "null → 3 messages"},
		{"a role that stands twice", "messages", `[` + talk + `,` + talk + `]`, `[` + talk + `,{"role":"tool"},` + talk + `]`, "1 added after message [2] assistant"},
		{"a message", "output_message", `{"role":"assistant","content":"At nine."}`, `{"role":"assistant","content":"At ten."}`, `content: "At nine." → "At ten."`},
		{"a member", "metadata", `{"channel":"web","n":1}`, `{"n":1,"channel":"phone"}`, `channel: "web" → "phone"`},
		{"deeper", "metadata", `{"a":{"b":{"c":[1,2]}}}`, `{"a":{"b":{"c":[1,2,3]}}}`, `a.b.c: 1 element added at the end`},
		{"added and removed", "metadata", `{"a":1,"b":2}`, `{"a":1,"c":true,"d":null}`, `added c, d; removed b: 2`},
		{"many members", "metadata", `{}`, `{"a":1,"b":2,"c":3,"d":4,"e":5}`, `added a, b, c and 2 more`},
		{"a name that stands twice", "metadata", `{"a":1,"a":2}`, `{"a":2}`, "changed"},
		{"a list in a map", "metadata", `{"a":[1,2,3]}`, `{"a":[1,5,3]}`, "a[1]: 2 → 5 (+3)"},
	} {
		if got := Sentence(field(t, c.field), raw(c.old), raw(c.new), 40); got != c.want {
			t.Errorf("%s: %s\n want %s", c.name, got, c.want)
		}
	}
}

func TestSentencesAreBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3<<20)
	talk := strings.Repeat(`{"role":"user","content":"when is high tide?"},`, 50_000)
	deep := strings.Repeat(`{"a":`, 9000)
	for _, c := range []struct{ field, old, new, want string }{
		{"output", `"` + long + `a` + long + `"`, `"` + long + `bcd` + long + `"`, "1 byte became 3 bytes, 3.1 MB into a text of 6.3 MB"},
		{"messages", `[` + talk + `{"role":"tool"}]`, `[` + talk + `{"role":"user"},{"role":"tool"}]`, "1 added after message [49999] user"},
		{"metadata", `{"a":["` + long + `"]}`, `{"a":["` + long + `y"]}`, "a: 3.1 MB → 3.1 MB"},
		{"metadata", deep + `1` + strings.Repeat(`}`, 9000), deep + `2` + strings.Repeat(`}`, 9000), "a.a.a.a: changed"},
		{"prompt_cost", strings.Repeat("9", 100_000), `1`, "more) → $1"},
	} {
		started := time.Now()
		got := Sentence(field(t, c.field), raw(c.old), raw(c.new), 40)
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%s took %v", c.want, took)
		}
		if !strings.Contains(got, c.want) || len(got) > 3*maxLine {
			t.Errorf("%.300s\n want %s", got, c.want)
		}
	}
}

// What is around a change is told as unchanged, and a message that came as its role and text.
func TestAround(t *testing.T) {
	t.Parallel()
	const rest = `{"role":"user","content":"a\nb"},{"role":"assistant","content":"c"}`
	for _, c := range []struct{ name, field, old, new, want string }{
		{
			"a message put in", "messages", `[{"role":"system","content":"Be brief."},` + rest + `]`,
			`[{"role":"system","content":"Be brief."},{"role":"user","content":"First line.\nSecond."},` + rest + `]`,
			" messages[0] system: Be brief.\n+messages[1] user:\n+  First line.\n+  Second.\n messages[2] user: a b\n·1 message the same\n",
		},
		{
			"one that holds more", "messages", `[]`, `[{"role":"tool","tool_call_id":"call_1","content":"` + strings.Repeat("long ", 20) + `"}]`,
			"+messages[0]:\n+  {\n+    \"role\": \"tool\",\n+    \"tool_call_id\": \"call_1\",\n+    \"content\": \"" + strings.Repeat("long ", 20) + "\"\n+  }\n",
		},
		{"messages out of nothing", "messages", `null`, `[{"role":"user","content":"Hello"}]`, "·was null\n+messages[0] user:\n+  Hello\n"},
		{"elements", "metadata", `{"tags":["a","b","c","d"]}`, `{"tags":["a","b","x","c","d"]}`, "·1 element the same\n metadata.tags[1]: \"b\"\n+metadata.tags[2]: \"x\"\n metadata.tags[3]: \"c\"\n·1 element the same\n"},
		{"a text", "output", `"a\nb"`, `"a\nc"`, " a\n-b\n+c\n"},
	} {
		if got := plain(Around(field(t, c.field), raw(c.old), raw(c.new))); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// FuzzSentence tells something of any two values, and as much for people as is shown.
func FuzzSentence(f *testing.F) {
	f.Add(`{"a":1}`, `{"a":2}`)
	f.Add(`[{"role":"user","content":"a"}]`, `[{"role":"user","content":["b"]},3]`)
	f.Add(`"a\nb"`, `"a\r\nb"`)
	f.Add(`1e5`, `null`)
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, f := range model.Form() {
			before, err := f.Parse(a, model.Absent)
			if err != nil {
				continue
			}
			after, err := f.Parse(b, model.Absent)
			if err != nil {
				continue
			}
			if said := Sentence(f, before, after, 40); said == "" {
				t.Fatalf("nothing is said of %s → %s in %s", a, b, f.Name)
			}
			if lines := Around(f, before, after); before.Equal(after) != (len(lines) == 0) {
				t.Fatalf("%d lines for %s → %s in %s", len(lines), a, b, f.Name)
			}
		}
	})
}
