package pg

import (
	"bytes"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// The numbers of types, as the catalogue of every server has them.
const (
	boolType    = 16
	bytesType   = 17
	int64Type   = 20
	int16Type   = 21
	int32Type   = 23
	textType    = 25
	float64Type = 701
	timeType    = 1114
	timeInZone  = 1184
)

// The forms in which a value goes over the wire.
const (
	asText  = 0
	asBytes = 1
)

// epoch is when the times of PostgreSQL begin: the year 2000, in seconds since 1970.
const epoch = 946_684_800

// forms are the forms in which columns are wanted: bytes for the types that value knows.
func forms(fields []pgconn.FieldDescription) []int16 {
	list := make([]int16, len(fields))
	for i, field := range fields {
		switch field.DataTypeOID {
		case boolType, bytesType, int64Type, int16Type, int32Type, float64Type, timeType, timeInZone:
			list[i] = asBytes
		}
	}
	return list
}

// value is a value of a column; package sql reads the number in a text where one is wanted.
func value(field pgconn.FieldDescription, raw []byte) (driver.Value, error) {
	if raw == nil {
		return nil, nil // NULL
	}
	if field.Format == asText {
		return string(raw), nil
	}
	number := func(size int) (n uint64, err error) {
		if len(raw) != size {
			return 0, fmt.Errorf("column %s: %d bytes where %d are meant", field.Name, len(raw), size)
		}
		for _, b := range raw {
			n = n<<8 | uint64(b)
		}
		return n, nil
	}
	switch field.DataTypeOID {
	case boolType:
		n, err := number(1)
		return n != 0, err
	case int16Type:
		n, err := number(2)
		return int64(int16(n)), err
	case int32Type:
		n, err := number(4)
		return int64(int32(n)), err
	case int64Type:
		n, err := number(8)
		return int64(n), err
	case float64Type:
		n, err := number(8)
		return math.Float64frombits(n), err
	case timeType, timeInZone:
		n, err := number(8)
		return time.Unix(epoch, 0).Add(time.Duration(n) * time.Microsecond).UTC(), err
	}
	return bytes.Clone(raw), nil // the connection reads the next row into the same memory
}

// CheckNamedValue lets lists pass, which package sql does not know, and has it convert all else.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	switch v.Value.(type) {
	case [][]byte, []string, []int64, []bool:
		return nil
	}
	return driver.ErrSkip
}

// arguments are arguments as they go to the server: bytes as they are, lists in its form for
// arrays, and all else written, so that it is read as the type that is wanted in its place.
func arguments(args []driver.NamedValue) (values [][]byte, formats []int16, err error) {
	values, formats = make([][]byte, len(args)), make([]int16, len(args))
	for i, arg := range args {
		switch v := arg.Value.(type) {
		case nil:
		case []byte:
			values[i], formats[i] = v, asBytes
		case string:
			values[i] = []byte(v)
		case int64:
			values[i] = strconv.AppendInt(nil, v, 10)
		case bool:
			values[i] = strconv.AppendBool(nil, v)
		case float64:
			values[i] = strconv.AppendFloat(nil, v, 'g', -1, 64)
		case time.Time:
			values[i] = v.AppendFormat(nil, time.RFC3339Nano)
		case [][]byte:
			values[i], formats[i] = array(bytesType, len(v), func(to []byte, i int) []byte { return element(to, v[i]) }), asBytes
		case []string:
			values[i], formats[i] = array(textType, len(v), func(to []byte, i int) []byte { return append(length(to, len(v[i])), v[i]...) }), asBytes
		case []int64:
			values[i], formats[i] = array(int64Type, len(v), func(to []byte, i int) []byte {
				return binary.BigEndian.AppendUint64(length(to, 8), uint64(v[i]))
			}), asBytes
		case []bool:
			values[i], formats[i] = array(boolType, len(v), func(to []byte, i int) []byte {
				if v[i] {
					return element(to, []byte{1})
				}
				return element(to, []byte{0})
			}), asBytes
		default:
			return nil, nil, fmt.Errorf("argument %d is a %T, which PostgreSQL does not know", arg.Ordinal, v)
		}
	}
	return values, formats, nil
}

// array is a list in the form of PostgreSQL; next writes its elements one after the other.
func array(of uint32, n int, next func(to []byte, i int) []byte) []byte {
	const dimensions, mayHoldNull, first = 1, 1, 1
	var to []byte
	for _, head := range []uint32{dimensions, mayHoldNull, of, uint32(n), first} {
		to = binary.BigEndian.AppendUint32(to, head)
	}
	for i := range n {
		to = next(to, i)
	}
	return to
}

// element writes an element of bytes; nil is NULL.
func element(to, value []byte) []byte {
	if value == nil {
		return length(to, -1)
	}
	return append(length(to, len(value)), value...)
}

// length writes how long an element is.
func length(to []byte, n int) []byte { return binary.BigEndian.AppendUint32(to, uint32(int32(n))) }
