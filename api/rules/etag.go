package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Tag is the entity tag of the document with this SHA-256, in quotes: the first half of the hash.
func Tag(sum []byte) string { return `"` + hex.EncodeToString(sum[:sha256.Size/2]) + `"` }

// JudgedTag is the entity tag of a document with this SHA-256 that is shown with other judgments
// than it holds; added is the SHA-256 of those.
func JudgedTag(sum, added []byte) string {
	plain, judged := Tag(sum), Tag(added)
	return plain[:len(plain)-1] + "-" + judged[1:]
}

// ofDocument is an entity tag without what it says of judgments: it guards a document against edits
// of others, and a judgment is none.
func ofDocument(etag string) string {
	if plain, _, judged := strings.Cut(etag, "-"); judged && strings.HasPrefix(etag, `"`) {
		return plain + `"`
	}
	return etag
}

// IfMatch reports whether an If-Match header allows a write to a document with the entity tag etag:
// the header is *, or lists the tag, whatever either says of judgments. Weak tags never match.
func IfMatch(ifMatch, etag string) bool {
	tags := strings.Split(ifMatch, ",")
	for i, tag := range tags {
		tags[i] = ofDocument(strings.TrimSpace(tag))
	}
	return listed(strings.Join(tags, ","), ofDocument(etag), false)
}

// IfNoneMatch reports whether an If-None-Match header says that the client has the document with
// this tag already. Weak tags match as well.
func IfNoneMatch(ifNoneMatch, etag string) bool { return listed(ifNoneMatch, etag, true) }

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
