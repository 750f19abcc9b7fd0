package config

// Kind says what texts an option takes.
type Kind int

// The kinds of option.
const (
	Text     Kind = iota + 1
	URL           // http or https, without user, query and fragment
	Database      // a path, or a postgres:// URL
	Bool          // true or false
	Choice        // one of Words
	Duration      // a Go duration, or seconds; more than zero
	Address       // host:port
	Key           // a secret; it has no flag
	File          // a path
	Size          // bytes, with or without a unit: 64MiB; more than zero
	Count         // a whole number; more than zero
	Word          // letters, digits, - and _
	Networks      // addresses and networks in CIDR form, with commas between
)

// Names of options, which are the names of their flags.
const (
	BaseURL     = "base-url"
	Profile     = "profile"
	DB          = "db"
	Replica     = "db-replica"
	Prompt      = "prompt"
	Author      = "author"
	ReadOnly    = "read-only"
	Yes         = "yes"
	JSON        = "json"
	NoColor     = "no-color"
	Theme       = "theme"
	Plain       = "plain"
	NoMouse     = "no-mouse"
	Timeout     = "timeout"
	Insecure    = "insecure"
	OnConflict  = "on-conflict"
	Listen      = "listen"
	TLSCert     = "tls-cert"
	TLSKey      = "tls-key"
	MaxBody     = "max-body"
	MaxMemory   = "max-memory"
	MaxConns    = "max-connections"
	Proxies     = "trusted-proxy"
	LogFile     = "log"
	APIKey      = "api-key"
	ServeAPIKey = "serve-api-key"
)

// Option is one row of the table of options.
type Option struct {
	Name    string   // also of its flag, without the dashes
	Env     []string // environment variables, the first that is not empty counts
	Key     string   // in a profile; empty when a profile cannot set it
	Default string
	Kind    Kind
	Words   []string // of a Choice
	Arg     string   // what help calls its value: URL
	Help    string   // one phrase for help
	Local   bool     // a flag of errata serve only
	Top     bool     // may be above the profiles in the file, for all of them
}

// HasFlag reports whether the option can be given as a flag. A secret cannot: every process can
// read the arguments of the others.
func (o *Option) HasFlag() bool { return o.Kind != Key }

var options = []Option{
	{Name: BaseURL, Env: []string{"ERRATA_BASE_URL", "HUMANLOOP_BASE_URL"}, Key: "base_url", Kind: URL, Arg: "URL",
		Help: "the v5 server to use instead of the embedded store"},
	{Name: Profile, Env: []string{"ERRATA_PROFILE"}, Kind: Text, Arg: "NAME",
		Help: "the profile of the configuration file to use"},
	{Name: DB, Env: []string{"ERRATA_DB"}, Key: "db", Kind: Database, Arg: "PATH",
		Help: "the database of the embedded store: a file, or postgres://…"},
	{Name: Replica, Env: []string{"ERRATA_DB_REPLICA"}, Key: "db_replica", Kind: Database, Arg: "URL",
		Help: "a replica of that PostgreSQL database, to read lists and searches from"},
	{Name: Prompt, Key: "prompt", Kind: Text, Arg: "ID",
		Help: "only the logs of this prompt, named by its id or its path"},
	{Name: Author, Env: []string{"ERRATA_AUTHOR"}, Key: "author", Kind: Text, Arg: "NAME",
		Help: "who judges logs (default: your user name)"},
	{Name: ReadOnly, Key: "read_only", Default: "false", Kind: Bool,
		Help: "change nothing on the server"},
	{Name: Yes, Default: "false", Kind: Bool,
		Help: "send without asking"},
	{Name: JSON, Default: "false", Kind: Bool,
		Help: "print JSON"},
	{Name: NoColor, Env: []string{"NO_COLOR"}, Key: "no_color", Default: "false", Kind: Bool, Top: true,
		Help: "no colours"},
	{Name: Theme, Key: "theme", Default: "auto", Kind: Word, Arg: "NAME", Top: true,
		Help: "auto, dark, light, none, contrast, gruvbox, github or ansi, or a theme of your own"},
	{Name: Plain, Key: "plain", Default: "false", Kind: Bool, Top: true,
		Help: "draw without boxes and signs, for screen readers"},
	{Name: NoMouse, Key: "no_mouse", Default: "false", Kind: Bool, Top: true,
		Help: "leave the mouse to the terminal"},
	{Name: Timeout, Key: "timeout", Default: "30s", Kind: Duration, Arg: "DURATION",
		Help: "how long to wait for the server: 10s, 1m30s, or seconds"},
	{Name: Insecure, Key: "insecure", Default: "false", Kind: Bool,
		Help: "allow plain HTTP to another machine"},
	{Name: OnConflict, Key: "on_conflict", Default: "fail", Kind: Choice, Words: []string{"fail", "mine", "theirs"}, Arg: "ACTION",
		Help: "what to do if a field was also changed on the server: fail, mine or theirs"},
	{Name: Listen, Key: "listen", Default: "127.0.0.1:8787", Kind: Address, Arg: "HOST:PORT", Local: true,
		Help: "the address to serve on"},
	{Name: TLSCert, Key: "tls_cert", Kind: File, Arg: "FILE", Local: true,
		Help: "serve over TLS with this certificate and those that it builds on, as PEM"},
	{Name: TLSKey, Key: "tls_key", Kind: File, Arg: "FILE", Local: true,
		Help: "the key of --tls-cert, as PEM"},
	{Name: MaxBody, Key: "max_body", Default: "256MiB", Kind: Size, Arg: "SIZE", Local: true,
		Help: "how large a request may be, inflated: 64MiB, 1GiB, or bytes"},
	{Name: MaxMemory, Key: "max_memory", Default: "1GiB", Kind: Size, Arg: "SIZE", Local: true,
		Help: "how much memory large requests may take together, about; more wait, and are refused after 10 s"},
	{Name: MaxConns, Key: "max_connections", Default: "1024", Kind: Count, Arg: "N", Local: true,
		Help: "how many connections are served at one time; more wait"},
	{Name: Proxies, Key: "trusted_proxy", Kind: Networks, Arg: "CIDR", Local: true,
		Help: "believe X-Forwarded-For of these proxies, with commas between: 10.0.0.0/8,::1"},
	{Name: LogFile, Key: "log", Kind: File, Arg: "FILE", Local: true,
		Help: "append the record of requests to this file instead of stderr"},
	{Name: APIKey, Env: []string{"ERRATA_API_KEY", "HUMANLOOP_API_KEY"}, Kind: Key,
		Help: "the key that is sent to the server"},
	{Name: ServeAPIKey, Env: []string{"ERRATA_SERVE_API_KEY"}, Kind: Key,
		Help: "a key that errata serve accepts besides those of errata keys"},
}

// Options lists the table of options. The caller must not modify it.
func Options() []Option { return options }

// Lookup finds an option by its name.
func Lookup(name string) (*Option, bool) {
	for i := range options {
		if options[i].Name == name {
			return &options[i], true
		}
	}
	return nil, false
}
