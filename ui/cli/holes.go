package cli

import (
	goversion "go/version"
	"slices"
	"strings"
)

// hole is a known vulnerability of Go's standard library, or of a module that errata is built from.
type hole struct {
	id     string
	module string   // empty for Go itself
	fixed  []string // the first version without it, of each line that got one
	does   string   // what an attacker can do, as the end of a sentence
	source string
}

// october2026 is where the holes of Go that were mended in October 2026 are told of.
const october2026 = "https://www.openwall.com/lists/oss-security/2026/10/08/9"

// netModule is where the HTTP/2 of Go's standard library is developed.
const netModule = "golang.org/x/net"

// knownHoles are the holes that concern a server, or a client of one. It is short, and no database:
// it tells which versions errata must not be built with.
var knownHoles = []hole{
	{"CVE-2026-97032", "", []string{"go1.26.9", "go1.27.2"}, "any client can end a server that speaks HTTP/2", october2026},
	{"CVE-2026-78659", "", []string{"go1.26.9", "go1.27.2"}, "any client can fill the memory of a server that speaks HTTP/2", october2026},
	{"CVE-2026-78669", "", []string{"go1.26.9", "go1.27.2"}, "either side of HTTP/2 can keep the other busy", october2026},
	{"CVE-2026-78663", "", []string{"go1.26.9", "go1.27.2"}, "a client of HTTP/2 can send more than a server means to hold", october2026},
	{"CVE-2026-97031", "", []string{"go1.26.9", "go1.27.2"}, "any client can fill the memory of a server that speaks TLS", october2026},
	{"CVE-2026-94439", "", []string{"go1.26.9", "go1.27.2"}, "a client can smuggle requests past a proxy", october2026},
	{"CVE-2026-97032", netModule, []string{"v0.60.0"}, "any client can end a server that speaks HTTP/2", "https://pkg.go.dev/vuln/GO-2026-6617"},
	{"CVE-2026-78663", netModule, []string{"v0.60.0"}, "a client of HTTP/2 can send more than a server means to hold", "https://pkg.go.dev/vuln/GO-2026-6612"},
}

// holesOf lists the known holes of a version of a module, of Go itself when module is empty. A
// version that cannot be read has none that are known.
func holesOf(module, at string) []hole {
	var list []hole
	for _, h := range knownHoles {
		if h.module == module && h.in(at) {
			list = append(list, h)
		}
	}
	return list
}

// in tells whether a version has the hole.
func (h hole) in(at string) bool {
	at = goVersion(at)
	if !goversion.IsValid(at) {
		return false
	}
	for _, fixed := range h.fixed {
		if fixed = goVersion(fixed); goversion.Lang(fixed) == goversion.Lang(at) {
			return goversion.Compare(at, fixed) < 0
		}
	}
	newest := goVersion(slices.MaxFunc(h.fixed, func(a, b string) int { return goversion.Compare(goVersion(a), goVersion(b)) }))
	return goversion.Compare(at, newest) < 0
}

// goVersion spells a version as go/version reads it: that of a module has a v in place of go, and
// what follows a space names how Go was built.
func goVersion(text string) string {
	text, _, _ = strings.Cut(text, " ")
	if rest, ok := strings.CutPrefix(text, "v"); ok {
		return "go" + rest
	}
	return text
}

// holeWords says what the version of Go that errata was built with lets attackers do and which one
// does not, empty when nothing is known against it.
func holeWords(built string) string {
	list := holesOf("", built)
	if len(list) == 0 {
		return ""
	}
	ids := make([]string, len(list))
	for i, h := range list {
		ids[i] = h.id
	}
	return "built with " + built + ", with which " + list[0].does + " (" + strings.Join(ids, ", ") +
		"); build it with " + strings.Join(list[0].fixed, ", ") + " or newer"
}
