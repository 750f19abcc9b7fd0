package config

import (
	"runtime"
	"strings"
)

// loader looks an option up in one layer after the other.
type loader struct {
	flags   Flags
	env     func(string) string
	file    *profileFile
	profile profile
}

// lookupIn makes a lookup of an environment in which the last entry of a name wins and an empty one
// counts as not set.
func lookupIn(environ []string) func(string) string {
	return func(name string) string {
		for i := len(environ) - 1; i >= 0; i-- {
			if key, value, ok := strings.Cut(environ[i], "="); ok && sameVariable(key, name) {
				return value
			}
		}
		return ""
	}
}

// settle finds the value of an option in the first layer that has one.
func (l loader) settle(o *Option) (setting, error) {
	text, from, err := l.find(o)
	if err != nil {
		return setting{}, err
	}
	if o.Kind == Key {
		secret, err := keyFrom(text)
		if err != nil {
			return setting{}, from.refuse("%s", err)
		}
		return setting{from: from, secret: secret}, nil
	}
	if from.layer == fromDefault && text == "" {
		return setting{from: from}, nil
	}
	if text == "" && o.Name != Prompt {
		return setting{}, l.refuse(from, "must not be empty")
	}
	if text, err = l.path(o, text); err != nil {
		return setting{}, l.refuse(from, err.Error())
	}
	if text, err = o.normalize(text, from); err != nil {
		return setting{}, l.refuse(from, err.Error())
	}
	if o.Kind == Database && from.layer == fromFile {
		if secret, err := hasPassword(text); IsDatabaseURL(text) && err == nil && secret {
			if err := l.profile.private(o.Key); err != nil {
				return setting{}, err
			}
		}
	}
	return setting{text: text, from: from}, nil
}

// path expands ~ in the value of an option that is a path or a database.
func (l loader) path(o *Option, text string) (string, error) {
	switch o.Kind {
	case Database:
		return expandDatabase(text, home(l.env, runtime.GOOS))
	case File:
		return expand(text, home(l.env, runtime.GOOS))
	}
	return text, nil
}

func (l loader) find(o *Option) (string, source, error) {
	if text, ok := l.flags[o.Name]; ok && o.HasFlag() {
		return text, source{layer: fromFlag, name: o.Name}, nil
	}
	for _, name := range o.Env {
		if text := l.env(name); text != "" {
			return text, source{layer: fromEnv, name: name}, nil
		}
	}
	if o.Key != "" && l.profile.has(o.Key) {
		text, err := l.profile.text(o)
		return text, l.profile.source(o.Key), err
	}
	if above := l.file.above(); o.Top && above.has(o.Key) {
		text, err := above.text(o)
		return text, above.source(o.Key), err
	}
	if o.Name == Profile && l.profile.name != "" {
		if l.file.defaultProfile == "" {
			return l.profile.name, source{layer: fromDefault, name: Profile}, nil
		}
		return l.profile.name, source{layer: fromFile, name: defaultProfileKey, file: l.file.path}, nil
	}
	return o.Default, source{layer: fromDefault, name: o.Name}, nil
}

// chooseProfile chooses the profile first, since the other options depend on it.
func (l loader) chooseProfile() (profile, error) {
	o, _ := Lookup(Profile)
	name, from, _ := l.find(o)
	if from.layer == fromFlag && name == "" {
		return profile{}, from.refuse("must not be empty")
	}
	if from.layer == fromDefault {
		name, from = l.file.defaultProfile, source{layer: fromFile, name: defaultProfileKey, file: l.file.path}
		from.line = l.file.line([]string{defaultProfileKey})
		if _, ok := l.file.profiles["default"]; ok && name == "" {
			name = "default"
		}
	}
	return l.file.choose(name, from, home(l.env, runtime.GOOS))
}

// refuse makes the error for a setting; for one of the file it finds the line.
func (l loader) refuse(from source, why string) error {
	switch {
	case from.layer != fromFile:
		return from.refuse("%s", why)
	case from.owner == "":
		return l.file.refuse(why, from.name)
	}
	return l.profile.refuse(from.name, "%s", why)
}
