package rewrite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/rewrite"
)

// shout puts X in the place of every "secret", and numbers it when it is asked again.
func shout(at *rewrite.Place, text string) (swaps []jsonraw.Swap) {
	ins := "X"
	if at.Tries > 0 {
		ins = fmt.Sprint("X", at.Tries+1)
	}
	const word = "secret"
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			break
		}
		swaps = append(swaps, jsonraw.Swap{At: from + i, Del: len(word), Ins: []byte(ins)})
		from += i + len(word)
	}
	if at.Part == rewrite.Number && text == "4711" {
		swaps = append(swaps, jsonraw.Swap{Del: len(text), Ins: []byte(ins)})
	}
	return swaps
}

func TestValue(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ raw, want string }{
		{`"nothing"`, `"nothing"`},
		{`"a secret\u00e9 \/"`, `"a X\u00e9 \/"`},
		{`"s\u0065cret"`, `"X"`},
		{` [ 1.50, "secret" , null,{"a":"secret secret"} ]`, ` [ 1.50, "X" , null,{"a":"X X"} ]`},
		{`[]`, `[]`},
		{`{}`, `{}`},
		{`{"secret":"secret","b":4711,"c":47110}`, `{"X":"X","b":"X","c":47110}`},
		{`{"secret":1,"X":2,"my secret":3,"s\u0065cret":4}`, `{"X2":1,"X":2,"my X":3,"X3":4}`},
		{`{"a":"{\"b\": [4711, \"s\\u0065cret \\n\"]}"}`, `{"a":"{\"b\": [\"X\", \"X \\n\"]}"}`},
		{`" [\"[\\\"secret\\\"]\"] "`, `" [\"[\\\"X\\\"]\"] "`},
		{`"{\"secret\": broken"`, `"{\"X\": broken"`},
	} {
		got, ok, err := rewrite.Value([]byte(test.raw), shout)
		if err != nil || string(got) != test.want || ok != (test.raw != test.want) {
			t.Errorf("%s: %s, %v, %v; want %s", test.raw, got, ok, err, test.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	var places []string
	_, _, _ = rewrite.Value([]byte(`{"a":["x",{"b c":"[7]"}],"d":1}`), func(at *rewrite.Place, text string) []jsonraw.Swap {
		places = append(places, fmt.Sprint(at.Part, " ", at.Steps, " ", text))
		return nil
	})
	want := "2 a a|0 a[0] x|2 a[1][\"b c\"] b c|1 a[1][\"b c\"][0] 7|2 d d|1 d 1"
	if got := strings.Join(places, "|"); got != want {
		t.Errorf("asked about %s\nwant        %s", got, want)
	}
}

func TestANameThatStaysTakenIsAnError(t *testing.T) {
	t.Parallel()
	_, _, err := rewrite.Value([]byte(`{"a":1,"b":2}`), func(at *rewrite.Place, text string) []jsonraw.Swap {
		if text == "a" {
			return []jsonraw.Swap{{At: 0, Del: 1, Ins: []byte("b")}}
		}
		return nil
	})
	if !errors.Is(err, rewrite.ErrTwice) {
		t.Errorf("%v, want %v", err, rewrite.ErrTwice)
	}
}

func FuzzValue(f *testing.F) {
	for _, seed := range []string{`{"secret":["\"secret\"",4711]}`, `"[\"secret\"]"`, `[[],{"":{}},"\ud800secret"]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if jsonraw.Check(raw) != nil {
			return
		}
		got, ok, err := rewrite.Value(raw, shout)
		if err != nil {
			t.Fatal(err)
		}
		if fault := jsonraw.Check(got); fault != nil {
			t.Fatalf("%s became %s: %v", raw, got, fault)
		}
		if !ok && string(got) != string(raw) {
			t.Fatalf("%s became %s, and nothing was to be done", raw, got)
		}
		if again, ok, _ := rewrite.Value(got, shout); ok {
			t.Fatalf("%s became %s, and %s the second time", raw, got, again)
		}
	})
}
