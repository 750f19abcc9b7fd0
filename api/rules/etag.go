package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Tag is the entity tag of the document that has this SHA-256, in its quotes: half of the sum.
func Tag(sum []byte) string { return `"` + hex.EncodeToString(sum[:sha256.Size/2]) + `"` }

// Holds tells whether a document with the entity tag etag satisfies an If-Match header: it is *, or
// lists the tag. Weak tags never match.
func Holds(ifMatch, etag string) bool { return listed(ifMatch, etag, false) }

// Known tells whether an If-None-Match header says that its sender has the document already. Weak
// tags match, too.
func Known(ifNoneMatch, etag string) bool { return listed(ifNoneMatch, etag, true) }

func listed(header, etag string, weak bool) bool {
	for _, tag := range strings.Split(header, ",") {
		tag = strings.TrimSpace(tag)
		if weak {
			tag = strings.TrimPrefix(tag, "W/")
		}
		if tag == "*" || tag == etag {
			return true
		}
	}
	return false
}
