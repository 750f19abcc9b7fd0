package logfile

import (
	"errors"
	"testing"
)

// unbroken is a line that does not end.
type unbroken struct{}

func (unbroken) Read(p []byte) (int, error) { return len(p), nil }

func TestALineWithoutAnEndIsGivenUp(t *testing.T) {
	t.Parallel()
	t.Run("of no record", func(t *testing.T) {
		t.Parallel()
		l := newLineReader(unbroken{})
		first, err := l.nextFilled()
		if err != nil || len(first) == 0 || len(l.kept) > 2*chunk {
			t.Errorf("%d bytes were read to see how it begins: %v", len(l.kept), err)
		}
	})
	c := &cutter{in: unbroken{}}
	if err := c.skip(make([]byte, chunk)); !errors.Is(err, errEndless) {
		t.Errorf("it ends with %v, want %v", err, errEndless)
	}
}
