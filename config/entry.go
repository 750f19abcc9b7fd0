package config

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// keysKey is the name of the table of keys in the configuration file.
const keysKey = "keys"

// Entry is a line of a file whose words config does not know: of a theme, or of the table of keys.
type Entry struct {
	Name  string // with the names of the tables around it: form.edit
	Value any    // a text, a number, true or false, or a list of such
	file  *profileFile
	path  []string
}

// Refuse makes the error for it: FILE:LINE: NAME: why.
func (e Entry) Refuse(why string) error { return e.file.refuse(why, e.path...) }

// Texts is a value that is a text, or a list of texts.
func (e Entry) Texts() (list []string, ok bool) {
	switch v := e.Value.(type) {
	case string:
		return []string{v}, true
	case []any:
		for _, item := range v {
			text, isText := item.(string)
			if !isText {
				return nil, false
			}
			list = append(list, text)
		}
		return list, true
	}
	return nil, false
}

// Keys are the lines of the table of keys, sorted by name.
func (c *Config) Keys() []Entry { return c.keys }

// entries are the lines of a table and of those within it, sorted by name.
func (f *profileFile) entries(value any, path ...string) (list []Entry, err error) {
	table, ok := value.(map[string]any)
	if !ok {
		return nil, f.refuse("want a table like ["+path[0]+"]", path...)
	}
	for _, name := range sortedKeys(table) {
		at := append(slices.Clone(path), name)
		if inner, ok := table[name].(map[string]any); ok {
			more, err := f.entries(inner, at...)
			if err != nil {
				return nil, err
			}
			list = append(list, more...)
			continue
		}
		list = append(list, Entry{Name: strings.Join(at[1:], "."), Value: table[name], file: f, path: at})
	}
	return list, nil
}

// themesDir is the folder of the themes, "" when there is no place for one.
func themesDir(p Paths) string { return under(p.Config, "themes") }

// ThemeFile reads the entries of the file of a theme; ok is false when there is no such file.
func (c *Config) ThemeFile(name string) (list []Entry, ok bool, err error) {
	dir := themesDir(c.paths)
	if dir == "" || name != filepath.Base(name) || strings.HasPrefix(name, ".") {
		return nil, false, nil
	}
	f, all, err := readTOML(filepath.Join(dir, name+".toml"))
	if err != nil || !f.exists {
		return nil, false, err
	}
	for _, key := range sortedKeys(all) {
		list = append(list, Entry{Name: key, Value: all[key], file: f, path: []string{key}})
	}
	return list, true, nil
}

// ThemeFiles are the names of the themes that there are files of, sorted.
func (c *Config) ThemeFiles() []string { return themeFiles(c.paths) }

// ThemeFiles are those names where no configuration was read yet. environ is as for Load.
func ThemeFiles(environ []string) []string {
	return themeFiles(FindPaths(lookupIn(environ), runtime.GOOS))
}

func themeFiles(p Paths) (names []string) {
	files, _ := os.ReadDir(themesDir(p)) // it may not be there
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".toml"); ok {
			names = append(names, name)
		}
	}
	return names
}

// RefuseTheme makes the error for the theme that was chosen.
func (c *Config) RefuseTheme(why string) error {
	l := loader{file: c.profile.file, profile: c.profile}
	return l.refuse(c.settings[Theme].from, why)
}
