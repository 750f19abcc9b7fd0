package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// place is an environment with its own configuration directory.
type place struct {
	dir  string
	env  []string
	file string
}

func newPlace(t *testing.T, file string) place {
	t.Helper()
	dir := t.TempDir()
	p := place{dir: dir, file: filepath.Join(dir, "config", "errata", "config.toml"), env: []string{
		"HOME=" + filepath.Join(dir, "home"), "XDG_CONFIG_HOME=" + filepath.Join(dir, "config"), "XDG_DATA_HOME=" + filepath.Join(dir, "data"),
		"PATH=" + os.Getenv("PATH"),
	}}
	if file != "" {
		if err := os.MkdirAll(filepath.Dir(p.file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p.file, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func (p place) load(t *testing.T, flags Flags, env ...string) *Config {
	t.Helper()
	c, err := Load(flags, append(slices.Clone(p.env), env...))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func row(t *testing.T, c *Config, option string) Row {
	t.Helper()
	for _, r := range c.Explain() {
		if r.Option == option {
			return r
		}
	}
	t.Fatalf("no row %q", option)
	return Row{}
}

// TestFileOfPowerShell reads a file with a byte order mark, and one in UTF-16.
func TestFileOfPowerShell(t *testing.T) {
	t.Parallel()
	const text = "default_profile = 'work'\r\n[profiles.work]\r\ntheme = 'dark'\r\n"
	wide := "\xff\xfe"
	for _, c := range []byte(text) {
		wide += string([]byte{c, 0})
	}
	for name, file := range map[string]string{"byte order mark": "\xef\xbb\xbf" + text, "UTF-16": wide} {
		if c := newPlace(t, file).load(t, nil); c.Theme() != "dark" {
			t.Errorf("%s: theme %q", name, c.Theme())
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "")
	c := p.load(t, nil)
	db, err := c.DB()
	if err != nil || db != filepath.Join(p.dir, "data", "errata", "errata.db") {
		t.Errorf("DB() = %q, %v", db, err)
	}
	if !c.Embedded() || c.BaseURL() != "" || c.Profile() != "" || c.Prompt() != "" {
		t.Errorf("embedded %v, base URL %q, profile %q, prompt %q", c.Embedded(), c.BaseURL(), c.Profile(), c.Prompt())
	}
	if c.ReadOnly() || c.Yes() || c.JSON() || c.NoColor() || c.Insecure() || !c.Mouse() || c.ServeAPIKey().IsSet() {
		t.Error("a switch is on by default")
	}
	if c.Theme() != "auto" || c.Timeout() != 30*time.Second || c.OnConflict() != "fail" || c.Listen() != "127.0.0.1:8787" {
		t.Errorf("theme %q, timeout %v, on conflict %q, listen %q", c.Theme(), c.Timeout(), c.OnConflict(), c.Listen())
	}
	for _, r := range c.Explain()[:len(Options())] {
		if r.Source != "default" {
			t.Errorf("%s comes from %q", r.Option, r.Source)
		}
	}
}

const twoProfiles = `# settings
default_profile = "work"

[profiles.work]
base_url = "https://work.example/v5/"
theme = "dark"
timeout = 90
read_only = true
prompt = "pr_work"
on_conflict = "theirs"

[profiles.home]
db = "~/logs.db"
no_mouse = true
no_color = true
timeout = 2.5
listen = "[::1]:0"

[profiles."a.b"]
db = "beside.db"
`

func TestOrder(t *testing.T) {
	t.Parallel()
	p := newPlace(t, twoProfiles)
	inFile := "profile work in " + p.file
	for name, tc := range map[string]struct {
		flags         Flags
		env           []string
		option        string
		value, source string
	}{
		"file":               {option: BaseURL, value: "https://work.example/v5", source: inFile},
		"environment":        {env: []string{"ERRATA_BASE_URL=http://env.example"}, option: BaseURL, value: "http://env.example", source: "environment ERRATA_BASE_URL"},
		"second variable":    {env: []string{"HUMANLOOP_BASE_URL=http://old.example"}, option: BaseURL, value: "http://old.example", source: "environment HUMANLOOP_BASE_URL"},
		"first variable":     {env: []string{"HUMANLOOP_BASE_URL=http://old.example", "ERRATA_BASE_URL=http://env.example"}, option: BaseURL, value: "http://env.example", source: "environment ERRATA_BASE_URL"},
		"empty variable":     {env: []string{"ERRATA_BASE_URL="}, option: BaseURL, value: "https://work.example/v5", source: inFile},
		"last entry":         {env: []string{"ERRATA_BASE_URL=http://one.example", "ERRATA_BASE_URL=http://two.example"}, option: BaseURL, value: "http://two.example", source: "environment ERRATA_BASE_URL"},
		"flag":               {flags: Flags{BaseURL: "http://flag.example"}, env: []string{"ERRATA_BASE_URL=http://env.example"}, option: BaseURL, value: "http://flag.example", source: "flag --base-url"},
		"default profile":    {option: Profile, value: "work", source: "default_profile in " + p.file},
		"profile variable":   {env: []string{"ERRATA_PROFILE=home"}, option: Profile, value: "home", source: "environment ERRATA_PROFILE"},
		"profile flag":       {flags: Flags{Profile: "a.b"}, env: []string{"ERRATA_PROFILE=home"}, option: Profile, value: "a.b", source: "flag --profile"},
		"seconds":            {option: Timeout, value: "1m30s", source: inFile},
		"fraction":           {flags: Flags{Profile: "home"}, option: Timeout, value: "2.5s", source: "profile home in " + p.file},
		"seconds in a flag":  {flags: Flags{Timeout: "5"}, option: Timeout, value: "5s", source: "flag --timeout"},
		"duration in a flag": {flags: Flags{Timeout: "1m"}, option: Timeout, value: "1m0s", source: "flag --timeout"},
		"switched off again": {flags: Flags{ReadOnly: "false"}, option: ReadOnly, value: "false", source: "flag --read-only"},
		"no color":           {env: []string{"NO_COLOR=0"}, option: NoColor, value: "true", source: "environment NO_COLOR"},
		"no color, empty":    {env: []string{"NO_COLOR="}, option: NoColor, value: "false", source: "default"},
		"all prompts":        {flags: Flags{Prompt: ""}, option: Prompt, value: "", source: "flag --prompt"},
		"path in the home":   {flags: Flags{Profile: "home"}, option: DB, value: filepath.Join(p.dir, "home", "logs.db"), source: "profile home in " + p.file},
		"path by the file":   {flags: Flags{Profile: "a.b"}, option: DB, value: filepath.Join(filepath.Dir(p.file), "beside.db"), source: "profile a.b in " + p.file},
		"path of a flag":     {flags: Flags{DB: "here.db"}, option: DB, value: "here.db", source: "flag --db"},
		"memory":             {env: []string{"ERRATA_DB=:memory:"}, option: DB, value: ":memory:", source: "environment ERRATA_DB"},
		"choice":             {option: OnConflict, value: "theirs", source: inFile},
		"address":            {flags: Flags{Profile: "home"}, option: Listen, value: "[::1]:0", source: "profile home in " + p.file},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := row(t, p.load(t, tc.flags, tc.env...), tc.option)
			if r.Value != tc.value || r.Source != tc.source {
				t.Errorf("%s = %q from %q, want %q from %q", tc.option, r.Value, r.Source, tc.value, tc.source)
			}
		})
	}
}

func TestAccessorsFollowTheProfile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, twoProfiles)
	work := p.load(t, Flags{Yes: "true", JSON: "true", Theme: "none"})
	if work.Embedded() || work.BaseURL() != "https://work.example/v5" || !work.ReadOnly() || work.Prompt() != "pr_work" || work.Timeout() != 90*time.Second {
		t.Errorf("%+v", work.Explain())
	}
	if !work.Yes() || !work.JSON() || work.Theme() != "none" || work.Profile() != "work" || work.OnConflict() != "theirs" {
		t.Errorf("%+v", work.Explain())
	}
	home := p.load(t, Flags{Profile: "home"})
	if !home.Embedded() || home.Mouse() || !home.NoColor() || home.Listen() != "[::1]:0" {
		t.Errorf("%+v", home.Explain())
	}
}

func TestProfileCalledDefault(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "[profiles.default]\ntheme = 'light'\n")
	c := p.load(t, nil)
	if r := row(t, c, Profile); r.Value != "default" || r.Source != "default" || c.Theme() != "light" {
		t.Errorf("profile %+v, theme %q", r, c.Theme())
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		file  string
		flags Flags
		env   []string
		want  string // <file> stands for its path
		usage bool
	}{
		"theme flag":        {flags: Flags{Theme: "deep blue"}, want: `--theme: want a name of letters, digits, - and _, not "deep blue"`, usage: true},
		"theme in file":     {file: "[profiles.default]\n\ntheme = '../blue'\n", want: `<file>:3: theme: want a name of letters, digits, - and _, not "../blue"`},
		"theme at the top":  {file: "\ntheme = ''\n", want: `<file>:2: theme: must not be empty`},
		"plain at the top":  {file: "plain = 'yes'\n", want: `<file>:1: plain: want true or false without quotes`},
		"conflict":          {flags: Flags{OnConflict: "ours"}, want: `--on-conflict: want fail, mine or theirs, not "ours"`, usage: true},
		"timeout word":      {flags: Flags{Timeout: "abc"}, want: `--timeout: want a duration like 10s or 1m30s, or seconds, not "abc"`, usage: true},
		"timeout zero":      {flags: Flags{Timeout: "0"}, want: `--timeout: must be more than zero, not "0"`, usage: true},
		"timeout negative":  {file: "[profiles.default]\ntimeout = -3\n", want: `<file>:2: timeout: must be more than zero, not "-3"`},
		"timeout infinite":  {flags: Flags{Timeout: "inf"}, want: `--timeout: want a duration like 10s or 1m30s, or seconds, not "inf"`, usage: true},
		"timeout rounds":    {flags: Flags{Timeout: "1e-12"}, want: `--timeout: want a duration like 10s or 1m30s, or seconds, not "1e-12"`, usage: true},
		"no scheme":         {env: []string{"ERRATA_BASE_URL=logs.example"}, want: `ERRATA_BASE_URL: want a URL like https://logs.example.com/v5, not "logs.example"`},
		"other scheme":      {flags: Flags{BaseURL: "file:///etc"}, want: `--base-url: want a URL like https://logs.example.com/v5, not "file:///etc"`, usage: true},
		"user in URL":       {flags: Flags{BaseURL: "https://me:pw@logs.example"}, want: `--base-url: must not hold a user or a password; the API key belongs in ERRATA_API_KEY or a profile`, usage: true},
		"query in URL":      {flags: Flags{BaseURL: "https://logs.example?a=b"}, want: `--base-url: must not hold a query or a fragment: "https://logs.example?a=b"`, usage: true},
		"empty URL":         {flags: Flags{BaseURL: ""}, want: `--base-url: must not be empty`, usage: true},
		"empty profile":     {flags: Flags{Profile: ""}, want: `--profile: must not be empty`, usage: true},
		"control in value":  {flags: Flags{Theme: "\x1b[31m"}, want: `--theme: want a name of letters, digits, - and _, not "\x1b[31m"`, usage: true},
		"two servers":       {flags: Flags{BaseURL: "http://a.example", DB: "x"}, want: `--base-url: names a server, and --db an embedded store: give one of them`, usage: true},
		"password in flag":  {flags: Flags{DB: "postgres://me:pw@db.example/x"}, want: `--db: must not hold a password, which every process could read: use ERRATA_DB, PGPASSFILE or PGPASSWORD`, usage: true},
		"password in query": {flags: Flags{DB: "postgresql://db.example/x?password=pw"}, want: `--db: must not hold a password, which every process could read: use ERRATA_DB, PGPASSFILE or PGPASSWORD`, usage: true},
		"unreadable URL":    {flags: Flags{DB: "postgres://me:p%w@db.example/x"}, want: `--db: not a valid URL; write special characters of a password as %XX`, usage: true},
		"listen":            {flags: Flags{Listen: "8787"}, want: `--listen: want host:port, not "8787"`, usage: true},
		"port":              {flags: Flags{Listen: ":65536"}, want: `--listen: want host:port, not ":65536"`, usage: true},
		"no file":           {flags: Flags{Profile: "work"}, want: `--profile: there is no profile "work": the file <file> does not exist`, usage: true},
		"no such profile":   {file: twoProfiles, env: []string{"ERRATA_PROFILE=werk"}, want: `ERRATA_PROFILE: there is no profile "werk" in <file>, only a.b, home, work`},
		"no profiles":       {file: "# nothing\n", flags: Flags{Profile: "work"}, want: `--profile: there is no profile "work": <file> holds none`, usage: true},
		"default is gone":   {file: "\ndefault_profile = 'x'\n[profiles.y]\n", want: `<file>:2: default_profile: there is no profile "x" in <file>, only y`},
		"unknown key":       {file: "[profiles.work]\ntheme = 'dark'\nbase-url = 'x'\n", want: `<file>:3: base-url: unknown name, want one of api_key, `},
		"unknown inline":    {file: "\n[profiles]\nwork = { colour = 'red' }\n", want: `<file>:3: colour: unknown name, want one of api_key, `},
		"key of a flag":     {file: "[profiles.work]\nyes = true\n", want: `<file>:2: yes: unknown name, want one of api_key, `},
		"unknown table":     {file: "[profile.work]\n", want: `<file>:1: profile: unknown name, want default_profile or a table like [profiles.work]`},
		"hostile name":      {file: "\"\\u001b[2J\" = 1\n", want: `<file>:1: "\x1b[2J": unknown name, want default_profile or a table like [profiles.work]`},
		"no table":          {file: "profiles = 3\n", want: `<file>:1: profiles: want tables like [profiles.work]`},
		"flat profile":      {file: "[profiles]\nwork = 3\n", want: `<file>:2: work: want a table like [profiles.work]`},
		"default no text":   {file: "default_profile = 3\n", want: `<file>:1: default_profile: want the name of a profile in quotes`},
		"number for text":   {file: "[profiles.default]\nprompt = 3\n", want: `<file>:2: prompt: want a text in quotes`},
		"text for switch":   {file: "[profiles.default]\nread_only = 'true'\n", want: `<file>:2: read_only: want true or false without quotes`},
		"number for switch": {file: "[profiles.default]\nread_only = 1\n", want: `<file>:2: read_only: want true or false`},
		"malformed":         {file: "[profiles.work]\ntheme = \n", want: `<file>:2: not valid TOML: `},
		"key on two lines":  {env: []string{"ERRATA_API_KEY=one\ntwo"}, want: `ERRATA_API_KEY: the key holds a character other than visible ASCII`},
		"key file type":     {file: "[profiles.default]\napi_key_file = 3\n", want: `<file>:2: api_key_file: want a text in quotes`},
		"key command type":  {file: "[profiles.default]\napi_key_command = ['a', 3]\n", want: `<file>:2: api_key_command: want a command like ["pass", "show", "errata"]`},
		"open quote":        {file: "[profiles.default]\napi_key_command = \"pass 'x\"\n", want: `<file>:2: api_key_command: want a command like ["pass", "show", "errata"]`},
		"keyring type":      {file: "[profiles.default]\nkeyring = 'yes'\n", want: `<file>:2: keyring: want true or false`},
		"empty key":         {file: "[profiles.default]\napi_key = ''\n", want: `<file>:2: api_key: must not be empty`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, tc.file)
			_, err := Load(tc.flags, append(p.env, tc.env...))
			var refused *Error
			if !errors.As(err, &refused) {
				t.Fatalf("error is %T %v", err, err)
			}
			if want := strings.ReplaceAll(tc.want, "<file>", p.file); !strings.HasPrefix(err.Error(), want) {
				t.Errorf("error is\n%s\nwant\n%s", err, want)
			}
			if refused.Usage != tc.usage {
				t.Errorf("Usage is %v", refused.Usage)
			}
			if strings.ContainsAny(err.Error(), "\n\x1b") || strings.Contains(err.Error(), "pw@") {
				t.Errorf("error shows what it must not: %q", err)
			}
		})
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "")
	if err := os.MkdirAll(p.file, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(nil, p.env); err == nil || !strings.HasPrefix(err.Error(), "the configuration file cannot be read: ") {
		t.Errorf("a directory in place of the file: %v", err)
	}
}

