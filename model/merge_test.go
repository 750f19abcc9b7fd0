package model

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// mergeCase is three values of a field and what comes of them; "" is absent, and no want a
// conflict.
type mergeCase struct {
	name               string
	base, mine, theirs string
	want               string
}

// literal makes a value of a literal, Absent of none.
func literal(s string) Value {
	if s == "" {
		return Absent
	}
	return raw(s)
}

func testMerges(t *testing.T, name string, tests []mergeCase) {
	t.Helper()
	f := field(t, name)
	for _, test := range tests {
		got, ok := f.Merge(literal(test.base), literal(test.mine), literal(test.theirs))
		if ok != (test.want != "") || ok && string(got.Bytes()) != test.want {
			t.Errorf("%s: %s, %t", test.name, got.Bytes(), ok)
		}
		back, ok := f.Merge(literal(test.base), literal(test.theirs), literal(test.mine))
		if ok != (test.want != "") || ok && !back.Equal(got) {
			t.Errorf("%s, exchanged: %s, %t", test.name, back.Bytes(), ok)
		}
	}
}

func TestMergeWhole(t *testing.T) {
	f := field(t, "prompt_cost")
	tests := []struct{ base, mine, theirs, want string }{
		{"0.10", "0.20", "1e-1", "0.20"}, // theirs only writes it differently
		{"0.10", "1e-1", "0.30", "0.30"},
		{"0.10", "0.20", "2e-1", "2e-1"}, // alike: as the server has it
		{"0.10", "null", "0.10", "null"},
		{"", "5", "", "5"},
		{"null", "5", "", ""},
		{"1", "2", "3", ""},
		{"1", "null", "3", ""},
	}
	for _, test := range tests {
		got, ok := f.Merge(literal(test.base), literal(test.mine), literal(test.theirs))
		if ok != (test.want != "") || string(got.Bytes()) != test.want {
			t.Errorf("%v: %s, %t", test, got.Bytes(), ok)
		}
	}
	for _, name := range []string{"created_at", "tool_choice", "output_message", "prompt_tokens"} {
		if v, ok := field(t, name).Merge(raw(`{"a":1,"b":1}`), raw(`{"a":2,"b":1}`), raw(`{"a":1,"b":2}`)); ok {
			t.Errorf("%s is merged into %s", name, v.Bytes())
		}
	}
}

func TestMergeMaps(t *testing.T) {
	testMerges(t, "metadata", []mergeCase{
		{"a key each", `{"k":0}`, `{"k":0,"a":1}`, `{"k":0,"b":2}`, `{"k":0,"b":2,"a":1}`},
		{"from nothing", ``, `{"a":1}`, `{"b":2}`, `{"b":2,"a":1}`},
		{"from null", `null`, `{"a":1}`, `{"b":2}`, `{"b":2,"a":1}`},
		{"literals stay", `{"a":0.10,"b":1e-07,"c":"\u0041"}`, `{"a":0.10,"b":2e-07,"c":"\u0041"}`, `{"a":0.20,"b":1e-07,"c":"A"}`, `{"a":0.20,"b":2e-07,"c":"A"}`},
		{"big numbers differ", `{"n":9007199254740992,"x":1}`, `{"n":9007199254740993,"x":1}`, `{"n":9007199254740992,"x":2}`, `{"n":9007199254740993,"x":2}`},
		{"a key removed", `{"a":1,"b":2}`, `{"b":2}`, `{"a":1,"b":3}`, `{"b":3}`},
		{"all removed", `{"a":1,"b":2}`, `{"b":2}`, `{"a":1}`, `{}`},
		{"removed by both", `{"a":1,"b":2,"c":3}`, `{"b":2,"c":4}`, `{"b":5,"c":3}`, `{"b":5,"c":4}`},
		{"added alike", `{}`, `{"a":1.0,"m":1}`, `{"a":1,"t":2}`, `{"a":1,"t":2,"m":1}`},
		{"within objects", `{"o":{"p":{"x":1,"y":1}}}`, `{"o":{"p":{"x":2,"y":1}}}`, `{"o":{"p":{"x":1,"y":2}}}`, `{"o":{"p":{"x":2,"y":2}}}`},
		{"objects added", `{"o":null}`, `{"o":{"x":1}}`, `{"o":{"y":2}}`, `{"o":{"y":2,"x":1}}`},
		{"an escaped name", `{}`, `{"\u0061":1,"m":1}`, `{"a":1}`, `{"a":1,"m":1}`},
		{"lists inside, one side", `{"l":[1],"k":1}`, `{"l":[1,2],"k":1}`, `{"l":[1],"k":2}`, `{"l":[1,2],"k":2}`},
		{"changed differently", `{"a":1}`, `{"a":2}`, `{"a":3}`, ``},
		{"added differently", `{}`, `{"a":2}`, `{"a":3}`, ``},
		{"removed and changed", `{"a":1,"b":1}`, `{"b":1}`, `{"a":2,"b":1}`, ``},
		{"a list of both", `{"l":[1]}`, `{"l":[1,2]}`, `{"l":[0,1]}`, ``},
		{"objects for a number", `{"o":1}`, `{"o":{"x":1}}`, `{"o":{"y":1}}`, ``},
		{"null for one", `{"a":1}`, `null`, `{"a":2}`, ``},
		{"a name twice", `{"a":1}`, `{"a":1,"m":1}`, `{"a":1,"t":{"x":1,"x":2}}`, ``},
		{"bad bytes", `{"a":1}`, `{"a":1,"m":1}`, "{\"a\":1,\"t\":\"\xff\"}", ``},
		{"another kind", `{"a":1}`, `[1]`, `{"a":2}`, ``},
	})
}

