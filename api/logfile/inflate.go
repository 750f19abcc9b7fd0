package logfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"errata/model/charset"
)

// The first bytes of what is compressed.
var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// inflate decompresses r where its first bytes are those of gzip or zstd. end frees what that
// needed.
func inflate(r io.Reader) (in io.Reader, end func(), err error) {
	b := bufio.NewReaderSize(r, chunk)
	start, _ := b.Peek(len(zstdMagic))
	switch {
	case bytes.HasPrefix(start, gzipMagic):
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, nil, packed(err)
		}
		return inflater{z}, func() { _ = z.Close() }, nil
	case bytes.Equal(start, zstdMagic):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, nil, packed(err)
		}
		return inflater{z}, z.Close, nil
	}
	return b, func() {}, nil
}

// startLength is how much of a file says what it is.
const startLength = 512

// text gives the text in r, decompressed and as UTF-8. end frees what that needed. A file of
// another kind is an error that names the kind.
func text(r io.Reader) (in io.Reader, end func(), err error) {
	if in, end, err = inflate(r); err != nil {
		return nil, nil, err
	}
	b := bufio.NewReaderSize(in, chunk)
	_, _ = b.Peek(4) // waits for the first bytes; an error comes again with the first read
	start, _ := b.Peek(min(b.Buffered(), startLength))
	if err = foreignError(start); err == nil {
		in, err = charset.NewReader(b)
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return in, end, nil
}

// inflater gives the errors of a decompressor in plain words.
type inflater struct{ in io.Reader }

func (i inflater) Read(p []byte) (int, error) {
	n, err := i.in.Read(p)
	return n, packed(err)
}

// packed gives an error of a decompressor in plain words.
func packed(err error) error {
	var at *fs.PathError
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.As(err, &at):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the compressed data is cut off")
	}
	return fmt.Errorf("the compressed data is damaged: %w", err)
}

// packedSuffixes are what names of compressed files end with.
var packedSuffixes = []string{".gz", ".zst", ".zstd"}

// extension is that of a file without regard to its compression.
func extension(name string) string {
	if ext := path.Ext(name); slices.Contains(packedSuffixes, ext) {
		name = name[:len(name)-len(ext)]
	}
	return path.Ext(name)
}

// isLines tells JSONL by its name.
func isLines(name string) bool {
	return extension(name) == ".jsonl" || extension(name) == ".ndjson"
}

// reason is the message of an error; of one about a file, without the operation and the name, which
// are beside it already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
