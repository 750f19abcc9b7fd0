package index

import (
	"bytes"

	"errata/model/jsonraw"
)

// ScanMembers finds the values of the members of a document with some names, the last one of
// each, in one pass and without an index of the whole document; nil for one that is not there or
// null. The document is known to be a JSON object. ok is false when a name is written with
// escapes: then the document has to be parsed.
func ScanMembers(doc []byte, names []string, values [][]byte) (ok bool) {
	clear(values)
	for i := jsonraw.SkipSpace(doc, 0) + len("{"); ; {
		key, at, more := jsonraw.NextItem(doc, i, true)
		if !more {
			return at < len(doc)
		}
		name := key.Of(doc)
		if len(name) < len(`""`) || name[0] != '"' || bytes.IndexByte(name, '\\') >= 0 {
			return false
		}
		i = jsonraw.ValueEnd(doc, at)
		for k := range names {
			if string(name[1:len(name)-1]) != names[k] {
				continue
			}
			if values[k] = doc[at:i]; string(values[k]) == "null" {
				values[k] = nil
			}
		}
	}
}
