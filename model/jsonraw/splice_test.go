package jsonraw_test

import (
	"testing"

	"errata/model/jsonraw"
)

func TestSplice(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		raw     string
		at, del int
		ins     string
		want    string
	}{
		{`"abc"`, 1, 1, "X", `"aXc"`},
		{`"abc"`, 3, 0, "d", `"abcd"`},
		{`""`, 0, 0, "\n", `"\n"`},
		{` "\u0061\u0062\u0063" `, 1, 1, "b", `"\u0061b\u0063"`},
		{`"\u0022x\/y\u00e9"`, 1, 1, `"`, `"\u0022\"\/y\u00e9"`},
		{`"\ud83d\ude00z\ud83d"`, 4, 1, "", `"\ud83d\ude00\ud83d"`},
		{`"é\u00e9"`, 2, 2, "è", `"éè"`},
		{`"a\u00e9b"`, 2, 1, "\xa8", `"aèb"`}, // within a character, as two texts differ
		{`"a\u00e9b"`, 1, 1, "\xc4", `"aĩb"`},
		{`"01234567890123456789\n"`, 10, 1, "-", `"0123456789-123456789\n"`},
	} {
		got, err := jsonraw.Splice([]byte(test.raw), test.at, test.del, []byte(test.ins))
		if err != nil || string(got) != test.want {
			t.Errorf("%s at %d, %d bytes, with %q: %s, %v, want %s", test.raw, test.at, test.del, test.ins, got, err, test.want)
		}
	}
	if got, err := jsonraw.Splice([]byte(`"ab"`), 1, 0, []byte{0xff}); err == nil {
		t.Errorf("a bad byte went in: %s", got)
	}
}

func TestSplices(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		raw   string
		swaps []jsonraw.Swap
		want  string
	}{
		{`"abc"`, nil, `"abc"`},
		{`"abcdef"`, []jsonraw.Swap{{At: 1, Del: 1, Ins: []byte("X")}, {At: 4, Del: 2, Ins: []byte("\n")}}, `"aXcd\n"`},
		{`"\u0061\u0062\u0063\u0064"`, []jsonraw.Swap{{At: 0, Del: 1}, {At: 2, Del: 1, Ins: []byte(`"`)}}, `"\u0062\"\u0064"`},
		{`"ab"`, []jsonraw.Swap{{At: 0, Del: 1, Ins: []byte("x")}, {At: 1, Del: 1, Ins: []byte("y")}}, `"xy"`},
		{`"\u00e9\u00e9"`, []jsonraw.Swap{{At: 1, Del: 1, Ins: []byte("\xa8")}, {At: 2, Del: 2, Ins: []byte("-")}}, `"è-"`},
		{`"a\u00e9b"`, []jsonraw.Swap{{At: 1, Del: 1, Ins: []byte("\xc4")}, {At: 2, Del: 1, Ins: []byte("\xa8")}}, `"aĨb"`},
	} {
		got, err := jsonraw.Splices([]byte(test.raw), test.swaps)
		if err != nil || string(got) != test.want {
			t.Errorf("%s with %v: %s, %v, want %s", test.raw, test.swaps, got, err, test.want)
		}
	}
}
