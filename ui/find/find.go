// Package find searches JSON values: their names, the texts of their strings as decoded, and their
// numbers, on a value of any size and away from the keys. It also keeps a search as a person sees
// it: the line that is typed in, the hits, and the one that is shown.
//
// It knows values and the places in them. It must not know how they are shown, nor fields or logs.
package find

import (
	"regexp"
	"strings"
	"unicode"
)

// Pattern compiles what somebody typed: plain words unless regex; case counts only where the query
// has a capital.
func Pattern(query string, regex bool) (*regexp.Regexp, error) {
	if !regex {
		query = regexp.QuoteMeta(query)
	}
	if strings.IndexFunc(query, unicode.IsUpper) < 0 {
		query = "(?i)" + query
	}
	return regexp.Compile(query)
}

// MayHold tells whether a JSON value can hold a match of re. It is much faster than a search: where
// it says no, none is needed.
func MayHold(raw []byte, re *regexp.Regexp) bool {
	p := NewProbe(re)
	return p == nil || p.Over(raw).Next(0) >= 0
}
