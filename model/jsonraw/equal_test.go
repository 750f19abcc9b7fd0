package jsonraw

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var equalTests = []struct {
	a, b string
	want bool
}{
	{`1`, ` 1 `, true},
	{`0.10`, `0.1`, true},
	{`-0`, `0`, true},
	{`1E+2`, `100`, true},
	{`1e999999999`, `10e999999998`, true},
	{`1e999999999`, `1e999999998`, false},
	{`1e99999999999999999999`, `10e99999999999999999998`, true},
	{`1e1000000000000000000`, `10e999999999999999999`, true},
	{`9007199254740993`, `9007199254740992`, false},
	{`1`, `"1"`, false},
	{`1`, `-1`, false},
	{`true`, `false`, false},
	{`null`, `null`, true},
	{`"é"`, `"\u00e9"`, true},
	{`"\/"`, `"/"`, true},
	{`"é"`, `"e\u0301"`, false},
	{`"\ud83d\ude00"`, `"😀"`, true},
	{`"\ud800"`, `"\uD800"`, true},
	{`"\ud800"`, `"\ufffd"`, false},
	{"\"\xed\xa0\x80\"", `"\ud800"`, false},
	{"\"\xff\"", "\"\xff\"", true},
	{`[1,2]`, `[1, 2.0]`, true},
	{`[1,2]`, `[2,1]`, false},
	{`[1,2]`, `[1]`, false},
	{`{"a":1,"b":2}`, `{"b":2,"a":1}`, true},
	{`{"a":1,"b":2}`, `{"a":1,"c":2}`, false},
	{`{"a":1}`, `{"a":1,"b":null}`, false},
	{`{"\u0061":[{}]}`, `{"a":[ {} ]}`, true},
	{`{"a":1,"a":2}`, `{"a":1, "a":2}`, true},
	{`{"a":1,"a":2}`, `{"a":2,"a":1}`, false},
	{`{"a":1,"a":1}`, `{"a":1}`, false},
	{`{"x":{"a":1,"a":2},"y":1.0}`, `{"y":1,"x":{"a":1,"a":2}}`, true},
	{`1e1000A00000000000000`, `0`, false},
	{`{`, `[`, false},
	{`{"a"`, `{"b"`, false},
}

func TestEqual(t *testing.T) {
	for _, test := range equalTests {
		if got := Equal([]byte(test.a), []byte(test.b)); got != test.want {
			t.Errorf("Equal(%s, %s) = %t", test.a, test.b, got)
		}
		if got := Equal([]byte(test.b), []byte(test.a)); got != test.want {
			t.Errorf("Equal(%s, %s) = %t", test.b, test.a, got)
		}
	}
}

// TestEqualStringsAreEqualAsTexts compares strings that begin with the same bytes and go on in
// escapes, wherever within those the bytes differ.
func TestEqualStringsAreEqualAsTexts(t *testing.T) {
	parts := []string{"a", "é", `\n`, `\\`, `\"`, `\u0061`, `\u00e9`, `\\u0061`, `\ud83d\ude00`, `\ud83d\ude01`, "😀", `\ud83d`}
	random := rand.New(rand.NewPCG(3, 4))
	some := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		return b.String()
	}
	for range 20_000 {
		head, tail := some(random.IntN(4)), some(random.IntN(2))
		a, b := []byte(`"`+head+some(random.IntN(3))+tail+`"`), []byte(`"`+head+some(random.IntN(3))+tail+`"`)
		was, _ := Text(a)
		is, _ := Text(b)
		if got := Equal(a, b); got != (was == is) {
			t.Fatalf("Equal(%s, %s) = %t, as texts %q and %q", a, b, got, was, is)
		}
	}
}

func TestEqualManyMembers(t *testing.T) {
	object := func(from, to, step int) string {
		var parts []string
		for i := from; i != to; i += step {
			parts = append(parts, `"`+strings.Repeat("k", i)+`":`+strings.Repeat("1", i+1))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	if !Equal([]byte(object(0, 50, 1)), []byte(object(49, -1, -1))) {
		t.Error("the order of fifty members counts")
	}
	if Equal([]byte(object(0, 50, 1)), []byte(object(1, 51, 1))) {
		t.Error("one other member of fifty does not count")
	}
}

func TestEqualSparse(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{`{"a":1}`, `{"a":1,"b":null}`, true},
		{`{"x":null,"a":[{"y":null}]}`, `{"a":[{}],"z":null}`, true},
		{`[null]`, `[]`, false},
		{`{"a":null}`, `{"a":1}`, false},
		{`{"a":1,"b":null}`, `{"b":1,"a":null}`, false},
	} {
		if got := EqualSparse([]byte(test.a), []byte(test.b)); got != test.want {
			t.Errorf("EqualSparse(%s, %s) = %t", test.a, test.b, got)
		}
		if got := EqualSparse([]byte(test.b), []byte(test.a)); got != test.want {
			t.Errorf("EqualSparse(%s, %s) = %t", test.b, test.a, got)
		}
	}
}

// pairOf reads two well-formed values.
func pairOf(x, y []byte) (v, w value, ok bool) {
	v, ok = read(x)
	w, fine := read(y)
	return v, w, ok && fine
}

// large is the size of a value that takes a while to compare.
const large = 4 << 10

func FuzzEqual(f *testing.F) {
	for _, test := range equalTests {
		f.Add(test.a, test.b)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := []byte(a), []byte(b)
		if !Equal(x, x) {
			t.Fatal("not reflexive")
		}
		same := Equal(x, y)
		if same != Equal(y, x) {
			t.Fatal("not symmetric")
		}
		if Check(x) == nil && Check(y) == nil {
			for _, wrap := range []string{"[%s,%q]", `{"a":%s,"b":%q}`, "[[%s],%q]"} {
				long := func(v []byte, fill int) []byte { return fmt.Appendf(nil, wrap, v, strings.Repeat("x", fill)) }
				if Equal(long(x, large), long(y, large)) != same || EqualSparse(long(x, large), long(y, large)) != EqualSparse(long(x, 1), long(y, 1)) {
					t.Fatalf("not the same within a large value: %s", wrap)
				}
			}
		}
		// what is told early is what the whole reading tells
		for _, sparse := range []bool{false, true} {
			if v, w, ok := pairOf(x, y); ok && differ(Trim(x), Trim(y), sparse) == different && equal(v, w, sparse) {
				t.Fatalf("%s and %s are equal, and were told to differ", x, y)
			}
		}
		if Check(x) != nil || Check(y) != nil {
			return
		}
		for name, form := range map[string]func([]byte) []byte{"Compact": Compact, "Indent": Indent} {
			if !Equal(x, form(x)) || Equal(form(x), y) != same {
				t.Fatalf("%s changes the meaning: %s", name, form(x))
			}
			if err := Check(form(x)); err != nil {
				t.Fatalf("%s gives %s: %v", name, form(x), err)
			}
		}
		grafted := Graft(x, y)
		if !Equal(grafted, y) || Check(grafted) != nil {
			t.Fatalf("Graft gives %s", grafted)
		}
		if same && string(grafted) != string(Compact(x)) {
			t.Fatalf("Graft of what means the same gives %s", grafted)
		}
	})
}
