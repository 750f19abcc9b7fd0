package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writePair writes a certificate for this machine and its key, and gives the pool of who trusts it.
func writePair(t *testing.T, dir, name string) (certFile, keyFile string, trust *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: name},
		DNSNames:     []string{"localhost"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IsCA:         true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	trust = x509.NewCertPool()
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trust.AddCert(cert)
	return certFile, keyFile, trust
}

// TestValidity wants the time of a certificate to be spoken of when clients refuse it or soon will.
func TestValidity(t *testing.T) {
	t.Parallel()
	certFile, keyFile, _ := writePair(t, t.TempDir(), "short")
	begin := time.Now()
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{begin.Add(-2 * time.Hour), "holds only from "},
		{begin, "expires at "},
		{begin.Add(-2 * expiresSoon), "holds only from "},
		{begin.Add(2 * time.Hour), "expired at "},
	} {
		cert, err := newCertificate(certFile, keyFile, slog.New(slog.DiscardHandler), func() time.Time { return c.at })
		if err != nil {
			t.Fatal(err)
		}
		if got := cert.validity(); !strings.Contains(got, "the certificate of --tls-cert "+c.want) {
			t.Errorf("at %v: %q, want %q", c.at, got, c.want)
		}
	}
}

// named is the name in the certificate that is served now.
func named(t *testing.T, c *certificate) string {
	t.Helper()
	served, err := c.config().GetCertificate(&tls.ClientHelloInfo{})
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(served.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	return cert.Subject.CommonName
}

// TestRenewedCertificate wants a certificate that is renewed on disk to be served without a
// restart, and a broken one not to end the service.
func TestRenewedCertificate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certFile, keyFile, _ := writePair(t, dir, "first")
	now := time.Now()
	var words bytes.Buffer
	c, err := newCertificate(certFile, keyFile, slog.New(slog.NewTextHandler(&words, nil)), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	if got := named(t, c); got != "first" {
		t.Errorf("%s is served", got)
	}
	writePair(t, dir, "the second")
	if got := named(t, c); got != "first" {
		t.Errorf("%s is served before the files were looked at", got)
	}
	now = now.Add(renewal)
	if got := named(t, c); got != "the second" || !strings.Contains(words.String(), "was renewed") {
		t.Errorf("%s is served; %s", got, words.String())
	}
	if err := os.WriteFile(certFile, []byte("half a certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	words.Reset()
	for range 3 {
		now = now.Add(renewal)
		if got := named(t, c); got != "the second" {
			t.Errorf("%s is served in place of a broken one", got)
		}
	}
	if n := strings.Count(words.String(), "cannot be renewed"); n != 1 {
		t.Errorf("it was said %d times: %s", n, words.String())
	}
	writePair(t, dir, "the third one")
	now = now.Add(renewal)
	if got := named(t, c); got != "the third one" {
		t.Errorf("%s is served", got)
	}
}

func TestCertificateRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certFile, keyFile, _ := writePair(t, dir, "one")
	_, otherKey, _ := writePair(t, t.TempDir(), "other")
	for _, files := range [][2]string{{certFile, otherKey}, {filepath.Join(dir, "none"), keyFile}, {certFile, filepath.Join(dir, "none")}, {keyFile, certFile}} {
		if _, err := newCertificate(files[0], files[1], slog.New(slog.DiscardHandler), time.Now); err == nil || !strings.Contains(err.Error(), "--tls-cert") {
			t.Errorf("%v: %v", files, err)
		}
	}
}

func TestEnding(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 7, 10, 12, 30, 0, 0, time.FixedZone("", 2*3600))
	for typed, want := range map[string]string{
		"":                          "0001-01-01T00:00:00Z",
		"90d":                       "2025-10-08T10:30:00Z",
		"2w":                        "2025-07-24T10:30:00Z",
		"12h":                       "2025-07-10T22:30:00Z",
		"2025-08-01":                "2025-08-01T00:00:00Z",
		"2025-08-01T10:00:00+02:00": "2025-08-01T08:00:00Z",
		"2025-08-01T10:00:00":       "2025-08-01T10:00:00Z",
	} {
		got, err := ending(typed, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v %v, want %s", typed, got, err, want)
		}
	}
	for _, typed := range []string{"0d", "2025-07-10", "2020-01-01", "tomorrow", "-5d", "90"} {
		if got, err := ending(typed, now); err == nil {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// TestServeOverTLS wants errata serve to speak HTTPS with the certificate that it is given, and to
// say so.
func TestServeOverTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certFile, keyFile, trust := writePair(t, dir, "served")
	if err := os.Chmod(keyFile, 0o644); err != nil {
		t.Fatal(err)
	}
	var words bytes.Buffer // read when the server has ended
	out, w := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, Env{
			Args:   []string{"serve", "--listen", "localhost:0", "--tls-cert", certFile, "--tls-key", keyFile},
			Stdin:  strings.NewReader(""),
			Stdout: w, Stderr: &words,
			Environ: []string{"HOME=" + dir},
		})
		_ = w.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		t.Fatalf("it ended with %d", <-ended)
	}
	base := strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
	if !strings.HasPrefix(base, "https://") {
		t.Errorf("it says %q", line)
	}
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}, ForceAttemptHTTP2: true}
	res, err := (&http.Client{Transport: transport}).Get("https://localhost:" + u.Port() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != 200 || res.ProtoMajor != 2 {
		t.Errorf("%s %s", res.Proto, res.Status)
	}
	transport.CloseIdleConnections()
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("it ended with %d", code)
	}
	if want := "warning: " + keyFile + " holds a secret, and every user of this machine may read it"; !strings.Contains(words.String(), want) {
		t.Errorf("it says %q, not %q", words.String(), want)
	}
}
