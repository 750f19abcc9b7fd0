package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

func TestServeOptions(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "[profiles.default]\ntls_cert = 'tls/cert.pem'\ntls_key = '~/key.pem'\nmax_body = 1048576\nmax_connections = 7\nlog = '/var/log/errata.jsonl'\n")
	c := p.load(t, nil)
	cert, key := c.TLS()
	if cert != filepath.Join(filepath.Dir(p.file), "tls", "cert.pem") || key != filepath.Join(p.dir, "home", "key.pem") {
		t.Errorf("certificate %q, key %q", cert, key)
	}
	if c.MaxBody() != 1<<20 || c.MaxConnections() != 7 || c.LogFile() != "/var/log/errata.jsonl" {
		t.Errorf("body %d, connections %d, log %q", c.MaxBody(), c.MaxConnections(), c.LogFile())
	}
	if c = p.load(t, Flags{TLSCert: "here.pem", LogFile: "here.jsonl"}); c.LogFile() != "here.jsonl" {
		t.Errorf("log %q", c.LogFile())
	}
	if cert, _ = c.TLS(); cert != "here.pem" {
		t.Errorf("certificate %q", cert)
	}
	c = newPlace(t, "").load(t, nil)
	if cert, key = c.TLS(); cert+key+c.LogFile() != "" || c.MaxBody() != 256<<20 || c.MaxMemory() != 1<<30 || c.MaxConnections() != 1024 {
		t.Errorf("the defaults: %q %q %q %d %d", cert, key, c.LogFile(), c.MaxBody(), c.MaxConnections())
	}
}

func TestProxies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"10.0.0.0/8":              "[10.0.0.0/8]",
		"10.1.2.3/8, ::1":         "[10.0.0.0/8 ::1/128]",
		"192.0.2.7,2001:db8::/32": "[192.0.2.7/32 2001:db8::/32]",
	} {
		if got := fmt.Sprint(newPlace(t, "[profiles.default]\ntrusted_proxy = '"+text+"'\n").load(t, nil).Proxies()); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := newPlace(t, "").load(t, nil).Proxies(); got != nil {
		t.Errorf("the default: %v", got)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	p := newPlace(t, "")
	for text, want := range map[string]int64{
		"1": 1, "512": 512, "512B": 512, "64kB": 64_000, "64KiB": 64 << 10, "3MB": 3_000_000, "3 MiB": 3 << 20, "1GB": 1_000_000_000, "2GiB": 2 << 30,
	} {
		if got := p.load(t, Flags{MaxBody: text}).MaxBody(); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	for name, texts := range map[string][]string{
		MaxBody:   {"", "0", "0MiB", "-1", "-5MB", "1.5GiB", "much", "MiB", "1TiB", "9223372036854775807GiB", "99999999999999999999"},
		MaxMemory: {"", "0", "all"},
		MaxConns:  {"", "0", "-1", "1.5", "many", "99999999999"},
		Proxies:   {"", ",", "10.0.0.0/33", "proxy", "10.0.0.1,", "10.0.0.0/8 ::1", "fe80::1%eth0", "::ffff:10.0.0.0/104"},
	} {
		for _, text := range texts {
			var refused *Error
			if _, err := Load(Flags{name: text}, p.env); !errors.As(err, &refused) || !refused.Usage {
				t.Errorf("%s %q: %v", name, text, err)
			}
		}
	}
}
