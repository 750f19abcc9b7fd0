package store

import (
	"context"
	"database/sql/driver"
	"sync"

	"modernc.org/sqlite"
)

// theDriver is the driver of SQLite. Its connections know the function visit.
//
// A commit waits until the disk has what was written, and the size of the file where that changed,
// but not for the time of the change: on a file system with a journal that is a wait of its own,
// with each commit. SQLite as it comes with Linux does so too. Where a system cannot tell these
// apart, a commit waits for all.
var theDriver = sync.OnceValues(func() (*sqlite.Driver, error) {
	_, _ = sqlite.Fdatasync(true) // its one error is that there is no such thing here
	d := &sqlite.Driver{}
	return d, d.RegisterFunction("visit", &sqlite.FunctionImpl{NArgs: -1, Scalar: visit, VolatileArgs: true})
})

// connector opens connections to one database.
type connector struct {
	driver *sqlite.Driver
	name   string
}

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.name) }

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return c.driver }
