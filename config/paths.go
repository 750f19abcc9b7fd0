package config

import "path/filepath"

// Paths are the directories of errata. One is empty if the environment does not say where it is.
type Paths struct {
	Config string // config.toml
	Data   string // the embedded store
	State  string // drafts and journal
	Cache  string // what may be deleted at any time
}

// File is the path of the profile file, empty when the directory is unknown.
func (p Paths) File() string { return under(p.Config, "config.toml") }

// FindPaths applies the XDG base directory rules to an environment, on every Unix; on Windows
// AppData takes the place of the directories below the home. A relative XDG path does not count, as
// those rules want.
func FindPaths(env func(string) string, goos string) Paths {
	home := home(env, goos)
	p := Paths{
		Config: under(home, ".config", "errata"),
		Data:   under(home, ".local", "share", "errata"),
		State:  under(home, ".local", "state", "errata"),
		Cache:  under(home, ".cache", "errata"),
	}
	if goos == "windows" {
		p = Paths{
			Config: under(env("AppData"), "errata"),
			Data:   under(env("LocalAppData"), "errata"),
			State:  under(env("LocalAppData"), "errata", "state"),
			Cache:  under(env("LocalAppData"), "errata", "cache"),
		}
	}
	for name, dir := range map[string]*string{
		"XDG_CONFIG_HOME": &p.Config, "XDG_DATA_HOME": &p.Data, "XDG_STATE_HOME": &p.State, "XDG_CACHE_HOME": &p.Cache,
	} {
		if base := env(name); filepath.IsAbs(base) {
			*dir = filepath.Join(base, "errata")
		}
	}
	return p
}

// home is the home directory, empty when the environment does not tell.
func home(env func(string) string, goos string) string {
	if dir := env("HOME"); dir != "" || goos != "windows" {
		return dir
	}
	return env("USERPROFILE")
}

// under joins parts to dir, and gives nothing when dir is not known.
func under(dir string, parts ...string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(append([]string{dir}, parts...)...)
}
