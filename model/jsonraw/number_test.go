package jsonraw

import (
	"math/big"
	"strings"
	"testing"
)

func TestParseDecimal(t *testing.T) {
	for literal, want := range map[string]string{
		"0": "0", "-0": "0", "0.000": "0", "0e99999999999999999999": "0",
		"12": "12", "-12.50": "-12.5", "1E+2": "100", "1e-07": "0.0000001", "100e-2": "1",
		"9007199254740993": "9007199254740993", "0.10": "0.1", "1.5e1": "15",
		"1e400": "1e400", "-1.25e-400": "-125e-402", "1e999999999": "1e999999999",
		"12e99999999999999999999": "12e99999999999999999999",
		"1e-99999999999999999999": "1e-99999999999999999999",
	} {
		d, ok := ParseDecimal([]byte(literal))
		if !ok || d.String() != want {
			t.Errorf("ParseDecimal(%s) = %s, %t, want %s", literal, d, ok, want)
		}
	}
	for _, literal := range []string{"", "-", "+1", ".5", "5.", "01", "1e", "0x10", "1,000", "1_0", "NaN", "Infinity", " 1", "1 ", `"1"`, "null", "1 2"} {
		if d, ok := ParseDecimal([]byte(literal)); ok {
			t.Errorf("ParseDecimal(%q) = %s", literal, d)
		}
	}
}

func TestDecimalWholeAndSign(t *testing.T) {
	for literal, want := range map[string]struct {
		whole bool
		sign  int
	}{
		"0": {true, 0}, "-0.0": {true, 0}, "7.0": {true, 1}, "1e5": {true, 1}, "12.5e1": {true, 1}, "-3": {true, -1},
		"12.5": {false, 1}, "-1e-1": {false, -1}, "1e99999999999999999999": {true, 1}, "1e-99999999999999999999": {false, 1},
	} {
		d, _ := ParseDecimal([]byte(literal))
		if d.IsWhole() != want.whole || d.Sign() != want.sign {
			t.Errorf("%s: whole %t, sign %d", literal, d.IsWhole(), d.Sign())
		}
	}
}

func TestDecimalAdd(t *testing.T) {
	tests := []struct{ a, b, sum string }{
		{"0.1", "0.2", "0.3"},
		{"0", "1e-07", "0.0000001"},
		{"9007199254740993", "1", "9007199254740994"},
		{"0.000075", "-0.000075", "0"},
		{"1e20", "1e-20", "100000000000000000000.00000000000000000001"},
		{"0", "1e999999999", "1e999999999"},
	}
	for _, test := range tests {
		a, _ := ParseDecimal([]byte(test.a))
		b, _ := ParseDecimal([]byte(test.b))
		for _, pair := range [][2]Decimal{{a, b}, {b, a}} {
			if sum, ok := pair[0].Add(pair[1]); !ok || sum.String() != test.sum {
				t.Errorf("%s + %s = %s, %t, want %s", pair[0], pair[1], sum, ok, test.sum)
			}
		}
	}
	one, _ := ParseDecimal([]byte("1"))
	for _, far := range []string{"1e999999999", "1e-1001", "1e99999999999999999999", strings.Repeat("1", 2000)} {
		d, _ := ParseDecimal([]byte(far))
		if sum, ok := one.Add(d); ok {
			t.Errorf("1 + %.20s… = %s", far, sum)
		}
	}
}

func FuzzDecimal(f *testing.F) {
	for _, seed := range [][2]string{{"1", "2.5"}, {"0.10", "1e-1"}, {"-1e3", "1000"}, {"1e999999999999999999", "1e9"}, {"-0", "0e5"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		d, ok := ParseDecimal([]byte(a))
		if !ok {
			return
		}
		if back, ok := ParseDecimal([]byte(d.String())); !ok || !back.Equal(d) {
			t.Fatalf("%s reads back as %s, %t", d, back, ok)
		}
		e, ok := ParseDecimal([]byte(b))
		if !ok {
			return
		}
		if d.Equal(e) != Equal([]byte(a), []byte(b)) {
			t.Fatalf("%s and %s are equal here and not there", a, b)
		}
		sum, ok := d.Add(e)
		if !ok || strings.ContainsAny(a+b, "eE") {
			return
		}
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		z, _ := new(big.Rat).SetString(sum.String())
		if z.Cmp(x.Add(x, y)) != 0 {
			t.Fatalf("%s + %s = %s", a, b, sum)
		}
	})
}

func TestRat(t *testing.T) {
	for literal, want := range map[string]string{
		"0": "0/1", "-0.0": "0/1", "0.10": "1/10", "-12.5e1": "-125/1", "1e-7": "1/10000000", "9007199254740993": "9007199254740993/1",
		"1e2000": "", "1e-2000": "", "1e99999999999999999999": "", "1" + strings.Repeat("1", 2000): "",
	} {
		d, ok := ParseDecimal([]byte(literal))
		if !ok {
			t.Fatalf("%s is not a number", literal)
		}
		r, ok := d.Rat()
		if ok != (want != "") || ok && r.String() != want {
			t.Errorf("%.20s is %v, %t, want %s", literal, r, ok, want)
		}
	}
}
