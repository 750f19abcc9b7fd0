package redact

import (
	"encoding/base64"
	"strings"

	"errata/model/jsonraw"
)

// tokens looks for JSON web tokens: eyJ….eyJ….signature.
func (s *scan) tokens() {
	for from := 0; ; {
		i := strings.Index(s.text[from:], "eyJ")
		if i < 0 {
			return
		}
		start := from + i
		from = max(s.token(start), start+1)
	}
}

// longestHeader is how long the first part of a token is at most.
const longestHeader = 4096

// token looks at what begins like a token, and gives where it ends.
func (s *scan) token(start int) (end int) {
	part := func(c byte) bool { return dashed(c) || c == '=' }
	first := s.all(start, part)
	if s.at(first) != '.' || first-start > longestHeader || !s.begins(start) {
		return first
	}
	second := s.all(first+1, part)
	end = second
	if s.at(second) == '.' {
		end = s.all(second+1, part)
		// an encrypted one has five parts
		for extra := 0; extra < 2 && s.at(end) == '.' && dashed(s.at(end+1)); extra++ {
			end = s.all(end+1, part)
		}
	}
	head, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s.text[start:first], "="))
	switch {
	case second-first < 5 || end == second:
		if second-first >= 5 {
			s.miss(start, end, "it has two parts, and a token has three")
		}
	case err != nil || jsonraw.KindOf(head) != jsonraw.Object || jsonraw.Check(head) != nil:
		s.miss(start, end, "its first part is not the header of a token")
	default:
		s.hit(start, end)
	}
	return end
}

// privateKeys looks for blocks from BEGIN to END, and for the beginning of one that was cut off.
func (s *scan) privateKeys() {
	const begin, lines = "-----BEGIN ", "-----"
	for from := 0; ; {
		i := strings.Index(s.text[from:], begin)
		if i < 0 {
			return
		}
		start := from + i
		label := s.all(start+len(begin), func(c byte) bool { return c == ' ' || alnum(c) })
		from = label
		if !strings.HasPrefix(s.text[label:], lines) {
			continue
		}
		body := label + len(lines)
		end := s.all(body, func(c byte) bool {
			return based(c) || strings.IndexByte(" \n\r\t\\:,.()<>@_", c) >= 0 || c == '-' && false
		})
		if name := s.text[start+len(begin) : label]; !strings.Contains(name, "PRIVATE KEY") {
			if strings.Contains(name, "KEY") || strings.Contains(name, "CERTIFICATE") {
				s.miss(start, end, "it is public")
			}
			continue
		}
		if tail := "-----END " + s.text[start+len(begin):label] + lines; strings.HasPrefix(s.text[end:], tail) {
			end += len(tail)
		}
		s.hit(start, end)
		from = end
	}
}
