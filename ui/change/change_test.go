package change

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"errata/model"
)

func field(t testing.TB, name string) *model.Field {
	t.Helper()
	f, ok := model.Lookup(name)
	if !ok {
		t.Fatalf("no field %s", name)
	}
	return f
}

// raw makes a value of JSON; "" is absent.
func raw(literal string) model.Value {
	if literal == "" {
		return model.Absent
	}
	return model.Raw([]byte(literal))
}

// plain writes lines with their sign, the marked parts in brackets.
func plain(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Kind.Sign())
		at := 0
		for _, m := range l.Marks {
			b.WriteString(l.Text[at:m.Start] + "[" + l.Text[m.Start:m.End] + "]")
			at = m.End
		}
		b.WriteString(l.Text[at:] + "\n")
	}
	return b.String()
}

func TestLines(t *testing.T) {
	for _, c := range []struct{ name, field, old, new, want string }{
		{"the same", "output", `"a"`, `"\u0061"`, ""},
		{"one word", "output", `"the fox jumpd over"`, `"the fox jumped over"`, "-the fox [jumpd] over\n+the fox [jumped] over\n"},
		{"nothing in common", "finish_reason", `"stop"`, `"length"`, "-stop\n+length\n"},
		{"from null", "error", `null`, `"too late"`, "·was null\n+too late\n"},
		{"from absent", "error", ``, `"too late"`, "·was absent\n+too late\n"},
		{"to null", "error", `"too late"`, `null`, "-too late\n·becomes null\n"},
		{"null to absent words", "error", `"null"`, `null`, "-null\n·becomes null\n"},
		{"absent to null", "error", ``, `null`, "·was absent\n·becomes null\n"},
		{"null to empty", "error", `null`, `""`, "·was null\n+\"\"\n·an empty text\n"},
		{"to empty", "error", `"a"`, `""`, "-[a]\n+\n·becomes an empty text\n"},
		{"number", "prompt_tokens", `12`, `15`, "-12\n+15\n·+3 tokens\n"},
		{"exact decimal", "prompt_cost", `0.10`, `0.0999999999999999999`, "-0.10\n+0.0999999999999999999\n·-0.0000000000000000001 USD\n"},
		{"number with exponent", "provider_latency", `1E+2`, `1e-2`, "-1E+2\n+1e-2\n·-99.99 s\n"},
		{"number out of all bounds", "provider_latency", `1e999999999`, `1`, "-1e999999999\n+1\n"},
		{"number of another type", "prompt_tokens", `"12"`, `12`, "-\"12\"\n+12\n"},
		{"time", "start_time", `"2025-07-01T12:00:00"`, `"2025-07-01T12:01:30Z"`, "-2025-07-01T12:[00:00]\n+2025-07-01T12:[01:30Z]\n·1m30s later\n"},
		{"same instant", "start_time", `"2025-07-01T12:00:00"`, `"2025-07-01T12:00:00Z"`, "-2025-07-01T12:00:00\n+2025-07-01T12:00:[00Z]\n·the same instant\n"},
		{
			"lines", "output", `"a\nb\nc\nd\nred apple pie here\nf\ng\nh\ni"`, `"a\nb\nc\nd\ngreen apple pie here\nf\ng\nh\ni"`,
			"·2 lines the same\n c\n d\n-[red] apple pie here\n+[green] apple pie here\n f\n g\n·2 lines the same\n",
		},
		{"last line break", "output", `"a\nb\n"`, `"a\nb"`, " a\n-b\n+b\n·the line break at the end is gone\n"},
		{"carriage returns", "output", `"a\r\nb"`, `"a\nb"`, "-a[\r]\n+a\n b\n"},
		{"member", "metadata", `{"a":1,"b":{"c":[1,2,3]}}`, `{"b":{"c":[1,5,3]},"a":1}`, "-metadata.b.c[1]: [2]\n+metadata.b.c[1]: [5]\n"},
		{"member gone and come", "metadata", `{"a":1}`, `{"b":null}`, "-metadata.a: 1\n+metadata.b: null\n"},
		{"odd names", "metadata", `{"a b":{"":1}}`, `{"a b":{"":2}}`, "-metadata[\"a b\"][\"\"]: [1]\n+metadata[\"a b\"][\"\"]: [2]\n"},
		{"name with a dash", "metadata", `{"user-id":1}`, `{"user-id":2}`, "-metadata[\"user-id\"]: [1]\n+metadata[\"user-id\"]: [2]\n"},
		{"element put in", "messages", `[{"role":"user"}]`, `[{"role":"system"},{"role":"user"}]`, "+messages[0]: {\"role\":\"system\"}\n"},
		{"element taken out", "messages", `[{"role":"system"},{"role":"user"}]`, `[{"role":"user"}]`, "-messages[0]: {\"role\":\"system\"}\n"},
		{
			"long text in a message", "messages",
			`[{"role":"user","content":"first line\nsecond line is here"}]`, `[{"role":"user","content":"first line\nsecond line was here"}]`,
			"·messages[0].content\n first line\n-second line [is] here\n+second line [was] here\n",
		},
		{"kind of choice", "tool_choice", `"auto"`, `{"type":"function","function":{"name":"look"}}`, "-\"auto\"\n+{\"type\":\"function\",\"function\":{\"name\":\"look\"}}\n"},
		{"map to null", "metadata", `{"a":1}`, `null`, "-{\n-  \"a\": 1\n-}\n·becomes null\n"},
		{"names twice", "metadata", `{"a":1,"a":2}`, `{"a":2}`, "-{\"a\":1,\"a\":2}\n+{\"a\":2}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := plain(Lines(field(t, c.field), raw(c.old), raw(c.new)))
			if c.name == "names twice" || c.name == "same instant" || c.name == "time" {
				// where exactly a mark begins is not the point
				got, c.want = unmarked(got), unmarked(c.want)
			}
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func unmarked(s string) string { return strings.NewReplacer("[", "", "]", "").Replace(s) }

func TestLinesAreBounded(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	many := strings.Repeat(`line\n`, 50_000)
	talk := strings.Repeat(`{"role":"user","content":"when is high tide?"},`, 50_000)
	for _, c := range []struct {
		name, field, old, new string
		want                  []string // that some line holds
	}{
		{"two messages of many", "messages", `[{"role":"user","content":"a"},` + talk + `{"role":"tool"}]`, `[{"role":"user","content":"b"},` + talk + `{"role":"user"}]`,
			[]string{`messages[0].content: "a"`, `messages[0].content: "b"`, `messages[50001].role: "tool"`, `messages[50001].role: "user"`}},
		{"a word of a huge text", "output", `"` + many + many + many + `at nine\n` + many + `"`, `"` + many + many + many + `at ten\n` + many + `"`,
			[]string{"·900 kB the same", "-at nine", "+at ten", "·300 kB the same"}},
		{"a huge text within a map", "metadata", `{"a":"` + many + many + many + many + `at nine"}`, `{"a":"` + many + many + many + many + `at ten"}`, []string{"·metadata.a\n", "-at nine", "+at ten"}},
		{"a huge map laid out anew", "metadata", `{"a":["` + long + `",1.0]}`, `{ "a" : [ "` + long + `" , 1.00 ] }`, nil},
		{"many levels", "metadata", strings.Repeat(`{"a":`, 60) + `["` + long + `",1]` + strings.Repeat(`}`, 60), strings.Repeat(`{"a":`, 60) + `["` + long + `",2]` + strings.Repeat(`}`, 60),
			[]string{"a.a.a", "they differ from byte"}},
		{"huge text", "output", `"` + long + `a"`, `"` + long + `b"`, []string{"3,145,731 bytes became 3,145,731 bytes; they differ from byte 3,145,730 on", `xxa"`, `xxb"`}},
		{"huge text from null", "output", `null`, `"` + long + `"`, []string{"was null", "3.1 MB in all"}},
		{"huge map to null", "metadata", `{"a":"` + long + `"}`, `null`, []string{"3.1 MB in all", "becomes null"}},
		{"many lines", "output", `null`, `"` + many + `"`, []string{"more than is shown"}},
		{"many members", "metadata", `{` + members(3000, "1") + `}`, `{` + members(3000, "2") + `}`, []string{"m0: 1", "more than is shown"}},
		{"long line", "output", `"` + strings.Repeat("word ", 300) + `"`, `"` + strings.Repeat("word ", 200) + "changed " + strings.Repeat("word ", 100) + `"`, []string{"…"}},
		{"deep", "metadata", strings.Repeat(`{"a":`, 500) + `1` + strings.Repeat(`}`, 500), strings.Repeat(`{"a":`, 500) + `2` + strings.Repeat(`}`, 500), []string{"a.a.a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			started := time.Now()
			lines := Lines(field(t, c.field), raw(c.old), raw(c.new))
			if took := time.Since(started); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if len(lines) > maxLines+1 {
				t.Errorf("%d lines", len(lines))
			}
			for _, l := range lines {
				if len(l.Text) > 3*maxLine {
					t.Errorf("a line of %d bytes", len(l.Text))
				}
			}
			for _, want := range c.want {
				if !strings.Contains(unmarked(plain(lines)), unmarked(want)) {
					t.Errorf("no %q in\n%.2000s", want, plain(lines))
				}
			}
		})
	}
}

func members(n int, value string) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf(`"m%d":%s`, i, value))
	}
	return strings.Join(out, ",")
}

