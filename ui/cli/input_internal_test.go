package cli

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// forever is an input without an end.
type forever struct{}

func (forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestAnInputWithoutAnEndIsRefused(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"-":         "standard input is longer than 1 MiB, or has no end; it is not read",
		"/dev/zero": "/dev/zero is longer than 1 MiB, or has no end; it is not read",
	} {
		_, err := readWhole(forever{}, name, 1<<20)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if codeOf(err) != exitRefused {
			t.Errorf("%s: the exit code is %d, want %d", name, codeOf(err), exitRefused)
		}
	}
	if got, err := readWhole(strings.NewReader("words\n"), "-", 6); err != nil || string(got) != "words\n" {
		t.Errorf("an input as long as it may be gives %q, %v", got, err)
	}
}

// A pipe may bring nothing: whatever a command reads from it, an interruption ends the command.
func TestAnInterruptionEndsTheReadingOfAPipe(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"set", "log_1", "error=@-"},
		{"diff", "log_1", "metadata:=@-"},
		{"apply", "-"},
		{"import", "-"},
		{"prices", "import", "-"},
	} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			in, out := io.Pipe()
			t.Cleanup(func() { _ = out.Close() })
			ctx, cancel := context.WithCancelCause(t.Context())
			read := reads{in, func() { cancel(errors.New("interrupted")) }}
			code := Run(ctx, Env{
				Args: args, Stdin: read, Stdout: io.Discard, Stderr: io.Discard,
				Environ: []string{"HOME=" + dir, "XDG_STATE_HOME=" + filepath.Join(dir, "s"), "XDG_DATA_HOME=" + filepath.Join(dir, "d"), "XDG_CONFIG_HOME=" + filepath.Join(dir, "c")},
			})
			if code != exitInterrupted {
				t.Errorf("the exit code is %d, want %d", code, exitInterrupted)
			}
		})
	}
}

// reads says when somebody waits for it.
type reads struct {
	io.Reader
	tell func()
}

func (r reads) Read(p []byte) (int, error) {
	r.tell()
	return r.Reader.Read(p)
}
