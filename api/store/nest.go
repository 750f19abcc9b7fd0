package store

import (
	"io"
	"math"

	"errata/model/jsonraw"
)

// nest writes logs into a page, and into each log those that are shown within it (trace_children
// and parent). In memory it holds only the ends of the logs that are still open, and no other
// document.
type nest struct {
	page *page
	cut  int // see api.LogQuery
	w    io.Writer

	// takes the log of the page that is being written, with all that is shown within it
	log  io.Writer
	open []holder
	gone int // what is deeper belongs to a log that was deleted meanwhile, and is left out
}

// holder is an open log: others are being written within it.
type holder struct {
	tail []byte // what comes behind them
	many bool
	any  bool // one was written
}

func newNest(p *page, cut int, w io.Writer) *nest {
	return &nest{page: p, cut: cut, w: w, gone: math.MaxInt}
}

// put writes a log, whose document comes in pieces, and is nil when it was deleted meanwhile.
func (n *nest) put(p placed, doc [][]byte) error {
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
	n.open = append(n.open, holder{tail: tail, many: p.many})
	if p.many {
		name = append(name, '[')
	}
	return n.write(head, name)
}

// begin separates the next log from the one before it.
func (n *nest) begin(within int) error {
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

// close ends all logs that are open but so many.
func (n *nest) close(but int) error {
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

func (n *nest) write(pieces ...[]byte) error {
	for _, piece := range pieces {
		if _, err := n.log.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// pageWriter appends to a page, and passes on what it holds when that is much: a large piece
// without a copy.
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
