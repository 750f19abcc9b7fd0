package editor

import "bytes"

// Since tells the one replacement that makes old into t: del bytes at byte at became ins. Pieces that the two share are
// passed over without being read, so that after a key the cost is that of a list of pieces.
func (t Text) Since(old Text) (at, del int, ins []byte) {
	if t.Same(old) {
		return 0, 0, nil
	}
	was, is := old.pieces(), t.pieces()
	at = sharedHead(was, is)
	tail := sharedTail(was, is, min(old.Len(), t.Len())-at)
	end := t.Len() - tail
	return at, old.Len() - tail - at, t.root.appendTo(make([]byte, 0, end-at), at, end)
}

func (t Text) pieces() (list [][]byte) {
	for p := range t.Parts() {
		if len(p) > 0 {
			list = append(list, p)
		}
	}
	return list
}

// sharedHead is how many bytes both begin with.
func sharedHead(a, b [][]byte) (n int) {
	var x, y []byte
	for {
		if len(x) == 0 {
			if len(a) == 0 {
				return n
			}
			x, a = a[0], a[1:]
		}
		if len(y) == 0 {
			if len(b) == 0 {
				return n
			}
			y, b = b[0], b[1:]
		}
		k := min(len(x), len(y))
		if &x[0] != &y[0] && !bytes.Equal(x[:k], y[:k]) {
			for x[0] == y[0] {
				x, y, n = x[1:], y[1:], n+1
			}
			return n
		}
		x, y, n = x[k:], y[k:], n+k
	}
}

// sharedTail is how many bytes both end with, at most limit.
func sharedTail(a, b [][]byte, limit int) (n int) {
	var x, y []byte
	for n < limit {
		if len(x) == 0 {
			x, a = a[len(a)-1], a[:len(a)-1]
		}
		if len(y) == 0 {
			y, b = b[len(b)-1], b[:len(b)-1]
		}
		k := min(len(x), len(y), limit-n)
		u, v := x[len(x)-k:], y[len(y)-k:]
		if &u[0] != &v[0] && !bytes.Equal(u, v) {
			for i := k - 1; u[i] == v[i]; i-- {
				n++
			}
			return n
		}
		x, y, n = x[:len(x)-k], y[:len(y)-k], n+k
	}
	return n
}
