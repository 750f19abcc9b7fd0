package config

import (
	"errors"
	"net/url"
	"path/filepath"
	"strings"
)

// inMemory is the database that is not a file and ends with the program.
const inMemory = ":memory:"

// ErrNoHome is the reason for which the place of the embedded store is unknown.
var ErrNoHome = errors.New("cannot tell where the embedded store is: set HOME, XDG_DATA_HOME or ERRATA_DB")

// Embedded reports whether the embedded store is to be used rather than a server.
func (c *Config) Embedded() bool { return c.BaseURL() == "" }

// BaseURL is the server to use, without a slash at its end; empty for the embedded store. A --db
// flag chooses that store even where the environment or the profile names a server.
func (c *Config) BaseURL() string {
	if c.overruled() {
		return ""
	}
	return c.text(BaseURL)
}

// overruled reports whether a --db flag takes precedence over a base URL from the environment or
// the profile.
func (c *Config) overruled() bool {
	return c.settings[DB].from.layer == fromFlag && c.text(BaseURL) != ""
}

// DB is the path or postgres:// URL of the embedded store. The URL may hold a password: do not
// print it. The error is ErrNoHome.
func (c *Config) DB() (string, error) {
	if text := c.text(DB); text != "" {
		return text, nil
	}
	if c.paths.Data == "" {
		return "", ErrNoHome
	}
	return filepath.Join(c.paths.Data, "errata.db"), nil
}

// DBGiven reports whether somebody has named the embedded store, rather than that the default one
// is used.
func (c *Config) DBGiven() bool { return c.text(DB) != "" }

// DBName is what a log or a screen may say of the embedded store: its absolute path, by whatever
// link it is reached, or its URL without user, password and parameters. The error is ErrNoHome, or
// that of the working directory.
func (c *Config) DBName() (string, error) {
	text, err := c.DB()
	if err != nil {
		return "", err
	}
	if !IsDatabaseURL(text) {
		return Canonical(text)
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", errors.New("the URL of the database cannot be read")
	}
	return (&url.URL{Scheme: "postgres", Host: u.Host, Path: u.Path}).String(), nil
}

// OnPostgres reports whether the embedded store is a PostgreSQL database rather than a file.
func (c *Config) OnPostgres() bool { return IsDatabaseURL(c.text(DB)) }

// Replica is the URL of a replica of the PostgreSQL database, empty for none. It may hold a
// password: do not print it.
func (c *Config) Replica() string { return c.text(Replica) }

// Insecure allows plain HTTP to another machine. A profile allows it for its own server only.
func (c *Config) Insecure() bool {
	return c.bool(Insecure) && (c.settings[Insecure].from.layer != fromFile || c.atProfileServer())
}

// checkServer refuses a command line that names both a server and an embedded store.
func (c *Config) checkServer() error {
	base, db := c.settings[BaseURL], c.settings[DB]
	if base.from.layer == fromFlag && db.from.layer == fromFlag {
		return base.from.refuse("names a server, and --db an embedded store: give one of them")
	}
	return nil
}

// atProfileServer reports whether the server in use is the one of the profile. The key and the
// safety settings of a profile are for its own server; they must not be used with a base URL from
// elsewhere. A profile without a base URL is for any server.
func (c *Config) atProfileServer() bool {
	if !c.profile.has("base_url") {
		return true
	}
	own, _ := c.profile.values["base_url"].(string)
	return origin(own) == origin(c.text(BaseURL))
}

// origin is scheme, host and port of a URL, in one spelling.
func origin(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + port
	}
	return u.Scheme + "://" + host
}
