package config

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Expand gives a path in which ~ at its start stands for the home, as a shell does where a word
// begins with it: not in --db=~/x, and not in the environment. environ is in the form of
// os.Environ. The error says what is wrong with the path.
func Expand(path string, environ []string) (string, error) {
	return expand(path, home(lookupIn(environ), runtime.GOOS))
}

func expand(path, home string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~")
	switch {
	case !ok:
		return path, nil
	case rest != "" && !os.IsPathSeparator(rest[0]):
		return "", fmt.Errorf("%q begins with the home of somebody else, which only a shell knows; write the whole path, or ./%[1]s", path)
	case home == "":
		return "", fmt.Errorf("%q begins with the home, and HOME is not set; write the whole path", path)
	}
	return filepath.Join(home, rest), nil
}

// expandDatabase is expand for what names a database. A path may be behind file:, as errata lists
// it.
func expandDatabase(text, home string) (string, error) {
	if IsDatabaseURL(text) || text == inMemory {
		return text, nil
	}
	if rest, ok := strings.CutPrefix(text, "file:"); ok {
		text = rest
		if after, ok := strings.CutPrefix(rest, "//"); ok { // the host of such a URL is empty
			text = after
		}
	}
	if scheme, _, ok := strings.Cut(text, "://"); ok && isScheme(scheme) {
		return "", fmt.Errorf("want a file or postgres://…, not %s://…", scheme)
	}
	return expand(text, home)
}

func isScheme(text string) bool {
	u, err := url.Parse(text + "://x")
	return err == nil && u.Scheme != ""
}

// Canonical is the one name of a file: absolute, and with no symbolic link in it. The file need not
// be there. The error is that of the working directory.
func Canonical(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for links := 0; links < 40; links++ {
		if resolved, err := filepath.EvalSymlinks(full); err == nil {
			return resolved, nil
		}
		target, err := os.Readlink(full)
		if err != nil { // no link: it is not there, or its directory is not
			break
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(full), target)
		}
		full = target
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		return filepath.Join(dir, filepath.Base(full)), nil
	}
	return full, nil
}