func TestMergeTexts(t *testing.T) {
	testMerges(t, "output", []mergeCase{
		{"lines far apart", `"a\nb\nc\n"`, `"A\nb\nc\n"`, `"a\nb\nC\n"`, `"A\nb\nC\n"`},
		{"lines that meet", `"a\nb\n"`, `"A\nb\n"`, `"a\nB\n"`, `"A\nB\n"`},
		{"start and end", `"b\n"`, `"a\nb\n"`, `"b\nc"`, `"a\nb\nc"`},
		{"an added line beside a changed one", `"a\nb\n"`, `"a\nX\nb\n"`, `"a\nB\n"`, `"a\nX\nB\n"`},
		{"a line removed, one added after it", `"a\nb\nc\n"`, `"a\nc\n"`, `"a\nb\nX\nc\n"`, `"a\nX\nc\n"`},
		{"line ends stay", `"a\r\nb\nc\r\n"`, `"A\r\nb\nc\r\n"`, `"a\r\nb\nC"`, `"A\r\nb\nC"`},
		{"the same on both, and more", `"a\nb\nc\n"`, `"X\nb\nC\n"`, `"X\nb\nc\nd\n"`, `"X\nb\nC\nd\n"`},
		{"the last end removed, first line changed", `"a\nb\n"`, `"a\nb"`, `"A\nb\n"`, `"A\nb"`},
		{"surrogates and NUL", `"\ud800\nb\u0000\nc"`, `"\ud800\nb\u0000\nC"`, `"\ud801\nb\u0000\nc"`, `"\ud801\nb\u0000\nC"`},
		{"what the server has is spelled as there", `"a\nb\nc\n"`, `"A\nb\nc\n"`, `"\u0061\n\u0062\n\u0063\/\n"`, `"A\n\u0062\n\u0063\/\n"`},
		{"emptied and added to", `"a\n"`, `""`, `"a\nb\n"`, `"b\n"`},
		{"one moved, and taken away", `"a\nb\nc\nd\n"`, `"b\nc\na\nd\n"`, `"b\nc\nd\n"`, `"b\nc\nd\n"`},
		{"the same line", `"a\nb\n"`, `"A\nb\n"`, `"X\nb\n"`, ``},
		{"both add at the end", `"a\n"`, `"a\nm\n"`, `"a\nt\n"`, ``},
		{"both add at the end, one without its end", `"a\n"`, `"a\nm\n"`, `"a\nt"`, ``},
		{"added after a line that lost its end", `"a\nb\n"`, `"a\nb"`, `"a\nb\nc\n"`, ``},
		{"one line", `"a"`, `"b"`, `"c"`, ``},
		{"both add to one line without an end", `"b"`, `"a\nb"`, `"b\nc"`, ``},
		{"both grow where they meet", `"a\nb\n"`, `"A\nA\nb\n"`, `"a\nX\nb\n"`, ``},
		{"only the line end", `"a\n"`, `"a\r\n"`, `"a"`, ``},
		{"null", `"a\n"`, `null`, `"b\n"`, ``},
		{"from null", `null`, `"a"`, `"b"`, ``},
		{"bad bytes", `"a\nb\n"`, `"A\nb\n"`, "\"a\\nb\\n\xff\"", ``},
	})
}

