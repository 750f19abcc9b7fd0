package config

import (
	"net/netip"
	"runtime"
	"time"

	"github.com/zalando/go-keyring"

	"errata/model/columns"
)

// Config is the settings that hold. It is immutable but for what it remembers, and safe for
// concurrent use.
type Config struct {
	settings    map[string]setting
	paths       Paths
	profile     profile
	key         keySource
	environ     []string
	keyring     func(service, account string) (string, error)
	prices      *prices
	views       []View
	columns     []columns.Column
	annotations []Annotation
	keys        []Entry
}

// setting is the value of one option, checked.
type setting struct {
	text   string
	from   source
	secret Secret // of a Key, whose text stays empty
}

// Flags are the flags that are on the command line, by name without dashes, as typed; a switch is
// "true" or "false".
type Flags map[string]string

// Load finds the value of every option. environ is in the form of os.Environ, where a later entry
// wins. It reads only the profile file, and runs no command. The error is an *Error.
func Load(flags Flags, environ []string) (*Config, error) {
	env := lookupIn(environ)
	c := &Config{
		settings: make(map[string]setting, len(options)),
		paths:    FindPaths(env, runtime.GOOS),
		environ:  environ,
		keyring:  keyring.Get,
	}
	file, err := readFile(c.paths.File())
	if err != nil {
		return nil, err
	}
	c.views, c.annotations, c.keys, c.columns = file.views, file.annotations, file.keys, file.columns
	c.prices = &prices{path: under(c.paths.Config, "prices.toml"), own: file.prices}
	l := loader{flags: flags, env: env, file: file}
	if c.profile, err = l.chooseProfile(); err != nil {
		return nil, err
	}
	l.profile = c.profile
	for i := range options {
		o := &options[i]
		if c.settings[o.Name], err = l.settle(o); err != nil {
			return nil, err
		}
	}
	if err := c.checkServer(); err != nil {
		return nil, err
	}
	if c.key, err = c.findKey(); err != nil {
		return nil, err
	}
	return c, nil
}

// String names the type only: what it holds may be secret.
func (c *Config) String() string { return "config" }

// GoString is String.
func (c *Config) GoString() string { return c.String() }

// Paths are the directories of errata.
func (c *Config) Paths() Paths { return c.paths }

// Profile is the name of the profile that holds, empty for none.
func (c *Config) Profile() string { return c.profile.name }

// Prompt is the id of the prompt to show, empty for all.
func (c *Config) Prompt() string { return c.text(Prompt) }

// Author is who judges, as judgments name them; empty when nothing says so.
func (c *Config) Author() string { return c.text(Author) }

// ReadOnly forbids every change on the server.
func (c *Config) ReadOnly() bool { return c.bool(ReadOnly) }

// Yes sends without asking.
func (c *Config) Yes() bool { return c.bool(Yes) }

// JSON prints JSON.
func (c *Config) JSON() bool { return c.bool(JSON) }

// NoColor forbids colours.
func (c *Config) NoColor() bool { return c.bool(NoColor) }

// Theme is the name of a theme; nobody has looked yet whether there is one.
func (c *Config) Theme() string { return c.text(Theme) }

// Plain draws without boxes and signs.
func (c *Config) Plain() bool { return c.bool(Plain) }

// Mouse reports whether the screen may take the mouse.
func (c *Config) Mouse() bool { return !c.bool(NoMouse) }

// Timeout is how long to wait for the server; more than zero.
func (c *Config) Timeout() time.Duration {
	d, _ := parseDuration(c.text(Timeout))
	return d
}

// OnConflict is fail, mine or theirs.
func (c *Config) OnConflict() string { return c.text(OnConflict) }

// Listen is the host:port for errata serve.
func (c *Config) Listen() string { return c.text(Listen) }

// TLS is the files of the certificate and of its key for errata serve; both are empty for plain
// HTTP.
func (c *Config) TLS() (cert, key string) { return c.text(TLSCert), c.text(TLSKey) }

// MaxBody is how many bytes a request to errata serve may have.
func (c *Config) MaxBody() int64 {
	n, _ := parseSize(c.text(MaxBody))
	return n
}

// MaxMemory is how many bytes large requests to errata serve may take together.
func (c *Config) MaxMemory() int64 {
	n, _ := parseSize(c.text(MaxMemory))
	return n
}

// MaxConnections is how many connections errata serve takes at one time.
func (c *Config) MaxConnections() int {
	n, _ := parseCount(c.text(MaxConns))
	return n
}

// Proxies are the networks of the proxies that errata serve believes; nil for none.
func (c *Config) Proxies() []netip.Prefix {
	text := c.text(Proxies)
	if text == "" {
		return nil
	}
	list, _ := parseNetworks(text)
	return list
}

// LogFile is where errata serve records requests, empty for stderr.
func (c *Config) LogFile() string { return c.text(LogFile) }

// ServeAPIKey is the key that errata serve accepts besides those in the store; often not set.
func (c *Config) ServeAPIKey() Secret { return c.settings[ServeAPIKey].secret }

func (c *Config) text(name string) string { return c.settings[name].text }

func (c *Config) bool(name string) bool { return c.text(name) == "true" }
