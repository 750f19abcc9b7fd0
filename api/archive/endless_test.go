package archive

import (
	"errors"
	"testing"
)

// unbroken is a line that does not end.
type unbroken struct{}

func (unbroken) Read(p []byte) (int, error) { return len(p), nil }

func TestALineWithoutAnEndIsGivenUp(t *testing.T) {
	t.Parallel()
	c := &cutter{in: unbroken{}}
	if err := c.skip(make([]byte, chunk)); !errors.Is(err, errEndless) {
		t.Errorf("it ends with %v, want %v", err, errEndless)
	}
}
