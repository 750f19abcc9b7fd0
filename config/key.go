package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"errata/model/charset"
)

const (
	keyringService = "errata"
	keyringLimit   = 2 * time.Second
	commandLimit   = 10 * time.Second
)

// KeyError says why the API key of a profile cannot be had, or must not be sent.
type KeyError struct{ msg string }

// Error gives the sentence.
func (e *KeyError) Error() string { return e.msg }

// keySource is where the API key comes from; the zero keySource is nowhere.
type keySource struct {
	from    source
	secret  Secret   // of the environment or the file itself
	path    string   // a file to read
	command []string // a command to run
	keyring bool     // the system's keyring
}

func (k keySource) isSet() bool {
	return k.secret.IsSet() || k.path != "" || k.command != nil || k.keyring
}

// findKey finds out where the key is, without reading it. Within a profile the first of api_key,
// api_key_file, api_key_command and keyring counts.
func (c *Config) findKey() (keySource, error) {
	if s := c.settings[APIKey]; s.secret.IsSet() {
		return keySource{from: s.from, secret: s.secret}, nil
	}
	p := c.profile
	for _, key := range []string{plainKey, keyFileKey, keyCommandKey, keyringKey} {
		if !p.has(key) {
			continue
		}
		k, err := p.keySource(key)
		if err != nil || k.isSet() {
			return k, err
		}
	}
	return keySource{}, nil
}

// keySource reads what the profile says under one of the names for a key.
func (p profile) keySource(key string) (keySource, error) {
	k := keySource{from: p.source(key)}
	text, isText := p.values[key].(string)
	if key != keyringKey && isText && text == "" {
		return k, p.refuse(key, "must not be empty")
	}
	var ok bool
	switch key {
	case plainKey:
		secret, err := keyFrom(text)
		if err != nil {
			return k, p.refuse(key, "%s", err)
		}
		if k.secret, ok = secret, isText; ok {
			return k, p.private(key)
		}
	case keyFileKey:
		path, err := expand(p.path(text), p.home)
		if err != nil {
			return k, p.refuse(key, "%s", err)
		}
		k.path, ok = path, isText
	case keyCommandKey:
		if k.command, ok = argv(p.values[key]); !ok {
			return k, p.refuse(key, `want a command like ["pass", "show", "errata"]`)
		}
		command, err := expand(k.command[0], p.home)
		if err != nil {
			return k, p.refuse(key, "%s", err)
		}
		k.command[0] = command
	case keyringKey:
		if k.keyring, ok = p.values[key].(bool); !ok {
			return k, p.refuse(key, "want true or false")
		}
	}
	if !ok {
		return k, p.refuse(key, "want a text in quotes")
	}
	return k, nil
}

// APIKey fetches the key for the server in use: it may read a file, run a command, or ask the
// system's keyring. Without any key, and for the embedded store, the Secret is not set. The error
// is a *KeyError, or that of ctx.
func (c *Config) APIKey(ctx context.Context) (Secret, error) {
	if c.Embedded() || !c.key.isSet() {
		return Secret{}, nil
	}
	if c.key.from.layer == fromEnv {
		return c.key.secret, nil
	}
	if !c.atProfileServer() {
		return Secret{}, c.withheld()
	}
	text, err := c.fetchKey(ctx)
	if ctx.Err() != nil {
		return Secret{}, ctx.Err()
	}
	var secret Secret
	if err == nil {
		secret, err = keyFrom(text)
	}
	if err == nil && !secret.IsSet() {
		err = errors.New("it gives an empty key")
	}
	if err != nil {
		return Secret{}, &KeyError{fmt.Sprintf("no API key from %s (%s): %v", c.key.from, c.key.from.name, err)}
	}
	return secret, nil
}

// KeyFile is the file that the API key is read from, "" if it comes from elsewhere.
func (c *Config) KeyFile() string { return c.key.path }

func (c *Config) withheld() error {
	own, _ := c.profile.values["base_url"].(string)
	return &KeyError{fmt.Sprintf("the API key of profile %s is for %s and is not sent to %s: set ERRATA_API_KEY for that server",
		c.profile.name, origin(own), origin(c.BaseURL()))}
}

func (c *Config) fetchKey(ctx context.Context) (string, error) {
	switch {
	case c.key.path != "":
		data, err := readSome(c.key.path, outputLimit)
		if err == nil {
			data, err = charset.Decode(data)
		}
		line, _, _ := bytes.Cut(data, []byte("\n"))
		return string(line), err
	case c.key.command != nil:
		return run(ctx, c.key.command, WithoutSecrets(c.environ), commandLimit)
	case c.key.keyring:
		return askKeyring(ctx, c.keyring, c.profile.name, keyringLimit)
	}
	return c.key.secret.Reveal(), nil
}

// keyFrom makes a secret of a text, without the white space around it. A key with any control
// character cannot travel in a header.
func keyFrom(text string) (Secret, error) {
	trimmed := string(bytes.TrimSpace([]byte(text)))
	for _, b := range []byte(trimmed) {
		if b < 0x20 || b >= 0x7f {
			return Secret{}, errors.New("the key holds a character other than visible ASCII")
		}
	}
	return newSecret(trimmed), nil
}

// askKeyring asks the keyring of the system, and gives up after limit: without a desktop some
// keyrings wait for a dialog that nobody sees. The call cannot be cancelled; its goroutine ends
// when the keyring answers.
func askKeyring(ctx context.Context, get func(service, account string) (string, error), account string, limit time.Duration) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := get(keyringService, account)
		answers <- answer{text, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-answers:
		return a.text, a.err
	case <-timer.C:
		return "", fmt.Errorf("the system keyring did not answer within %v", limit)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
