package change

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, want string }{
		{"the same", `{"a":1,"b":[]}`, `{"b":[], "a":1.0}`, ""},
		{"the same text", `"a"`, `"\u0061"`, ""},
		{"a text", `"At nine."`, `"At ten."`, `: "At nine." "At ten."`},
		{"null", `null`, `1`, `: null 1`},
		{"absent", ``, `1`, `:  1`},
		{"another kind", `[]`, `{}`, `: [] {}`},
		{"members", `{"a":1,"b":{"c":2},"d":3}`, `{"a":2,"b":{"c":2},"e":4}`, `.a: 1 2|.d: 3 |.e:  4`},
		{"elements", `[1,2,9]`, `[1,3,4,9]`, `[1]: 2 3|[2]:  4`},
	} {
		var got []string
		for _, p := range Places(raw(c.old), raw(c.new)) {
			got = append(got, fmt.Sprintf("%s: %s %s", strings.TrimPrefix(p.Where(field(t, "metadata")), "metadata"), p.Before, p.After))
		}
		if is := strings.Join(got, "|"); is != c.want {
			t.Errorf("%s: %s, want %s", c.name, is, c.want)
		}
	}
}

// Whichever place is copied, it is not a place any more; when all are, the values mean the same.
func TestCopyingEveryPlaceMakesTheValuesTheSame(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		old, other := randomValue(rnd, 3), randomValue(rnd, 3)
		for steps := 0; ; steps++ {
			list := Places(old, other)
			if len(list) == 0 {
				break
			}
			if steps > 200 {
				t.Fatalf("%s never becomes %s", old.Bytes(), other.Bytes())
			}
			p, back := list[rnd.IntN(len(list))], rnd.IntN(2) == 1
			into := &old
			if back {
				into = &other
			}
			now, err := p.Onto(*into, back)
			if err != nil {
				t.Fatalf("%s of %s and %s: %v", p.Path(), old.Bytes(), other.Bytes(), err)
			}
			if jsonraw.Check(now.Bytes()) != nil || now.Equal(*into) {
				t.Fatalf("%s of %s and %s makes %s", p.Path(), old.Bytes(), other.Bytes(), now.Bytes())
			}
			*into = now
		}
		if !old.Equal(other) {
			t.Fatalf("%s is not %s, and there is nothing more to copy", old.Bytes(), other.Bytes())
		}
	}
}

// A copy alters no byte beside its place.
func TestACopyLeavesEveryOtherByte(t *testing.T) {
	t.Parallel()
	old, other := raw(`{ "n" : 1E+2,"a":[1 , 2.0], "é":"\u00e9" }`), raw(`{"a":[1,2.0,7],"n":100,"é":"x"}`)
	for i, want := range []string{`{ "n" : 1E+2,"a":[1 , 2.0 , 7], "é":"\u00e9" }`, `{ "n" : 1E+2,"a":[1 , 2.0], "é":"x" }`} {
		now, err := Places(old, other)[i].Onto(old, false)
		if err != nil || string(now.Bytes()) != want {
			t.Errorf("place %d makes %s (%v), want %s", i, now.Bytes(), err, want)
		}
	}
}

// randomValue makes JSON of few names and values, so that two of them have much in common.
func randomValue(rnd *rand.Rand, depth int) model.Value {
	return model.Raw([]byte(randomJSON(rnd, depth)))
}

func randomJSON(rnd *rand.Rand, depth int) string {
	n := rnd.IntN(4)
	switch k := rnd.IntN(4); {
	case k < 2 && depth > 0:
		var list []string
		for range n {
			list = append(list, randomJSON(rnd, depth-1))
		}
		return "[" + strings.Join(list, ",") + "]"
	case k == 2 && depth > 0:
		var list []string
		for i := range n {
			list = append(list, strconv.Quote(string(rune('a'+i+rnd.IntN(2)*3)))+":"+randomJSON(rnd, depth-1))
		}
		return "{" + strings.Join(list, ",") + "}"
	}
	return []string{"1", "null", `"x"`, `"{\"a\":1}"`, "true", "1.0", "[]"}[rnd.IntN(7)]
}
