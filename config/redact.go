package config

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"errata/model/charset"
	"errata/model/pattern"
	"errata/model/redact"
	"errata/model/spell"
)

// redactKey is the name of the table of what errata redact looks for besides.
const redactKey = "redact"

// The members of that table.
const (
	wordsKey     = "words"
	wordsFileKey = "words_file"
	patternsKey  = "patterns"
)

var redactKeys = []string{patternsKey, wordsKey, wordsFileKey}

// ownWords is what [redact] says.
type ownWords struct {
	words     []string
	wordsFile string
	patterns  []redact.Pattern
}

const wantRedact = `want a table [redact] with words = ["…"], words_file = "…" and patterns`

// takeRedact reads the table.
func (f *profileFile) takeRedact(value any) error {
	table, ok := value.(map[string]any)
	if !ok {
		return f.refuse(wantRedact, redactKey)
	}
	for _, name := range sortedKeys(table) {
		var err error
		switch name {
		case wordsKey:
			f.own.words, err = f.texts(table[name], redactKey, name)
		case wordsFileKey:
			if f.own.wordsFile, ok = table[name].(string); !ok || f.own.wordsFile == "" {
				err = f.refuse("want the path of a file in quotes", redactKey, name)
			}
		case patternsKey:
			err = f.takePatterns(table[name])
		default:
			err = f.refuse("unknown name, want one of "+strings.Join(redactKeys, ", ")+spell.Meant(name, redactKeys), redactKey, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// texts is a list of texts.
func (f *profileFile) texts(value any, path ...string) (list []string, err error) {
	items, ok := value.([]any)
	if !ok {
		return nil, f.refuse(`want a list of texts: ["…", "…"]`, path...)
	}
	for _, item := range items {
		text, ok := item.(string)
		if !ok || strings.Trim(text, " *") == "" {
			return nil, f.refuse(`want a list of texts: ["…", "…"]`, path...)
		}
		list = append(list, text)
	}
	return list, nil
}

// takePatterns reads expressions: a list of them, whose hits are masked as words, or a table, where
// each has the name of its mask.
func (f *profileFile) takePatterns(value any) error {
	if table, ok := value.(map[string]any); ok {
		for _, name := range sortedKeys(table) {
			text, ok := table[name].(string)
			if !ok {
				return f.refuse("want a regular expression in quotes", redactKey, patternsKey, name)
			}
			if err := f.takePattern(name, text, redactKey, patternsKey, name); err != nil {
				return err
			}
		}
		return nil
	}
	list, err := f.texts(value, redactKey, patternsKey)
	for _, text := range list {
		if err == nil {
			err = f.takePattern(redact.Word, text, redactKey, patternsKey)
		}
	}
	return err
}

// patternName is what a mask can be called.
var patternName = pattern.Of(`^[a-z][a-z0-9_-]*$`)

func (f *profileFile) takePattern(name, text string, path ...string) error {
	expr, err := regexp.Compile(text)
	switch {
	case err != nil:
		return f.refuse("not a regular expression: "+err.Error(), path...)
	case expr.MatchString(""):
		return f.refuse("it also fits where nothing stands, and so everywhere", path...)
	case !patternName().MatchString(name):
		return f.refuse("a name is of small letters, digits, - and _", path...)
	}
	f.own.patterns = append(f.own.patterns, redact.Pattern{Name: name, Expr: expr})
	return nil
}

// Redact is what [redact] in config.toml says: words, those of its file among them, and patterns.
// The error is an *Error.
func (c *Config) Redact() (redact.Options, error) {
	own := c.profile.file.own
	o := redact.Options{Words: slices.Clone(own.words), Patterns: own.patterns}
	if own.wordsFile == "" {
		return o, nil
	}
	path, err := Expand(own.wordsFile, c.environ)
	if err != nil {
		return o, c.profile.file.refuse(err.Error(), redactKey, wordsFileKey)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(c.profile.file.path), path)
	}
	data, err := readSome(path, longestFile)
	if err == nil {
		data, err = charset.Decode(data)
	}
	if err != nil {
		return o, c.profile.file.refuse("the file of words cannot be read: "+err.Error(), redactKey, wordsFileKey)
	}
	for line := range strings.Lines(string(data)) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			o.Words = append(o.Words, word)
		}
	}
	return o, nil
}

// Patterns are those of [redact], whose names are kinds of what is found.
func (c *Config) Patterns() []redact.Pattern { return c.profile.file.own.patterns }
