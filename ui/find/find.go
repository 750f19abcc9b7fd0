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

	"errata/model/tree"
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

// First is the first hit in a value that is at hand; ok is false when there is none.
func First(root *tree.Node, re *regexp.Regexp, o Options) (first Hit, ok bool) {
	Walk(root, re, o, func(h Hit) bool {
		first, ok = h, true
		return false
	}, func(int) bool { return ok })
	return first, ok
}
