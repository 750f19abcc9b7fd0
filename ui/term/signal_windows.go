package term

import (
	"os"
	"syscall"
)

// caughtSignals are of the console's events those that Go tells of. A new size is not among them;
// it shows at the next Exec.
func caughtSignals() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// systemSignal does nothing: there are no others.
func (s *session) systemSignal(os.Signal) {}

// holdQuit does nothing: no key ends a process but ctrl+c.
func holdQuit() (release func()) { return func() {} }
