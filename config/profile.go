package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"errata/model/spell"
)

// profile is the chosen profile; the zero profile says nothing.
type profile struct {
	name   string
	file   *profileFile
	values map[string]any
	home   string
}

// Profiles are the names of the profiles in the configuration file, sorted; none when it cannot be
// read. environ is as for Load.
func Profiles(environ []string) []string {
	f, err := readFile(FindPaths(lookupIn(environ), runtime.GOOS).File())
	if err != nil {
		return nil
	}
	return sortedKeys(f.profiles)
}

// choose finds the profile that a flag, the environment or the file names.
func (f *profileFile) choose(name string, from source, home string) (profile, error) {
	if name == "" {
		return profile{file: f}, nil
	}
	values, ok := f.profiles[name].(map[string]any)
	switch {
	case ok:
		return profile{name: name, file: f, values: values, home: home}, nil
	case !f.exists && f.path == "":
		return profile{}, from.refuse("there is no profile %q: no configuration directory is known, set HOME or XDG_CONFIG_HOME", name)
	case !f.exists:
		return profile{}, from.refuse("there is no profile %q: the file %s does not exist", name, f.path)
	case len(f.profiles) == 0:
		return profile{}, from.refuse("there is no profile %q: %s holds none", name, f.path)
	}
	known := sortedKeys(f.profiles)
	return profile{}, from.refuse("there is no profile %q in %s, only %s%s", name, f.path, strings.Join(known, ", "), spell.Meant(name, known))
}

// above is what is in the file above the profiles, for all of them.
func (f *profileFile) above() profile { return profile{file: f, values: f.top} }

// has reports whether the profile sets key.
func (p profile) has(key string) bool {
	_, ok := p.values[key]
	return ok
}

// source is where key is.
func (p profile) source(key string) source {
	return source{layer: fromFile, name: key, file: p.file.path, owner: p.name}
}

// refuse makes the error for the value of key.
func (p profile) refuse(key, format string, args ...any) error {
	why := fmt.Sprintf(format, args...)
	if p.name == "" {
		return p.file.refuse(why, key)
	}
	return p.file.refuse(why, profilesKey, p.name, key)
}

// text is the value of an option as text, in the type that its kind wants.
func (p profile) text(o *Option) (string, error) {
	switch v := p.values[o.Key].(type) {
	case string:
		if o.Kind == Bool {
			return "", p.refuse(o.Key, "want true or false without quotes")
		}
		if o.Kind == File || o.Kind == Database && !IsDatabaseURL(v) {
			return p.path(v), nil
		}
		return v, nil
	case bool:
		if o.Kind == Bool {
			return strconv.FormatBool(v), nil
		}
	case int64:
		if o.Kind == Duration || o.Kind == Size || o.Kind == Count {
			return strconv.FormatInt(v, 10), nil
		}
	case float64:
		if o.Kind == Duration {
			return strconv.FormatFloat(v, 'f', -1, 64), nil
		}
	}
	if o.Kind == Bool {
		return "", p.refuse(o.Key, "want true or false")
	}
	return "", p.refuse(o.Key, "want a text in quotes")
}

// path resolves a path of the file: a relative one starts at the file's directory. What ~ stands
// for is found later, see expand.
func (p profile) path(path string) string {
	if path == inMemory || strings.HasPrefix(path, "~") || strings.HasPrefix(path, "file:") || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(p.file.path), path)
}

// private refuses a file that users other than its owner may read. Windows has no such mode bits.
func (p profile) private(key string) error {
	yes, err := mode(p.file.path, 0o077)
	if err != nil {
		return p.refuse(key, "%s", err)
	}
	if yes {
		return p.refuse(key, "this file holds a secret that other users may read: run chmod 600 on it")
	}
	return nil
}

// Exposed says that every user of this machine may read a file with a secret, and what to do; it is
// "" if that is not so. A group may be allowed to read such a file on purpose.
func Exposed(path string) string {
	if yes, err := mode(path, 0o007); err == nil && yes {
		return path + " holds a secret, and every user of this machine may read it: run chmod o= on it"
	}
	return ""
}

// mode reports whether any of some mode bits of a file is set.
func mode(path string, bits fs.FileMode) (yes bool, err error) {
	if runtime.GOOS == "windows" {
		return false, nil
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&bits != 0, err
}