func TestElideKeepsTheChange(t *testing.T) {
	before, after := strings.Repeat("è ", 200), strings.Repeat("語", 200)
	lines := pair(before+"old"+after, before+"new"+after)
	for i, want := range []string{"old", "new"} {
		l := lines[i]
		if len(l.Marks) != 1 || l.Text[l.Marks[0].Start:l.Marks[0].End] != want {
			t.Errorf("marks %v in %q", l.Marks, l.Text)
		}
		if !utf8.ValidString(l.Text) || !strings.HasPrefix(l.Text, "…") || !strings.HasSuffix(l.Text, "…") {
			t.Errorf("cut badly: %q", l.Text)
		}
		if len(l.Text) > maxSame+20 {
			t.Errorf("%d bytes stayed", len(l.Text))
		}
	}
}

func TestSign(t *testing.T) {
	for kind, want := range map[Kind]string{Same: " ", Removed: "-", Added: "+", Note: "·"} {
		if got := kind.Sign(); got != want {
			t.Errorf("kind %d: %q, want %q", kind, got, want)
		}
	}
}

// FuzzLines checks on any two texts that lines stay whole, marks stay in order within them, and a
// change is told.
func FuzzLines(f *testing.F) {
	f.Add("", "a")
	f.Add("one\ntwo\n", "one\nthree")
	f.Add(strings.Repeat("lorem ipsum ", 100), strings.Repeat("lorem ipsum ", 99)+"dolor")
	f.Add("日本語のテキスト", "日本のテキスト")
	f.Add("e\u0301\u0301 x", "e\u0301 x")
	f.Add("👩‍👩‍👧", "👩‍👩‍👦")
	f.Add("a\r\nb", "a\nb")
	f.Fuzz(func(t *testing.T, a, b string) {
		before, err := model.String(a)
		if err != nil {
			return
		}
		after, err := model.String(b)
		if err != nil {
			return
		}
		lines := Lines(field(t, "output"), before, after)
		if (a == b) != (len(lines) == 0) {
			t.Fatalf("%d lines for %q → %q", len(lines), a, b)
		}
		told := false
		for _, l := range lines {
			told = told || l.Kind != Same
			if strings.Contains(l.Text, "\n") {
				t.Fatalf("a line break in %q", l.Text)
			}
			end := 0
			for _, m := range l.Marks {
				if m.Start < end || m.End <= m.Start || m.End > len(l.Text) {
					t.Fatalf("marks %v of %q", l.Marks, l.Text)
				}
				end = m.End
			}
		}
		if a != b && !told {
			t.Fatalf("nothing told of %q → %q", a, b)
		}
	})
}

