package server

import (
	"net"
	"sync"
)

// crowd is a listener that lets in only so many connections at one time. The others wait where the system keeps them.
type crowd struct {
	net.Listener
	room   chan struct{} // holds one element for each connection
	once   sync.Once
	closed chan struct{}
}

func newCrowd(l net.Listener, most int) *crowd {
	return &crowd{Listener: l, room: make(chan struct{}, most), closed: make(chan struct{})}
}

// Accept waits for room and then for a connection.
func (c *crowd) Accept() (net.Conn, error) {
	select {
	case c.room <- struct{}{}:
	case <-c.closed:
		return nil, net.ErrClosed
	}
	conn, err := c.Listener.Accept()
	if err != nil {
		<-c.room
		return nil, err
	}
	return &guest{Conn: conn, leave: sync.OnceFunc(func() { <-c.room })}, nil
}

// Close ends waiting, too.
func (c *crowd) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Listener.Close()
}

// guest is a connection that makes room when it ends.
type guest struct {
	net.Conn
	leave func()
}

// Close makes room for the next.
func (g *guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}

// CloseWrite ends one direction, as net/http does to let the last answer arrive.
func (g *guest) CloseWrite() error {
	if half, ok := g.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
