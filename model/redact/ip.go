package redact

import (
	"net/netip"
	"strings"
	"sync"
)

// addresses looks for IP addresses.
func (s *scan) addresses() {
	s.v4()
	s.v6()
}

// v4 looks for IPv4 addresses: runs of digits and dots.
func (s *scan) v4() {
	for i := 0; i < len(s.text); i++ {
		if !digit(s.text[i]) {
			continue
		}
		start := i
		for i < len(s.text) && (digit(s.text[i]) || s.text[i] == '.') {
			i++
		}
		end := i
		for s.text[end-1] == '.' {
			end--
		}
		if end-start >= len("1.1.1.1") && strings.Count(s.text[start:end], ".") >= 3 {
			s.judgeV4(start, end)
		}
	}
}

// versions are words that a version, or the number of a section, follows.
var versions = []string{"version", "versions", "ver.", "ver", "release", "build", "section", "chapter", "rev.", "revision", "upgrade to", "firmware"}

func (s *scan) judgeV4(start, end int) {
	text := s.text[start:end]
	a, err := netip.ParseAddr(text)
	switch {
	case strings.Count(text, ".") > 3:
		s.miss(start, end, "it has more than four parts")
	case err != nil:
		s.miss(start, end, "a part of it is larger than 255, or begins with 0")
	case !s.begins(start) || s.at(start-1) == '-' || !s.ends(end) || s.at(end) == '-' && letter(s.at(end+1)),
		s.before(start, 12, versions), s.at(start-1) == '/' && letter(s.at(start-2)) && strings.HasSuffix(text, ".0"):
		s.miss(start, end, "it is a version")
	case a.IsLoopback() || a.IsUnspecified() || text == "255.255.255.255" || strings.HasPrefix(text, "255."):
		s.miss(start, end, "it names no machine in particular")
	default:
		s.hit(start, end)
	}
}

// v6 looks for IPv6 addresses: runs of hexadecimal digits and colons.
func (s *scan) v6() {
	for i := 0; ; {
		colon := strings.IndexByte(s.text[i:], ':')
		if colon < 0 {
			return
		}
		start := i + colon
		for start > i && hexadecimal(s.text[start-1]) && start > i+colon-4 {
			start--
		}
		end := i + colon
		for end < len(s.text) && (hexadecimal(s.text[end]) || s.text[end] == ':') {
			end++
		}
		i = end
		// a mapped address ends in dots
		for n := 0; end < len(s.text) && n < 12 && (digit(s.text[end]) || s.text[end] == '.'); n++ {
			end++
		}
		s.judgeV6(start, end)
	}
}

// given are the ranges from which addresses are given out.
var given = sync.OnceValue(func() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("2000::/3"), netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fe80::/10"),
		netip.MustParsePrefix("ff00::/8"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("::ffff:0:0/96")}
})

// longestV6 is how long an IPv6 address is at most, with a group of something else before it.
const longestV6 = 50

func (s *scan) judgeV6(start, end int) {
	for end > start && (s.text[end-1] == '.' || s.text[end-1] == ':' && !strings.HasSuffix(s.text[start:end], "::")) {
		end--
	}
	if strings.Count(s.text[start:end], ":") < 2 || !s.ends(end) || end-start > longestV6 {
		return
	}
	why := ""
	for from := start; from < end; {
		if s.begins(from) {
			fault := faultOfV6(s.text[from:end])
			if fault == "" {
				s.hit(from, end)
				return
			}
			if from == start {
				why = fault
			}
		}
		// what ends in a colon may be a word before it
		next := strings.IndexByte(s.text[from:end], ':')
		if next < 0 {
			break
		}
		from += next + 1
	}
	if strings.Count(s.text[start:end], ":") > 3 {
		s.miss(start, end, why)
	}
}

// faultOfV6 says why a text is not an address that somebody has, "" if it is one.
func faultOfV6(text string) string {
	a, err := netip.ParseAddr(text)
	switch {
	case err != nil:
		return "it has not the parts of an address"
	case a.IsLoopback() || a.IsUnspecified():
		return "it names no machine in particular"
	case !allotted(a):
		return "no addresses are given out in this range"
	}
	return ""
}

func allotted(a netip.Addr) bool {
	for _, p := range given() {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// address writes an IP address in one way.
func address(text string) string {
	if a, err := netip.ParseAddr(text); err == nil {
		return a.Unmap().String()
	}
	return strings.ToLower(text)
}
