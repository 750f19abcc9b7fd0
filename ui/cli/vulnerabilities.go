package cli

import (
	goversion "go/version"
	"slices"
	"strings"
)

// vulnerability is a known vulnerability of Go's standard library, or of a module that errata uses.
type vulnerability struct {
	id     string
	module string   // empty for Go itself
	fixed  []string // the first version without it on each release line that was fixed
	does   string   // what an attacker can do, as the end of a sentence
	source string
}

// october2026 is the announcement of the vulnerabilities that Go fixed in October 2026.
const october2026 = "https://www.openwall.com/lists/oss-security/2026/10/08/9"

// netModule is the module in which the HTTP/2 of Go's standard library is developed.
const netModule = "golang.org/x/net"

// vulnerabilities are those that concern a server, or a client of one. The list is short and no
// database: it says which versions errata must not be built with.
var vulnerabilities = []vulnerability{
	{"CVE-2026-97032", "", []string{"go1.26.9", "go1.27.2"}, "any client can end a server that speaks HTTP/2", october2026},
	{"CVE-2026-78659", "", []string{"go1.26.9", "go1.27.2"}, "any client can fill the memory of a server that speaks HTTP/2", october2026},
	{"CVE-2026-78669", "", []string{"go1.26.9", "go1.27.2"}, "either side of HTTP/2 can keep the other busy", october2026},
	{"CVE-2026-78663", "", []string{"go1.26.9", "go1.27.2"}, "a client of HTTP/2 can send more than a server means to hold", october2026},
	{"CVE-2026-97031", "", []string{"go1.26.9", "go1.27.2"}, "any client can fill the memory of a server that speaks TLS", october2026},
	{"CVE-2026-94439", "", []string{"go1.26.9", "go1.27.2"}, "a client can smuggle requests past a proxy", october2026},
	{"CVE-2026-97032", netModule, []string{"v0.60.0"}, "any client can end a server that speaks HTTP/2", "https://pkg.go.dev/vuln/GO-2026-6617"},
	{"CVE-2026-78663", netModule, []string{"v0.60.0"}, "a client of HTTP/2 can send more than a server means to hold", "https://pkg.go.dev/vuln/GO-2026-6612"},
}

// vulnerabilitiesOf lists the known vulnerabilities of a version of a module, of Go itself when
// module is empty. For a version that cannot be parsed the list is empty.
func vulnerabilitiesOf(module, at string) []vulnerability {
	var list []vulnerability
	for _, v := range vulnerabilities {
		if v.module == module && v.affects(at) {
			list = append(list, v)
		}
	}
	return list
}

// affects reports whether a version has the vulnerability.
func (v vulnerability) affects(at string) bool {
	at = goVersion(at)
	if !goversion.IsValid(at) {
		return false
	}
	for _, fixed := range v.fixed {
		if fixed = goVersion(fixed); goversion.Lang(fixed) == goversion.Lang(at) {
			return goversion.Compare(at, fixed) < 0
		}
	}
	newest := goVersion(slices.MaxFunc(v.fixed, func(a, b string) int { return goversion.Compare(goVersion(a), goVersion(b)) }))
	return goversion.Compare(at, newest) < 0
}

// goVersion is a version in the form that go/version parses: that of a module begins with v instead
// of go, and what follows a space is how Go was built.
func goVersion(text string) string {
	text, _, _ = strings.Cut(text, " ")
	if rest, ok := strings.CutPrefix(text, "v"); ok {
		return "go" + rest
	}
	return text
}

// vulnerabilityWords warns of the vulnerabilities of the version of Go that errata was built with,
// and names the versions without them. It is "" when none is known.
func vulnerabilityWords(built string) string {
	list := vulnerabilitiesOf("", built)
	if len(list) == 0 {
		return ""
	}
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i] = v.id
	}
	return "built with " + built + ", with which " + list[0].does + " (" + strings.Join(ids, ", ") +
		"); build it with " + strings.Join(list[0].fixed, ", ") + " or newer"
}
