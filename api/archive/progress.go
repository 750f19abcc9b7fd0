package archive

import "io"

// step is how many bytes lie between two calls of progress.
const step = 1 << 20

// meter tells how far the reading is.
type meter struct {
	tell           func(done, all int64)
	done, all, due int64
}

func (m *meter) add(n int) {
	m.done += int64(n)
	if m.tell != nil && m.done >= m.due {
		m.due = m.done + step
		m.tell(m.done, max(m.done, m.all))
	}
}

// finish tells the end, whatever the files held when they were counted.
func (m *meter) finish() {
	if m.tell != nil {
		m.tell(m.all, m.all)
	}
}

type meteredReader struct {
	in    io.Reader
	meter *meter
}

func (r *meteredReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.meter.add(n)
	return n, err
}
