// Package pattern makes regular expressions that are compiled when they are first used, so that the
// start of the program does not pay for those that it will not need. It knows nothing of logs.
package pattern

import (
	"regexp"
	"sync"
)

// Of gives the expression when it is called, and compiles it at the first call. One that is not
// valid panics then, so that a test which uses it shows that.
func Of(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
