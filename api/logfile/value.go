package logfile

import (
	"bytes"
	"io"
)

// recordCutter reads a text in portions that end with a record. Unlike cutter it has to look at
// every byte.
type recordCutter struct {
	in   io.Reader
	text []byte
	at   int      // bytes of text that were scanned
	cut  int      // where text can be cut
	open *scanner // of the record that at is in, nil between records
}

// next gives the next portion, which belongs to the caller. The last one comes together with
// io.EOF, what was read before another error with that.
func (c *recordCutter) next() ([]byte, error) {
	for {
		if c.scan(); c.cut >= pieceSize {
			portion := c.text[:c.cut:c.cut]
			c.text, c.at, c.cut = bytes.Clone(c.text[c.cut:]), max(c.at-c.cut, 0), 0
			return portion, nil
		}
		if len(c.text) == cap(c.text) {
			c.text = append(make([]byte, 0, max(2*pieceSize, 2*len(c.text))), c.text...)
		}
		n, err := c.in.Read(c.text[len(c.text):cap(c.text)])
		c.text = c.text[:len(c.text)+n]
		if err != nil {
			return c.text, err
		}
	}
}

// scan goes on as far as the text is there. A place to cut is one with nothing but another record
// behind it on its line.
func (c *recordCutter) scan() {
	for c.at < len(c.text) && c.cut < pieceSize {
		if c.open == nil && !c.begin() {
			return
		}
		end, whole := c.open.scan(c.text, c.at)
		if c.at = end; !whole {
			return
		}
		c.open = nil
		if rest := c.at + inline(c.text[c.at:]); rest < len(c.text) && clean(c.text, c.at) {
			c.cut = rest
		}
	}
}

// begin goes to the start of the next record; false when that is not there yet.
func (c *recordCutter) begin() bool {
	for {
		c.at += between(c.text[c.at:])
		if c.at == len(c.text) {
			return false
		}
		if opens(c.text[c.at]) {
			c.open = &scanner{indent: indentAt(c.text, c.at)}
			return true
		}
		end := lineEnd(c.text, c.at)
		if end == len(c.text) {
			return false
		}
		c.at, c.cut = end, end
	}
}
