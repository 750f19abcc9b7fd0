package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of the proxies that are trusted to say where a request comes from.
type Proxies []netip.Prefix

// forwardedHeader lists where a request came from; each proxy appends the address that it was asked
// by.
const forwardedHeader = "X-Forwarded-For"

// Trust reports whether an address, with or without a port, is that of a proxy.
func (p Proxies) Trust(remote string) bool {
	ip, err := address(remote)
	return err == nil && slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(ip) })
}

// origin is the address that a request comes from: that of its connection; where that is a proxy's,
// the last address in X-Forwarded-For that is not a proxy. Anything before that one may be invented
// by the client.
func (p Proxies) origin(r *http.Request) string {
	from := r.RemoteAddr
	if len(p) == 0 {
		return from
	}
	hops := strings.Split(header(r, forwardedHeader), ",")
	for len(hops) > 0 && p.Trust(from) {
		hop := strings.TrimSpace(hops[len(hops)-1])
		if _, err := address(hop); err != nil {
			break
		}
		from, hops = hop, hops[:len(hops)-1]
	}
	return from
}

// address reads an address with or without a port.
func address(remote string) (netip.Addr, error) {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = strings.Trim(remote, "[]")
	}
	ip, err := netip.ParseAddr(host)
	return ip.Unmap().WithZone(""), err
}

// homeNetwork6 is how many bits of an IPv6 address stand for one sender.
const homeNetwork6 = 64

// sender is the part of an address that stands for one sender.
func sender(remote string) string {
	ip, err := address(remote)
	if err != nil {
		return remote
	}
	if ip.Is6() {
		if network, err := ip.Prefix(homeNetwork6); err == nil {
			return network.String()
		}
	}
	return ip.String()
}