func TestMergeMessages(t *testing.T) {
	const u, a, s, x = `{"role":"user","content":"u"}`, `{"role":"assistant","n":1.0}`, `{"role":"system"}`, `{"role":"tool"}`
	list := func(messages ...string) string { return "[" + strings.Join(messages, ",") + "]" }
	testMerges(t, "messages", []mergeCase{
		{"one edits, one appends", list(u, a), list(s, a), list(u, a, x), list(s, a, x)},
		{"the last edited, one appended", list(u, a), list(u, s), list(u, a, x), list(u, s, x)},
		{"neighbours", list(u, a), list(s, a), list(u, x), list(s, x)},
		{"removed and appended", list(u, a), list(a), list(u, a, x), list(a, x)},
		{"the same appended, and one edited", list(u, a), list(s, a, x), list(u, a, x), list(s, a, x)},
		{"spelling is not a change", list(u, a), list(`{"content":"\u0075","role":"user"}`, s), list(u, `{"n":1,"role":"assistant"}`, x), list(u, s, x)},
		{"white space goes", "[ " + u + " , " + a + " ]", list(u, s), list(u, a, x), list(u, s, x)},
		{"the same message", list(u, a), list(s, a), list(x, a), ``},
		{"both append", list(u), list(u, s), list(u, x), ``},
		{"one moved, and taken away", `[1,2,3,4]`, `[2,3,1,4]`, `[2,3,4]`, `[2,3,4]`},
		{"one moved, and taken away beside others", `[1,2,3,4]`, `[2,3,1,4]`, `[2,3,4,5]`, `[2,3,4,5]`},
		{"one moved, and taken away, and both changed more", `[1,2,3,4,5,6]`, `[7,2,3,1,4,5,6]`, `[2,3,4,5,8]`, ``},
		{"null", list(u), `null`, list(u, x), ``},
		{"an object", list(u), u, list(u, x), ``},
		{"a name twice", list(u), list(u, s), `[{"a":1,"a":2},` + u + `]`, ``},
	})
}

// What one side changed in part, as where some of it was sent and the rest is still to be, is no
// conflict with the whole.
func TestMergeOfAPartWithTheWhole(t *testing.T) {
	for name, tests := range map[string][]mergeCase{
		"messages": {
			{"two members of one message", `[{"content":"a","n":1}]`, `[{"content":"A","n":2}]`, `[{"content":"A","n":1}]`, `[{"content":"A","n":2}]`},
			{"lines of one message", `[{"content":"a\nb\nc"}]`, `[{"content":"A\nb\nC"}]`, `[{"content":"a\nb\nC"}]`, `[{"content":"A\nb\nC"}]`},
			{"two messages side by side", `["a","b"]`, `["A","B"]`, `["a","B"]`, `["A","B"]`},
			{"one that changed, and one behind it that came", `["a","b"]`, `["a","B","c"]`, `["a","B"]`, `["a","B","c"]`},
			{"one that came ahead of one that changed", `["a"]`, `["s","A"]`, `["A"]`, `["s","A"]`},
			{"a call below", `[{"calls":[{"at":"{\"x\":1,\"y\":1}"}]}]`, `[{"calls":[{"at":"{\"x\":2,\"y\":2}"}]}]`, `[{"calls":[{"at":"{\"x\":2,\"y\":1}"}]}]`, `[{"calls":[{"at":"{\"x\":2,\"y\":2}"}]}]`},
			{"more than a part", `[{"content":"a","n":1}]`, `[{"content":"A","n":2}]`, `[{"content":"A","n":1,"by":"them"}]`, ``},
			{"the same place otherwise", `[{"content":"a","n":1}]`, `[{"content":"A","n":2}]`, `[{"content":"X","n":1}]`, ``},
			{"two that came, of which one was sent", `["a"]`, `["a","b","c"]`, `["a","c"]`, `["a","b","c"]`},
			{"one that changed, and two that came, of which one was sent", `["a"]`, `["A","b","c"]`, `["a","b"]`, `["A","b","c"]`},
			{"one like it that came ahead, and both changed elsewhere", `[{"t":"a b c d"}]`, `[{"t":"A b c d"}]`, `[{"t":"A b c x"},{"t":"a b C d"}]`, ``},
			{"two that came otherwise", `["a"]`, `["a","b","c"]`, `["a","c","b"]`, ``},
			{"one that changed, and what it changed to", `["a"]`, `["A","b"]`, `["b"]`, `["A","b"]`},
		},
		"metadata": {
			{"elements of a list", `{"l":[1,2]}`, `{"l":[3,4]}`, `{"l":[3,2]}`, `{"l":[3,4]}`},
			{"words of a text", `{"t":"a b c"}`, `{"t":"A b C"}`, `{"t":"A b c"}`, `{"t":"A b C"}`},
			{"words that touch", `{"t":"a b c"}`, `{"t":"A B c"}`, `{"t":"A x c"}`, ``},
		},
		"tool_choice": {{"members", `{"a":1,"b":1}`, `{"a":2,"b":2}`, `{"a":2,"b":1}`, `{"a":2,"b":2}`}},
		"created_at":  {{"a time", `"2025-03-01 10:00"`, `"2025-04-02 11:00"`, `"2025-03-01 11:00"`, ``}},
	} {
		testMerges(t, name, tests)
	}
}

