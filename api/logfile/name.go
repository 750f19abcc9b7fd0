package logfile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// longestName is the length in bytes that every file system accepts.
const longestName = 200

// safeName is an id as the name of a file, on any system: the id itself when it is an ordinary one,
// else with %XX for what is not. Other ids have other names.
func safeName(id string) string {
	var b strings.Builder
	for i := range len(id) {
		c := id[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.' && i > 0 && i < len(id)-1:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	name := b.String()
	switch {
	case name == "":
		return "%"
	case reserved(name):
		return fmt.Sprintf("%%%02X", name[0]) + name[1:]
	case len(name) > longestName:
		return shortened(name, id)
	}
	return name
}

// shortened is a name that is too long with the hash of its id for what is cut off.
func shortened(name, id string) string {
	sum := sha256.Sum256([]byte(id))
	return name[:longestName-2*len(sum)] + hex.EncodeToString(sum[:])
}

// safeNames gives ids the names of safeName; those whose names would differ only in case, with %XX
// for their capital letters.
func safeNames(ids []string) map[string]string {
	sharing := map[string]map[string]bool{}
	for _, id := range ids {
		folded := strings.ToLower(safeName(id))
		if sharing[folded] == nil {
			sharing[folded] = map[string]bool{}
		}
		sharing[folded][id] = true
	}
	names := map[string]string{}
	for _, group := range sharing {
		for id := range group {
			names[id] = safeName(id)
			if len(group) > 1 {
				names[id] = caseless(names[id], id)
			}
		}
	}
	return names
}

// caseless is a name with %XX for its capital letters.
func caseless(name, id string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '%' && i+2 < len(name):
			b.WriteString(name[i : i+3])
			i += 2
		case c >= 'A' && c <= 'Z':
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() > longestName {
		return shortened(strings.ToLower(b.String()), id)
	}
	return b.String()
}

// reserved reports whether Windows keeps a name for a device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}
