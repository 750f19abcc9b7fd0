package jsonraw

import "bytes"

// stride is how many bytes are compared at once.
const stride = 4096

// SamePrefix is how many bytes two texts begin with alike.
func SamePrefix(a, b []byte) (n int) {
	most := min(len(a), len(b))
	for n+stride <= most && bytes.Equal(a[n:n+stride], b[n:n+stride]) {
		n += stride
	}
	for n < most && a[n] == b[n] {
		n++
	}
	return n
}

// SameSuffix is how many bytes two texts end with alike.
func SameSuffix(a, b []byte) (n int) {
	most := min(len(a), len(b))
	for n+stride <= most && bytes.Equal(a[len(a)-n-stride:len(a)-n], b[len(b)-n-stride:len(b)-n]) {
		n += stride
	}
	for n < most && a[len(a)-n-1] == b[len(b)-n-1] {
		n++
	}
	return n
}
