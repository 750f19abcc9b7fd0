//go:build unix

package cli_test

import (
	"bytes"
	"crypto/tls"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"errata/api/apitest/postgres"
)

// shellBlock is a block of commands that somebody types.
var shellBlock = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")

// notRun are the commands in blocks that a test cannot run, each with the reason.
var notRun = map[string]string{
	"createuser --pwprompt errata":      "asks for a password; the user of the test's server is called so",
	"go build .":                        "writes into the checkout, and .ci/run does it",
	"go install .":                      "links what .ci/run has built",
	"go test ./ui/form -run Undo":       "is a part of the tests of which this is one",
	"go test -race -shuffle=on ./...":   "is the tests of which this is one",
	".ci/release v1.2.0 ~/errata-1.2.0": "builds for six systems; .ci/run builds one of them and starts it",
	".ci/run":                           "runs the tests of which this is one",
	"ERRATA_OLD_BUILDS=/path/to/errata-1,/path/to/errata-2 go test ./ui/cli -run '^$' -bench OneLog -benchtime 3x":                             "measures, for minutes, beside builds that are not here",
	"ERRATA_OLD=/path/to/errata-1 go test ./api/server -run '^$' -bench Bare -benchtime 1x":                                                    "measures, for minutes, beside builds that are not here",
	"ERRATA_SCALE=10000,100000,1000000 ERRATA_SCALE_DIR=/path/to/stores go test ./api/store -run 'TestScale$' -v -timeout 60m":                 "measures, for minutes, beside builds that are not here",
	"go test ./api/store -run '^$' -bench 'ServerImport|ServerPatch' -benchtime 1x":                                                            "measures, for minutes, beside a PostgreSQL",
	"ERRATA_PACE=200000 ERRATA_OLD_BUILDS=/path/to/errata-1 go test ./ui/cli -run '^$' -bench Bulk -benchtime 3x":                              "measures, for minutes, beside builds that are not here",
	"ERRATA_PACE=10000,100000,1000000 ERRATA_OLD_BUILDS=/path/to/errata-1 go test ./ui/cli -run '^$' -bench Growth -benchtime 1x -timeout 60m": "measures, for minutes, beside builds that are not here",
	"go test ./ui/draft -run '^$' -fuzz '^FuzzReplay$' -fuzztime 1m":                                                                           "takes minutes; .ci/run fuzzes the same",
}

// The address and the key that blocks name, instead of which the test has others, and what builds
// the program first: the test is that program, built of the same files.
const (
	servedAddress = "http://127.0.0.1:8787/v5"
	printedKey    = "the-printed-key"
	builtNow      = "go run ."
)

// TestShellBlocks types the commands of all blocks of the README and the pages, in a home for each
// page that has the sample logs. A server takes whatever port is free.
func TestShellBlocks(t *testing.T) {
	t.Parallel()
	ran, left := 0, map[string]bool{}
	for _, p := range pages(t) {
		var typist *typist
		for _, block := range shellBlock.FindAllStringSubmatch(p.text, -1) {
			if typist == nil {
				typist = newTypist(t, p.name)
			}
			for line := range strings.Lines(block[1]) {
				line, _, _ = strings.Cut(line, "  #")
				if line = strings.TrimSpace(line); notRun[line] != "" {
					left[line] = true
					continue
				}
				ran++
				typist.types(line)
			}
		}
	}
	for line := range notRun {
		if !left[line] {
			t.Errorf("no page has the command that is not run: %s", line)
		}
	}
	if ran < 7 {
		t.Errorf("only %d commands were run", ran)
	}
}

// typist types the commands of a page.
type typist struct {
	t      *testing.T
	page   string
	home   home
	shell  func(line string) *exec.Cmd
	key    string // that errata keys add printed, "" for none
	server string // the address of errata serve, "" while none runs

	database *postgres.Server // nil while none runs
	secure   *tls.Config      // of who trusts the certificate of the test
	host     []string         // settings of the environment with which ssh reaches a host
}

func newTypist(t *testing.T, page string) *typist {
	h := newHome(t)
	settings := filepath.Join(h.dir, ".config", "errata", "config.toml")
	if err := os.MkdirAll(filepath.Dir(settings), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, []byte("[profiles.default]\nlisten = \"127.0.0.1:0\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run("import", "../sample/logs.jsonl")
	return &typist{t: t, page: page, home: h, shell: h.typing()}
}

// types runs a command, which must succeed. What edits through a server finds one, with a key for
// it, also where the page leaves it to others to start it.
func (y *typist) types(line string) {
	y.t.Helper()
	if strings.Contains(line, printedKey) && y.key == "" {
		y.types("errata keys add somebody")
	}
	if strings.Contains(line, servedAddress) && y.server == "" {
		y.types("errata serve")
	}
	line = strings.NewReplacer(servedAddress, y.server, printedKey, y.key, builtNow, "errata").Replace(line)
	switch {
	case line == "errata serve":
		y.server = y.serves(line).base
	case strings.Contains(line, elsewhere) || strings.HasPrefix(line, "createdb "):
		y.typesForPostgres(line)
	case strings.HasPrefix(line, "ssh "):
		y.typesOverSSH(line)
	default:
		y.ends(y.shell(line), line)
	}
}

// ends runs a command to its end, which must be a good one.
func (y *typist) ends(cmd *exec.Cmd, line string) {
	y.t.Helper()
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		y.t.Errorf("%s: %s: %v\n%s%s", y.page, line, err, out, words.String())
	}
	if strings.HasPrefix(line, "errata keys add ") {
		y.key = strings.TrimSpace(string(out))
	}
}

// serves starts a command that serves, which ends with the test.
func (y *typist) serves(line string) *served {
	y.t.Helper()
	return startServed(y.t, y.shell("exec "+line))
}