// FuzzJSON does the same on any two objects.
func FuzzJSON(f *testing.F) {
	f.Add(`{"a":1}`, `{"a":2}`)
	f.Add(`{"a":[1,{"b":"x"}]}`, `{"a":[{"b":"y"},1,2]}`)
	f.Add(`{"a":"x\ny"}`, `{"a":"x\nz"}`)
	f.Fuzz(func(t *testing.T, a, b string) {
		metadata := field(t, "metadata")
		before, err := metadata.Parse(a, model.Absent)
		if err != nil {
			return
		}
		after, err := metadata.Parse(b, model.Absent)
		if err != nil {
			return
		}
		lines := Lines(metadata, before, after)
		if before.Equal(after) != (len(lines) == 0) {
			t.Fatalf("%d lines for %s → %s", len(lines), a, b)
		}
		for _, l := range lines {
			if strings.Contains(l.Text, "\n") {
				t.Fatalf("a line break in %q", l.Text)
			}
		}
	})
}

func BenchmarkLines(b *testing.B) {
	var before, after strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&before, "line %d of a text that is not short\n", i)
		fmt.Fprintf(&after, "line %d of a text that is not short\n", i*7%8000)
	}
	was, _ := model.String(before.String())
	is, _ := model.String(after.String())
	f := field(b, "output")
	for b.Loop() {
		Lines(f, was, is)
	}
}
