package cli

import (
	"context"
	"io"
	"os"

	"errata/api"
)

// longestInput is how many bytes a file or standard input may have that is read whole. What is
// longer no server takes by default; a device like /dev/zero never ends.
const longestInput = 256 << 20

// input reads a file whole, or standard input for "-". It waits for as long as ctx allows: a pipe
// may bring nothing.
func (a *console) input(ctx context.Context, name string) ([]byte, error) {
	a.takes(name)
	return api.Await(ctx, "", func() ([]byte, error) {
		in := a.env.Stdin
		if name != "-" {
			f, err := os.Open(name) //nolint:gosec // it is the user's own choice
			if err != nil {
				return nil, err
			}
			defer func() { _ = f.Close() }()
			in = f
		}
		return readWhole(in, name, longestInput)
	})
}

// readWhole reads an input to its end, which has to come within a number of bytes.
func readWhole(in io.Reader, name string, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(in, most+1))
	if err == nil && int64(len(raw)) > most {
		if name == "-" {
			name = "standard input"
		}
		return nil, fail(exitRefused, "%s is longer than %d MiB, or has no end; it is not read", name, most>>20)
	}
	return raw, err
}
