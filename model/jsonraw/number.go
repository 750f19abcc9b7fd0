package jsonraw

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is the exact value of a JSON number of any size: ±digits × 10^exponent. The zero Decimal
// is 0.
type Decimal struct {
	negative bool
	digits   string   // without zeros at either end; "" is zero
	exponent int64    // of the last digit
	far      *big.Int // the exponent where it does not fit into exponent
}

// maxSpread bounds the zeros that Add may have to write out.
const maxSpread = 1000

// ParseDecimal reads a number literal. ok is false when literal is not a number as JSON writes it.
// The cost grows with the length of the literal, not with the size of the number.
func ParseDecimal(literal []byte) (d Decimal, ok bool) {
	if KindOf(literal) != Number || len(Trim(literal)) != len(literal) || Check(literal) != nil {
		return Decimal{}, false
	}
	return decimal(literal), true
}

// decimal reads a number literal that jsontext has let through.
func decimal(literal []byte) Decimal {
	var d Decimal
	literal, d.negative = bytes.CutPrefix(Trim(literal), []byte("-"))
	mantissa, exponent := literal, ""
	if i := bytes.IndexAny(literal, "eE"); i >= 0 {
		mantissa, exponent = literal[:i], string(literal[i+1:])
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte("."))
	digits := strings.TrimLeft(string(whole)+string(fraction), "0")
	d.digits = strings.TrimRight(digits, "0")
	if d.digits == "" {
		return Decimal{}
	}
	d.shift(exponent, int64(len(digits)-len(d.digits)-len(fraction)))
	return d
}

// shift sets the exponent to the written one plus by. Both forms are canonical: far is only used
// for what no int64 holds.
func (d *Decimal) shift(written string, by int64) {
	minus := strings.HasPrefix(written, "-")
	written = strings.TrimLeft(strings.TrimLeft(written, "+-"), "0")
	if len(written) <= 18 { // the sum cannot overflow
		n, _ := strconv.ParseInt("0"+written, 10, 64)
		if minus {
			n = -n
		}
		d.exponent = n + by
		return
	}
	n, _ := new(big.Int).SetString(written, 10)
	if minus {
		n.Neg(n)
	}
	if n.Add(n, big.NewInt(by)); n.IsInt64() {
		d.exponent = n.Int64()
	} else {
		d.far = n
	}
}

// Equal reports whether both are the same number.
func (d Decimal) Equal(e Decimal) bool {
	if d.negative != e.negative || d.digits != e.digits || d.exponent != e.exponent {
		return false
	}
	if d.far == nil || e.far == nil {
		return d.far == e.far
	}
	return d.far.Cmp(e.far) == 0
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}

// IsWhole reports whether the number has no fraction: 7, 7.0 and 1e5 have none.
func (d Decimal) IsWhole() bool {
	if d.far != nil {
		return d.far.Sign() > 0
	}
	return d.exponent >= 0
}

// Add is the exact sum. ok is false when its digits would span more than about a thousand places.
func (d Decimal) Add(e Decimal) (sum Decimal, ok bool) {
	if d.digits == "" || e.digits == "" {
		if d.digits == "" {
			return e, true
		}
		return d, true
	}
	if d.far != nil || e.far != nil || !d.near() || !e.near() {
		return Decimal{}, false
	}
	low := min(d.exponent, e.exponent)
	n := d.scaled(low)
	n.Add(n, e.scaled(low))
	return decimal([]byte(n.String() + "e" + strconv.FormatInt(low, 10))), true
}

func (d Decimal) near() bool {
	return -maxSpread <= d.exponent && d.exponent <= maxSpread && len(d.digits) <= maxSpread
}

// scaled is the number in units of 10^low, which must not be above its exponent.
func (d Decimal) scaled(low int64) *big.Int {
	n, _ := new(big.Int).SetString(d.digits+strings.Repeat("0", int(d.exponent-low)), 10)
	if d.negative {
		n.Neg(n)
	}
	return n
}

// Rat is the exact number as a fraction. ok is false when it spans more than about a thousand
// places.
func (d Decimal) Rat() (r *big.Rat, ok bool) {
	if d.far != nil || !d.near() {
		return nil, false
	}
	return new(big.Rat).SetString(d.String())
}

// Rat is a number, as JSON writes it, as a fraction; ok is false also for what is not a number.
func Rat(literal string) (r *big.Rat, ok bool) {
	d, ok := ParseDecimal([]byte(literal))
	if !ok {
		return nil, false
	}
	return d.Rat()
}

// String writes the number without an exponent where that takes at most 30 more zeros: "0.0000001",
// "1e400".
func (d Decimal) String() string {
	const zeros = 30
	sign := ""
	if d.negative {
		sign = "-"
	}
	// digits before the point; zero or less: zeros after it
	point := d.exponent + int64(len(d.digits))
	switch {
	case d.digits == "":
		return "0"
	case d.far != nil:
		return sign + d.digits + "e" + d.far.String()
	case d.exponent >= 0 && d.exponent <= zeros:
		return sign + d.digits + strings.Repeat("0", int(d.exponent))
	case d.exponent < 0 && point > 0:
		return sign + d.digits[:point] + "." + d.digits[point:]
	case d.exponent < 0 && point >= -zeros:
		return sign + "0." + strings.Repeat("0", int(-point)) + d.digits
	}
	return sign + d.digits + "e" + strconv.FormatInt(d.exponent, 10)
}