// In large values nobody looks for the part: it would take seconds, and the conflict is shown.
func TestMergeOfAPartIsForSmallValues(t *testing.T) {
	field := field(t, "metadata")
	for size, want := range map[int]bool{1000: true, containMost / 3: false} {
		of := func(text string) Value { return raw(`{"t":"` + text + strings.Repeat(" x", size/2) + `"}`) }
		if _, ok := field.Merge(of("a b c"), of("A b C"), of("A b c")); ok != want {
			t.Errorf("%d bytes are merged: %v, and should be: %v", size, ok, want)
		}
	}
}

// A merge of large texts comes soon, or is found to be a conflict soon.
func TestMergeIsBounded(t *testing.T) {
	lines := func(change func(int) string) Value {
		var b strings.Builder
		for i := range 20_000 {
			b.WriteString(change(i))
		}
		v, err := String(b.String())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	plain := func(i int) string { return fmt.Sprintf("line %d of a long text\n", i) }
	swap := func(by, at int) func(int) string {
		return func(i int) string {
			if i%by == at {
				return "changed\n"
			}
			return plain(i)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := func(int) string { return string(rune('a'+random.IntN(3))) + "\n" }
	empty := func(int) string { return strings.Repeat("\n", 30) }
	nested := func(inner string) Value {
		return raw(strings.Repeat(`{"a":`, 9000) + inner + strings.Repeat("}", 9000))
	}
	long := strings.Repeat("x", 1_000_000)
	tests := []struct {
		name               string
		field              string
		base, mine, theirs Value
		ok                 bool
	}{
		{"few lines", "output", lines(plain), lines(swap(1000, 1)), lines(swap(1000, 500)), true},
		{"many edits", "output", lines(plain), lines(swap(3, 0)), lines(swap(999, 1)), true},
		{"noise", "output", lines(noise), lines(noise), lines(noise), false},
		{"many lines", "output", lines(empty), lines(plain), lines(noise), false},
		{"one line", "output", raw(`"` + long + `"`), raw(`"` + long + `\na"`), raw(`"b\n` + long + `"`), false},
		{"deep", "metadata", nested(`{"x":"` + long + `"}`), nested(`{"x":"` + long + `","m":1}`), nested(`{"x":"` + long + `","t":1}`), true},
	}
	for _, test := range tests {
		start := time.Now()
		got, ok := field(t, test.field).Merge(test.base, test.mine, test.theirs)
		if ok != test.ok {
			t.Errorf("%s: %t, %d bytes", test.name, ok, len(got.Bytes()))
		}
		// far above what it takes, far below what unbounded work does
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s took %v", test.name, took)
		}
	}
}
