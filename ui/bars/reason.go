package bars

import (
	"errors"
	"io/fs"
)

// Reason is what an error says, as news wants it: an error of a file gives the reason ahead of the
// file, for a narrow screen may have no room for more.
func Reason(err error) string {
	var file *fs.PathError
	if errors.As(err, &file) {
		return file.Err.Error() + " (" + file.Path + ")"
	}
	return err.Error()
}
