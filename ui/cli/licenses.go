package cli

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
)

// licenses is the licence of errata and those of the modules that are linked into it, as text in
// gzip. A test makes it from the sources of the modules and holds it against them.
//
//go:embed licenses.txt.gz
var licenses []byte

// printLicenses writes the licence texts to stdout.
func (a *upkeep) printLicenses() error {
	text, err := gzip.NewReader(bytes.NewReader(licenses))
	if err != nil {
		return err
	}
	_, err = io.Copy(a.out, text)
	return err
}
