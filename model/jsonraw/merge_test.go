package jsonraw

import (
	"hash/maphash"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	tests := []struct{ name, base, mine, theirs, want string }{
		{"order is theirs, then mine", `{"a":1,"b":2}`, `{"z":0,"b":2,"a":1,"y":0}`, `{"b":2,"c":3,"a":1}`, `{"b":2,"c":3,"a":1,"z":0,"y":0}`},
		{"literals, without white space", "{ \"a\" : 1.0 , \"b\":2}", `{"a":1.0,"b":2e0,"m":"\u0041"}`, ` { "a" : [ 1.50 , "\/" ] , "\u0062":2}`, `{"a":[1.50,"\/"],"\u0062":2,"m":"\u0041"}`},
		{"removed first and last", `{"a":1,"b":2,"c":3}`, `{"b":2,"c":3}`, `{"a":1,"b":2}`, `{"b":2}`},
		{"an emptied object in one", `{"o":{"a":1},"p":1}`, `{"o":{},"p":1}`, `{"o":{"a":1,"b":2},"p":1}`, `{"o":{"b":2},"p":1}`},
		{"many members", `{` + keys(50, "0") + `}`, `{` + keys(50, "0") + `,"m":1}`, `{"t":1,` + keys(50, "0") + `}`, `{"t":1,` + keys(50, "0") + `,"m":1}`},
		{"lone surrogates are names", `{}`, `{"\ud800":1}`, `{"\ud801":2}`, `{"\ud801":2,"\ud800":1}`},
		{"conflict deep down", `{"o":{"p":{"x":1}}}`, `{"o":{"p":{"x":2}}}`, `{"o":{"p":{"x":3}}}`, ``},
		{"conflict after what merges", `{"a":1,"b":1}`, `{"a":2,"b":2}`, `{"a":1,"b":3}`, ``},
		{"mine removed what they changed", `{"o":{"x":1}}`, `{}`, `{"o":{"x":2}}`, ``},
		{"they removed what mine changed", `{"o":{"x":1}}`, `{"o":{"x":2}}`, `{}`, ``},
		{"no object", `[]`, `{}`, `{}`, ``},
		{"no JSON", `{}`, `{"a":1`, `{}`, ``},
		{"nothing", ``, `{}`, `{}`, ``},
		{"twice", `{}`, `{"a":1,"a":1}`, `{}`, ``},
	}
	for _, test := range tests {
		got, ok := Merge([]byte(test.base), []byte(test.mine), []byte(test.theirs))
		if ok != (test.want != "") || string(got) != test.want {
			t.Errorf("%s: %s, %t, want %s", test.name, got, ok, test.want)
		}
	}
}

// keys lists n members with the same value.
func keys(n int, value string) string {
	var list []string
	for i := range n {
		list = append(list, `"k`+strings.Repeat("k", i)+`":`+value)
	}
	return strings.Join(list, ",")
}

func TestSum(t *testing.T) {
	seed := maphash.MakeSeed()
	values := []string{`1`, `"1"`, `1.5`, `[1]`, `[1,2]`, `[2,1]`, `{"a":1}`, `{"a":2}`, `{"b":1}`, `{"a":{"b":1}}`, `null`, `true`, `""`, `[]`, `{}`, `x`, `1e99999999999999999999`}
	for i, a := range values {
		for j, b := range values {
			if same := Sum(seed, []byte(a)) == Sum(seed, []byte(b)); same != (i == j) {
				t.Errorf("%s and %s: the same sum is %t", a, b, same)
			}
		}
	}
	for a, b := range map[string]string{`{"a":1.0,"b":"\u0041"}`: `{ "b":"A","a":1 }`, `[1e2]`: `[100]`} {
		if Sum(seed, []byte(a)) != Sum(seed, []byte(b)) {
			t.Errorf("%s and %s differ", a, b)
		}
	}
}

// FuzzMerge: every member arrives from the side that changed it, and equal values have equal sums.
func FuzzMerge(f *testing.F) {
	f.Add(`{"a":1,"o":{"x":0.10}}`, `{"a":2,"o":{"x":0.1,"y":[]}}`, `{"o":{"x":1e-1},"b":{}}`)
	f.Add(`{}`, `{"o":{"x":1}}`, `{"o":{"y":1},"\ud800":"\u0000"}`)
	f.Add(`{"a":null}`, `{"a":{"b":1}}`, `{"a":{}}`)
	f.Fuzz(func(t *testing.T, base, mine, theirs string) {
		b, m, h := []byte(base), []byte(mine), []byte(theirs)
		merged, ok := Merge(b, m, h)
		if !ok {
			return
		}
		got, err := Members(merged)
		if err != nil || Check(merged) != nil {
			t.Fatalf("%s: %v", merged, err)
		}
		was, _ := Members(b)
		my, _ := Members(m)
		their, _ := Members(h)
		value := func(doc []byte, list []Member, name string) []byte {
			member, ok := Find(list, name)
			if !ok {
				return nil
			}
			return member.Val.Of(doc)
		}
		same := func(x, y []byte) bool { return (x == nil) == (y == nil) && (x == nil || Equal(x, y)) }
		for _, list := range [][]Member{was, my, their, got} {
			for _, member := range list {
				name := member.Name
				b, m, h, g := value(b, was, name), value(m, my, name), value(h, their, name), value(merged, got, name)
				if same(b, m) && !same(g, h) || same(b, h) && !same(g, m) || same(m, h) && !same(g, m) {
					t.Fatalf("%q of %s is %s", name, merged, g)
				}
			}
		}
		seed := maphash.MakeSeed()
		if Equal(b, m) != (Sum(seed, b) == Sum(seed, m)) {
			t.Fatalf("the sums of %s and %s are wrong", b, m)
		}
	})
}
