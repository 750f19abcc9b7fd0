package cli

import (
	"context"
	"io"
	"os"

	"errata/api"
)

// longestInput is the most bytes of a file, or of standard input, that is read as a whole. Servers
// refuse more by default, and a device like /dev/zero never ends.
const longestInput = 256 << 20

// input reads all of a file, or of standard input for "-". It waits until ctx ends: a pipe may
// never bring anything.
func (a *console) input(ctx context.Context, name string) ([]byte, error) {
	a.takes(name)
	return api.Await(ctx, "", func() ([]byte, error) {
		in := a.env.Stdin
		if name != "-" {
			f, err := os.Open(name) //nolint:gosec // a path that the user named
			if err != nil {
				return nil, err
			}
			defer func() { _ = f.Close() }()
			in = f
		}
		return readWhole(in, name, longestInput)
	})
}

// readWhole reads an input to its end, and returns an error when it has more than most bytes.
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