func TestWhichServer(t *testing.T) {
	t.Parallel()
	file := "[profiles.default]\nbase_url = 'https://file.example/v5'\n"
	for name, tc := range map[string]struct {
		flags    Flags
		env      []string
		base, db string
		note     string
	}{
		"profile":                     {base: "https://file.example/v5"},
		"flag --db beats profile":     {flags: Flags{DB: "x.db"}, db: "x.db", note: "not used: --db chooses the embedded store"},
		"flag --db beats environment": {flags: Flags{DB: "x.db"}, env: []string{"ERRATA_BASE_URL=http://env.example"}, db: "x.db", note: "not used: --db chooses the embedded store"},
		"ERRATA_DB does not":          {env: []string{"ERRATA_DB=x.db"}, base: "https://file.example/v5", db: "x.db"},
		"flag --base-url":             {flags: Flags{BaseURL: "http://flag.example/"}, env: []string{"ERRATA_DB=x.db"}, base: "http://flag.example", db: "x.db"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newPlace(t, file).load(t, tc.flags, tc.env...)
			db, err := c.DB()
			if err != nil || tc.db != "" && db != tc.db {
				t.Errorf("DB() = %q, %v", db, err)
			}
			if c.BaseURL() != tc.base || c.Embedded() != (tc.base == "") || row(t, c, BaseURL).Note != tc.note {
				t.Errorf("base URL %q, embedded %v, note %q", c.BaseURL(), c.Embedded(), row(t, c, BaseURL).Note)
			}
		})
	}
}

func TestInsecureIsForTheProfilesServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "[profiles.default]\nbase_url = 'http://lan.example'\ninsecure = true\n")
	if !p.load(t, nil).Insecure() {
		t.Error("not for the profile's own server")
	}
	other := p.load(t, Flags{BaseURL: "http://other.example"})
	if other.Insecure() || row(t, other, Insecure).Note == "" {
		t.Error("the profile allows plain HTTP to another server")
	}
	if !p.load(t, Flags{BaseURL: "http://other.example", Insecure: "true"}).Insecure() {
		t.Error("the flag does not count")
	}
}

func TestNoHome(t *testing.T) {
	t.Parallel()
	c, err := Load(Flags{BaseURL: "http://a.example"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.DB(); !errors.Is(err, ErrNoHome) {
		t.Errorf("DB: %v", err)
	}
	if c.Paths() != (Paths{}) || c.Paths().File() != "" {
		t.Errorf("paths without a home: %+v", c.Paths())
	}
	if _, err := Load(Flags{Profile: "x"}, nil); err == nil || !strings.Contains(err.Error(), "set HOME") {
		t.Errorf("profile without a home: %v", err)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range Options() {
		if seen[o.Name] || o.Kind == 0 || o.Help == "" {
			t.Errorf("option %q is twice in the table, or lacks a kind or help", o.Name)
		}
		seen[o.Name] = true
		if found, ok := Lookup(o.Name); !ok || found.Name != o.Name {
			t.Errorf("Lookup(%q) = %v, %v", o.Name, found, ok)
		}
		if (o.Kind == Key) == o.HasFlag() {
			t.Errorf("option %q: a key has no flag, and all others do", o.Name)
		}
		if o.HasFlag() && o.Kind != Bool && o.Arg == "" {
			t.Errorf("option %q has no name for its value", o.Name)
		}
		if o.Default != "" {
			if text, err := o.normalize(o.Default, source{}); err != nil || text != o.Default {
				t.Errorf("option %q: default %q reads %q, %v", o.Name, o.Default, text, err)
			}
		}
	}
	if _, ok := Lookup("colour"); ok {
		t.Error("an unknown option was found")
	}
}

func BenchmarkLoad(b *testing.B) {
	file := filepath.Join(b.TempDir(), "errata", "config.toml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(twoProfiles), 0o600); err != nil {
		b.Fatal(err)
	}
	env := []string{"HOME=/home", "XDG_CONFIG_HOME=" + filepath.Dir(filepath.Dir(file))}
	for b.Loop() {
		if _, err := Load(nil, env); err != nil {
			b.Fatal(err)
		}
	}
}
