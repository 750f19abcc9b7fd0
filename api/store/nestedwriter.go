package store

import (
	"io"
	"math"

	"errata/model/jsonraw"
)

// nestedWriter writes logs into a page, and within each log its children or parent (the members
// trace_children and parent). In memory it has only the ends of the logs that it is within, and no
// documents besides the one being written.
type nestedWriter struct {
	page *page
	cut  int // see api.LogQuery
	w    io.Writer

	// gets the current log of the page, with everything within it
	log  io.Writer
	open []openLog
	gone int // deeper logs belong to one that was deleted meanwhile, and are skipped
}

// openLog is a log within which others are being written.
type openLog struct {
	tail []byte // the end of its document, after those
	many bool
	any  bool // whether one was written
}

func newNestedWriter(p *page, cut int, w io.Writer) *nestedWriter {
	return &nestedWriter{page: p, cut: cut, w: w, gone: math.MaxInt}
}

// put writes a log, whose document comes in pieces. It is nil when the log was deleted meanwhile.
func (n *nestedWriter) put(p placed, doc [][]byte) error {
	if p.within > n.gone {
		return nil
	}
	n.gone = math.MaxInt
	if err := n.close(p.within); err != nil {
		return err
	}
	if doc == nil {
		n.gone = p.within
		return nil
	}
	if err := n.begin(p.within); err != nil {
		return err
	}
	if p.member == "" {
		return n.write(doc...)
	}
	head, name, tail, err := jsonraw.Around(joined(doc), p.member)
	if err != nil {
		return err
	}
	n.open = append(n.open, openLog{tail: tail, many: p.many})
	if p.many {
		name = append(name, '[')
	}
	return n.write(head, name)
}

// begin writes the separator before the next log.
func (n *nestedWriter) begin(within int) error {
	if within == 0 {
		n.page.separate()
		n.log = pageWriter{n.page, n.w}
		if n.cut > 0 {
			n.log = jsonraw.NewCutter(n.log, jsonraw.OfDocument, n.cut)
		}
		return nil
	}
	in := &n.open[within-1]
	if !in.any {
		in.any = true
		return nil
	}
	return n.write([]byte{','})
}

// close ends the open logs, but for the outer ones.
func (n *nestedWriter) close(but int) error {
	for len(n.open) > but {
		last := n.open[len(n.open)-1]
		n.open = n.open[:len(n.open)-1]
		var end []byte
		switch {
		case last.many:
			end = []byte{']'}
		case !last.any:
			end = []byte("null")
		}
		if err := n.write(end, last.tail); err != nil {
			return err
		}
	}
	return nil
}

func (n *nestedWriter) write(pieces ...[]byte) error {
	for _, piece := range pieces {
		if _, err := n.log.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// pageWriter collects bytes for a page and passes them on when there are many; large pieces are
// passed on without a copy.
type pageWriter struct {
	page *page
	w    io.Writer
}

// Write implements io.Writer.
func (p pageWriter) Write(piece []byte) (int, error) {
	if len(p.page.buf)+len(piece) <= bytesTogether {
		p.page.buf = append(p.page.buf, piece...)
		return len(piece), nil
	}
	if _, err := p.w.Write(p.page.buf); err != nil {
		return 0, err
	}
	p.page.buf = p.page.buf[:0]
	return p.w.Write(piece)
}
