package cli

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
)

// licenses are the licence texts of errata and of the modules that are linked into it, compressed
// with gzip. A test builds them from the sources of the modules, and compares.
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
