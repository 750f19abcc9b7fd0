package config

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// outputLimit is how much of a command's output is kept; a key is far shorter.
const outputLimit = 64 << 10

// argv reads a command as the profile gives it: a list of words, or one text in the words of a
// shell.
func argv(value any) (words []string, ok bool) {
	switch v := value.(type) {
	case string:
		words, ok = split(v)
	case []any:
		ok = true
		for _, item := range v {
			word, isText := item.(string)
			words, ok = append(words, word), ok && isText
		}
	}
	return words, ok && len(words) > 0 && words[0] != ""
}

// split cuts a text into words by the quoting rules of a shell; it expands nothing. ok is false for
// a quote without its end.
func split(text string) (words []string, ok bool) {
	var word strings.Builder
	var quote rune
	inWord, escaped := false, false
	for _, r := range text {
		switch {
		case escaped:
			// Inside double quotes a backslash only escapes what would end or escape there.
			if quote == '"' && r != '"' && r != '\\' {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, inWord = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, inWord = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, quote == 0 && !escaped
}

// run gives the first line that a command prints. It has no input; a command that has to ask opens
// a window or the terminal itself. What it says on stderr is not repeated, because it may quote the
// key.
func run(ctx context.Context, argv, environ []string, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out head
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env, cmd.Stdout = environ, &out
	// A child of the command may hold its output open.
	cmd.WaitDelay = limit / 10
	err := cmd.Run()
	if ctx.Err() != nil {
		return "", fmt.Errorf("%q did not end within %v", argv[0], limit)
	}
	if err != nil {
		return "", fmt.Errorf("%q failed: %w; run it by itself to see why", argv[0], plain(err))
	}
	return out.firstLine(), nil
}

// plain unwraps an error of package exec, whose text repeats the command.
func plain(err error) error {
	var failed *exec.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// head keeps the start of what is written to it.
type head struct{ text []byte }

// Write never fails, so that the command goes on.
func (h *head) Write(p []byte) (int, error) {
	h.text = append(h.text, p[:min(len(p), outputLimit-len(h.text))]...)
	return len(p), nil
}

func (h *head) firstLine() string {
	line, _, _ := strings.Cut(strings.TrimLeft(string(h.text), "\r\n"), "\n")
	return strings.TrimSpace(line)
}
