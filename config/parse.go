package config

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// normalize checks the text of an option and gives the form in which Config keeps it. The error is
// a clause for source.refuse.
func (o *Option) normalize(text string, from source) (string, error) {
	switch o.Kind {
	case URL:
		return normalizeURL(text)
	case Database:
		return text, checkDatabase(text, from)
	case Bool:
		return normalizeBool(text, from)
	case Choice:
		if !slices.Contains(o.Words, text) {
			return "", fmt.Errorf("want %s, not %q%s", spell.Either(o.Words), text, spell.Meant(text, o.Words))
		}
	case Duration:
		d, err := parseDuration(text)
		return d.String(), err
	case Size:
		_, err := parseSize(text)
		return text, err
	case Count:
		_, err := parseCount(text)
		return text, err
	case Word:
		if strings.IndexFunc(text, func(r rune) bool { return r != '-' && r != '_' && !isAlphanumeric(r) }) >= 0 {
			return "", fmt.Errorf("want a name of letters, digits, - and _, not %q", text)
		}
	case Networks:
		_, err := parseNetworks(text)
		return text, err
	case Address:
		if _, port, err := net.SplitHostPort(text); err != nil || !isPort(port) {
			return "", fmt.Errorf("want host:port, not %q", text)
		}
	}
	return text, nil
}

// normalizeBool reads what a flag or a file says. In the environment every text that is not empty
// means yes: see no-color.org.
func normalizeBool(text string, from source) (string, error) {
	if from.layer == fromEnv {
		return "true", nil
	}
	if text != "true" && text != "false" {
		return "", fmt.Errorf("want true or false, not %q", text)
	}
	return text, nil
}

func normalizeURL(text string) (string, error) {
	u, err := url.Parse(text)
	switch {
	case strings.Contains(text, "@"):
		return "", fmt.Errorf("must not hold a user or a password; the API key belongs in ERRATA_API_KEY or a profile")
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", fmt.Errorf("want a URL like https://logs.example.com/v5, not %q", text)
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return "", fmt.Errorf("must not hold a query or a fragment: %q", text)
	}
	return strings.TrimRight(text, "/"), nil
}

func parseDuration(text string) (time.Duration, error) {
	seconds := text
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		seconds += "s"
	}
	d, err := time.ParseDuration(seconds)
	if err != nil {
		return 0, fmt.Errorf("want a duration like 10s or 1m30s, or seconds, not %q%s", text, jsonraw.Misspelled(text))
	}
	if d <= 0 {
		return 0, fmt.Errorf("must be more than zero, not %q", text)
	}
	return d, nil
}

// units are those of a size.
var units = []struct {
	name  string
	bytes int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}

// parseSize reads a number of bytes.
func parseSize(text string) (int64, error) {
	for _, u := range units {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n > math.MaxInt64/u.bytes {
			break
		}
		if n <= 0 {
			return 0, fmt.Errorf("must be more than zero, not %q", text)
		}
		return n * u.bytes, nil
	}
	return 0, fmt.Errorf("want a size like 64MiB or 1GiB, or a number of bytes, not %q%s", text, jsonraw.Misspelled(text))
}

func parseCount(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 || n > math.MaxInt32 {
		return 0, fmt.Errorf("want a whole number above zero, not %q%s", text, jsonraw.Misspelled(text))
	}
	return n, nil
}

// parseNetworks reads addresses and networks. An address is a network of its own.
func parseNetworks(text string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, one := range strings.Split(text, ",") {
		one = strings.TrimSpace(one)
		network, err := netip.ParsePrefix(one)
		if ip, alone := netip.ParseAddr(one); alone == nil {
			network, err = ip.Prefix(ip.BitLen())
		}
		if err != nil || network.Addr().Is4In6() || strings.Contains(one, "%") {
			return nil, fmt.Errorf("want addresses or networks like 10.0.0.0/8, with commas between, not %q", one)
		}
		list = append(list, network.Masked())
	}
	return list, nil
}

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 32)
	return err == nil && n <= math.MaxUint16
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
