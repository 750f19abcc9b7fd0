package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"errata/model/charset"
	"errata/model/columns"
	"errata/model/price"
	"errata/model/spell"
)

// The names that the profile file knows besides the keys of the options.
const (
	defaultProfileKey = "default_profile"
	profilesKey       = "profiles"
	plainKey          = "api_key"
	keyFileKey        = "api_key_file"
	keyCommandKey     = "api_key_command"
	keyringKey        = "keyring"
)

// profileFile is config.toml as read; one that does not exist has no profiles.
type profileFile struct {
	path           string
	data           []byte
	exists         bool
	defaultProfile string
	profiles       map[string]any // each a map[string]any
	top            map[string]any // options for all profiles, by their key
	keys           []Entry
	prices         price.List
	views          []View
	columns        []columns.Column
	own            ownWords
	annotations    []Annotation
}

// longestFile is how many bytes of config.toml are read: a name that leads to a device has no end.
const longestFile = 16 << 20

// readSome reads a file, but not more than a number of bytes of it.
func readSome(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, most))
}

func readFile(path string) (*profileFile, error) {
	f, all, err := readTOML(path)
	if err != nil {
		return nil, err
	}
	return f, f.take(all)
}

// readTOML reads a file, and the names and values at its top; there are none when it does not
// exist.
func readTOML(path string) (f *profileFile, all map[string]any, err error) {
	f = &profileFile{path: path, top: map[string]any{}}
	if path == "" {
		return f, nil, nil
	}
	data, err := readSome(path, longestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil, nil
	}
	if err != nil {
		return nil, nil, &Error{msg: "the configuration file cannot be read: " + err.Error(), cause: err}
	}
	if f.data, err = charset.Decode(data); err != nil {
		return nil, nil, &Error{msg: path + ": " + err.Error(), cause: err}
	}
	f.exists = true
	if err := toml.Unmarshal(f.data, &all); err != nil {
		return nil, nil, f.malformed(err)
	}
	return f, all, nil
}

// malformed puts the position in front of what the TOML parser says.
func (f *profileFile) malformed(err error) error {
	place, msg := f.path, strings.TrimPrefix(err.Error(), "toml: ")
	var at *toml.DecodeError
	if errors.As(err, &at) {
		line, _ := at.Position()
		place = fmt.Sprintf("%s:%d", f.path, line)
	}
	return &Error{msg: place + ": not valid TOML: " + msg, cause: err}
}

// take checks the names in the file and the shape around them. Values are checked when their
// profile is chosen.
func (f *profileFile) take(all map[string]any) (err error) {
	for _, name := range sortedKeys(all) {
		var ok bool
		switch name {
		case defaultProfileKey:
			if f.defaultProfile, ok = all[name].(string); !ok {
				return f.refuse("want the name of a profile in quotes", name)
			}
		case profilesKey:
			if f.profiles, ok = all[name].(map[string]any); !ok {
				return f.refuse("want tables like [profiles.work]", name)
			}
		case pricesKey:
			if err := f.takePrices(all[name]); err != nil {
				return err
			}
		case viewsKey:
			if err := f.takeViews(all[name]); err != nil {
				return err
			}
		case redactKey:
			if err := f.takeRedact(all[name]); err != nil {
				return err
			}
		case columnsKey:
			if err := f.takeColumns(all[name]); err != nil {
				return err
			}
		case annotateKey:
			if err := f.takeAnnotations(all[name]); err != nil {
				return err
			}
		case keysKey:
			if f.keys, err = f.entries(all[name], name); err != nil {
				return err
			}
		default:
			if !slices.Contains(topKeys(), name) {
				return f.refuse(`unknown name, want default_profile or a table like [profiles.work], [prices."gpt-4o"], [[views]], [[annotate]], [redact] `+
					`or [keys], columns = ["time", "model", "output"], or one of `+strings.Join(topKeys(), ", ")+
					spell.Meant(name, append(topKeys(), defaultProfileKey, profilesKey, pricesKey, viewsKey, annotateKey, redactKey, keysKey, columnsKey)), name)
			}
			f.top[name] = all[name]
		}
	}
	for _, name := range sortedKeys(f.profiles) {
		profile, ok := f.profiles[name].(map[string]any)
		if !ok {
			return f.refuse("want a table like [profiles.work]", profilesKey, name)
		}
		for _, key := range sortedKeys(profile) {
			if !slices.Contains(profileKeys(), key) {
				return f.refuse("unknown name, want one of "+strings.Join(profileKeys(), ", ")+spell.Meant(key, profileKeys()), profilesKey, name, key)
			}
		}
	}
	return nil
}

// topKeys lists the options that may be above the profiles.
func topKeys() (keys []string) {
	for _, o := range options {
		if o.Top {
			keys = append(keys, o.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// profileKeys lists what a profile may say.
func profileKeys() []string {
	keys := []string{plainKey, keyFileKey, keyCommandKey, keyringKey}
	for _, o := range options {
		if o.Key != "" {
			keys = append(keys, o.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// refuse makes the error for what is at path: FILE:LINE: NAME: why.
func (f *profileFile) refuse(why string, path ...string) error {
	name := path[len(path)-1]
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` {
		name = quoted
	}
	return source{layer: fromFile, name: name, file: f.path, line: f.line(path)}.refuse("%s", why)
}

// line finds where path is in the file, from 1; for what is nested in an inline table, where that
// starts. 0 when it is nowhere.
func (f *profileFile) line(path []string) int {
	var parser unstable.Parser
	parser.Reset(f.data)
	best, found := 0, 0
	var table []string
	for parser.NextExpression() {
		e := parser.Expression()
		var keys []string
		at := -1
		for it := e.Key(); it.Next(); {
			keys = append(keys, string(it.Node().Data))
			if at < 0 {
				at = int(it.Node().Raw.Offset)
			}
		}
		if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			table = keys
		} else {
			keys = append(slices.Clone(table), keys...)
		}
		if n := shared(keys, path); at >= 0 && n > best {
			best, found = n, 1+strings.Count(string(f.data[:at]), "\n")
		}
	}
	return found
}

// shared counts the parts at the start of path that keys holds as well.
func shared(keys, path []string) int {
	n := 0
	for n < len(keys) && n < len(path) && keys[n] == path[n] {
		n++
	}
	return n
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
